/// The results and gradients of a normalization in PyTorch, printed by `Tests/Facts/normalization-facts.py`.
struct NormalizationFact: Sendable {
  struct Results: Sendable {
    let outputs: [Double]
    /// Of the inputs, from a sum of the outputs, each times its factor.
    let gradients: [Double]
  }

  let x, gains, biases, factors: [Double]
  let epsilon: Double
  let layer, meanSquare: Results

  static let all: [Self] = [
    NormalizationFact(
      x: [1.0, 2.0, 4.0], gains: [1.0, 1.0, 1.0], biases: [0.0, 0.0, 0.0], factors: [1.0, -2.0, 0.5], epsilon: 1e-05,
      layer: .init(
        outputs: [-1.0690415314502977, -0.26726038286257453, 1.3363019143128718],
        gradients: [0.9735911492720329, -1.4603871534309036, 0.4867960041588706]),
      meanSquare: .init(
        outputs: [0.3779642030348929, 0.7559284060697858, 1.5118568121395717],
        gradients: [0.39596247270569307, -0.7199318667281855, 0.260975180200647])),
    NormalizationFact(
      x: [0.3, -1.7, 2.5, 0.0, 12.25], gains: [0.5, 1.0, -2.0, 3.0, 1.5], biases: [0.1, 0.2, -0.3, 0.0, 5.0],
      factors: [1.0, 2.0, 3.0, -4.0, 0.5], epsilon: 1e-05,
      layer: .init(
        outputs: [
          -0.1382921395467257, -0.6787651053326507, -0.23162925953933594, -1.610734209087994, 7.889669236528648,
        ],
        gradients: [
          0.810626164869418, 1.2108813960313483, -0.6049430930387638, -1.6882110574031988, 0.2716465895411971,
        ]),
      meanSquare: .init(
        outputs: [0.026575321605344867, -0.3011869781939085, -0.8858440535114955, 0.0, 3.2554768966547463],
        gradients: [
          0.09160826116924574, 0.33720243843538655, -1.03781406572966, -2.1260257284275896, 0.2563507205989848,
        ])),
    NormalizationFact(
      x: [0.001, -0.002, 0.0, 0.0005], gains: [1.0, 2.0, 0.5, -1.0], biases: [1.0, 0.0, 0.0, -1.0],
      factors: [1.0, 1.0, 2.0, -1.0], epsilon: 0.001,
      layer: .init(
        outputs: [1.0355525775219818, -0.11850859173993966, 0.0019751431956656616, -1.0197514319566565],
        gradients: [-7.8839290967294104, 23.67397887143254, -7.89872348422562, -7.891326290477515]),
      meanSquare: .init(
        outputs: [0.0316020445604114, -0.1264081782416456, 0.0, -0.0158010222802057],
        gradients: [31.62176994868954, 63.16463834426651, 31.602044560411397, 31.611907254550466])),
    NormalizationFact(
      x: [100.0, 101.0, 97.0], gains: [1.0, 2.0, 3.0], biases: [0.0, 0.5, 0.0], factors: [1.0, -1.0, 1.0],
      epsilon: 1e-05,
      layer: .init(
        outputs: [0.3922315914145889, 2.461157957072936, -4.118431709853146],
        gradients: [0.6336033640588994, -0.47520744477931487, -0.15839591927958452]),
      meanSquare: .init(
        outputs: [1.0065640689547126, 2.0332594192885196, 2.929101440658214],
        gradients: [0.003640763660175481, -0.026620407178759617, 0.023964791350150883])),
  ]
}

import MicrogradJSON

/// A number among the settings: its place, its default, and its limits, each stated here and nowhere else.
struct NumberSetting: Sendable {
  /// The place in the settings: `data.samples`.
  let path: String
  let standard: Double
  let range: ClosedRange<Double>
  let isWhole: Bool

  init(_ path: String, _ standard: Double, in range: ClosedRange<Double>) {
    self.init(path: path, standard: standard, range: range, isWhole: false)
  }

  init(_ path: String, _ standard: Int, in range: ClosedRange<Int>) {
    self.init(
      path: path, standard: Double(standard), range: Double(range.lowerBound)...Double(range.upperBound),
      isWhole: true)
  }

  private init(path: String, standard: Double, range: ClosedRange<Double>, isWhole: Bool) {
    self.path = path
    self.standard = standard
    self.range = range
    self.isWhole = isWhole
  }

  /// The name in the object that holds it: `samples`.
  var name: String {
    guard let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")) else { return path }
    return String(path[path.index(after: dot)...])
  }

  /// The setting with another default.
  func with(standard: Double) -> NumberSetting {
    NumberSetting(path: path, standard: standard, range: range, isWhole: isWhole)
  }

  /// A number of this setting as JSON.
  func json(_ number: Double) -> JSON { isWhole ? .integer(Int(number)) : .number(number) }

  /// The limits, for those who draw the controls.
  var limits: JSON {
    .object([
      ("min", json(range.lowerBound)), ("max", json(range.upperBound)), ("default", json(standard)),
      ("whole", .boolean(isWhole)),
    ])
  }
}

extension NumberSetting {
  static let samples = NumberSetting("data.samples", 200, in: 2...1000)
  static let noise = NumberSetting("data.noise", 0.1, in: 0...2)
  static let classes = NumberSetting("data.classes", 2, in: 2...5)
  static let dataSeed = NumberSetting("data.seed", 1, in: 0...2_147_483_647)
  static let test = NumberSetting("data.test", 0.3, in: 0...0.9)
  static let layers = NumberSetting("network.layers", 1, in: 0...6)
  static let neurons = NumberSetting("network.layers.neurons", 4, in: 1...32)
  static let networkSeed = NumberSetting("network.seed", 42, in: 0...2_147_483_647)
  static let learningRate = NumberSetting("optimizer.learningRate", 0.1, in: 0...100)
  static let momentum = NumberSetting("optimizer.momentum", 0, in: 0...1.0)
  static let beta1 = NumberSetting("optimizer.beta1", 0.9, in: 0...0.999_999)
  static let beta2 = NumberSetting("optimizer.beta2", 0.999, in: 0...0.999_999)
  static let epsilon = NumberSetting("optimizer.epsilon", 1e-8, in: 0...1.0)
  static let weightDecay = NumberSetting("optimizer.weightDecay", 0, in: 0...10.0)
  static let to = NumberSetting("schedule.to", 0.001, in: 0...100)
  static let over = NumberSetting("schedule.over", 1000, in: 1...1_000_000)
  static let factor = NumberSetting("schedule.factor", 0.999, in: 0...1.0)
  static let every = NumberSetting("schedule.every", 100, in: 1...1_000_000)
  static let l1 = NumberSetting("regularization.l1", 0, in: 0...10.0)
  static let l2 = NumberSetting("regularization.l2", 0, in: 0...10.0)
  static let batch = NumberSetting("batch", 10, in: 0...1000)

  /// All of them, in the order of the settings.
  static let all: [NumberSetting] = [
    samples, noise, classes, dataSeed, test, layers, neurons, networkSeed, learningRate, momentum, beta1, beta2,
    epsilon, weightDecay, to, over, factor, every, l1, l2, batch,
  ]

  /// The limits of a coordinate or a target that was drawn by hand or pasted.
  static let coordinate = NumberSetting("data.points", 0, in: -1e6...1e6)
  /// The largest number of points.
  static let mostPoints = 1000
}

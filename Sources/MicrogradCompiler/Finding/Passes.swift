import MicrogradEngine

/// The passes that `Program.dump(after:)` can print, in their order.
public enum Pass: String, CaseIterable, Sendable {
  /// The graph in arrays, chains of additions made sums.
  case sums
  /// Nodes of one colour were computed alike.
  case colors
  /// Which nodes are the same place in the code of different samples.
  case lanes
  /// The code of one sample, verified against all others.
  case code
  /// Sums and products inside of sums dissolved.
  case inlining
  /// Neurons grouped to layers.
  case dense
  /// The backward pass appended.
  case differentiation
  /// ReLU and its derivative made part of the products.
  case fusion
  /// What depends on data alone computed beforehand.
  case hoisting
  /// Instructions for the kernels.
  case instructions
}

/// The code after each pass. Each is run when its result is first asked for: finding the samples takes little of the
/// time, and a program that only computes a loss needs no gradients.
final class Passes {
  /// The code of one sample, verified.
  let code: IR
  private let parameterCount: Int
  /// What the passes before found in the graph, as text.
  private let findings: (Pass) -> String?
  /// The sample of each lane; empty if only one was recorded.
  let samples: [Int]

  private lazy var inlined = code.inlined()
  private lazy var dense = inlined.withDenseLayers()
  private lazy var differentiated = dense.differentiated(parameters: parameterCount)
  private lazy var fused = differentiated.fused()

  /// The loss and other results alone, and the code that its derived columns are defined in.
  private(set) lazy var forward: (code: IR, definitions: IR) = {
    let fused = dense.fused()
    return (fused.hoisted(), fused)
  }()
  /// The same with the gradients.
  private(set) lazy var training: (code: IR, definitions: IR) = (fused.hoisted(), fused)

  /// From a graph of all samples.
  ///
  /// - Parameters:
  ///   - parameters: The nodes of the parameters; -1 for one that is not in the graph.
  ///   - declared: How many samples have inputs; not all of them need be in the graph.
  init(
    _ graph: FlatGraph, parameters: [Int32], inputs: [Int32: (sample: Int, feature: Int)], declared: Int
  ) throws(Refusal) {
    var sums = FlattenedSums(graph)
    var coloring = Coloring(sums, parameters: parameters)
    var lanes = try Lanes(sums, coloring)
    let brackets = SampleBrackets(sums, coloring, lanes).nodes
    if !brackets.isEmpty {
      sums = FlattenedSums(graph, keeping: brackets)
      coloring = Coloring(sums, parameters: parameters)
      lanes = try Lanes(sums, coloring)
    }
    let rolled = try Rerolling(sums, coloring, lanes, inputs: inputs, declared: declared)
    guard rolled.ir.hasFiniteConstants else {
      throw Refusal("it has a constant that is not finite, and a product with it may be none where the values have 0")
    }
    code = rolled.ir
    parameterCount = parameters.count
    samples = rolled.samples
    findings = Passes.findings(sums, coloring, lanes)
  }

  /// From the code of one sample.
  init(_ code: IR, parameters: Int) {
    self.code = code
    parameterCount = parameters
    samples = []
    findings = { _ in nil }
  }

  /// Keeps what is small enough to be listed, and of large graphs a line for each pass.
  private static func findings(_ sums: FlattenedSums, _ coloring: Coloring, _ lanes: Lanes) -> (Pass) -> String? {
    let largestKeptGraph = 10_000
    guard sums.count <= largestKeptGraph else {
      let totals: [Pass: String] = [.sums: sums.total, .colors: coloring.total, .lanes: lanes.total]
      return { totals[$0] }
    }
    return { pass in
      switch pass {
      case .sums: sums.summary
      case .colors: coloring.summary(of: sums)
      case .lanes: lanes.summary(of: sums)
      default: nil
      }
    }
  }

  /// What a pass made, as text; nil for the passes that were not needed, and for the kernels' instructions.
  func text(after pass: Pass) -> String? {
    let code: IR? =
      switch pass {
      case .sums, .colors, .lanes, .instructions: nil
      case .code: self.code
      case .inlining: inlined
      case .dense: dense
      case .differentiation: differentiated
      case .fusion: fused
      case .hoisting: training.code
      }
    return code?.text ?? findings(pass)
  }
}

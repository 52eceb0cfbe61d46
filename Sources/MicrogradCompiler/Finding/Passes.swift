import MicrogradEngine

/// The passes of the compiler, in their order. `Program.dump(after:)` gives the result of each.
///
/// Comments and the guide call the passes by these names. Folding and sharing are no pass: every pass does them
/// (IR+Appending.swift).
public enum Pass: String, CaseIterable, Sendable {
  /// The graph in arrays, with chains of additions as sums.
  case sums
  /// The colours of nodes: those of one colour were computed alike.
  case colors
  /// The lanes: nodes of different samples that fill the same slot of their code.
  case lanes
  /// The code of one sample, verified against all others.
  case code
  /// The code with sums and products inside of sums dissolved.
  case inlining
  /// Neurons grouped into layers.
  case dense
  /// Layers that a sample applies several times as one product.
  case stacking
  /// The backward pass appended.
  case differentiation
  /// ReLU and its derivative as parts of the products, products of gradients as parts of reductions.
  case fusion
  /// Columns in place of all that depends on data alone.
  case hoisting
  /// Instructions for the kernels.
  case instructions
}

/// The sample and the feature of each leaf that the user declared as an input.
typealias InputPositions = [Int32: (sample: Int, feature: Int)]

/// The code after each pass. A pass runs when its result is first needed: finding the samples takes little of the
/// time, and a program that only computes a loss needs no gradients.
final class Passes {
  /// The code of one sample, verified.
  let code: IR
  private let parameterCount: Int
  /// The findings of the passes before, as text.
  private let findings: (Pass) -> String?
  /// The sample of each lane; empty if only one was recorded.
  let sampleOfLane: [Int]

  private lazy var inlined = code.inlined()
  private lazy var dense = inlined.withDenseLayers()
  private lazy var stacked = dense.stacked()
  private lazy var differentiated = stacked.differentiated(parameters: parameterCount)
  private lazy var fused = differentiated.fused()

  /// The loss and other results alone.
  private(set) lazy var forward = HoistedIR(stacked.fused())
  /// The same with the gradients.
  private(set) lazy var training = HoistedIR(fused)
  /// The products of the matrix of second derivatives with a vector.
  private(set) lazy var hessianVectorProduct = HoistedIR(
    inlined.withHessianVectorProduct(parameters: parameterCount).fused())

  /// From a graph of all samples.
  ///
  /// - Parameters:
  ///   - parameters: The nodes of the parameters; -1 for one that is not in the graph.
  ///   - declared: The number of samples that have inputs; the graph need not contain all of them.
  ///   - isSumOfOutputs: Whether the root adds up the outputs of a function.
  init(
    _ graph: FlatGraph, parameters: [Int32], inputs: InputPositions, declared: Int, isSumOfOutputs: Bool = false
  ) throws(Refusal) {
    let (findings, rolled) = try Findings.roll(
      graph, parameters: parameters, inputs: inputs, declared: declared, isSumOfOutputs: isSumOfOutputs)
    guard rolled.ir.hasFiniteConstants else {
      throw Refusal("it has a constant that is not finite, and a product with it may be none where the values have 0")
    }
    code = rolled.ir
    parameterCount = parameters.count
    sampleOfLane = rolled.sampleOfLane
    self.findings = findings.texts
  }

  /// From the code of one sample.
  init(_ code: IR, parameters: Int) {
    self.code = code
    parameterCount = parameters
    sampleOfLane = []
    findings = { _ in nil }
  }

  /// Returns the result of a pass as text; nil for passes that were not needed, and for the kernels' instructions.
  func text(after pass: Pass) -> String? {
    let code: IR? =
      switch pass {
      case .sums, .colors, .lanes, .instructions: nil
      case .code: self.code
      case .inlining: inlined
      case .dense: dense
      case .stacking: stacked
      case .differentiation: differentiated
      case .fusion: fused
      case .hoisting: training.ir
      }
    return code?.text ?? findings(pass)
  }
}

/// The results of the first passes over a graph of all samples: sums, colours and lanes.
private struct Findings {
  private let sums: FlattenedSums
  private let coloring: Coloring
  private let lanes: Lanes

  /// Finds the samples, and checks them.
  ///
  /// Nodes of one colour in one sample are told apart by their order. If the samples do not agree in the order of
  /// recording, they may in that of a walk through the graph, which takes longer to find.
  static func roll(
    _ graph: FlatGraph, parameters: [Int32], inputs: InputPositions, declared: Int, isSumOfOutputs: Bool
  ) throws(Refusal) -> (Findings, Rerolling) {
    func roll(_ other: FlatGraph) throws(Refusal) -> (Findings, Rerolling) {
      let (parameters, inputs) = translated(parameters, inputs, from: graph, to: other)
      return try rollAsRecorded(
        other, parameters: parameters, inputs: inputs, declared: declared, isSumOfOutputs: isSumOfOutputs)
    }
    do {
      let rolled = try roll(graph)
      // Of samples that differ in their parameters, a few may be alike.
      let isPoor = 8 * rolled.1.ir.kinds.count > graph.count
      guard isPoor, let lookups = Lookups(graph, parameters: parameters), let other = lookups.rewritten,
        let again = try? roll(other), again.1.ir.kinds.count < rolled.1.ir.kinds.count
      else { return rolled }
      return again
    } catch {
      guard !isSumOfOutputs, let lookups = Lookups(graph, parameters: parameters) else { throw error }
      guard let other = lookups.rewritten, let rolled = try? roll(other) else { throw lookups.refusal }
      return rolled
    }
  }

  private static func rollAsRecorded(
    _ graph: FlatGraph, parameters: [Int32], inputs: InputPositions, declared: Int, isSumOfOutputs: Bool
  ) throws(Refusal) -> (Findings, Rerolling) {
    let findings = try Findings(graph, parameters: parameters, isSumOfOutputs: isSumOfOutputs)
    do {
      return (findings, try findings.rolled(inputs, declared))
    } catch {
      guard findings.lanes.dependOnOrder else { throw error }
    }
    let walked = graph.walked()
    let (others, positions) = translated(parameters, inputs, from: graph, to: walked)
    let again = try Findings(walked, parameters: others, isSumOfOutputs: isSumOfOutputs)
    return (again, try again.rolled(positions, declared))
  }

  /// Where the parameters and the inputs are in another form of the graph.
  private static func translated(
    _ parameters: [Int32], _ inputs: InputPositions, from graph: FlatGraph, to other: FlatGraph
  ) -> (parameters: [Int32], inputs: InputPositions) {
    let position = Dictionary(zip(graph.located, other.located)) { first, _ in first }
    var positions: InputPositions = [:]
    for (node, input) in inputs { positions[position[node] ?? -1] = input }
    return (parameters.map { position[$0] ?? -1 }, positions)
  }

  private init(_ graph: FlatGraph, parameters: [Int32], isSumOfOutputs: Bool) throws(Refusal) {
    var sums = FlattenedSums(graph)
    var coloring = try Coloring(sums, parameters: parameters)
    var lanes = try Lanes(sums, coloring, isSumOfOutputs: isSumOfOutputs)
    // The order in which outputs are added up means nothing.
    let brackets = isSumOfOutputs ? [] : LaneBrackets(sums, coloring, lanes).nodes
    if !brackets.isEmpty {
      sums = FlattenedSums(graph, keeping: brackets)
      coloring = try Coloring(sums, parameters: parameters)
      lanes = try Lanes(sums, coloring)
    }
    self.sums = sums
    self.coloring = coloring
    self.lanes = lanes
  }

  private func rolled(_ inputs: InputPositions, _ declared: Int) throws(Refusal) -> Rerolling {
    try Rerolling(sums, coloring, lanes, inputs: inputs, declared: declared)
  }

  /// Returns the text of each pass's findings: a listing for small graphs, a line for large ones.
  var texts: (Pass) -> String? {
    let largestKeptGraph = 10_000
    guard sums.count <= largestKeptGraph else {
      let headlines: [Pass: String] = [
        .sums: sums.headline, .colors: coloring.headline, .lanes: lanes.headline,
      ]
      return { headlines[$0] }
    }
    return { [self] pass in
      switch pass {
      case .sums: sums.summary
      case .colors: coloring.summary(of: sums)
      case .lanes: lanes.summary(of: sums)
      default: nil
      }
    }
  }
}

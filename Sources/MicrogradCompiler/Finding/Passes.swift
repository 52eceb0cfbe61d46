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

/// The code after each pass.
struct Passes {
  /// The code after each pass that makes some.
  private var codes: [Pass: IR] = [:]
  /// What the passes before that say about the graph.
  private var findings: [Pass: String] = [:]
  /// The sample of each lane; empty if only one was recorded.
  private(set) var samples: [Int] = []
  /// The loss and other results alone, and the code that its derived columns are defined in.
  let forward: (code: IR, definitions: IR)
  /// The same with the gradients.
  let training: (code: IR, definitions: IR)

  /// From a graph of all samples.
  ///
  /// - Parameters:
  ///   - parameters: The nodes of the parameters; -1 for one that is not in the graph.
  ///   - declared: How many samples have inputs; not all of them need be in the graph.
  init(
    _ graph: FlatGraph, parameters: [Int32], inputs: [Int32: (sample: Int, feature: Int)], declared: Int
  ) throws(Refusal) {
    let sums = FlattenedSums(graph)
    let coloring = Coloring(sums, parameters: parameters)
    let lanes = try Lanes(sums, coloring)
    let rolled = try Rerolling(sums, coloring, lanes, inputs: inputs, declared: declared)
    guard rolled.ir.hasFiniteConstants else {
      throw Refusal("it has a constant that is not finite, and a product with it may be none where the values have 0")
    }
    self.init(rolled.ir, parameters: parameters.count)
    samples = rolled.samples
    findings[.sums] = sums.summary
    findings[.colors] = coloring.summary(of: sums)
    findings[.lanes] = lanes.summary(of: sums)
  }

  /// From the code of one sample.
  init(_ code: IR, parameters: Int) {
    codes[.code] = code
    let inlined = code.inlined()
    codes[.inlining] = inlined
    let dense = inlined.withDenseLayers()
    codes[.dense] = dense
    let fused = dense.fused()
    forward = (fused.hoisted(), fused)
    guard code.loss >= 0 else {
      training = forward
      return
    }
    let differentiated = dense.differentiated(parameters: parameters)
    codes[.differentiation] = differentiated
    let fusedTraining = differentiated.fused()
    codes[.fusion] = fusedTraining
    training = (fusedTraining.hoisted(), fusedTraining)
    codes[.hoisting] = training.code
  }

  /// What a pass made, as text.
  func text(after pass: Pass) -> String? { codes[pass]?.text ?? findings[pass] }
}

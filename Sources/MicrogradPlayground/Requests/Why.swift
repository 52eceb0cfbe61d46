import MicrogradEngine
import MicrogradFigures
import MicrogradGraph
import MicrogradJSON
import MicrogradLanguage
import MicrogradNetworks

extension PlaygroundDispatcher {
  /// The graph that a number's gradient comes from: of the loss of one sample, or of the batch of the next step.
  func why(_ request: Request) throws(PlaygroundError) -> Reply {
    let session = try opened()
    if request["step"] != nil { _ = try seek(request) }
    let isBatch = try request.choice("over", ["sample", "batch"]) == "batch"
    let target = try WhyTarget(request["target"], in: session)
    let samples = isBatch ? session.nextBatch : [target.sample]
    let detail = try session.detail(samples: samples.count)
    let graph = WhyGraph(target, samples: samples, isBatch: isBatch, session), subject = graph.subject
    let summands = isBatch ? session.summands(target, samples) : nil
    let description = GraphDescription(graph.root.graph(detail))
    return Reply(
      .object([
        ("description", description.json), ("focus", .integer(graph.position(in: description.graph))),
        ("step", .integer(session.step)), ("over", .text(isBatch ? "batch" : "sample")),
        ("sample", .integer(graph.target.sample)), ("samples", .integers(samples)), ("value", .number(subject.data)),
        ("gradient", .number(subject.grad)),
        ("sentence", .localized(WhySentence(graph, summands: summands, session).text)),
        (
          "summands",
          .array(
            zip(samples, summands ?? []).map { .object([("sample", .integer($0)), ("gradient", .number($1))]) })
        ),
      ]))
  }
}

extension PlaygroundSession {
  /// The largest numbers of nodes of a graph whose dot products are drawn as products and sums, and of any graph.
  private static let mostComposedNodes = 1_500, mostNodes = 40_000

  /// The detail in which the graph of some samples can still be looked at.
  ///
  /// - Throws: `PlaygroundError` if it is too large in any.
  fileprivate func detail(samples: Int) throws(PlaygroundError) -> ComputationGraph.Detail {
    let weights = model.layers.reduce(0) { $0 + $1.parameters.count }
    let neurons = model.layers.reduce(0) { $0 + $1.neurons.count }
    if samples * 2 * weights <= Self.mostComposedNodes { return .composed }
    let nodes = samples * (2 * neurons + 8)
    if nodes <= Self.mostNodes { return .recorded }
    throw PlaygroundError(
      en: "The graph of the batch would have about \(nodes) nodes. Ask for one sample, or choose a smaller batch.",
      fr:
        "Le graphe du lot aurait environ \(nodes) nœuds. Demandez un seul échantillon, ou choisissez un lot plus petit."
    )
  }

  /// The part of each sample in the gradient of a parameter over a batch; nothing for other numbers.
  fileprivate func summands(_ target: WhyTarget, _ samples: [Int]) -> [Double] {
    guard target.kind == .weight || target.kind == .bias else { return [] }
    return samples.map { sample in
      WhyGraph(target, samples: [sample], isBatch: false, self).subject.grad / Double(samples.count)
    }
  }
}

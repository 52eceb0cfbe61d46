import MicrogradEngine
import MicrogradFigures
import MicrogradGraph
import MicrogradJSON
import MicrogradTestSupport
import Testing

@testable import MicrogradPlayground

struct WhyTests {
  private func opened(_ settings: String) throws -> PlaygroundDispatcher {
    let dispatcher = PlaygroundDispatcher()
    _ = try dispatcher.get("{\"do\": \"open\", \"settings\": \(settings)}")
    return dispatcher
  }

  private static let small =
    #"{"data": {"samples": 20, "test": 0}, "network": {"layers": [{"neurons": 3}]}, "batch": 5, "regularization": {"l2": 0.01}}"#

  @Test("The gradient of a batch is that of the next step, and the sum of its samples' parts and the penalty's")
  func batches() throws {
    let dispatcher = try opened(Self.small)
    _ = try dispatcher.get(#"{"do": "train", "steps": 7}"#)
    let session = try #require(dispatcher.session)
    var reply = try dispatcher.get(
      #"{"do": "why", "over": "batch", "target": {"kind": "weight", "layer": 0, "neuron": 1, "input": 1}}"#
    ).json
    let weight = session.parameters[4].data, gradient = try #require(reply["gradient"]?.number)
    #expect(reply["value"]?.number == weight)
    let parts = try #require(reply["summands"]?.array).map { $0["gradient"]?.number ?? .nan }
    #expect(parts.count == 5 && reply["samples"]?.array?.count == 5)
    expectClose(parts.reduce(0, +) + 2 * 0.01 * weight, gradient, "the sum of the parts", tolerance: 1e-12)
    _ = try dispatcher.get(#"{"do": "train", "steps": 1}"#)
    expectClose(try dispatcher.gradients[4], gradient, "the gradient of the next step", tolerance: 1e-12)

    reply = try dispatcher.get(#"{"do": "why", "step": 7, "over": "batch", "target": {"kind": "bias", "layer": 1}}"#)
      .json
    #expect(reply["step"]?.integer == 7)
    let bias = try #require(reply["summands"]?.array).map { $0["gradient"]?.number ?? .nan }.reduce(0, +)
    expectClose(bias, try #require(reply["gradient"]?.number), "the bias has no penalty", tolerance: 1e-12)
  }

  @Test("The focus is the number that was asked for, and its gradient that of an explanation of the graph")
  func focus() throws {
    for settings in [
      Self.small,
      #"{"data": {"kind": "blobs", "classes": 3}, "network": {"layers": [{"neurons": 16, "activation": "relu"}, {"neurons": 16, "activation": "elu"}]}, "batch": 0}"#,
    ] {
      let dispatcher = try opened(settings)
      for over in ["sample", "batch"] {
        for target in [
          #"{"kind": "weight", "layer": 0, "neuron": 2, "input": 0, "sample": 3}"#,
          #"{"kind": "bias", "layer": 1, "sample": 3}"#,
          #"{"kind": "neuron", "layer": 0, "neuron": 1, "sample": 2}"#, #"{"kind": "sample", "sample": 4}"#,
          #"{"kind": "loss"}"#,
        ] {
          let request = "{\"do\": \"why\", \"over\": \"\(over)\", \"target\": \(target)}",
            reply = try dispatcher.get(request).json
          let description = try GraphDescription(try #require(reply["description"])),
            focus = try #require(reply["focus"]?.integer)
          let node = description.graph.nodes[focus], explained = Explanation(description.graph).gradients[focus]
          #expect(node.data == reply["value"]?.number, "\(request): got \(node.data)")
          expectClose(explained, try #require(reply["gradient"]?.number), request, tolerance: 1e-9)
          for language in ["en", "fr"] { #expect(reply["sentence"]?[language]?.text?.isEmpty == false, "\(request)") }
        }
      }
    }
  }

  @Test("σ outside the graph is a number that was set by hand")
  func outside() throws {
    let dispatcher = try opened(#"{"network": {"layers": []}, "loss": "sigmoidOutside"}"#)
    let reply = try dispatcher.get(#"{"do": "why", "target": {"kind": "loss", "sample": 0}}"#).json
    let description = try GraphDescription(try #require(reply["description"]))
    #expect(description.isSetByHand.filter { $0 }.count == 1)
  }

  @Test("Where σ stands outside the graph, no words take a gradient for the derivative of the loss")
  func wordsOutside() throws {
    for (loss, isApart) in [("sigmoidOutside", true), ("sigmoidInside", false)] {
      let dispatcher = try opened(#"{"network": {"layers": [{"neurons": 2}]}, "loss": "\#(loss)"}"#)
      for target in [#"{"kind": "weight"}"#, #"{"kind": "bias", "layer": 1}"#, #"{"kind": "neuron"}"#] {
        let sentence = try dispatcher.get("{\"do\": \"why\", \"target\": \(target)}").json["sentence"]
        for (language, words) in [("en", "derivative of σ is missing"), ("fr", "dérivée de σ")] {
          let text = try #require(sentence?[language]?.text)
          #expect(text.contains(words) == isApart, "\(loss), \(target): got \(text)")
        }
      }
    }
  }

  @Test("A question leaves the training as it is")
  func innocence() throws {
    let dispatcher = try opened(Self.small)
    _ = try dispatcher.get(#"{"do": "train", "steps": 3}"#)
    let before = try (dispatcher.parameters, dispatcher.gradients)
    _ = try dispatcher.get(#"{"do": "why", "over": "batch", "target": {"kind": "weight"}}"#)
    let after = try (dispatcher.parameters, dispatcher.gradients)
    #expect(before == after)
  }

  @Test(
    "What the network does not have is an error",
    arguments: [
      #"{"kind": "weight", "layer": 2}"#, #"{"kind": "weight", "neuron": 3}"#, #"{"kind": "weight", "input": 2}"#,
      #"{"kind": "cat"}"#, #"{"sample": 20}"#, #"{"kind": "bias", "layer": -1}"#, "3",
    ])
  func mistakes(_ target: String) throws {
    #expect(try opened(Self.small).error("{\"do\": \"why\", \"target\": \(target)}").contains("target"))
  }

  @Test("A graph that nobody could look at is refused")
  func large() throws {
    let layers = Array(repeating: #"{"neurons": 32}"#, count: 6).joined(separator: ",")
    let dispatcher = try opened(
      #"{"data": {"samples": 1000, "test": 0}, "batch": 0, "network": {"layers": [\#(layers)]}}"#)
    #expect(try dispatcher.error(#"{"do": "why", "over": "batch"}"#).contains("smaller batch"))
  }
}

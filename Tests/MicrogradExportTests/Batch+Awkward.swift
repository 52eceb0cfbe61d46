import MicrogradData
import MicrogradModels

@testable import MicrogradExport

extension Batch {
  /// Models and rows that hardly come about at random.
  static let awkward: [(model: TabularModel, rows: [[Field]])] = [
    (model(of: words.map { number($0) }), [words.map { _ in .number(3) }]),
    // Without any input.
    (model(of: []), [[]]),
    (model(of: [texts("none", [])]), [[.text("a")]]),
    // A text of C ends at a zero.
    (model(of: [texts("zero", ["a\0b", "a"])]), [[.text("a")]]),
    // Objects of JavaScript have these without being given them.
    (
      model(of: ["__proto__", "constructor", "toString"].map { texts($0, ["", "a"]) }),
      [[.text(nil), .text(nil), .text(nil)], [.text(""), .text("a"), .text("b")]]
    ),
    // Powers of the logits overflow.
    (model(of: [number("x")], classes: 3, weight: 1000), [[.number(3)], [.number(-3)], [.number(1000)]]),
    (model(of: [number("x")], weight: 1000), [[.number(3)], [.number(-3)], [.number(1000)]]),
  ]

  private static func number(_ name: String) -> Pipeline.Feature {
    .init(name: name, encoding: .standardized(mean: 1, deviation: 2))
  }

  private static func texts(_ name: String, _ categories: [String]) -> Pipeline.Feature {
    .init(name: name, encoding: .oneHot(categories))
  }

  /// A model of one layer, whose weights all differ.
  private static func model(
    of features: [Pipeline.Feature], classes: Int = 2, weight: Double = 1.0 / 4096
  ) -> TabularModel {
    let pipeline = Pipeline(
      features: features, target: .init(name: "y", encoding: .classes((0..<classes).map { "class \($0)" })))
    let outputs = 0..<pipeline.target.width
    let weights = outputs.map { output in
      (0..<pipeline.inputCount).map { weight * Double($0 + 1) * Double(output + 1) }
    }
    return TabularModel(
      pipeline: pipeline,
      layers: [.init(weights: weights, biases: outputs.map { _ in 0.5 }, activation: .linear)])
  }

  /// Words that mean something in some language.
  private static let words = CHeader.reserved.union(SwiftFile.reserved).union([
    "NULL", "NAN", "INFINITY", "isnan", "exp", "strcmp", "main", "self", "Self", "Type", "Protocol", "input",
    "inputs",
    "row", "text", "arguments", "eval", "prototype", "toString", "Double", "String", "print", "column", "column2",
  ]).sorted()
}

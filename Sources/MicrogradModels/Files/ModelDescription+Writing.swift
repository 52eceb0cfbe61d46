import MicrogradData
package import MicrogradJSON
import MicrogradNetworks

extension ModelDescription {
  func jsonMembers() -> [(String, JSON)] {
    var members: [(String, JSON)] = [
      ("features", .array(pipeline.features.map { $0.json })),
      ("target", pipeline.target.json), ("layers", .array(activations.map { .object($0.jsonMembers) })),
    ]
    if let record { members.append(("training", record.json)) }
    return members
  }
}

extension Pipeline.Feature {
  /// The name of the column, and its rule.
  package var json: JSON {
    switch encoding {
    case .standardized(let mean, let deviation): standardized(name, mean, deviation)
    case .oneHot(let categories):
      .object([("name", .text(name)), ("encoding", .text("oneHot")), ("categories", .texts(categories))])
    }
  }
}

extension Pipeline.Target {
  /// The name of the column, and the kind of prediction.
  package var json: JSON {
    switch encoding {
    case .standardized(let mean, let deviation): standardized(name, mean, deviation)
    case .classes(let classes):
      .object([("name", .text(name)), ("encoding", .text("classes")), ("classes", .texts(classes))])
    }
  }
}

private func standardized(_ name: String, _ mean: Double, _ deviation: Double) -> JSON {
  .object([
    ("name", .text(name)), ("encoding", .text("standardized")), ("mean", .number(mean)),
    ("deviation", .number(deviation)),
  ])
}

extension Activation {
  /// The name, and the constant if there is one: members of the object for a layer.
  ///
  /// - Precondition: The activation has a definition.
  package var jsonMembers: [(String, JSON)] {
    let name: [(String, JSON)] = [("activation", .text(identifier!))]
    guard case .operation(_, let constant?) = definition else { return name }
    return name + [("constant", .number(constant))]
  }
}

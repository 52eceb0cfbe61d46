import MicrogradEngine
import MicrogradGraph
import MicrogradJSON

extension Explanation {
  /// Returns the graph and all steps as JSON, for programs.
  ///
  /// `nodes` is a list of `{id, operation, operands, data, grad}`, with `label` and `constant` where there are any; `grad`
  /// is the gradient of this pass. `groups` are nested ranges of nodes. `steps` have the gradient of the result, and for
  /// each operand the local derivative, the product, and the sum so far. Numbers that are not finite are strings:
  /// `"nan"`, `"inf"` and `"-inf"`.
  public func json() -> String {
    JSON.object([
      ("nodes", .array(graph.nodes.map(json))),
      ("groups", .array(graph.groups.map { $0.json })),
      ("steps", .array(steps.map { $0.json })),
    ]).description + "\n"
  }

  private func json(_ node: ComputationGraph.Node) -> JSON {
    var members: [(String, JSON)] = [
      ("id", .integer(node.id)), ("operation", .text("\(node.operation)")), ("operands", .integers(node.operands)),
      ("data", .number(node.data)), ("grad", .number(gradients[node.id])),
    ]
    if let constant = node.constant { members.append(("constant", .number(constant))) }
    if let label = node.label { members.append(("label", .text(label))) }
    return .object(members)
  }
}

extension ComputationGraph.Group {
  fileprivate var json: JSON {
    .object([
      ("kind", .text(kind.rawValue)), ("title", .text(title(in: .english))),
      ("nodes", .integers([nodes.lowerBound, nodes.upperBound])), ("groups", .array(children.map { $0.json })),
    ])
  }
}

extension Explanation.Step {
  fileprivate var json: JSON {
    var members: [(String, JSON)] = [
      ("direction", .text(direction.rawValue)), ("node", .integer(node)), ("formula", .text(formula)),
      ("result", .number(result)),
    ]
    if isSetByHand { members.append(("computed", .number(computed))) }
    if direction == .backward {
      members += [("gradient", .number(gradient)), ("contributions", .array(contributions.map { $0.json }))]
    }
    return .object(members)
  }
}

extension Explanation.Contribution {
  fileprivate var json: JSON {
    .object([
      ("operand", .integer(operand)), ("formula", .text(formula)), ("localDerivative", .number(localDerivative)),
      ("product", .number(product)), ("sumBefore", .number(sumBefore)), ("sum", .number(sum)),
    ])
  }
}

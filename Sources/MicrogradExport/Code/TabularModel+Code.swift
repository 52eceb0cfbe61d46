import MicrogradData
import MicrogradEngine
import MicrogradModels
import MicrogradNetworks
import MicrogradRequirement

extension TabularModel {
  /// The sentence that exported code begins with.
  var summary: String {
    let count = pipeline.features.count
    return """
      Predicts \(Quotation.comment(pipeline.target.name)) from \(counted(count, "column")) of a table. Written by \
      swift-micrograd, which trained the network.
      """
  }
}

extension TabularModel.Layer {
  /// The operation of the activation; nil if the weighted sum remains as it is.
  var operation: Operation? {
    guard case .operation(let operation, _) = activation.definition else { return nil }
    return operation
  }

  /// The number that belongs to the operation, the letter `b` of its formula.
  var constant: Double? {
    guard case .operation(_, let constant) = activation.definition else { return nil }
    return constant
  }

  /// The activation of a number `a`, with a number `b` if there is a constant.
  func formula(in dialect: some Dialect) -> String {
    guard let operation else { return "a" }
    guard let code = dialect.code(operation.rule.value) else {
      stop("the language has no formula for \(operation.name)")
    }
    return code
  }
}

extension Pipeline.Feature {
  /// A field as an example.
  func example(in literal: (String) -> String) -> String {
    switch encoding {
    case .standardized(let mean, _): "\(mean)"
    case .oneHot(let categories): literal(categories.first ?? "")
    }
  }

  /// The words about the column where it is declared.
  var explanation: String {
    let name = Quotation.comment(name)
    switch encoding {
    case .standardized: return name
    case .oneHot(let categories):
      let some = categories.prefix(8).map { Quotation.comment($0) } + (categories.count > 8 ? ["…"] : [])
      return "\(name): \(some.joined(separator: ", "))"
    }
  }
}

/// Lines of a few numbers each.
func lines(of numbers: [String], _ separator: String) -> [String] {
  stride(from: 0, to: numbers.count, by: 5).map { start in
    numbers[start..<min(start + 5, numbers.count)].joined(separator: separator)
  }
}

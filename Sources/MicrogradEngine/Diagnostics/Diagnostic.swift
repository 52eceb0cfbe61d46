import MicrogradRequirement

/// Something that went wrong with numbers, with what is needed to find out why.
public struct Diagnostic: Sendable {
  /// The kinds of trouble.
  public enum Kind: Sendable {
    /// An operation gave NaN or an infinity.
    case value
    /// An operation handed on NaN or an infinity as a gradient.
    case gradient
    /// `backward()` adds to gradients that an update has already used: a `zeroGrad()` was forgotten.
    case forgottenZeroGrad
  }

  /// A value that took part.
  public struct Participant: Sendable {
    /// Its label, if it has one.
    public let label: String?
    /// Its number.
    public let data: Double
  }

  /// The kind of trouble.
  public let kind: Kind
  /// The operation; `leaf` for a value that was created as it is.
  public let operation: Operation
  /// The operands of the operation, or the values with forgotten gradients.
  public let participants: [Participant]
  /// The result of the operation.
  public let result: Double
  /// The gradient that arrived at the operation, if it is about gradients.
  public let gradient: Double?
  /// The file in which the user's code recorded the operation or called `backward()`, if it could be found.
  public let file: String?
  /// The line in that file.
  public let line: Int?
}

extension Diagnostic: CustomStringConvertible {
  /// One line in the form of a compiler's messages: place, what happened, and the numbers that took part.
  public var description: String { place + "micrograd: " + message }

  private var place: String {
    guard let file, let line else { return "" }
    return "\(file):\(line): "
  }

  private var message: String {
    switch kind {
    case .value where operation == .leaf:
      return "a value was created with \(result.text)"
    case .value:
      return "\(operation.name) gave \(result.text) for \(operands)"
    case .gradient:
      return
        "the gradient became nan or infinite: \(operation.name) received \((gradient ?? .nan).text), and its "
        + "partial derivatives are \(operation.partialFormulas.joined(separator: " and ")) "
        + "for \(operands), y = \(result.text)"
    case .forgottenZeroGrad:
      let names = participants.prefix(3).map { $0.label ?? $0.data.text }.joined(separator: ", ")
      let others = participants.count > 3 ? " and \(participants.count - 3) more" : ""
      return
        "backward() adds to gradients that were already used to move \(names)\(others); "
        + "call zeroGrad() before it"
    }
  }

  private var operands: String {
    let shown = participants.prefix(6).enumerated().map { index, operand in
      let name = participants.count <= 2 ? ["a", "b"][index] : "operand \(index)"
      return "\(name) = \(operand.data.text)" + (operand.label.map { " (\"\($0)\")" } ?? "")
    }
    let others = participants.count > 6 ? " and \(participants.count - 6) more" : ""
    return shown.joined(separator: ", ") + others
  }
}

// Reading documents: each property is nil for a value of another kind.

extension JSON {
  /// The value of an object's member; nil if there is none, or if this is no object.
  ///
  /// - Complexity: O(n) for an object with n members.
  package subscript(_ name: String) -> JSON? { object?.first { $0.0 == name }?.1 }

  /// The members of an object, in order.
  package var object: [(String, JSON)]? { if case .object(let members) = self { members } else { nil } }

  /// The elements of an array.
  package var array: [JSON]? { if case .array(let elements) = self { elements } else { nil } }

  /// The content of a string.
  package var text: String? { if case .text(let text) = self { text } else { nil } }

  /// The number, whole or not. One that is too large for a `Double` to tell it from its neighbours is rounded.
  package var number: Double? {
    switch self {
    case .number(let number): number
    case .integer(let number): Double(number)
    default: nil
    }
  }

  /// The whole number. One that is written with a fraction or an exponent, such as 2.0, is none.
  package var integer: Int? { if case .integer(let number) = self { number } else { nil } }
}

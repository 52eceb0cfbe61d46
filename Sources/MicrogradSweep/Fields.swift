import MicrogradJSON

/// The members of a JSON object that is read, each of a kind that is known.
struct Fields {
  let json: JSON

  private func known<Value>(_ value: Value?, _ name: String, _ kind: String) throws(SweepError) -> Value {
    guard let value else { throw SweepError("expected \(kind) as “\(name)”") }
    return value
  }

  func text(_ name: String) throws(SweepError) -> String { try known(json[name]?.text, name, "a string") }
  func integer(_ name: String) throws(SweepError) -> Int { try known(json[name]?.integer, name, "a whole number") }
  func array(_ name: String) throws(SweepError) -> [JSON] { try known(json[name]?.array, name, "an array") }
  func object(_ name: String) throws(SweepError) -> [(String, JSON)] {
    try known(json[name]?.object, name, "an object")
  }
  func fields(_ name: String) throws(SweepError) -> Fields { Fields(json: .object(try object(name))) }

  func number(_ name: String) throws(SweepError) -> Double { try known(json[name]?.anyNumber, name, "a number") }
  func seed(_ name: String) throws(SweepError) -> UInt32 {
    try known(json[name]?.integer.flatMap { UInt32(exactly: $0) }, name, "a seed")
  }
  /// A case of an enumeration, by its raw value.
  func choice<Choice: RawRepresentable<String>>(_ name: String) throws(SweepError) -> Choice {
    try known(Choice(rawValue: try text(name)), name, "another word")
  }
}

extension JSON {
  /// The number, which may be a string if it is not finite.
  var anyNumber: Double? {
    switch self {
    case .text("nan"): .nan
    case .text("inf"): .infinity
    case .text("-inf"): -.infinity
    default: number
    }
  }

  /// Reads a document on one line.
  static func reading(_ bytes: [UInt8]) throws(SweepError) -> JSON {
    do {
      return try JSON(parsing: bytes)
    } catch {
      throw SweepError("column \(error.column): \(error.problem)")
    }
  }
}

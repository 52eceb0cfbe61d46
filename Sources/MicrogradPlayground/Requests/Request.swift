import MicrogradJSON

/// A request of the page.
struct Request {
  private let json: JSON

  init(_ json: JSON) { self.json = json }

  /// The name of what is to be done.
  var action: String { json["do"]?.text ?? "" }

  subscript(_ name: String) -> JSON? {
    guard let value = json[name] else { return nil }
    if case .null = value { return nil }
    return value
  }

  /// A whole number within limits.
  func whole(_ name: String, _ standard: Int, in range: ClosedRange<Int>) throws(PlaygroundError) -> Int {
    let setting = NumberSetting(name, standard, in: range)
    guard let value = self[name] else { return standard }
    return Int(try setting.checked(value, at: name))
  }

  func number(_ name: String, _ standard: Double, in range: ClosedRange<Double>) throws(PlaygroundError) -> Double {
    guard let value = self[name] else { return standard }
    return try NumberSetting(name, standard, in: range).checked(value, at: name)
  }

  func flag(_ name: String, _ standard: Bool) throws(PlaygroundError) -> Bool {
    switch self[name] {
    case nil: return standard
    case .boolean(let flag)?: return flag
    default:
      throw PlaygroundError(en: "“\(name)” must be true or false.", fr: "« \(name) » doit valoir true ou false.")
    }
  }

  /// One of some names; the first if none is given.
  func choice(_ name: String, _ names: [String]) throws(PlaygroundError) -> String {
    guard let value = self[name] else { return names[0] }
    guard let text = value.text, names.contains(text) else {
      let list = names.joined(separator: ", ")
      throw PlaygroundError(
        en: "“\(name)” must be one of \(list).", fr: "« \(name) » doit être l'un des noms \(list).")
    }
    return text
  }
}

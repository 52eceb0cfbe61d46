import MicrogradJSON
import MicrogradLanguage

/// Reads the members of an object among the settings. What is left out, or null, has its default; what makes no sense is
/// an error that says where.
struct SettingsReader {
  private let path: String
  private let members: [(String, JSON)]

  /// - Parameters:
  ///   - path: The place of the object in the settings: `data`, or nothing for the settings themselves.
  ///   - names: The names that the object may have.
  init(_ json: JSON?, at path: String, names: [String]) throws(PlaygroundError) {
    self.path = path
    switch json {
    case nil, .null?: members = []
    case .object(let members)?: self.members = members
    default:
      throw PlaygroundError(
        en: "\(path.isEmpty ? "The settings" : "“\(path)”") must be an object, such as {}.",
        fr: "\(path.isEmpty ? "Les réglages" : "« \(path) »") : un objet est attendu, par exemple {}.")
    }
    for (name, _) in members where !names.contains(name) {
      throw PlaygroundError(
        en: "There is no setting “\(shortened(place(name)))”; there are \(list(names)).",
        fr: "Il n'y a pas de réglage « \(shortened(place(name))) » ; il y a \(list(names)).")
    }
  }

  subscript(_ name: String) -> JSON? {
    guard let value = members.first(where: { $0.0 == name })?.1 else { return nil }
    if case .null = value { return nil }
    return value
  }

  /// The place of a member.
  func place(_ name: String) -> String { path.isEmpty ? name : path + "." + name }

  func number(_ setting: NumberSetting) throws(PlaygroundError) -> Double {
    guard let value = self[setting.name] else { return setting.standard }
    return try setting.checked(value, at: place(setting.name))
  }

  func whole(_ setting: NumberSetting) throws(PlaygroundError) -> Int { Int(try number(setting)) }

  func flag(_ name: String) throws(PlaygroundError) -> Bool {
    switch self[name] {
    case nil: return false
    case .boolean(let flag)?: return flag
    default:
      throw PlaygroundError(
        en: "“\(place(name))” must be true or false.", fr: "« \(place(name)) » doit valoir true ou false.")
    }
  }

  func choice<Choice: PlaygroundChoice>(_ name: String, _ standard: Choice) throws(PlaygroundError) -> Choice {
    guard let value = self[name] else { return standard }
    guard let text = value.text, let choice = Choice(identifier: text) else {
      let given = shortened(value.text ?? value.description), names = list(Choice.all.map { $0.identifier })
      throw PlaygroundError(
        en: "“\(place(name))” is \(given); it must be one of \(names).",
        fr: "« \(place(name)) » vaut \(given) ; il faut l'un des noms \(names).")
    }
    return choice
  }
}

extension NumberSetting {
  /// The number of a JSON value, if it lies within the limits.
  func checked(_ value: JSON, at place: String) throws(PlaygroundError) -> Double {
    guard let number = value.number, range.contains(number), !isWhole || number == number.rounded() else {
      let low = json(range.lowerBound).description, high = json(range.upperBound).description
      let given = shortened(value.description)
      throw PlaygroundError(
        en: "“\(place)” is \(given); it must be a \(isWhole ? "whole " : "")number from \(low) to \(high).",
        fr: "« \(place) » vaut \(given) ; il faut un nombre \(isWhole ? "entier " : "")de \(low) à \(high).")
    }
    // No negative zero: it would be written as such.
    return number == 0 ? 0 : number
  }
}

/// Returns what a message repeats of a request.
func shortened(_ text: String) -> String {
  let scalars = text.unicodeScalars
  return scalars.count <= 40 ? text : String(String.UnicodeScalarView(scalars.prefix(39))) + "…"
}

private func list(_ names: [String]) -> String { names.joined(separator: ", ") }

import MicrogradFigures
import MicrogradJSON
import MicrogradLanguage

/// Something that keeps a network from learning, with what mends it.
struct Warning {
  enum Kind: String, Sendable {
    /// A number is not finite.
    case nan
    /// A ReLU is closed for every sample.
    case deadReLU
    /// The neurons of a layer are so far out on their curve that almost no gradient passes.
    case saturated
    /// Parameters have become huge.
    case exploding
    /// The loss is larger than at the start.
    case diverging
    /// The neurons of a layer are all the same, and remain so.
    case symmetric
  }

  let kind: Kind
  var layer: Int?
  var neuron: Int?
  /// More about the place, in the order of JSON.
  var details: [(String, JSON)] = []
  /// The words, given the step since when.
  let text: (_ since: Int) -> Localized
  let remedy: Remedy

  /// A change of the settings.
  struct Remedy {
    let text: Localized
    /// The settings that change.
    let settings: JSON
  }

  /// The identity of a warning, which is the same at different steps. When parameters explode, the neuron is only that of
  /// the largest one.
  var key: String { kind == .exploding ? kind.rawValue : "\(kind.rawValue) \(layer ?? -1) \(neuron ?? -1)" }

  func json(since: Int) -> JSON {
    var members: [(String, JSON)] = [("kind", .text(kind.rawValue)), ("since", .integer(since))]
    if let layer { members.append(("layer", .integer(layer))) }
    if let neuron { members.append(("neuron", .integer(neuron))) }
    return .object(
      members + details + [
        ("text", .localized(text(since))),
        ("remedy", .object([("text", .localized(remedy.text)), ("settings", remedy.settings)])),
      ])
  }
}

import MicrogradEngine
import MicrogradGraph
import MicrogradLanguage

extension ComputationGraph.Group {
  /// Returns the title of the box: `samples 2–100`, `layer 1 · 2 → 16`, `w1 · 16 × 2`.
  func title(in language: Language) -> String {
    let which = numbers.map { $0.count == 1 ? " \($0.lowerBound)" : " \($0.lowerBound)–\($0.upperBound)" } ?? ""
    let name =
      label.map { kind == .scope ? ScopeName.localized($0)(in: language) : $0 }
      ?? kind.name(isMany: (numbers?.count ?? 1) > 1)(in: language)
    return name + which + (size.isEmpty ? "" : " · \(size)")
  }

  private var size: String {
    guard (numbers?.count ?? 1) == 1 else { return "" }
    let numbers = shape.map(String.init)
    switch kind {
    case .layer: return numbers.joined(separator: " → ")
    case .neuron: return numbers.joined() + " → 1"
    default: return numbers.joined(separator: " × ")
    }
  }

  /// Returns the number of values inside, in words.
  func contents(in language: Language) -> String {
    Localized.counted(nodes.count, en: "value", fr: "valeur")(in: language)
  }
}

extension ComputationGraph.Group.Kind {
  fileprivate func name(isMany: Bool) -> Localized {
    switch self {
    case .named, .scope: Localized(en: "part", fr: "partie")
    case .sample:
      isMany ? Localized(en: "samples", fr: "échantillons") : Localized(en: "sample", fr: "échantillon")
    case .layer: isMany ? Localized(en: "layers", fr: "couches") : Localized(en: "layer", fr: "couche")
    case .neuron: isMany ? Localized(en: "neurons", fr: "neurones") : Localized(en: "neuron", fr: "neurone")
    case .dotProduct: Localized(en: "dot product", fr: "produit scalaire")
    case .sum: isMany ? Localized(en: "sums", fr: "sommes") : Localized(en: "sum", fr: "somme")
    case .parameters: Localized(en: "parameters", fr: "paramètres")
    case .leaves: Localized(en: "leaves", fr: "feuilles")
    case .values: Localized(en: "values", fr: "valeurs")
    }
  }
}

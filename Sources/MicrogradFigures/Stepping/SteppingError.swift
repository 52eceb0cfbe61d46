import MicrogradLanguage

/// A mistake in a request of a page, for a reader.
package struct SteppingError: Error {
  package let words: Localized

  init(en: String, fr: String) { words = Localized(en: en, fr: fr) }

  /// The description of a graph contradicts itself.
  static func description(_ member: String) -> SteppingError {
    SteppingError(
      en: "The description of the graph cannot be read: its member “\(member)” is missing, or does not fit.",
      fr: "La description du graphe est illisible : le membre « \(member) » manque ou ne convient pas.")
  }

  /// A request has no sense without a member, or its value is of another kind, or names a thing that does not exist.
  static func place(_ member: String) -> SteppingError {
    SteppingError(
      en: "The member “\(member)” of the request is missing, or does not fit.",
      fr: "Le membre « \(member) » de la requête manque ou ne convient pas.")
  }
}

internal import MicrogradJSON
public import MicrogradLanguage

/// Samples or settings that the playground cannot show, and the reason.
public struct PlaygroundPageError: Error, Sendable {
  /// The line and column, where there is one, the mistake, and how to mend it.
  public let reason: Localized

  /// The error that an answer of the playground reports; nil if it reports none.
  init?(_ answer: JSON) {
    guard let error = answer["error"] else { return nil }
    reason = Localized(error)
  }

  /// The error for samples with another number of features than the plane has axes.
  init(featureCount: Int) {
    let count = Localized.counted(featureCount, en: "feature", fr: "caractéristique")
    reason = Localized(
      en: "The samples have \(count(in: .english)); the playground draws two. Choose two, or add one that is 0.",
      fr: """
        Les échantillons ont \(count(in: .french)) ; le bac à sable en dessine deux. Choisissez-en deux, ou ajoutez-en une \
        nulle.
        """)
  }
}

extension PlaygroundPageError: CustomStringConvertible {
  /// The reason in English.
  public var description: String { reason(in: .english) }
}

extension Localized {
  /// Reads a text from an answer.
  init(_ json: JSON) { self.init(en: json["en"]?.text ?? "", fr: json["fr"]?.text ?? "") }
}

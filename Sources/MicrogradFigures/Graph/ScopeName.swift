import MicrogradLanguage

/// The names that the library's own modules give their scopes, in all languages.
enum ScopeName {
  private static let french = [
    "position": "position", "token": "jeton", "embedding": "plongement", "norm": "normalisation", "block": "bloc",
    "attention": "attention", "queries": "requêtes", "keys": "clés", "values": "valeurs", "head": "tête",
    "softmax": "softmax", "maximum": "maximum", "exponentials": "exponentielles", "output": "sortie",
    "scores": "scores", "weighted sum": "somme pondérée", "residual": "connexion résiduelle", "MLP": "perceptron",
    "logits": "logits", "loss": "perte",
  ]

  /// Returns the name of a scope. Those of users are the same in all languages.
  static func localized(_ name: String) -> Localized { Localized(en: name, fr: french[name] ?? name) }
}

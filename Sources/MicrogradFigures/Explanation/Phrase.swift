import MicrogradEngine

/// The sentences that accompany a step, with blanks in braces. The terminal, the pictures and the page fill in the same
/// ones.
enum Phrase: String, CaseIterable {
  case start, forward, backward, arrives, seed, nothing, receives, addsUp, setByHand, inside, done

  var text: Localized {
    switch self {
    case .start:
      Localized(
        en: "Nothing is computed yet: only the leaves have numbers.",
        fr: "Rien n'est encore calculé : seules les feuilles ont des nombres.")
    case .forward: Localized(en: "forward", fr: "aller")
    case .backward: Localized(en: "backward", fr: "retour")
    case .arrives:
      Localized(en: "The gradient {gradient} arrives at {name}.", fr: "Le gradient {gradient} arrive à {name}.")
    case .seed:
      Localized(
        en: "The derivative of {name} by itself is 1: here backward begins.",
        fr: "La dérivée de {name} par rapport à elle-même vaut 1 : ici commence le retour.")
    case .nothing:
      Localized(
        en: "No gradient arrives at {name}, so it hands nothing on.",
        fr: "Aucun gradient n'arrive à {name}, qui ne transmet donc rien.")
    case .receives:
      Localized(
        en: "{operand} receives {gradient} × {partial} = {product}",
        fr: "{operand} reçoit {gradient} × {partial} = {product}")
    case .addsUp:
      Localized(
        en: "it is used more than once, so it adds up: {before} + {product} = {sum}",
        fr: "sert plusieurs fois, donc on additionne : {before} + {product} = {sum}")
    case .setByHand:
      Localized(
        en: "It was then set by hand to {result}; the gradient does not see that.",
        fr: "Il a ensuite été fixé à la main à {result} ; le gradient ne le voit pas.")
    case .inside:
      Localized(
        en: "Steps inside this box, all at once: {count}. Open it to see each.",
        fr: "Étapes dans cette boîte, toutes d'un coup : {count}. Ouvrez-la pour les voir.")
    case .done:
      Localized(
        en: "Done: every value knows its gradient.", fr: "Terminé : chaque valeur connaît son gradient.")
    }
  }

  func filled(_ language: Language, _ blanks: KeyValuePairs<String, String> = [:]) -> String {
    var result = "", rest = text(in: language)[...]
    while let open = rest.firstIndex(of: "{"), let close = rest.firstIndex(of: "}") {
      let name = rest[rest.index(after: open)..<close]
      result += rest[..<open] + (blanks.first { $0.key == name }?.value ?? "")
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}

import MicrogradEngine
import MicrogradGraph
import MicrogradLanguage

/// The sentences that accompany a step, with blanks in braces. The terminal, the pictures and the page share them.
enum Phrase: String, CaseIterable {
  case start, forward, backward, arrives, seed, nothing, closed, dead, receives, addsUp, setByHand, inside, hands,
    more, done,
    progress, colon

  var text: Localized {
    switch self {
    case .start:
      Localized(
        en: "Nothing is computed yet: only the leaves have values.",
        fr: "Rien n'est encore calculé : seules les feuilles ont une valeur.")
    case .forward: Localized(en: "forward", fr: "propagation")
    case .backward: Localized(en: "backward", fr: "rétropropagation")
    case .arrives:
      Localized(en: "The gradient {gradient} arrives at {name}.", fr: "Le gradient {gradient} arrive à {name}.")
    case .seed:
      Localized(
        en: "The derivative of {name} with respect to itself is 1: backward begins here.",
        fr: "La dérivée d'une valeur par rapport à elle-même vaut 1 : "
          + "la rétropropagation commence à {name}.")
    case .nothing:
      Localized(
        en: "The gradient of {name} is 0, so it passes nothing on.",
        fr: "Le gradient de {name} est nul : rien n'est transmis.")
    case .closed:
      Localized(
        en: "{name} is closed: its input is not positive, so its derivative is 0.",
        fr: "La ReLU {name} est fermée : son entrée n'est pas strictement positive, donc sa dérivée vaut 0.")
    case .dead:
      Localized(
        en: "No gradient reaches {leaves}: every path to them goes through closed ReLUs ({units}). "
          + "Their inputs are not positive, so their derivatives are 0.",
        fr: "Aucun gradient n'atteint {leaves} : tous les chemins y passent par des ReLU fermées ({units}). "
          + "Leurs entrées ne sont pas strictement positives, donc leurs dérivées valent 0.")
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
        en: "It was then set to {result} by hand; the gradient ignores that.",
        fr: "La valeur a ensuite été fixée à {result} à la main ; le gradient n'en tient pas compte.")
    case .inside:
      Localized(
        en: "Steps inside this box, taken at once: {count}. Open it to see each of them.",
        fr: "Étapes dans cette boîte, faites d'un seul coup : {count}. Ouvrez-la pour les voir une à une.")
    case .hands: Localized(en: "{name} receives {number}", fr: "{name} reçoit {number}")
    case .more: Localized(en: "… and {count} more", fr: "… et {count} de plus")
    case .progress: Localized(en: "Step {step} of {total}", fr: "Étape {step} sur {total}")
    case .colon: Localized(en: ": ", fr: "\u{A0}: ")
    case .done:
      Localized(
        en: "Done: every value knows its gradient.", fr: "Terminé : chaque valeur connaît son gradient.")
    }
  }

  func filled(_ language: Language, _ blanks: KeyValuePairs<String, String> = [:]) -> String {
    FormulaText(sentence: text(in: language)).filled { name in blanks.first { $0.key == name }?.value ?? "" }
  }
}

import MicrogradEngine
import MicrogradGraph
import MicrogradLanguage

/// The sentences that accompany a step, with blanks in braces. The terminal, the pictures and the page fill in the same
/// ones.
enum Phrase: String, CaseIterable {
  case start, forward, backward, arrives, seed, nothing, closed, dead, receives, addsUp, setByHand, inside, done

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
    case .closed:
      Localized(
        en: "{name} is closed: its input is not positive, so its derivative is 0.",
        fr: "{name} est fermée : son entrée n'est pas strictement positive, donc sa dérivée vaut 0.")
    case .dead:
      Localized(
        en: "No gradient reaches {leaves}: every way there leads through closed ReLUs ({units}). "
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
    FormulaText(sentence: text(in: language)).filled { name in blanks.first { $0.key == name }?.value ?? "" }
  }
}

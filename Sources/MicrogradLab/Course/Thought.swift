import Micrograd

/// A thought that leads to wrong answers, in words.
///
/// Those that several tasks know stand here; the others stand where they are used.
struct Thought {
  /// The name in tables, such as `gradients-not-zeroed`.
  let name: String
  /// The thought, as a sentence about the program.
  let sentence: Localized
  /// The question that leads out of it.
  let question: Localized

  init(_ name: String, en: (thought: String, question: String), fr: (thought: String, question: String)) {
    self.name = name
    sentence = Localized(en: en.thought, fr: fr.thought)
    question = Localized(en: en.question, fr: fr.question)
  }
}

extension Thought {
  static let zeroedAfterBackward = Thought(
    "zeroed-after-backward",
    en: (
      "The gradients were set to 0 after `backward()` had computed them, so nothing moved.",
      "What is left of the gradients when the parameters are moved?"
    ),
    fr: (
      "Les gradients ont été remis à zéro après que `backward()` les a calculés, et rien n'a donc bougé.",
      "Que reste-t-il des gradients au moment de déplacer les paramètres ?"
    )
  )

  static let withTheGradient = Thought(
    "with-the-gradient",
    en: (
      "The parameters moved with the gradient, so the error grew.",
      "The gradient tells in which direction the error rises. Where do you want to go?"
    ),
    fr: (
      "Les paramètres se sont déplacés dans le sens du gradient, et l'erreur a donc augmenté.",
      "Le gradient indique dans quel sens l'erreur augmente. Où voulez-vous aller ?"
    )
  )

  static let replaced = Thought(
    "replaced",
    en: (
      "Each parameter was replaced by its step: `= -` stands where `-=` was meant.",
      "Where is the old value of the parameter in the new one?"
    ),
    fr: (
      "Chaque paramètre a été remplacé par son déplacement : `= -` est écrit là où il fallait `-=`.",
      "Où est l'ancienne valeur du paramètre dans la nouvelle ?"
    )
  )

  static let dataForGrad = Thought(
    "data-for-grad",
    en: (
      "Each parameter shrank by a part of its own `data`, not of its gradient.",
      "Which of the two fields of a parameter says how the error changes with it?"
    ),
    fr: (
      "Chaque paramètre a diminué d'une part de son propre `data`, et non de son gradient.",
      "Lequel des deux champs d'un paramètre indique comment l'erreur varie avec lui ?"
    )
  )

  static let sigmoidInTheGraph = Thought(
    "sigmoid-in-the-graph",
    en: (
      "σ was an operation of the graph, so the gradients were multiplied by its derivative.",
      "In task 2, did σ make a new value, or did it give the output a new number?"
    ),
    fr: (
      "σ était une opération du graphe, et les gradients ont donc été multipliés par sa dérivée.",
      "À la tâche 2, σ créait-elle une nouvelle valeur, ou donnait-elle un nouveau nombre à la sortie ?"
    )
  )

  static let halfSquared = Thought(
    "half-squared",
    en: (
      "The squared error was divided by 2.",
      "Some books put ½ before the square, to make the derivative shorter. Does this task?"
    ),
    fr: (
      "L'erreur quadratique a été divisée par 2.",
      "Certains livres mettent ½ devant le carré, pour simplifier la dérivée. Est-ce le cas de cette tâche ?"
    )
  )

  static let targetAlways1 = Thought(
    "target-always-1",
    en: (
      "Each output was compared with 1, whatever the label of the sample.",
      "Which target does a sample of class 0 have?"
    ),
    fr: (
      "Chaque sortie a été comparée à 1, quelle que soit l'étiquette de l'échantillon.",
      "Quelle est la cible d'un échantillon de classe 0 ?"
    )
  )

  static let seedIgnored = Thought(
    "seed-ignored",
    en: (
      "The seed was 42, whatever `seed` was.",
      "Where does `seed` occur in the function?"
    ),
    fr: (
      "La graine était 42, quelle que soit `seed`.",
      "Où `seed` apparaît-elle dans la fonction ?"
    )
  )

  static let drawsWithoutEffect = Thought(
    "draws-without-effect",
    en: (
      "The weights are the first draws from the seed: nothing was drawn before, or from another generator.",
      "Which generator gives the weights, and what has been drawn from it before?"
    ),
    fr: (
      "Les poids sont les premiers tirages de la graine : rien n'a été tiré avant, ou depuis un autre générateur.",
      "Quel générateur donne les poids, et qu'en a-t-on tiré auparavant ?"
    )
  )
}

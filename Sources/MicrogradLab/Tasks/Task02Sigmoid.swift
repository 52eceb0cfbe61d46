import Micrograd
import MicrogradQuestions
import RealModule

// MARK: - Reference

func sigmoid(_ x: Double) -> Double { 1 / (1 + .exp(-x)) }

@discardableResult
func applySigmoid(to output: Value) -> Value {
  output.data = sigmoid(output.data)
  return output
}

// MARK: - Report

extension LabTask {
  static let sigmoidOutsideTheGraph = LabTask(
    2, en: "Sigmoid as a post-processing step", fr: "La sigmoïde en post-traitement"
  ) { chapter in
    chapter.say(
      en: """
        The sigmoid σ(x) = 1 / (1 + e^-x) turns any score into a number between 0 and 1. Here it is applied by \
        assigning σ(x) to the `data` of the output.
        """,
      fr: """
        La sigmoïde σ(x) = 1 / (1 + e^-x) ramène tout score entre 0 et 1. Ici, on l'applique en affectant σ(x) au champ \
        `data` de la sortie.
        """)
    let model = makePerceptron()
    let output = model(sample)[0]
    chapter.show("output.data before σ", fr: "sortie.data avant σ", output.data)
    applySigmoid(to: output)
    chapter.show("output.data after σ", fr: "sortie.data après σ", output.data)
    output.backward()
    chapter.show("w1.grad, σ assigned", fr: "w1.grad, σ affectée", model.parameters[0].grad)

    chapter.say(
      en: """
        The assignment is not an operation of the graph. The gradient of the first weight is simply its input, without \
        the derivative of σ. If σ is an operation of the graph, the gradient is multiplied by σ(x)·(1 - σ(x)), which is \
        at most a quarter:
        """,
      fr: """
        L'affectation n'est pas une opération du graphe. Le gradient du premier poids est simplement son entrée : la \
        dérivée de σ n'intervient pas. Si σ est une opération du graphe, le gradient est multiplié par \
        σ(x)·(1 - σ(x)), qui ne dépasse jamais un quart :
        """)
    model.zeroGrad()
    model(sample)[0].sigmoid().backward()
    chapter.show("w1.grad, σ in the graph", fr: "w1.grad, σ dans le graphe", model.parameters[0].grad)
  }
}

// MARK: - Exercise

extension Exercise {
  static let sigmoidOutsideTheGraph = Exercise(
    .sigmoidOutsideTheGraph,
    statement: Localized(
      en: """
        The output of the perceptron, its score, can be any number. The sigmoid σ(x) = 1 / (1 + e^-x) turns it into a number \
        between 0 and 1, which can be read as a probability.

        Write σ for plain numbers first. It must answer for every x, even for those that are far from 0.

        In this practical σ is a post-processing step: it is applied to the output by assigning the new number to the \
        `data` of the output. What was computed before remains in the graph, and the assignment itself leaves no trace \
        there. So the gradient of the output passes to the parameters as if σ were not there.
        """,
      fr: """
        La sortie du perceptron, son score, peut être n'importe quel nombre. La sigmoïde σ(x) = 1 / (1 + e^-x) en fait un \
        nombre entre 0 et 1, qu'on peut lire comme une probabilité.

        Écrivez d'abord σ pour de simples nombres. Elle doit répondre pour tout x, même très éloigné de 0.

        Dans ce TP, σ est un post-traitement : on l'applique à la sortie en affectant le nouveau nombre au champ `data` de \
        la sortie. Ce qui a été calculé avant reste dans le graphe, et l'affectation elle-même n'y laisse aucune trace. Le \
        gradient de la sortie parvient donc aux paramètres comme si σ n'était pas là.
        """),
    declarations: [
      Declaration(
        "func sigmoid(_ x: Double) -> Double",
        en: "Returns σ(x) = 1 / (1 + e^-x).",
        fr: "Renvoie σ(x) = 1 / (1 + e^-x)."),
      Declaration(
        "func applySigmoid(to output: Value) -> Value",
        en: "Replaces the `data` of the output by σ of it, and returns the output itself.",
        fr: "Remplace le champ `data` de la sortie par son image par σ, et renvoie la sortie elle-même."),
    ],
    hints: [
      Localized(
        en: """
          What are σ(0), σ(5) and σ(-5), on paper? And which lines of a program add a node to the graph: those that compute \
          with a `Value`, or those that compute with its `data`?
          """,
        fr: """
          Que valent σ(0), σ(5) et σ(-5), sur le papier ? Et quelles lignes d'un programme ajoutent un nœud au graphe : \
          celles qui calculent avec une `Value`, ou celles qui calculent avec son champ `data` ?
          """),
      Localized(
        en: """
          `data` is a `Double` that can be read and assigned. Do not call `sigmoid()` on the `Value`, which would be an \
          operation of the graph, and do not make another `Value`. In the formula, mind the sign of the exponent and the \
          brackets around the denominator.
          """,
        fr: """
          `data` est un `Double` qu'on peut lire et affecter. N'appelez pas `sigmoid()` sur la `Value`, car ce serait une \
          opération du graphe, et ne créez pas d'autre `Value`. Dans la formule, prenez garde au signe de l'exposant et \
          aux parenthèses du dénominateur.
          """),
      Localized(
        en: """
          The power e^-x is `exp(-x)`. `applySigmoid` has two lines: the first assigns to `output.data` what `sigmoid` makes \
          of the old `output.data`, and the second returns `output`.
          """,
        fr: """
          La puissance e^-x s'écrit `exp(-x)`. `applySigmoid` a deux lignes : la première affecte à `output.data` ce que \
          `sigmoid` fait de l'ancien `output.data`, et la seconde renvoie `output`.
          """),
    ],
    trial: "applySigmoid(to: makePerceptron(seed: 42)(sample)[0])",
    reference: {
      // The library has a `sigmoid` of values too.
      [Function("sigmoid", sigmoid as (Double) -> Double), Function("applySigmoid", applySigmoid(to:))]
    },
    questions: { random in
      let scores = random.numbers(3).map { 4 * $0 }
      return ([0, 1, -1, 40, -40, 800, -800] + scores).map { Question("sigmoid", ["x": .number($0)]) }
        + ([-0.490511292322774, 0, 40] + scores).map {
          Question("applySigmoid", ["output": .value($0)], propagates: true)
        }
    },
    misconceptions: wrongSigmoids + wrongApplications)

  private static func aboutSigmoid(
    _ name: String, en: (thought: String, question: String), fr: (thought: String, question: String),
    _ function: @escaping @Sendable (_ x: Double) -> Double
  ) -> Misconception {
    Misconception(name, en: en, fr: fr) { [Function("sigmoid", function)] }
  }

  private static let wrongSigmoids = [
    aboutSigmoid(
      "sign-of-the-exponent",
      en: (
        "The exponent is x instead of -x, so the curve falls where it should rise.",
        "Should a large score give a number close to 1 or close to 0? Compute both sides for x = 5."
      ),
      fr: (
        "L'exposant est x au lieu de -x, et la courbe descend là où elle devrait monter.",
        "Un grand score doit-il donner un nombre proche de 1 ou de 0 ? Faites le calcul pour x = 5."
      )
    ) { 1 / (1 + .exp($0)) },
    aboutSigmoid(
      "brackets-missing",
      en: (
        "This is 1 + e^-x: the division is missing, or comes before the addition, as in 1/1 + e^-x.",
        "What does Swift compute first in `1 / 1 + y`?"
      ),
      fr: (
        "C'est 1 + e^-x : la division manque, ou elle passe avant l'addition, comme dans 1/1 + e^-x.",
        "Dans `1 / 1 + y`, que calcule Swift en premier ?"
      )
    ) { 1 / 1 + .exp(-$0) },
    aboutSigmoid(
      "minus-in-the-denominator",
      en: (
        "The denominator is 1 - e^-x, which is 0 for x = 0.",
        "What should σ(0) be, between 0 and 1?"
      ),
      fr: (
        "Le dénominateur est 1 - e^-x, qui est nul pour x = 0.",
        "Entre 0 et 1, que doit valoir σ(0) ?"
      )
    ) { 1 / (1 - .exp(-$0)) },
    aboutSigmoid(
      "tanh",
      en: (
        "This is the hyperbolic tangent, which goes from -1 to 1.",
        "Between which numbers must a probability be? What are σ(0) and tanh(0)?"
      ),
      fr: (
        "C'est la tangente hyperbolique, qui va de -1 à 1.",
        "Entre quels nombres une probabilité doit-elle être ? Que valent σ(0) et tanh(0) ?"
      )
    ) { .tanh($0) },
    aboutSigmoid(
      "not-a-number-for-large-scores",
      en: (
        "e^x / (1 + e^x) is the same on paper, but for x = 800 it is infinity divided by infinity, which is not a number.",
        "e^800 is too large for a `Double`. Which form of the formula has e^-800 instead?"
      ),
      fr: (
        """
        e^x / (1 + e^x) est la même chose sur le papier, mais pour x = 800 c'est l'infini divisé par l'infini, ce qui n'est \
        pas un nombre.
        """,
        "e^800 est trop grand pour un `Double`. Quelle forme de la formule contient e^-800 à la place ?"
      )
    ) { .exp($0) / (1 + .exp($0)) },
    aboutSigmoid(
      "derivative",
      en: (
        "This is the derivative of σ, σ(x)·(1 - σ(x)).",
        "Does this task ask for σ or for its derivative? What is σ(0)?"
      ),
      fr: (
        "C'est la dérivée de σ, σ(x)·(1 - σ(x)).",
        "Cette tâche demande-t-elle σ ou sa dérivée ? Que vaut σ(0) ?"
      )
    ) { sigmoid($0) * (1 - sigmoid($0)) },
    aboutSigmoid(
      "step",
      en: (
        "The number is rounded to 0 or 1, which is the decision and not the probability.",
        "How would you tell a sure prediction from an unsure one, if only 0 and 1 are possible?"
      ),
      fr: (
        "Le nombre est arrondi à 0 ou à 1 : c'est la décision, et non la probabilité.",
        "Comment distinguer une prédiction sûre d'une prédiction hésitante, si seuls 0 et 1 sont possibles ?"
      )
    ) { $0 > 0 ? 1 : 0 },
    aboutSigmoid(
      "e-rounded",
      en: (
        "The number e was rounded to 2.718, so the result is right to three digits only.",
        "Which function of the library knows e to all digits?"
      ),
      fr: (
        "Le nombre e a été arrondi à 2.718, et le résultat n'est juste qu'à trois chiffres.",
        "Quelle fonction de la bibliothèque connaît tous les chiffres de e ?"
      )
    ) { 1 / (1 + .pow(2.718, -$0)) },
  ]

  /// A misconception about the assignment, which may use a right σ.
  private static func aboutApplication(
    _ name: String, en: (thought: String, question: String), fr: (thought: String, question: String),
    _ apply: @escaping @Sendable (_ output: Value) -> Value
  ) -> Misconception {
    Misconception(name, en: en, fr: fr) { [Function("applySigmoid", apply)] }
  }

  private static let wrongApplications = [
    aboutApplication(
      "sigmoid-in-the-graph",
      en: (
        "σ is an operation of the graph, so the gradient is multiplied by its derivative, which is at most a quarter.",
        "Does your function assign a number to `output.data`, or does it compute with the `Value` itself?"
      ),
      fr: (
        "σ est une opération du graphe : le gradient est multiplié par sa dérivée, qui ne dépasse jamais un quart.",
        "Votre fonction affecte-t-elle un nombre à `output.data`, ou calcule-t-elle avec la `Value` elle-même ?"
      )
    ) { $0.sigmoid() },
    aboutApplication(
      "graph-cut",
      en: (
        "The result is a new value, which no operation joins to the output, so no gradient comes back to the parameters.",
        "How would `backward()` find its way from a new `Value` to the weights?"
      ),
      fr: (
        """
        Le résultat est une nouvelle valeur, qu'aucune opération ne relie à la sortie : aucun gradient ne revient donc aux \
        paramètres.
        """,
        "Comment `backward()` trouverait-elle le chemin d'une nouvelle `Value` aux poids ?"
      )
    ) { Value(sigmoid($0.data)) },
    aboutApplication(
      "copy-returned",
      en: (
        "σ was assigned to the output, but a new value is returned, which no operation joins to the output.",
        "Which of the two values do you want to propagate later: the new one, or the output that knows how it was computed?"
      ),
      fr: (
        "σ a bien été affectée à la sortie, mais c'est une nouvelle valeur, sans lien avec la sortie, qui est renvoyée.",
        """
        Laquelle des deux valeurs voulez-vous rétropropager plus tard : la nouvelle, ou la sortie, qui sait comment elle a \
        été calculée ?
        """
      )
    ) { output in
      output.data = sigmoid(output.data)
      return Value(output.data)
    },
    aboutApplication(
      "nothing-assigned",
      en: (
        "The output still has its old number.",
        "Where does the result of `sigmoid` go? Which line changes the output?"
      ),
      fr: (
        "La sortie a encore son ancien nombre.",
        "Où va le résultat de `sigmoid` ? Quelle ligne change la sortie ?"
      )
    ) { $0 },
    aboutApplication(
      "applied-twice",
      en: (
        "σ is applied to a number that σ has been applied to already.",
        "How often does your function call `sigmoid`, and with which number each time?"
      ),
      fr: (
        "σ est appliquée à un nombre auquel elle l'a déjà été.",
        "Combien de fois votre fonction appelle-t-elle `sigmoid`, et avec quel nombre à chaque fois ?"
      )
    ) { output in
      output.data = sigmoid(output.data)
      output.data = sigmoid(output.data)
      return output
    },
    aboutApplication(
      "assigned-and-in-the-graph",
      en: (
        "σ was assigned to the output, and then computed once more as an operation of the graph.",
        "After the assignment, what is left to compute?"
      ),
      fr: (
        "σ a été affectée à la sortie, puis calculée encore une fois comme opération du graphe.",
        "Après l'affectation, que reste-t-il à calculer ?"
      )
    ) { output in
      output.data = sigmoid(output.data)
      return output.sigmoid()
    },
    aboutApplication(
      "recorded-and-copied",
      en: (
        "σ is computed as an operation of the graph, and its number is copied to the output; the operation is returned.",
        "What does `backward()` find on its way from the value that you return: σ, or no trace of it?"
      ),
      fr: (
        "σ est calculée comme opération du graphe, et son nombre est copié dans la sortie ; c'est l'opération qui est renvoyée.",
        "Que trouve `backward()` en partant de la valeur que vous renvoyez : σ, ou aucune trace de σ ?"
      )
    ) { output in
      let result = output.sigmoid()
      output.data = result.data
      return result
    },
  ]
}

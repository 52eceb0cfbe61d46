import Micrograd
import MicrogradQuestions

// MARK: - Reference

func gradientsByHand(weights: [Double], bias: Double, input: [Double], target: Double) -> [Double] {
  let output = sigmoid(weights[0] * input[0] + weights[1] * input[1] + bias)
  let outputGradient = 2 * (output - target)
  return [outputGradient * input[0], outputGradient * input[1], outputGradient]
}

func sigmoidSlope(at x: Double) -> Double { sigmoid(x) * (1 - sigmoid(x)) }

func gradientsThroughSigmoid(weights: [Double], bias: Double, input: [Double], target: Double) -> [Double] {
  let slope = sigmoidSlope(at: weights[0] * input[0] + weights[1] * input[1] + bias)
  return gradientsByHand(weights: weights, bias: bias, input: input, target: target).map { $0 * slope }
}

// MARK: - Report

extension LabTask {
  static let readingTheGraph = LabTask(4, en: "Reading the graph", fr: "Lire le graphe") { chapter in
    let pass = PerceptronPass(in: chapter.language)
    let explanation = Explanation(pass.error.graph()), graph = explanation.graph
    let backward = explanation.steps.filter { $0.direction == .backward }
    chapter.say(
      en: """
        Backward begins at the prediction error, whose derivative with respect to itself is 1, and goes through the operations \
        from the last to the first. Each operand receives the gradient of the result times the local derivative.
        """,
      fr: """
        La rétropropagation commence à l'erreur de prédiction, dont la dérivée par rapport à elle-même vaut 1, et \
        parcourt les opérations de la dernière à la première. Chaque opérande reçoit le gradient du résultat multiplié \
        par la dérivée locale.
        """)
    chapter.show(
      "steps",
      en: ["result", "operation", "gradient", "operand", "local derivative", "contribution", "sum so far"],
      fr: ["résultat", "opération", "gradient", "opérande", "dérivée locale", "contribution", "somme partielle"],
      rows: backward.flatMap { contributions(of: $0, in: graph) })
    chapter.draw(
      GraphFigure(
        explanation, after: explanation.steps.count - 2,
        title: chapter.words(en: "Near the end of backward", fr: "Vers la fin de la rétropropagation"),
        language: chapter.language),
      as: "task-04-step",
      en: "A step near the end: the gradients so far, what each operand receives, and the arithmetic.",
      fr: "Une étape vers la fin : les gradients déjà calculés, ce que reçoit chaque opérande, et le calcul.")
    chapter.say(
      en: "Each kind of operation has its own rule:",
      fr: "Chaque type d'opération a sa propre règle :")
    for operation in Operation.allCases where graph.nodes.contains(where: { $0.operation == operation }) {
      let rule = operation.explanation(in: chapter.language)
      chapter.say(en: "• \(rule)", fr: "• \(rule)")
    }
    chapter.say(
      en: """
        So the gradient of a weight is the gradient of the output times the input, and the gradient of the bias is that \
        of the output:
        """,
      fr: """
        Ainsi le gradient d'un poids est celui de la sortie multiplié par l'entrée, et celui du biais est celui de la \
        sortie :
        """)
    for parameter in pass.model.parameters { chapter.show("\(parameter.label ?? "").grad", parameter.grad) }
  }

  /// Returns a row for each operand: it receives the gradient of the result times the local derivative.
  private static func contributions(of step: Explanation.Step, in graph: ComputationGraph) -> [[String]] {
    let node = graph.nodes[step.node]
    return step.contributions.map { part in
      [
        name(of: node), node.symbol, step.gradient.fixed(4), name(of: graph.nodes[part.operand]),
        part.localDerivative.fixed(4), part.product.fixed(4), part.sum.fixed(4),
      ]
    }
  }

  private static func name(of node: ComputationGraph.Node) -> String {
    "\(node.name) (\(node.data.fixed(4)))"
  }
}

// MARK: - Exercise

extension Exercise {
  static let readingTheGraph = Exercise(
    .readingTheGraph,
    statement: Localized(
      en: """
        Read the picture of task 3 from right to left. Point at the prediction error, at its derivative with respect to \
        itself, at the output, at the two weights and at the bias. Every operation hands its gradient on to its operands, \
        each time multiplied by the local derivative: that is the chain rule.

        Now do by hand, with plain numbers and without a `Value`, what `backward()` does there: from the parameters, an \
        input and a target, compute the gradients of the two weights and of the bias. As in task 3, σ is assigned to the \
        output and is no operation of the graph. For the weights 0.2788535969157675 and -0.9499784895546661, the bias 0, the \
        input [0.888, 0.777] and the target 1 you should find the gradients of the picture: -1.1015, -0.9638 and -1.2405.

        Then imagine that σ is an operation of the graph. It has a local derivative too, and the gradients change. Which \
        number is it, and at which point is it taken?
        """,
      fr: """
        Lisez le dessin de la tâche 3 de droite à gauche. Montrez l'erreur de prédiction, sa dérivée par rapport à \
        elle-même, la sortie, les deux poids et le biais. Chaque opération transmet son gradient à ses opérandes, \
        multiplié chaque fois par la dérivée locale : c'est la règle de la chaîne.

        Faites maintenant à la main, avec de simples nombres et sans `Value`, ce qu'y fait `backward()` : à partir des \
        paramètres, d'une entrée et d'une cible, calculez les gradients des deux poids et du biais. Comme à la tâche 3, σ \
        est affectée à la sortie et n'est pas une opération du graphe. Pour les poids 0.2788535969157675 et \
        -0.9499784895546661, le biais 0, l'entrée [0.888, 0.777] et la cible 1, vous devriez trouver les gradients du \
        dessin : -1.1015, -0.9638 et -1.2405.

        Imaginez ensuite que σ soit une opération du graphe. Elle a, elle aussi, une dérivée locale, et les gradients \
        changent. Quel est ce nombre, et en quel point le prend-on ?
        """),
    requirements: [2],
    declarations: [
      Declaration(
        "func gradientsByHand(weights: [Double], bias: Double, input: [Double], target: Double) -> [Double]",
        en: """
          Returns the gradients of the squared error with respect to the first weight, the second weight and the bias, in \
          this order, with σ assigned as in task 3.
          """,
        fr: """
          Renvoie les gradients de l'erreur quadratique par rapport au premier poids, au second poids et au biais, dans \
          cet ordre, σ étant affectée comme à la tâche 3.
          """),
      Declaration(
        "func sigmoidSlope(at x: Double) -> Double",
        en: "Returns the derivative of σ at x.",
        fr: "Renvoie la dérivée de σ en x."),
      Declaration(
        "func gradientsThroughSigmoid(weights: [Double], bias: Double, input: [Double], target: Double) -> [Double]",
        en: "Returns the same three gradients as if σ were an operation of the graph.",
        fr: "Renvoie les trois mêmes gradients comme si σ était une opération du graphe."),
    ],
    hints: [
      Localized(
        en: """
          Which operations are on the way from a weight to the error? What is the local derivative of each, with respect to \
          the operand that lies on the way?
          """,
        fr: """
          Quelles opérations se trouvent sur le chemin d'un poids à l'erreur ? Quelle est la dérivée locale de chacune, par \
          rapport à l'opérande qui est sur le chemin ?
          """),
      Localized(
        en: """
          The square multiplies by twice its base, a sum by 1, and a product by the other factor. Compute the gradient of the \
          output first: the picture shows -1.2405. For σ, derive 1 / (1 + e^-x) and write the result with σ(x) alone.
          """,
        fr: """
          Le carré multiplie par deux fois sa base, une somme par 1, et un produit par l'autre facteur. Calculez d'abord le \
          gradient de la sortie : le dessin indique -1.2405. Pour σ, dérivez 1 / (1 + e^-x) et écrivez le résultat à l'aide \
          de σ(x) seulement.
          """),
      Localized(
        en: """
          The gradient of the output is twice the difference between output and target; multiply it by each input for the \
          weights, and take it as it is for the bias. The derivative of σ is the product of σ(x) and 1 - σ(x), where x is \
          the score before σ. As an operation of the graph, σ multiplies all three gradients by it.
          """,
        fr: """
          Le gradient de la sortie est deux fois la différence entre la sortie et la cible ; multipliez-le par chaque entrée \
          pour les poids, et prenez-le tel quel pour le biais. La dérivée de σ est le produit de σ(x) et de 1 - σ(x), où x \
          est le score avant σ. En tant qu'opération du graphe, σ multiplie les trois gradients par elle.
          """),
    ],
    trial: "gradientsByHand(weights: [0.2789, -0.95], bias: 0, input: sample, target: target)",
    reference: {
      [
        Function("gradientsByHand", gradientsByHand), Function("sigmoidSlope", sigmoidSlope(at:)),
        Function("gradientsThroughSigmoid", gradientsThroughSigmoid),
      ]
    },
    questions: { random in
      func arguments(
        _ weights: [Double], _ bias: Double, _ input: [Double], _ target: Double
      ) -> KeyValuePairs<String, Argument> {
        ["weights": .numbers(weights), "bias": .number(bias), "input": .numbers(input), "target": .number(target)]
      }
      let published = makePerceptron(seed: 42).parameters.map(\.data)
      let samples =
        [
          arguments(Array(published[..<2]), published[2], sample, target),
          // So sure of itself that the derivative of σ is 0, and wrong.
          arguments([30, -20], 5, [0.75, -0.5], 0),
        ] + [0, 1, 0].map { arguments(random.numbers(2), random.uniform(-1, 1), random.numbers(2), $0) }
      let points = [0, 1, -1, 40, -40] + random.numbers(2).map { 4 * $0 }
      return samples.map { Question("gradientsByHand", $0) }
        + points.map { Question("sigmoidSlope", ["x": .number($0)]) }
        + samples.map { Question("gradientsThroughSigmoid", $0) }
    },
    misconceptions: wrongGradients + wrongSlopes + wrongGradientsThroughSigmoid)

  private typealias Gradients =
    @Sendable (
      _ weights: [Double], _ bias: Double, _ input: [Double], _ target: Double
    ) -> [Double]

  /// A misconception about the gradients, which shows in both functions that return them.
  private static func aboutGradients(
    _ name: String, en: (thought: String, question: String), fr: (thought: String, question: String),
    _ gradients: @escaping Gradients
  ) -> Misconception {
    Misconception(name, en: en, fr: fr) {
      [
        Function("gradientsByHand", gradients),
        Function("gradientsThroughSigmoid") { weights, bias, input, target in
          let slope = sigmoidSlope(at: score(weights, bias, input))
          return gradients(weights, bias, input, target).map { $0 * slope }
        },
      ]
    }
  }

  private static func aboutSlope(
    _ name: String, en: (thought: String, question: String), fr: (thought: String, question: String),
    _ slope: @escaping @Sendable (_ x: Double) -> Double
  ) -> Misconception {
    Misconception(name, en: en, fr: fr) { [Function("sigmoidSlope", slope)] }
  }

  /// A misconception about what σ as an operation does to the gradients, given the score and what they are without it.
  private static func aboutGradientsThroughSigmoid(
    _ name: String, en: (thought: String, question: String), fr: (thought: String, question: String),
    _ gradients: @escaping @Sendable (_ score: Double, _ without: [Double]) -> [Double]
  ) -> Misconception {
    Misconception(name, en: en, fr: fr) {
      [
        Function("gradientsThroughSigmoid") { (weights: [Double], bias: Double, input: [Double], target: Double) in
          gradients(
            score(weights, bias, input),
            gradientsByHand(weights: weights, bias: bias, input: input, target: target))
        }
      ]
    }
  }

  private static func score(_ weights: [Double], _ bias: Double, _ input: [Double]) -> Double {
    weights[0] * input[0] + weights[1] * input[1] + bias
  }

  /// The gradient of the output, with σ assigned.
  private static func outputGradient(
    _ weights: [Double], _ bias: Double, _ input: [Double], _ target: Double
  ) -> Double {
    2 * (sigmoid(score(weights, bias, input)) - target)
  }

  private static let wrongGradients = [
    aboutGradients(
      "factor-two-missing",
      en: (
        "The gradients are half as large: the derivative of the square has lost its factor 2.",
        "What is the derivative of d² with respect to d?"
      ),
      fr: (
        "Les gradients sont deux fois trop petits : la dérivée du carré a perdu son facteur 2.",
        "Quelle est la dérivée de d² par rapport à d ?"
      )
    ) { weights, bias, input, target in
      let gradient = outputGradient(weights, bias, input, target) / 2
      return [gradient * input[0], gradient * input[1], gradient]
    },
    aboutGradients(
      "target-minus-output",
      en: (
        "The gradients have the wrong sign: they were computed with target minus output.",
        "If the output is below the target and grows a little, does the error rise or fall? Which sign has its derivative?"
      ),
      fr: (
        "Les gradients ont le mauvais signe : ils ont été calculés avec la cible moins la sortie.",
        """
        Si la sortie est inférieure à la cible et croît un peu, l'erreur augmente-t-elle ou diminue-t-elle ? Quel est le \
        signe de sa dérivée ?
        """
      )
    ) { weights, bias, input, target in
      let gradient = -outputGradient(weights, bias, input, target)
      return [gradient * input[0], gradient * input[1], gradient]
    },
    aboutGradients(
      "input-forgotten",
      en: (
        "All three gradients are that of the output: the inputs are missing.",
        "If an input is 0, what happens to the output when its weight changes?"
      ),
      fr: (
        "Les trois gradients sont celui de la sortie : il manque les entrées.",
        "Si une entrée vaut 0, que fait la sortie quand son poids change ?"
      )
    ) { weights, bias, input, target in
      Array(repeating: outputGradient(weights, bias, input, target), count: 3)
    },
    aboutGradients(
      "weight-instead-of-input",
      en: (
        "The gradient of each weight was multiplied by the weight itself. Those are the gradients of the inputs.",
        "What is the derivative of w·x with respect to w? And with respect to x?"
      ),
      fr: (
        "Le gradient de chaque poids a été multiplié par le poids lui-même. Ce sont les gradients des entrées.",
        "Quelle est la dérivée de w·x par rapport à w ? Et par rapport à x ?"
      )
    ) { weights, bias, input, target in
      let gradient = outputGradient(weights, bias, input, target)
      return [gradient * weights[0], gradient * weights[1], gradient]
    },
    aboutGradients(
      "inputs-swapped",
      en: (
        "Each weight has the gradient of the other one.",
        "Which input is multiplied by the first weight?"
      ),
      fr: (
        "Chaque poids a le gradient de l'autre.",
        "Quelle entrée est multipliée par le premier poids ?"
      )
    ) { weights, bias, input, target in
      let gradient = outputGradient(weights, bias, input, target)
      return [gradient * input[1], gradient * input[0], gradient]
    },
    aboutGradients(
      "bias-gradient-times-bias",
      en: (
        "The gradient of the bias was multiplied by the bias.",
        "What is the derivative of s + b with respect to b?"
      ),
      fr: (
        "Le gradient du biais a été multiplié par le biais.",
        "Quelle est la dérivée de s + b par rapport à b ?"
      )
    ) { weights, bias, input, target in
      let gradient = outputGradient(weights, bias, input, target)
      return [gradient * input[0], gradient * input[1], gradient * bias]
    },
    aboutGradients(
      "bias-gradient-times-inputs",
      en: (
        "The gradient of the bias was multiplied by the inputs.",
        "By which operation does the bias enter the score, and what is the local derivative of that operation?"
      ),
      fr: (
        "Le gradient du biais a été multiplié par les entrées.",
        "Par quelle opération le biais entre-t-il dans le score, et quelle est la dérivée locale de cette opération ?"
      )
    ) { weights, bias, input, target in
      let gradient = outputGradient(weights, bias, input, target)
      return [gradient * input[0], gradient * input[1], gradient * (input[0] + input[1])]
    },
    aboutGradients(
      "bias-gradient-one",
      en: (
        "The gradient of the bias is 1. That is the local derivative alone.",
        "Which gradient arrives at the sum, and what does the sum do with it?"
      ),
      fr: (
        "Le gradient du biais vaut 1. Ce n'est que la dérivée locale.",
        "Quel gradient arrive à la somme, et qu'en fait-elle ?"
      )
    ) { weights, bias, input, target in
      let gradient = outputGradient(weights, bias, input, target)
      return [gradient * input[0], gradient * input[1], 1]
    },
    aboutGradients(
      "bias-gradient-zero",
      en: (
        "The gradient of the bias is 0, as if the bias were a constant.",
        "Is the bias a parameter that learns? Does the error change when the bias does?"
      ),
      fr: (
        "Le gradient du biais est nul, comme si le biais était une constante.",
        "Le biais est-il un paramètre qui apprend ? L'erreur change-t-elle quand le biais change ?"
      )
    ) { weights, bias, input, target in
      let gradient = outputGradient(weights, bias, input, target)
      return [gradient * input[0], gradient * input[1], 0]
    },
    aboutGradients(
      "only-local-derivatives",
      en: (
        "These are the derivatives of the score: the local ones of the neuron, without the gradient that arrives there.",
        "What is the gradient of the output in your picture, and what becomes of it on the way to a weight?"
      ),
      fr: (
        "Ce sont les dérivées du score : les dérivées locales du neurone, sans le gradient qui y arrive.",
        "Quel est le gradient de la sortie dans votre dessin, et que devient-il sur le chemin d'un poids ?"
      )
    ) { _, _, input, _ in [input[0], input[1], 1] },
    aboutGradients(
      "error-instead-of-its-derivative",
      en: (
        "The error itself was handed on instead of its derivative.",
        "What does `backward()` begin with at the error: with the error, or with 1?"
      ),
      fr: (
        "C'est l'erreur elle-même qui a été transmise, au lieu de sa dérivée.",
        "Par quoi `backward()` commence-t-elle à l'erreur : par l'erreur, ou par 1 ?"
      )
    ) { weights, bias, input, target in
      let difference = sigmoid(score(weights, bias, input)) - target, error = difference * difference
      return [error * input[0], error * input[1], error]
    },
    aboutGradients(
      "bias-forgotten-in-the-score",
      en: (
        "The score was computed without the bias.",
        "What else does the neuron add beside the two products?"
      ),
      fr: (
        "Le score a été calculé sans le biais.",
        "Qu'est-ce que le neurone ajoute encore aux deux produits ?"
      )
    ) { weights, _, input, target in
      let gradient = outputGradient(weights, 0, input, target)
      return [gradient * input[0], gradient * input[1], gradient]
    },
    aboutGradients(
      "sigmoid-forgotten",
      en: (
        "The target was compared with the score, and not with σ of the score.",
        "Which number is the output in the picture: -0.4905 or 0.3798?"
      ),
      fr: (
        "C'est le score qui a été comparé à la cible, et non son image par σ.",
        "Quel nombre est la sortie dans le dessin : -0.4905 ou 0.3798 ?"
      )
    ) { weights, bias, input, target in
      let gradient = 2 * (score(weights, bias, input) - target)
      return [gradient * input[0], gradient * input[1], gradient]
    },
    aboutGradients(
      "bias-first",
      en: (
        "The gradient of the bias comes first.",
        "In which order are the three gradients to be returned?"
      ),
      fr: (
        "Le gradient du biais vient en premier.",
        "Dans quel ordre faut-il renvoyer les trois gradients ?"
      )
    ) { weights, bias, input, target in
      let gradient = outputGradient(weights, bias, input, target)
      return [gradient, gradient * input[0], gradient * input[1]]
    },
    Misconception(
      "sigmoid-derivative-included",
      en: (
        "The gradients were multiplied by the derivative of σ, which is no operation of the graph here.",
        "Where is σ in the picture of task 3? Which operation would hand its derivative on?"
      ),
      fr: (
        "Les gradients ont été multipliés par la dérivée de σ, qui n'est pas ici une opération du graphe.",
        "Où est σ dans le dessin de la tâche 3 ? Quelle opération transmettrait sa dérivée ?"
      )
    ) { [Function("gradientsByHand", gradientsThroughSigmoid)] },
  ]

  private static let wrongSlopes = [
    aboutSlope(
      "slope-at-the-output",
      en: (
        "The derivative was taken at σ(x) instead of x: σ was applied once too often.",
        "At x = 0, σ is 0.5. Is the slope wanted at 0 or at 0.5?"
      ),
      fr: (
        "La dérivée a été prise en σ(x) au lieu de x : σ a été appliquée une fois de trop.",
        "En x = 0, σ vaut 0.5. Cherche-t-on la pente en 0 ou en 0.5 ?"
      )
    ) { sigmoidSlope(at: sigmoid($0)) },
    aboutSlope(
      "slope-without-sigmoid",
      en: (
        "This is x·(1 - x). The rule y·(1 - y) is right for y = σ(x), but the function is given x.",
        "Is the argument of the function a score, or already a number between 0 and 1?"
      ),
      fr: (
        "C'est x·(1 - x). La règle y·(1 - y) est juste pour y = σ(x), mais la fonction reçoit x.",
        "L'argument de la fonction est-il un score, ou déjà un nombre entre 0 et 1 ?"
      )
    ) { $0 * (1 - $0) },
    aboutSlope(
      "slope-is-sigmoid",
      en: (
        "This is σ(x) itself and not its derivative.",
        "Where σ is close to 1, its curve is nearly flat. How large is its derivative there?"
      ),
      fr: (
        "C'est σ(x) elle-même, et non sa dérivée.",
        "Là où σ est proche de 1, sa courbe est presque plate. Combien vaut sa dérivée à cet endroit ?"
      )
    ) { sigmoid($0) },
    aboutSlope(
      "slope-negative",
      en: (
        "The derivative has the wrong sign.",
        "Does σ rise or fall? How many minus signs come out when you derive 1 / (1 + e^-x)?"
      ),
      fr: (
        "La dérivée a le mauvais signe.",
        "σ monte-t-elle ou descend-elle ? Combien de signes moins apparaissent quand vous dérivez 1 / (1 + e^-x) ?"
      )
    ) { -sigmoidSlope(at: $0) },
    aboutSlope(
      "slope-of-tanh",
      en: (
        "The rule 1 - y² is that of the hyperbolic tangent.",
        "Derive 1 / (1 + e^-x) yourself. What do you get at x = 0?"
      ),
      fr: (
        "La règle 1 - y² est celle de la tangente hyperbolique.",
        "Dérivez vous-même 1 / (1 + e^-x). Qu'obtenez-vous en x = 0 ?"
      )
    ) { 1 - sigmoid($0) * sigmoid($0) },
    aboutSlope(
      "inner-derivative-forgotten",
      en: (
        "1/u was derived, but not what is inside: u = 1 + e^-x.",
        "What does the chain rule say about 1/u, where u itself depends on x?"
      ),
      fr: (
        "1/u a été dérivé, mais pas ce qui est à l'intérieur : u = 1 + e^-x.",
        "Que dit la règle de la chaîne de 1/u, quand u dépend lui-même de x ?"
      )
    ) { -sigmoid($0) * sigmoid($0) },
    aboutSlope(
      "slope-one-minus-sigmoid",
      en: (
        "This is 1 - σ(x), one of the two factors.",
        "For a large negative x, σ is flat. What does your formula give there?"
      ),
      fr: (
        "C'est 1 - σ(x), l'un des deux facteurs.",
        "Pour un x très négatif, σ est plate. Que donne votre formule à cet endroit ?"
      )
    ) { 1 - sigmoid($0) },
  ]

  private static let wrongGradientsThroughSigmoid = [
    aboutGradientsThroughSigmoid(
      "slope-left-out",
      en: (
        "The derivative of σ is missing: these are the gradients without σ in the graph.",
        "If σ is an operation on the way, by what does it multiply the gradient that passes through it?"
      ),
      fr: (
        "La dérivée de σ manque : ce sont les gradients sans σ dans le graphe.",
        "Si σ est une opération sur le chemin, par quoi multiplie-t-elle le gradient qui la traverse ?"
      )
    ) { _, without in without },
    aboutGradientsThroughSigmoid(
      "slope-taken-at-the-output",
      en: (
        "The derivative of σ was taken at the output, to which σ has been applied already.",
        "What is the operand of σ in the graph: the score or the output?"
      ),
      fr: (
        "La dérivée de σ a été prise en la sortie, à laquelle σ a déjà été appliquée.",
        "Quel est l'opérande de σ dans le graphe : le score ou la sortie ?"
      )
    ) { score, without in without.map { $0 * sigmoidSlope(at: sigmoid(score)) } },
    aboutGradientsThroughSigmoid(
      "slope-only-for-the-weights",
      en: (
        "The gradients of the weights have the derivative of σ, but that of the bias has not.",
        "Does the way from the bias to the error pass through σ?"
      ),
      fr: (
        "Les gradients des poids contiennent la dérivée de σ, mais pas celui du biais.",
        "Le chemin du biais à l'erreur passe-t-il par σ ?"
      )
    ) { score, without in without.dropLast().map { $0 * sigmoidSlope(at: score) } + [without[2]] },
    aboutGradientsThroughSigmoid(
      "slope-twice",
      en: (
        "The gradients were multiplied by the derivative of σ twice.",
        "How often does σ lie on the way from the error to a weight?"
      ),
      fr: (
        "Les gradients ont été multipliés deux fois par la dérivée de σ.",
        "Combien de fois σ se trouve-t-elle sur le chemin de l'erreur à un poids ?"
      )
    ) { score, without in without.map { $0 * sigmoidSlope(at: score) * sigmoidSlope(at: score) } },
    aboutGradientsThroughSigmoid(
      "divided-by-the-slope",
      en: (
        "The gradients were divided by the derivative of σ.",
        "Does the chain rule multiply or divide by local derivatives?"
      ),
      fr: (
        "Les gradients ont été divisés par la dérivée de σ.",
        "La règle de la chaîne multiplie-t-elle ou divise-t-elle par les dérivées locales ?"
      )
    ) { score, without in without.map { $0 / sigmoidSlope(at: score) } },
    aboutGradientsThroughSigmoid(
      "sigmoid-instead-of-its-derivative",
      en: (
        "The gradients were multiplied by σ itself instead of its derivative.",
        "What is a local derivative: the result of an operation, or how fast the result changes?"
      ),
      fr: (
        "Les gradients ont été multipliés par σ elle-même au lieu de sa dérivée.",
        "Qu'est-ce qu'une dérivée locale : le résultat d'une opération, ou la vitesse à laquelle il change ?"
      )
    ) { score, without in without.map { $0 * sigmoid(score) } },
  ]
}

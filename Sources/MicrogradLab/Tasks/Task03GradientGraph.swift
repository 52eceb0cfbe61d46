import Micrograd
import MicrogradQuestions

// MARK: - Reference

func backwardPass(_ model: MLP, input: [Double], target: Double) -> Value {
  model.zeroGrad()
  let output = applySigmoid(to: model(input)[0])
  let error = squaredError(output, target)
  error.backward()
  return error
}

// MARK: - Report

/// The pass of `backwardPass` through the perceptron of task 1, with names for the drawing.
struct PerceptronPass {
  let model = makePerceptron()
  let scoreBefore: Double
  let output: Value
  let error: Value

  init(in language: Language) {
    func name(en: String, fr: String) -> String { Localized(en: en, fr: fr)(in: language) }
    let inputs = sample.enumerated().map { Value($1, label: "x\($0 + 1)") }
    output = model.layers[0](inputs)[0].labelled(name(en: "output", fr: "sortie"))
    scoreBefore = output.data
    applySigmoid(to: output)
    let difference = (output - Value(target, label: name(en: "target", fr: "cible"))).labelled(
      name(en: "difference", fr: "différence"))
    error = pow(difference, 2).labelled(name(en: "error", fr: "erreur"))
    error.backward()
  }
}

extension LabTask {
  static let gradientGraph = LabTask(3, en: "The gradient graph", fr: "Le graphe du gradient") { chapter in
    chapter.say(
      en: """
        The input is [0.888, 0.777] and the target is 1. The forward pass computes the output of the perceptron, σ as in \
        task 2, and the squared error. After the backward pass, every value knows its gradient.
        """,
      fr: """
        L'entrée est [0.888, 0.777] et la cible vaut 1. La propagation calcule la sortie du perceptron, σ comme à la \
        tâche 2, et l'erreur quadratique. Après la rétropropagation, chaque valeur connaît son gradient.
        """)
    let pass = PerceptronPass(in: chapter.language)
    chapter.show("output before σ", fr: "sortie avant σ", pass.scoreBefore)
    chapter.show("output after σ", fr: "sortie après σ", pass.output.data)
    chapter.show("output.grad", fr: "sortie.grad", pass.output.grad)
    chapter.show("error", fr: "erreur", pass.error.data)
    chapter.show("error.grad", fr: "erreur.grad", pass.error.grad)
    for parameter in pass.model.parameters { chapter.show("\(parameter.label ?? "").grad", parameter.grad) }
    chapter.draw(
      pass.error.figure(
        title: chapter.words(en: "Gradient graph of a perceptron", fr: "Graphe du gradient d'un perceptron"),
        language: chapter.language),
      as: "task-03-graph",
      en: """
        From left to right: the values with their data and grad, and the operations between them. The subtraction of \
        the target is a product with -1 and a sum.
        """,
      fr: """
        De gauche à droite : les valeurs avec leur data et leur grad, et les opérations entre elles. La soustraction \
        de la cible est un produit par -1 et une somme.
        """)
  }
}

// MARK: - Exercise

extension Exercise {
  static let gradientGraph = Exercise(
    .gradientGraph,
    statement: Localized(
      en: """
        A network is trained with gradients: how much does the error change when a weight changes a little? The engine \
        answers this for all parameters at once. While the program computes, it records every operation; `backward()` then \
        walks through the graph of operations from the last one to the first, and leaves a gradient in every value.

        Do one pass through the perceptron for one sample. Set the gradients of the parameters to 0, since `backward()` adds \
        to what an earlier pass has left there. Compute the output for the input, and apply σ to it as in task 2. The error \
        is the square of the difference between output and target. Then call `backward()`.

        For the perceptron of seed 42, the input [0.888, 0.777] and the target 1, the output after σ is 0.3798 with the \
        gradient -1.2405, and the error is 0.3847 with the gradient 1. Look at the picture of the graph: every operation is \
        there, and σ is not.
        """,
      fr: """
        On entraîne un réseau à l'aide de gradients : de combien l'erreur change-t-elle quand un poids change un peu ? Le \
        moteur répond pour tous les paramètres à la fois. Pendant que le programme calcule, il enregistre chaque \
        opération ; `backward()` parcourt ensuite le graphe des opérations de la dernière à la première, et laisse un \
        gradient dans chaque valeur.

        Faites une passe à travers le perceptron pour un échantillon. Remettez à zéro les gradients des paramètres, car \
        `backward()` ajoute à ce qu'une passe précédente y a laissé. Calculez la sortie pour l'entrée, et appliquez-lui σ \
        comme à la tâche 2. L'erreur est le carré de la différence entre la sortie et la cible. Appelez ensuite \
        `backward()`.

        Pour le perceptron de graine 42, l'entrée [0.888, 0.777] et la cible 1, la sortie après σ vaut 0.3798 et son \
        gradient -1.2405 ; l'erreur vaut 0.3847 et son gradient 1. Regardez le dessin du graphe : chaque opération y est, \
        et σ n'y est pas.
        """),
    requirements: [2],
    declarations: [
      Declaration(
        "func backwardPass(_ model: MLP, input: [Double], target: Double) -> Value",
        en: """
          Does one pass, forward and backward, for one sample, and returns the squared error. Afterwards the parameters have \
          the gradients of this pass alone.
          """,
        fr: """
          Fait une passe, propagation et rétropropagation, pour un échantillon, et renvoie l'erreur quadratique. Ensuite, \
          les paramètres ont les gradients de cette seule passe.
          """)
    ],
    hints: [
      Localized(
        en: """
          Of which value do you want the derivatives: of the output, or of the error? That is the value on which `backward()` \
          is called.
          """,
        fr: """
          De quelle valeur voulez-vous les dérivées : de la sortie ou de l'erreur ? C'est sur cette valeur qu'on appelle \
          `backward()`.
          """),
      Localized(
        en: """
          A model is called like a function, and returns a list with one output for each neuron of its last layer. Take the \
          first, apply σ to it, and only then compute the error. The model has a method that sets all gradients to 0; it \
          must come before `backward()`.
          """,
        fr: """
          Un modèle s'appelle comme une fonction, et renvoie une liste avec une sortie par neurone de sa dernière couche. \
          Prenez la première, appliquez-lui σ, et seulement ensuite calculez l'erreur. Le modèle a une méthode qui remet \
          tous les gradients à zéro ; elle doit précéder `backward()`.
          """),
      Localized(
        en: """
          In order: `zeroGrad()` of the model; `model(input)`, of which you take element 0; `applySigmoid(to:)`; \
          `squaredError` of output and target, or `pow` of their difference with the exponent 2; `backward()` of the error; \
          `return`.
          """,
        fr: """
          Dans l'ordre : `zeroGrad()` du modèle ; `model(input)`, dont vous prenez l'élément 0 ; `applySigmoid(to:)` ; \
          `squaredError` de la sortie et de la cible, ou `pow` de leur différence avec l'exposant 2 ; `backward()` de \
          l'erreur ; `return`.
          """),
    ],
    trial: "backwardPass(makePerceptron(seed: 42), input: sample, target: target)",
    reference: { [Function("backwardPass", backwardPass)] },
    questions: { random in
      func question(_ model: Argument, _ input: [Double], target: Double, propagates: Bool = false) -> Question {
        Question(
          "backwardPass", ["model": model, "input": .numbers(input), "target": .number(target)],
          propagates: propagates)
      }
      // So sure of itself that the derivative of σ is 0, and wrong.
      let sure = Argument.network(inputs: 2, sizes: [1], parameters: [30, -20, 5], gradients: [0, 0, 0])
      return [question(.published, sample, target: target), question(sure, [0.75, -0.5], target: 0)]
        + [0, 1, 0].map { question(.perceptron(&random), random.numbers(2), target: $0) }
        // Another sweep shows whether the error can still be propagated to the parameters.
        + [question(.perceptron(&random), random.numbers(2), target: 1, propagates: true)]
    },
    misconceptions: wrongPasses)

  /// A misconception about the error, which is propagated as it should be.
  private static func aboutError(
    _ name: String, en: (thought: String, question: String), fr: (thought: String, question: String),
    _ error: @escaping @Sendable (_ score: Value, _ target: Double) -> Value
  ) -> Misconception {
    aboutPass(name, en: en, fr: fr) { model, input, target in
      model.zeroGrad()
      let error = error(model(input)[0], target)
      error.backward()
      return error
    }
  }

  /// A misconception about the order or the choice of steps.
  private static func aboutPass(
    _ name: String, en: (thought: String, question: String), fr: (thought: String, question: String),
    _ pass: @escaping @Sendable (_ model: MLP, _ input: [Double], _ target: Double) -> Value
  ) -> Misconception {
    Misconception(name, en: en, fr: fr) { [Function("backwardPass", pass)] }
  }

  private static func forward(_ model: MLP, _ input: [Double], _ target: Double) -> (output: Value, error: Value) {
    let output = applySigmoid(to: model(input)[0])
    return (output, squaredError(output, target))
  }

  private static let wrongPasses = [
    aboutError(
      "sigmoid-in-the-graph",
      en: (
        "σ is an operation of the graph here, so all gradients are multiplied by its derivative.",
        "Where does σ appear in your picture of the graph? What did task 2 say about the trace that it leaves?"
      ),
      fr: (
        "σ est ici une opération du graphe : tous les gradients sont multipliés par sa dérivée.",
        "Où σ apparaît-elle dans votre dessin du graphe ? Quelle trace doit-elle laisser, selon la tâche 2 ?"
      )
    ) { squaredError($0.sigmoid(), $1) },
    aboutError(
      "graph-cut",
      en: (
        "The error was computed from a new value instead of the output, so no gradient comes back to the parameters.",
        "Follow your picture from the error to the left. Do you arrive at the weights?"
      ),
      fr: (
        """
        L'erreur a été calculée à partir d'une nouvelle valeur au lieu de la sortie : aucun gradient ne revient aux \
        paramètres.
        """,
        "Suivez votre dessin de l'erreur vers la gauche. Arrivez-vous aux poids ?"
      )
    ) { squaredError(Value(sigmoid($0.data)), $1) },
    aboutError(
      "sigmoid-forgotten",
      en: (
        "The error is that of the score without σ: σ was left out, or applied after the error had been computed.",
        "Which number is compared with the target: one between 0 and 1, or any number?"
      ),
      fr: (
        "L'erreur est celle du score sans σ : σ manque, ou n'a été appliquée qu'une fois l'erreur calculée.",
        "Quel nombre comparez-vous à la cible : un nombre entre 0 et 1, ou un nombre quelconque ?"
      )
    ) { squaredError($0, $1) },
    aboutError(
      "sigmoid-after-the-subtraction",
      en: (
        "σ was applied to the difference between score and target instead of the score.",
        "If the prediction is perfect, what is the difference? And σ of it?"
      ),
      fr: (
        "σ a été appliquée à la différence entre le score et la cible au lieu du score.",
        "Si la prédiction est parfaite, combien vaut la différence ? Et son image par σ ?"
      )
    ) { pow(applySigmoid(to: $0 - $1), 2) },
    aboutError(
      "sigmoid-of-the-error",
      en: (
        "σ was applied to the error instead of the output.",
        "What should become a number between 0 and 1: the prediction or the error?"
      ),
      fr: (
        "σ a été appliquée à l'erreur au lieu de la sortie.",
        "Qu'est-ce qui doit devenir un nombre entre 0 et 1 : la prédiction ou l'erreur ?"
      )
    ) { applySigmoid(to: squaredError($0, $1)) },
    aboutError(
      "sigmoid-twice",
      en: (
        "σ was applied to the output twice.",
        "Can the output of the perceptron be below 0.5 after one σ? And after two?"
      ),
      fr: (
        "σ a été appliquée deux fois à la sortie.",
        "La sortie du perceptron peut-elle être inférieure à 0.5 après une σ ? Et après deux ?"
      )
    ) { squaredError(applySigmoid(to: applySigmoid(to: $0)), $1) },
    aboutError(
      "absolute-error",
      en: (
        "The error is the absolute value of the difference, so its derivative is 1 or -1, however wrong the output is.",
        "What is the derivative of d² with respect to d, and what is that of |d|?"
      ),
      fr: (
        "L'erreur est la valeur absolue de la différence : sa dérivée vaut 1 ou -1, même si la sortie est très fausse.",
        "Quelle est la dérivée de d² par rapport à d, et quelle est celle de |d| ?"
      )
    ) { abs(applySigmoid(to: $0) - $1) },
    aboutError(
      "half-squared-error",
      en: (
        "The error is ½·d², as some textbooks have it, so error and gradients are half as large.",
        "Which factor does the derivative of d² have, and which one that of ½·d²? Which of the two is asked for?"
      ),
      fr: (
        "L'erreur est ½·d², comme dans certains manuels : erreur et gradients sont deux fois trop petits.",
        "Quel facteur la dérivée de d² contient-elle, et celle de ½·d² ? Laquelle des deux erreurs est demandée ?"
      )
    ) { squaredError(applySigmoid(to: $0), $1) * 0.5 },
    aboutError(
      "not-squared",
      en: (
        "The difference was not squared, so an output below the target has a negative error.",
        "Where would an error without a lower bound lead the training?"
      ),
      fr: (
        "La différence n'est pas élevée au carré : une sortie inférieure à la cible a une erreur négative.",
        "Où mènerait un entraînement dont l'erreur peut descendre sans limite ?"
      )
    ) { applySigmoid(to: $0) - $1 },
    aboutError(
      "target-minus-output",
      en: (
        "The error is target minus output, without the square.",
        "Is an error of -0.5 better than one of 0? What does a square do to the sign?"
      ),
      fr: (
        "L'erreur est la cible moins la sortie, sans le carré.",
        "Une erreur de -0.5 est-elle meilleure qu'une erreur de 0 ? Que fait un carré du signe ?"
      )
    ) { $1 - applySigmoid(to: $0) },
    aboutError(
      "difference-of-squares",
      en: (
        "Output and target were squared before the subtraction, and not their difference.",
        "Are a² - b² and (a - b)² the same? Try a = 3 and b = 2."
      ),
      fr: (
        "La sortie et la cible ont été élevées au carré avant la soustraction, et non leur différence.",
        "a² - b² et (a - b)² sont-ils égaux ? Essayez avec a = 3 et b = 2."
      )
    ) { pow(applySigmoid(to: $0), 2) - $1 * $1 },
    aboutError(
      "cross-entropy",
      en: (
        "The error is the cross-entropy.",
        "The cross-entropy is a good error, but which one does this task ask for?"
      ),
      fr: (
        "L'erreur est l'entropie croisée.",
        "L'entropie croisée est une bonne erreur, mais laquelle cette tâche demande-t-elle ?"
      )
    ) { binaryCrossEntropy(logit: $0, target: $1) },
    aboutError(
      "target-always-1",
      en: (
        "The target is always 1, whatever the function is given.",
        "Where in your function does the argument `target` appear?"
      ),
      fr: (
        "La cible vaut toujours 1, quelle que soit celle que la fonction reçoit.",
        "Où l'argument `target` apparaît-il dans votre fonction ?"
      )
    ) { score, _ in squaredError(applySigmoid(to: score), 1) },
    aboutPass(
      "backward-forgotten",
      en: (
        "Nothing was propagated: all gradients are 0, even that of the error.",
        "Which call fills in the gradients?"
      ),
      fr: (
        "Rien n'a été rétropropagé : tous les gradients sont nuls, même celui de l'erreur.",
        "Quel appel calcule les gradients ?"
      )
    ) { model, input, target in
      model.zeroGrad()
      return forward(model, input, target).error
    },
    aboutPass(
      "nothing-but-forward",
      en: (
        "Nothing was propagated, and the parameters still have the gradients of an earlier pass.",
        "Which call fills in the gradients? And what must happen to the old ones before?"
      ),
      fr: (
        "Rien n'a été rétropropagé, et les paramètres ont encore les gradients d'une passe précédente.",
        "Quel appel calcule les gradients ? Et que faut-il faire des anciens auparavant ?"
      )
    ) { model, input, target in forward(model, input, target).error },
    aboutPass(
      "backward-on-the-output",
      en: (
        "`backward()` was called on the output, so the gradients are derivatives of the output and not of the error.",
        "Which value has the gradient 1 in your picture, and which one should have it?"
      ),
      fr: (
        """
        `backward()` a été appelée sur la sortie : les gradients sont les dérivées de la sortie, et non celles de l'erreur.
        """,
        "Quelle valeur a le gradient 1 dans votre dessin, et laquelle devrait l'avoir ?"
      )
    ) { model, input, target in
      model.zeroGrad()
      let (output, error) = forward(model, input, target)
      output.backward()
      return error
    },
    aboutPass(
      "backward-on-both",
      en: (
        "`backward()` was called on the output and on the error, so two derivatives were added in each parameter.",
        "Which derivatives do you want? What does `backward()` do with gradients that are not 0?"
      ),
      fr: (
        """
        `backward()` a été appelée sur la sortie et sur l'erreur : deux dérivées se sont additionnées dans chaque paramètre.
        """,
        "Quelles dérivées voulez-vous ? Que fait `backward()` des gradients qui ne sont pas nuls ?"
      )
    ) { model, input, target in
      model.zeroGrad()
      let (output, error) = forward(model, input, target)
      output.backward()
      error.backward()
      return error
    },
    aboutPass(
      "backward-twice",
      en: (
        "`backward()` was called twice, so the gradients of the parameters are twice as large.",
        "What does a second `backward()` do with the gradients of the first?"
      ),
      fr: (
        "`backward()` a été appelée deux fois : les gradients des paramètres sont deux fois trop grands.",
        "Que fait un second appel de `backward()` des gradients du premier ?"
      )
    ) { model, input, target in
      model.zeroGrad()
      let error = forward(model, input, target).error
      error.backward()
      error.backward()
      return error
    },
    aboutPass(
      "gradients-not-zeroed",
      en: (
        "The gradients of an earlier pass were still there, and the new ones were added to them.",
        "What does `backward()` do with a gradient that is not 0 when it begins?"
      ),
      fr: (
        "Les gradients d'une passe précédente étaient encore là, et les nouveaux s'y sont ajoutés.",
        "Que fait `backward()` d'un gradient qui n'est pas nul quand elle commence ?"
      )
    ) { model, input, target in
      let error = forward(model, input, target).error
      error.backward()
      return error
    },
    aboutPass(
      "gradients-zeroed-after-backward",
      en: (
        "The gradients of the parameters were set to 0 after `backward()`, so they are gone before anybody can read them.",
        "When do the gradients have to be 0: before they are computed or afterwards?"
      ),
      fr: (
        "Les gradients des paramètres ont été remis à zéro après `backward()` : ils sont perdus avant qu'on puisse les lire.",
        "Quand les gradients doivent-ils être nuls : avant qu'on les calcule, ou après ?"
      )
    ) { model, input, target in
      let error = forward(model, input, target).error
      error.backward()
      model.zeroGrad()
      return error
    },
    aboutPass(
      "output-returned",
      en: (
        "The output was returned instead of the error.",
        "Which value is the last one that you computed, from which everything can be propagated?"
      ),
      fr: (
        "C'est la sortie qui a été renvoyée au lieu de l'erreur.",
        "Quelle est la dernière valeur que vous avez calculée, celle à partir de laquelle tout se rétropropage ?"
      )
    ) { model, input, target in
      model.zeroGrad()
      let (output, error) = forward(model, input, target)
      error.backward()
      return output
    },
    aboutPass(
      "weights-updated",
      en: (
        "The gradients are right, but the parameters were moved as well.",
        "Does this task ask you to change the weights, or only to find their gradients?"
      ),
      fr: (
        "Les gradients sont justes, mais les paramètres ont aussi été déplacés.",
        "Cette tâche demande-t-elle de changer les poids, ou seulement de trouver leurs gradients ?"
      )
    ) { model, input, target in
      let error = backwardPass(model, input: input, target: target)
      for parameter in model.parameters { parameter.data -= 0.1 * parameter.grad }
      return error
    },
  ]
}

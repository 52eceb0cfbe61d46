import Micrograd
import MicrogradQuestions

// MARK: - Reference

func modelLoss(_ model: MLP, _ inputs: [[Double]], _ labels: [Int]) -> (error: Value, accuracy: Double) {
  var errors: [Value] = [], right = 0
  for (input, label) in zip(inputs, labels) {
    let output = applySigmoid(to: model(input)[0])
    if binary(output.data) == label { right += 1 }
    errors.append(squaredError(output, Double(label)))
  }
  return (errors.mean(), 100 * Double(right) / Double(labels.count))
}

// MARK: - Report

extension LabTask {
  static let lossOfAModel = LabTask(7, en: "The loss of a model", fr: "L'erreur d'un modèle") { chapter in
    chapter.say(
      en: """
        `modelLoss(model, data)` returns two results: the mean squared error over all samples, as a value that can be \
        propagated, and the percentage of samples that are predicted correctly. For the perceptron of task 1, untrained:
        """,
      fr: """
        `modelLoss(model, data)` renvoie deux résultats : l'erreur quadratique moyenne sur tous les échantillons, sous \
        la forme d'une valeur qui peut être rétropropagée, et le pourcentage d'échantillons bien prédits. Pour le \
        perceptron de la tâche 1, non entraîné :
        """)
    let model = makePerceptron()
    let (error, accuracy) = modelLoss(model, chapter.data.inputs, chapter.data.labels)
    error.backward()
    chapter.show("error", fr: "erreur", error.data)
    chapter.show("accuracy", fr: "exactitude", accuracy)
    for parameter in model.parameters { chapter.show("\(parameter.label ?? "").grad", parameter.grad) }
    chapter.say(
      en: "Each gradient is now a mean over all samples.",
      fr: "Chaque gradient est maintenant une moyenne sur tous les échantillons.")
  }
}

// MARK: - Exercise

extension Exercise {
  static let lossOfAModel = Exercise(
    .lossOfAModel,
    statement: Localized(
      en: """
        One sample is not enough to say how good a model is. Measure it on many: with the error, which a model learns from, \
        and with the accuracy, which people understand.

        For each sample, compute the output of the model with σ as in task 2, its squared error, whose target is the \
        label, and the predicted class as in task 5. The error of the model is the mean over all samples, as a `Value` whose \
        `backward()` reaches the parameters. Whoever calls the function also calls `backward()`: the gradients stay as they \
        are.
        """,
      fr: """
        Un seul échantillon ne suffit pas pour dire ce que vaut un modèle. Mesurez-le sur plusieurs : par l'erreur, dont le \
        modèle apprend, et par l'exactitude, que l'on comprend.

        Pour chaque échantillon, calculez la sortie du modèle avec σ comme à la tâche 2, son erreur quadratique, dont la \
        cible est l'étiquette, et la classe prédite comme à la tâche 5. L'erreur du modèle est la moyenne sur tous les \
        échantillons, sous la forme d'une `Value` dont `backward()` atteint les paramètres. C'est à l'appelant d'appeler \
        `backward()` : les gradients restent tels quels.
        """),
    requirements: [2, 5],
    declarations: [
      Declaration(
        "func modelLoss(_ model: MLP, _ inputs: [[Double]], _ labels: [Int]) -> (error: Value, accuracy: Double)",
        en: """
          Returns the mean squared error over the samples, and the percentage of samples whose predicted class is their \
          label.
          """,
        fr: """
          Renvoie l'erreur quadratique moyenne sur les échantillons, et le pourcentage d'échantillons dont la classe prédite \
          est l'étiquette.
          """)
    ],
    hints: [
      Localized(
        en: """
          You can already compute the error of one sample. What has to be kept of each sample, so that the mean can be \
          computed at the end?
          """,
        fr: """
          Vous savez déjà calculer l'erreur d'un échantillon. Que faut-il garder de chacun pour pouvoir calculer la moyenne \
          à la fin ?
          """),
      Localized(
        en: """
          Collect the errors in a list of values, and count the right predictions. A mean of values is a value again; a \
          mean of numbers has forgotten where they came from.
          """,
        fr: """
          Rassemblez les erreurs dans une liste de valeurs, et comptez les prédictions justes. Une moyenne de valeurs est \
          encore une valeur ; une moyenne de nombres a oublié d'où ils viennent.
          """),
      Localized(
        en: """
          `zip(inputs, labels)` goes through both lists at once. A list of values has `mean()`. For the accuracy, turn both \
          counts into `Double` before you divide, and multiply by 100.
          """,
        fr: """
          `zip(inputs, labels)` parcourt les deux listes à la fois. Une liste de valeurs a `mean()`. Pour l'exactitude, \
          convertissez les deux nombres en `Double` avant de diviser, et multipliez par 100.
          """),
    ],
    trial: """
      let data = makeData(samples: 100, noise: 0.1, seed: 42)
      modelLoss(MLP(2, [2, 1], seed: 42), data.inputs, data.labels)
      """,
    reference: { [Function("modelLoss", results: ("error", "accuracy"), modelLoss)] },
    questions: { random in
      // Scores on both sides of 0 and of 0.5, and one of 0.
      let telling = Question(
        "modelLoss",
        [
          "model": .network(inputs: 2, sizes: [1], parameters: [1, 0.5, 0], gradients: [0.25, -0.5, 0.75]),
          "inputs": .rows([[0.25, 0], [1, 0.5], [0, 0], [-1, 0.5], [0.5, -0.25], [-0.5, 0.5], [0.75, 0.5]]),
          "labels": .integers([1, 1, 0, 0, 1, 1, 0]),
        ], propagates: true)
      let moons = LabSamples.moons.data
      let published = Question(
        "modelLoss", ["model": .published, "inputs": .rows(moons.inputs), "labels": .integers(moons.labels)],
        propagates: true)
      let others = [(sizes: [1], count: 6), ([2, 1], 7)].map { sizes, count in
        Question(
          "modelLoss",
          [
            "model": .network(sizes, &random), "inputs": .rows(random.rows(count)),
            "labels": .integers(random.labels(count)),
          ], propagates: true)
      }
      return [telling] + others + [published]
    },
    misconceptions: [
      Misconception(
        "sum-instead-of-mean",
        en: (
          "The error is the sum over the samples, not their mean.",
          "Should the error double when the same samples are given twice?"
        ),
        fr: (
          "L'erreur est la somme sur les échantillons, et non leur moyenne.",
          "L'erreur doit-elle doubler si l'on donne deux fois les mêmes échantillons ?"
        )
      ) { losing(whole: { $0.sum() }) },
      Misconception(
        "hundred-samples",
        en: (
          "The sum was divided by 100, and right predictions were taken for percent, however many samples there were.",
          "The data of task 6 have 100 samples. How many does `inputs` have?"
        ),
        fr: (
          "La somme a été divisée par 100, et les prédictions justes prises pour des pourcents, quel que soit le nombre d'échantillons.",
          "Les données de la tâche 6 ont 100 échantillons. Combien `inputs` en a-t-elle ?"
        )
      ) { losing(whole: { $0.sum() / 100 }, accuracy: { right, _ in Double(right) }) },
      Misconception(
        "last-sample-only",
        en: (
          "The error is that of the last sample only.",
          "What happens in your loop to the errors of the samples before?"
        ),
        fr: (
          "L'erreur est celle du dernier échantillon seulement.",
          "Que deviennent, dans votre boucle, les erreurs des échantillons précédents ?"
        )
      ) { losing(whole: { $0[$0.count - 1] }) },
      Misconception(
        "root-of-the-mean",
        en: (
          "The root of the mean was taken.",
          "Does the task ask for a root? How does it change the gradients?"
        ),
        fr: (
          "La racine de la moyenne a été prise.",
          "La tâche demande-t-elle une racine ? Comment change-t-elle les gradients ?"
        )
      ) { losing(whole: { $0.mean().sqrt() }) },
      Misconception(
        "error-detached",
        en: (
          "The mean was computed from the `data` of the errors, so no gradient reaches the parameters.",
          "Which operations has the graph of the value that you return?"
        ),
        fr: (
          "La moyenne a été calculée à partir des champs `data` des erreurs : aucun gradient n'atteint donc les paramètres.",
          "Quelles opérations contient le graphe de la valeur que vous renvoyez ?"
        )
      ) { losing(whole: { Value($0.mean().data) }) },
      Misconception(
        "absolute-error",
        en: (
          "The error of a sample is the absolute difference, not the squared one.",
          "What is the squared error of a difference of 0.5?"
        ),
        fr: (
          "L'erreur d'un échantillon est l'écart absolu, et non son carré.",
          "Que vaut l'erreur quadratique pour un écart de 0.5 ?"
        )
      ) { losing(error: { abs($0 - $1) }) },
      Misconception(
        "not-squared",
        en: (
          "The differences were added up without squares, so that some cancel others.",
          "What is the mean of the errors if one output is too high by 0.5, and another too low by 0.5?"
        ),
        fr: (
          "Les différences ont été additionnées sans être mises au carré : certaines en compensent d'autres.",
          "Que vaut la moyenne des erreurs si une sortie dépasse la cible de 0.5 et qu'une autre est inférieure de 0.5 ?"
        )
      ) { losing(error: { $0 - $1 }) },
      Misconception(.halfSquared) { losing(error: { squaredError($0, $1) / 2 }) },
      Misconception(.targetAlways1) { losing(error: { output, _ in squaredError(output, 1) }) },
      Misconception(
        "targets-of-both-signs",
        en: (
          "The targets were -1 and 1, as if the output could be negative.",
          "Which values can σ have? Which of them is the furthest from 1?"
        ),
        fr: (
          "Les cibles étaient -1 et 1, comme si la sortie pouvait être négative.",
          "Quelles valeurs σ peut-elle prendre ? Laquelle est la plus éloignée de 1 ?"
        )
      ) { losing(error: { squaredError($0, 2 * $1 - 1) }) },
      Misconception(.sigmoidInTheGraph) { losing(output: { $0.sigmoid() }) },
      Misconception(
        "sigmoid-forgotten",
        en: (
          "σ was not applied: errors and predictions are those of the score.",
          "Between which numbers does an output have to be when it is compared with a label?"
        ),
        fr: (
          "σ n'a pas été appliquée : les erreurs et les prédictions sont celles du score.",
          "Entre quels nombres une sortie doit-elle se trouver quand on la compare à une étiquette ?"
        )
      ) { losing(output: { $0 }) },
      Misconception(
        "sigmoid-twice",
        en: (
          "σ was applied twice, to the score and to its own result.",
          "How often does σ change an output on its way from the network to the error?"
        ),
        fr: (
          "σ a été appliquée deux fois : au score, puis à son propre résultat.",
          "Combien de fois σ modifie-t-elle une sortie entre le réseau et l'erreur ?"
        )
      ) { losing(output: { applySigmoid(to: applySigmoid(to: $0)) }) },
      Misconception(
        "score-compared",
        en: (
          "The prediction was made from the score, before σ was applied to it.",
          "Which score has σ = 0.5?"
        ),
        fr: (
          "La prédiction a été faite à partir du score, avant qu'on lui applique σ.",
          "Pour quel score σ vaut-elle 0.5 ?"
        )
      ) { losing(predicted: { score, _ in binary(score) }) },
      Misconception(
        "always-class-1",
        en: (
          "Every sample was predicted as class 1. The output was compared with 0, or σ was applied once more.",
          "Which outputs of σ are below 0? Which number stands for “either class”?"
        ),
        fr: (
          "Tous les échantillons ont été prédits de classe 1. La sortie a été comparée à 0, ou σ a été appliquée une fois de plus.",
          "Quelles sorties de σ sont inférieures à 0 ? Quel nombre signifie « l'une ou l'autre classe » ?"
        )
      ) { losing(predicted: { _, _ in 1 }) },
      Misconception(
        "cut-off",
        en: (
          "Every sample was predicted as class 0: the digits after the point of its output were cut off.",
          "What is `Int(0.9)`?"
        ),
        fr: (
          "Tous les échantillons ont été prédits de classe 0 : les décimales de la sortie ont été coupées.",
          "Que vaut `Int(0.9)` ?"
        )
      ) { losing(predicted: { _, _ in 0 }) },
      Misconception(
        "half-included",
        en: (
          "An output of exactly 0.5 was taken for class 1.",
          "What does `binary` of task 5 say of 0.5?"
        ),
        fr: (
          "Une sortie d'exactement 0.5 a été prise pour la classe 1.",
          "Que dit `binary` de la tâche 5 pour 0.5 ?"
        )
      ) { losing(predicted: { _, output in output >= 0.5 ? 1 : 0 }) },
      Misconception(
        "fraction",
        en: (
          "The accuracy is a fraction between 0 and 1, not a percentage.",
          "What is a half in percent?"
        ),
        fr: (
          "L'exactitude est une fraction entre 0 et 1, et non un pourcentage.",
          "Que vaut un demi en pourcentage ?"
        )
      ) { losing(accuracy: { Double($0) / Double($1) }) },
      Misconception(
        "count",
        en: (
          "The accuracy is the number of right predictions, not their percentage.",
          "Are 3 right predictions many? What else has to be known?"
        ),
        fr: (
          "L'exactitude est le nombre de prédictions justes, et non leur pourcentage.",
          "Trois prédictions justes, est-ce beaucoup ? Que faut-il savoir de plus ?"
        )
      ) { losing(accuracy: { right, _ in Double(right) }) },
      Misconception(
        "wrong-predictions",
        en: (
          "The accuracy is the percentage of wrong predictions.",
          "What accuracy has a model that is always right?"
        ),
        fr: (
          "L'exactitude est le pourcentage de prédictions fausses.",
          "Quelle est l'exactitude d'un modèle qui a toujours raison ?"
        )
      ) { losing(accuracy: { 100 * Double($1 - $0) / Double($1) }) },
      Misconception(
        "whole-numbers-divided",
        en: (
          "Two whole numbers were divided, which drops the remainder: the accuracy is 0 or 100.",
          "What is `3 / 4` in Swift, and what is `3.0 / 4.0`?"
        ),
        fr: (
          "Deux nombres entiers ont été divisés, ce qui supprime le reste : l'exactitude vaut 0 ou 100.",
          "Que vaut `3 / 4` en Swift, et que vaut `3.0 / 4.0` ?"
        )
      ) { losing(accuracy: { 100 * Double($0 / $1) }) },
      Misconception(
        "whole-percent",
        en: (
          "The percentage was rounded down: two whole numbers were divided.",
          "What is `200 / 3` in Swift, and what is `200.0 / 3.0`?"
        ),
        fr: (
          "Le pourcentage a été arrondi vers le bas : deux nombres entiers ont été divisés.",
          "Que vaut `200 / 3` en Swift, et que vaut `200.0 / 3.0` ?"
        )
      ) { losing(accuracy: { Double(100 * $0 / $1) }) },
      Misconception(
        "gradients-zeroed",
        en: (
          "The function set the gradients of the model to 0.",
          "Somebody may ask for an error without wanting a backward pass. What should a function that computes an error leave alone?"
        ),
        fr: (
          "La fonction a remis à zéro les gradients du modèle.",
          "On peut demander une erreur sans vouloir de rétropropagation. Qu'est-ce qu'une fonction qui calcule une erreur doit laisser tel quel ?"
        )
      ) { losing(effect: { model, _ in model.zeroGrad() }) },
      Misconception(
        "propagated",
        en: (
          "The function called `backward()` itself, so the caller's own call adds the gradients once more.",
          "Who is to decide when the error is propagated?"
        ),
        fr: (
          "La fonction a appelé elle-même `backward()` : l'appel de l'appelant ajoute donc les gradients une fois de plus.",
          "Qui doit décider du moment où l'erreur est rétropropagée ?"
        )
      ) { losing(effect: { _, error in error.backward() }) },
      Misconception(
        "zeroed-and-propagated",
        en: (
          "The function set the gradients to 0 and called `backward()` itself, so the caller's own call adds the gradients once more.",
          "Who is to decide when the error is propagated?"
        ),
        fr: (
          "La fonction a remis les gradients à zéro et appelé elle-même `backward()` : l'appel de l'appelant ajoute donc les gradients une fois de plus.",
          "Qui doit décider du moment où l'erreur est rétropropagée ?"
        )
      ) {
        losing(effect: { model, error in
          model.zeroGrad()
          error.backward()
        })
      },
    ])
}

/// `modelLoss`, with one of its steps done in another way.
///
/// - Parameter effect: Done at the end to the model and its error.
private func losing(
  output: @escaping (Value) -> Value = { applySigmoid(to: $0) },
  predicted: @escaping (_ score: Double, _ output: Double) -> Int = { binary($1) },
  error: @escaping (_ output: Value, _ target: Double) -> Value = { squaredError($0, $1) },
  whole: @escaping ([Value]) -> Value = { $0.mean() },
  accuracy: @escaping (_ right: Int, _ count: Int) -> Double = { 100 * Double($0) / Double($1) },
  effect: @escaping (MLP, _ error: Value) -> Void = { _, _ in }
) -> [Function] {
  [
    Function("modelLoss", results: ("error", "accuracy")) { (model: MLP, inputs: [[Double]], labels: [Int]) in
      var errors: [Value] = [], right = 0
      for (input, label) in zip(inputs, labels) {
        let score = model(input)[0], scoreBefore = score.data, output = output(score)
        if predicted(scoreBefore, output.data) == label { right += 1 }
        errors.append(error(output, Double(label)))
      }
      let error = whole(errors)
      effect(model, error)
      return (error, accuracy(right, labels.count))
    }
  ]
}

import Micrograd
import MicrogradQuestions

// MARK: - Reference

func binary(_ output: Double) -> Int { output > 0.5 ? 1 : 0 }

func update(_ model: MLP, input: [Double], target: Double, rate: Double) -> Double {
  let output = applySigmoid(to: model(input)[0])
  let error = squaredError(output, target)
  model.zeroGrad()
  error.backward()
  for parameter in model.parameters { parameter.data -= rate * parameter.grad }
  return error.data
}

func updatesNeeded(_ model: MLP, input: [Double], target: Double, rate: Double) -> Int {
  var count = 0
  while Double(binary(applySigmoid(to: model(input)[0]).data)) != target {
    _ = update(model, input: input, target: target, rate: rate)
    count += 1
  }
  return count
}

// MARK: - Report

extension LabTask {
  static let updatingTheWeights = LabTask(5, en: "Updating the weights", fr: "Mettre à jour les poids") { chapter in
    chapter.say(
      en: """
        The sample is predicted correctly once the output is above 0.5. Until then, each update sets the gradients to 0 \
        (otherwise they would add up), propagates, and moves each parameter against its gradient, with a learning rate \
        of 0.1.
        """,
      fr: """
        L'échantillon est bien prédit dès que la sortie dépasse 0.5. Jusque-là, chaque mise à jour remet les gradients à \
        zéro (sinon ils s'additionneraient), rétropropage, et déplace chaque paramètre dans le sens opposé à son \
        gradient, avec un pas d'apprentissage de 0.1.
        """)
    let model = makePerceptron()
    var rows: [[String]] = []
    var isPredicted = false
    while !isPredicted {
      let output = applySigmoid(to: model(sample)[0]).data, parameters = model.parameters.map { $0.data.fixed(4) }
      isPredicted = Double(binary(output)) == target
      let error = update(model, input: sample, target: target, rate: 0.1)
      rows.append([String(rows.count), output.fixed(6), error.fixed(6), String(binary(output))] + parameters)
    }
    chapter.show(
      "updates",
      en: ["update", "output", "error", "prediction", "w1", "w2", "b"],
      fr: ["mise à jour", "sortie", "erreur", "prédiction", "w1", "w2", "b"],
      rows: rows)
    chapter.show("updates needed", fr: "mises à jour nécessaires", rows.count - 1)
  }
}

// MARK: - Exercise

extension Exercise {
  static let updatingTheWeights = Exercise(
    .updatingTheWeights,
    statement: Localized(
      en: """
        The perceptron of task 1 predicts 0 for the sample [0.888, 0.777], whose target is 1. Teach it.

        An update sets the gradients to 0, computes the output with σ as in task 2 and the squared error, calls `backward()`, \
        and moves each parameter a little in the direction in which the error falls: by the learning rate times its \
        gradient.
        """,
      fr: """
        Le perceptron de la tâche 1 prédit 0 pour l'échantillon [0.888, 0.777], dont la cible vaut 1. Faites-le apprendre.

        Une mise à jour remet les gradients à zéro, calcule la sortie avec σ comme à la tâche 2 et l'erreur quadratique, \
        appelle `backward()`, et déplace un peu chaque paramètre dans le sens où l'erreur diminue : du pas d'apprentissage \
        multiplié par son gradient.
        """),
    requirements: [2],
    declarations: [
      Declaration(
        "func binary(_ output: Double) -> Int",
        en: "Returns the class that an output between 0 and 1 stands for: 1 above 0.5, otherwise 0.",
        fr: "Renvoie la classe que désigne une sortie entre 0 et 1 : 1 au-dessus de 0.5, sinon 0."),
      Declaration(
        "func update(_ model: MLP, input: [Double], target: Double, rate: Double) -> Double",
        en: "Does one update for a sample, and returns the squared error from before the update.",
        fr: "Fait une mise à jour pour un échantillon, et renvoie l'erreur quadratique d'avant la mise à jour."),
      Declaration(
        "func updatesNeeded(_ model: MLP, input: [Double], target: Double, rate: Double) -> Int",
        en: "Updates the model until it predicts the target, and returns the number of updates.",
        fr: "Met le modèle à jour jusqu'à ce qu'il prédise la cible, et renvoie le nombre de mises à jour."),
    ],
    hints: [
      Localized(
        en: "If the gradient of a weight is positive, does the error rise or fall when the weight grows?",
        fr: "Si le gradient d'un poids est positif, l'erreur augmente-t-elle ou diminue-t-elle quand le poids croît ?"
      ),
      Localized(
        en: """
          The order matters: output, σ, error; gradients to 0; `backward()`; then every parameter moves. The model has a \
          method that sets all gradients to 0.
          """,
        fr: """
          L'ordre compte : sortie, σ, erreur ; gradients à zéro ; `backward()` ; puis chaque paramètre se déplace. Le \
          modèle a une méthode qui remet tous les gradients à zéro.
          """),
      Localized(
        en: """
          Go through `model.parameters` with `for`, and subtract `rate * parameter.grad` from the `data` of each. \
          `updatesNeeded` is a `while` loop that counts as long as `binary` of the output is not the target.
          """,
        fr: """
          Parcourez `model.parameters` avec `for`, et soustrayez `rate * parameter.grad` du champ `data` de chacun. \
          `updatesNeeded` est une boucle `while` qui compte tant que `binary` de la sortie n'est pas la cible.
          """),
    ],
    reference: {
      [Function("binary", binary), Function("update", update), Function("updatesNeeded", updatesNeeded)]
    },
    questions: { random in
      var questions = [0.2, 0.5, 0.5000001, 0.9].map { Question("binary", ["output": .number($0)]) }
      for _ in 0..<4 {
        questions.append(
          Question(
            "update",
            [
              "model": .perceptron(&random), "input": .numbers(random.numbers(2)), "target": .number(1),
              "rate": .number(random.uniform(0.05, 0.5)),
            ]))
      }
      questions.append(
        Question(
          "updatesNeeded",
          [
            "model": .published, "input": .numbers(sample), "target": .number(target), "rate": .number(0.1),
          ]))
      for target in [0.0, 1.0] {
        questions.append(
          Question(
            "updatesNeeded",
            [
              "model": .perceptron(&random), "input": .numbers(random.numbers(2)), "target": .number(target),
              "rate": .number(0.01),
            ]))
      }
      return questions
    },
    misconceptions: [
      Misconception(
        "gradients-not-zeroed",
        en: (
          "The gradients of an earlier backward pass were still there, and the new ones were added to them.",
          "What does `backward()` do with a gradient that is not 0 when it begins?"
        ),
        fr: (
          "Les gradients d'une rétropropagation précédente étaient encore là, et les nouveaux s'y sont ajoutés.",
          "Que fait `backward()` d'un gradient qui n'est pas nul quand elle commence ?"
        )
      ) {
        [
          Function("update") { (model: MLP, input: [Double], target: Double, rate: Double) in
            let error = squaredError(applySigmoid(to: model(input)[0]), target)
            error.backward()
            for parameter in model.parameters { parameter.data -= rate * parameter.grad }
            return error.data
          }
        ]
      },
      Misconception(
        "with-the-gradient",
        en: (
          "The parameters moved with the gradient, so the error grew.",
          "The gradient tells in which direction the error rises. Where do you want to go?"
        ),
        fr: (
          "Les paramètres se sont déplacés dans le sens du gradient, et l'erreur a donc augmenté.",
          "Le gradient indique dans quel sens l'erreur augmente. Où voulez-vous aller ?"
        )
      ) {
        [
          Function("update") { (model: MLP, input: [Double], target: Double, rate: Double) in
            let error = squaredError(applySigmoid(to: model(input)[0]), target)
            model.zeroGrad()
            error.backward()
            for parameter in model.parameters { parameter.data += rate * parameter.grad }
            return error.data
          }
        ]
      },
      Misconception(
        "half-included",
        en: (
          "An output of exactly 0.5 was taken for class 1.",
          "Is 0.5 above 0.5?"
        ),
        fr: (
          "Une sortie d'exactement 0.5 a été prise pour la classe 1.",
          "0.5 est-il au-dessus de 0.5 ?"
        )
      ) { [Function("binary") { (output: Double) in output >= 0.5 ? 1 : 0 }] },
    ])
}

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
    trial: "updatesNeeded(makePerceptron(seed: 42), input: sample, target: target, rate: 0.1)",
    reference: {
      [Function("binary", binary), Function("update", update), Function("updatesNeeded", updatesNeeded)]
    },
    questions: { random in
      var questions = [0, 0.2, 0.5, 0.5000001, 0.9, 1].map { Question("binary", ["output": .number($0)]) }
      for target in [1.0, 0, 1, 0] {
        questions.append(
          Question(
            "update",
            [
              "model": .perceptron(&random), "input": .numbers(random.numbers(2)), "target": .number(target),
              "rate": .number(random.uniform(0.15, 0.5)),
            ], comparesGradients: false))
      }
      // The second network is right from the beginning.
      let beginnings: [(Argument, Double)] = [(.published, target), (.published, 0), (.perceptron(&random), 1)]
      for (model, target) in beginnings {
        questions.append(
          Question(
            "updatesNeeded",
            ["model": model, "input": .numbers(sample), "target": .number(target), "rate": .number(0.1)],
            comparesGradients: false))
      }
      return questions
    },
    misconceptions: [
      Misconception(
        "half-included",
        en: (
          "An output of exactly 0.5 was taken for class 1.",
          "Is 0.5 above 0.5? And what does `rounded()` do with 0.5?"
        ),
        fr: (
          "Une sortie d'exactement 0.5 a été prise pour la classe 1.",
          "0.5 est-il au-dessus de 0.5 ? Et que fait `rounded()` de 0.5 ?"
        )
      ) { [Function("binary") { (output: Double) in output >= 0.5 ? 1 : 0 }] },
      Misconception(
        "threshold-at-0",
        en: (
          "Every output above 0 was taken for class 1.",
          "A score may be negative, but which values can σ of it have? What is the middle of them?"
        ),
        fr: (
          "Toute sortie supérieure à 0 a été prise pour la classe 1.",
          "Un score peut être négatif, mais quelles valeurs σ peut-elle prendre ? Quel en est le milieu ?"
        )
      ) { [Function("binary") { (output: Double) in output > 0 ? 1 : 0 }] },
      Misconception(
        "classes-exchanged",
        en: (
          "The classes are exchanged: a high output gave 0, and a low one 1.",
          "Which class is the one that an output close to 1 stands for?"
        ),
        fr: (
          "Les classes sont échangées : une sortie élevée a donné 0, et une sortie faible 1.",
          "Quelle classe désigne une sortie proche de 1 ?"
        )
      ) { [Function("binary") { (output: Double) in output > 0.5 ? 0 : 1 }] },
      Misconception(
        "cut-off",
        en: (
          "The digits after the point were cut off, so only an output of exactly 1 was class 1.",
          "What is `Int(0.9)`?"
        ),
        fr: (
          "Les décimales ont été coupées : seule une sortie d'exactement 1 a donné la classe 1.",
          "Que vaut `Int(0.9)` ?"
        )
      ) { [Function("binary") { (output: Double) in Int(output) }] },
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
        stepping { model, error, rate in
          error.backward()
          model.move(by: rate)
        }
      },
      Misconception(
        "zeroed-at-the-end",
        en: (
          "The gradients were set to 0 at the end, so those that were there before the update were added to the new ones.",
          "Who set the gradients to 0 before the first update?"
        ),
        fr: (
          "Les gradients ont été remis à zéro à la fin : ceux d'avant la mise à jour se sont donc ajoutés aux nouveaux.",
          "Qui a remis les gradients à zéro avant la première mise à jour ?"
        )
      ) {
        stepping { model, error, rate in
          error.backward()
          model.move(by: rate)
          model.zeroGrad()
        }
      },
      Misconception(.zeroedAfterBackward) {
        stepping { model, error, rate in
          error.backward()
          model.zeroGrad()
          model.move(by: rate)
        }
      },
      Misconception(
        "one-step-late",
        en: (
          "The parameters moved before `backward()`, along the gradients of the step before.",
          "Which gradients are there when the parameters move?"
        ),
        fr: (
          "Les paramètres se sont déplacés avant `backward()`, selon les gradients de l'étape précédente.",
          "Quels gradients sont là quand les paramètres se déplacent ?"
        )
      ) {
        stepping { model, error, rate in
          model.move(by: rate)
          model.zeroGrad()
          error.backward()
        }
      },
      Misconception(
        "not-moved",
        en: (
          "The gradients were computed, but the parameters did not move.",
          "Does `backward()` change the `data` of a parameter?"
        ),
        fr: (
          "Les gradients ont été calculés, mais les paramètres n'ont pas bougé.",
          "`backward()` change-t-elle le champ `data` d'un paramètre ?"
        )
      ) { updating(move: { _, _ in }) },
      Misconception(.withTheGradient) { updating(move: { $0.data += $1 * $0.grad }) },
      Misconception(.replaced) { updating(move: { $0.data = -$1 * $0.grad }) },
      Misconception(
        "rate-forgotten",
        en: (
          "The parameters moved by the whole gradient, without the learning rate.",
          "How far would a parameter move if `rate` were half as large?"
        ),
        fr: (
          "Les paramètres se sont déplacés de tout le gradient, sans le pas d'apprentissage.",
          "De combien un paramètre se déplacerait-il si `rate` était deux fois plus petit ?"
        )
      ) { updating(move: { parameter, _ in parameter.data -= parameter.grad }) },
      Misconception(
        "rate-twice",
        en: (
          "The gradient was multiplied by the learning rate twice.",
          "How often does `rate` occur between the gradient and the new `data`?"
        ),
        fr: (
          "Le gradient a été multiplié deux fois par le pas d'apprentissage.",
          "Combien de fois `rate` intervient-il entre le gradient et le nouveau `data` ?"
        )
      ) { updating(move: { $0.data -= $1 * $1 * $0.grad }) },
      Misconception(
        "rate-of-the-example",
        en: (
          "The learning rate was 0.1, whatever `rate` was.",
          "Where does `rate` occur in the function?"
        ),
        fr: (
          "Le pas d'apprentissage était 0.1, quel que soit `rate`.",
          "Où `rate` apparaît-il dans la fonction ?"
        )
      ) { updating(move: { parameter, _ in parameter.data -= 0.1 * parameter.grad }) },
      Misconception(.dataForGrad) { updating(move: { $0.data -= $1 * $0.data }) },
      Misconception(
        "bias-forgotten",
        en: (
          "The weights moved, and the bias did not.",
          "How many parameters does this perceptron have?"
        ),
        fr: (
          "Les poids se sont déplacés, mais pas le biais.",
          "Combien de paramètres ce perceptron a-t-il ?"
        )
      ) { updating(moving: { $0.parameters.dropLast() }) },
      Misconception(
        "first-parameter-only",
        en: (
          "Only the first parameter moved.",
          "How often does the loop over the parameters run?"
        ),
        fr: (
          "Seul le premier paramètre s'est déplacé.",
          "Combien de fois la boucle sur les paramètres s'exécute-t-elle ?"
        )
      ) { updating(moving: { Array($0.parameters.prefix(1)) }) },
      Misconception(.sigmoidInTheGraph) { updating(output: { $0.sigmoid() }) },
      Misconception(
        "sigmoid-forgotten",
        en: (
          "The error is that of the score: σ was not applied, or only after the error had been computed.",
          "Between which numbers does the output have to be when it is compared with the target?"
        ),
        fr: (
          "L'erreur est celle du score : σ n'a pas été appliquée, ou seulement après le calcul de l'erreur.",
          "Entre quels nombres la sortie doit-elle se trouver quand on la compare à la cible ?"
        )
      ) { updating(output: { $0 }) },
      Misconception(
        "not-squared",
        en: (
          "The error is the difference itself, not its square.",
          "If the output is below the target, what is the sign of the difference? Can an error be negative?"
        ),
        fr: (
          "L'erreur est la différence elle-même, et non son carré.",
          "Si la sortie est inférieure à la cible, quel est le signe de la différence ? Une erreur peut-elle être négative ?"
        )
      ) { updating(error: { $0 - $1 }) },
      Misconception(.halfSquared) { updating(error: { squaredError($0, $1) / 2 }) },
      Misconception(
        "target-always-1",
        en: (
          "The target was taken to be 1, whatever `target` was.",
          "Where does `target` occur in the function?"
        ),
        fr: (
          "La cible a été supposée égale à 1, quelle que soit `target`.",
          "Où `target` apparaît-elle dans la fonction ?"
        )
      ) { updating(error: { output, _ in squaredError(output, 1) }) },
      Misconception(
        "error-after-the-update",
        en: (
          "The error that was returned is the one from after the update.",
          "When is the error computed that you return: before the parameters move, or after?"
        ),
        fr: (
          "L'erreur renvoyée est celle d'après la mise à jour.",
          "Quand l'erreur que vous renvoyez est-elle calculée : avant le déplacement des paramètres, ou après ?"
        )
      ) {
        [
          Function("update") { (model: MLP, input: [Double], target: Double, rate: Double) in
            _ = update(model, input: input, target: target, rate: rate)
            return squaredError(applySigmoid(to: model(input)[0]), target).data
          }
        ]
      },
      Misconception(
        "one-update-at-least",
        en: (
          "The model was updated before it was looked at, so even a network that is right got an update.",
          "How often does a `repeat` loop run at least? And a `while` loop?"
        ),
        fr: (
          "Le modèle a été mis à jour avant d'être examiné : même un réseau qui a raison a reçu une mise à jour.",
          "Combien de fois une boucle `repeat` s'exécute-t-elle au minimum ? Et une boucle `while` ?"
        )
      ) { counting(atLeast: 1) },
      Misconception(
        "counted-from-1",
        en: (
          "The count began at 1, so it is one too many.",
          "How many updates has there been before the loop?"
        ),
        fr: (
          "Le compte a commencé à 1, et il y en a donc un de trop.",
          "Combien de mises à jour ont eu lieu avant la boucle ?"
        )
      ) { counting(from: 1) },
      Misconception(
        "not-counted",
        en: (
          "The updates were done, but not counted.",
          "Which line changes the number that you return?"
        ),
        fr: (
          "Les mises à jour ont été faites, mais pas comptées.",
          "Quelle ligne change le nombre que vous renvoyez ?"
        )
      ) { counting(by: 0) },
      Misconception(
        "once",
        en: (
          "The model got one update at most: `if` looks once.",
          "Which word looks again and again, as long as a condition holds?"
        ),
        fr: (
          "Le modèle a reçu une mise à jour au plus : `if` ne regarde qu'une fois.",
          "Quel mot regarde encore et encore, tant qu'une condition est vraie ?"
        )
      ) { counting(atMost: 1) },
      Misconception(
        "until-the-error-is-small",
        en: (
          "The updates continued until the error was small. The sample was predicted before that.",
          "For which outputs is the prediction 1? How large may the error be then?"
        ),
        fr: (
          "Les mises à jour ont continué jusqu'à ce que l'erreur soit petite. L'échantillon était bien prédit avant.",
          "Pour quelles sorties la prédiction vaut-elle 1 ? Quelle peut être l'erreur à ce moment-là ?"
        )
      ) { counting(until: { score, target in squaredError(applySigmoid(to: score), target).data < 0.1 }) },
      Misconception(
        "score-compared",
        en: (
          "The score was compared with 0.5 before σ was applied to it.",
          "Which score has σ = 0.5?"
        ),
        fr: (
          "Le score a été comparé à 0.5 avant qu'on lui applique σ.",
          "Pour quel score σ vaut-elle 0.5 ?"
        )
      ) { counting(until: { score, target in Double(binary(score.data)) == target }) },
    ])
}

extension MLP {
  /// Moves all parameters against their gradients.
  func move(by rate: Double) {
    for parameter in parameters { parameter.data -= rate * parameter.grad }
  }
}

/// `update`, with other steps after the error.
private func stepping(
  _ steps: @escaping (_ model: MLP, _ error: Value, _ rate: Double) -> Void,
  output: @escaping (Value) -> Value = { applySigmoid(to: $0) },
  error: @escaping (Value, Double) -> Value = { squaredError($0, $1) }
) -> [Function] {
  [
    Function("update") { (model: MLP, input: [Double], target: Double, rate: Double) in
      let error = error(output(model(input)[0]), target)
      steps(model, error, rate)
      return error.data
    }
  ]
}

/// `update`, with the right steps in the right order, one of which is done in another way.
private func updating(
  output: @escaping (Value) -> Value = { applySigmoid(to: $0) },
  error: @escaping (Value, Double) -> Value = { squaredError($0, $1) },
  moving parameters: @escaping (MLP) -> [Value] = { $0.parameters },
  move: @escaping (_ parameter: Value, _ rate: Double) -> Void = { $0.data -= $1 * $0.grad }
) -> [Function] {
  stepping(
    { model, error, rate in
      model.zeroGrad()
      error.backward()
      for parameter in parameters(model) { move(parameter, rate) }
    }, output: output, error: error)
}

/// `updatesNeeded`, with another count or another end.
private func counting(
  from first: Int = 0, by step: Int = 1, atLeast least: Int = 0, atMost most: Int = 10_000,
  until isDone: @escaping (_ score: Value, _ target: Double) -> Bool = { score, target in
    Double(binary(applySigmoid(to: score).data)) == target
  }
) -> [Function] {
  [
    Function("updatesNeeded") { (model: MLP, input: [Double], target: Double, rate: Double) in
      var updates = 0
      while updates < least || (updates < most && !isDone(model(input)[0], target)) {
        _ = update(model, input: input, target: target, rate: rate)
        updates += 1
      }
      return first + step * updates
    }
  ]
}

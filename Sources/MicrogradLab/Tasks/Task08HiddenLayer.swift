import Micrograd
import MicrogradQuestions

// MARK: - Reference

func makeHiddenNetwork(seed: Int) -> MLP { MLP(2, [2, 1], seed: seed) }

func sampleGradients(_ model: MLP, _ inputs: [[Double]], _ labels: [Int]) -> [[Double]] {
  zip(inputs, labels).map { input, label in
    let error = squaredError(applySigmoid(to: model(input)[0]), Double(label))
    model.zeroGrad()
    error.backward()
    return model.parameters.map { $0.grad }
  }
}

func totalGradients(_ model: MLP, _ inputs: [[Double]], _ labels: [Int]) -> [Double] {
  let errors = zip(inputs, labels).map { input, label in
    squaredError(applySigmoid(to: model(input)[0]), Double(label))
  }
  model.zeroGrad()
  errors.sum().backward()
  return model.parameters.map { $0.grad }
}

// MARK: - Report

extension LabTask {
  static let hiddenLayer = LabTask(8, en: "A hidden layer", fr: "Une couche cachée") { chapter in
    let model = makeSmallNetwork(seed: 42)
    model.labelParameters()
    chapter.say(
      en: """
        With two hidden ReLU neurons between the inputs and the output, the decision boundary of a network can bend. The \
        weights are those of task 9, which explains why 54 draws precede them.
        """,
      fr: """
        Avec deux neurones ReLU cachés entre les entrées et la sortie, la frontière de décision d'un réseau peut se \
        courber. Les poids sont ceux de la tâche 9, qui explique pourquoi 54 tirages les précèdent.
        """)
    chapter.show("model", fr: "modèle", model)
    chapter.show("parameters", fr: "paramètres", model.parameters.count)

    let data = chapter.data
    for count in data.count > 2 ? [1, 2, data.count] : [1, 2] {
      model.zeroGrad()
      let error = modelLoss(model, Array(data.inputs[..<count]), Array(data.labels[..<count])).error
        .labelled(chapter.words(en: "error", fr: "erreur"))
      error.backward()
      let samples = Localized.counted(count, en: "sample", fr: "échantillon")
      let en = samples(in: .english), fr = samples(in: .french)
      chapter.show("nodes, \(en)", fr: "nœuds, \(fr)", error.graph().nodes.count)
      chapter.show("w1.1.1.grad, \(en)", fr: "w1.1.1.grad, \(fr)", model.parameters[0].grad)
      chapter.draw(
        error.figure(
          title: chapter.words(
            en: "Gradient graph of a 2-2-1 network, \(en)", fr: "Graphe du gradient d'un réseau 2-2-1, \(fr)"),
          language: chapter.language),
        as: "task-08-graph-\(count)",
        en: "The mean error over \(en).", fr: "L'erreur moyenne sur \(fr).")
    }
    chapter.say(
      en: """
        With several samples, each has its own copy of all operations, and the copies share the weights. So a weight is \
        used once for each sample, and its gradient is a sum over the samples.
        """,
      fr: """
        Avec plusieurs échantillons, chacun a sa propre copie de toutes les opérations, et les copies partagent les \
        poids. Un poids sert donc une fois par échantillon, et son gradient est une somme sur les échantillons.
        """)
  }
}

// MARK: - Exercise

extension Exercise {
  static let hiddenLayer = Exercise(
    .hiddenLayer,
    statement: Localized(
      en: """
        A single neuron divides the plane by a straight line. Make a network with two hidden ReLU neurons between the two \
        inputs and the linear output neuron.

        What changes when the errors of several samples are added up? Find out: compute the gradients of each sample alone, \
        and those of the sum of the errors with one backward pass. Then compare the sum of the ones with the others, and \
        look at the picture: which values are there once for each sample, and which only once?
        """,
      fr: """
        Un seul neurone partage le plan par une droite. Créez un réseau avec deux neurones ReLU cachés entre les deux \
        entrées et le neurone de sortie, linéaire.

        Qu'est-ce qui change quand on additionne les erreurs de plusieurs échantillons ? Cherchez : calculez les gradients de \
        chaque échantillon seul, puis ceux de la somme des erreurs en une seule rétropropagation. Comparez ensuite la somme \
        des premiers aux seconds, et regardez le graphe : quelles valeurs y figurent une fois par échantillon, et lesquelles \
        une seule fois ?
        """),
    requirements: [2],
    declarations: [
      Declaration(
        "func makeHiddenNetwork(seed: Int) -> MLP",
        en:
          "Makes a network with two inputs, two hidden ReLU neurons and a linear output, with weights drawn from a seed.",
        fr: """
          Crée un réseau à deux entrées, deux neurones ReLU cachés et une sortie linéaire, dont les poids sont tirés depuis \
          une graine.
          """),
      Declaration(
        "func sampleGradients(_ model: MLP, _ inputs: [[Double]], _ labels: [Int]) -> [[Double]]",
        en: """
          Returns, for each sample alone, the gradients of all parameters for its squared error, with σ assigned to the \
          output as in task 2.
          """,
        fr: """
          Renvoie, pour chaque échantillon seul, les gradients de tous les paramètres pour son erreur quadratique, σ étant \
          affectée à la sortie comme à la tâche 2.
          """),
      Declaration(
        "func totalGradients(_ model: MLP, _ inputs: [[Double]], _ labels: [Int]) -> [Double]",
        en: "Returns the gradients of all parameters for the sum of the errors, from one backward pass.",
        fr: """
          Renvoie les gradients de tous les paramètres pour la somme des erreurs, en une seule rétropropagation.
          """),
    ],
    hints: [
      Localized(
        en: """
          In task 1 the list of sizes had one number, for one layer. And: what must be true of the gradients before each \
          `backward()`, so that they are those of one sample alone?
          """,
        fr: """
          À la tâche 1, la liste des tailles avait un nombre, pour une couche. Et : que faut-il des gradients avant chaque \
          `backward()` pour qu'ils soient ceux d'un échantillon seul ?
          """),
      Localized(
        en: """
          For a sample alone: error, gradients to 0, `backward()`, read the gradients. For the sum: collect the errors as \
          values, and do the rest once. All samples go through the same `model`, whose parameters they share.
          """,
        fr: """
          Pour un échantillon seul : erreur, gradients à zéro, `backward()`, lecture des gradients. Pour la somme : \
          rassemblez les erreurs comme valeurs, et faites le reste une seule fois. Tous les échantillons passent par le même \
          `model`, dont ils partagent les paramètres.
          """),
      Localized(
        en: """
          The sizes are those of the hidden layer and of the output. `zip(inputs, labels)` goes through both lists; a list of \
          values has `sum()`; `model.parameters.map` with the `grad` of each gives the list of gradients.
          """,
        fr: """
          Les tailles sont celles de la couche cachée et de la sortie. `zip(inputs, labels)` parcourt les deux listes ; une \
          liste de valeurs a `sum()` ; `model.parameters.map` avec le `grad` de chacun donne la liste des gradients.
          """),
    ],
    trial: """
      let data = makeData(samples: 2, noise: 0.1, seed: 42)
      modelLoss(makeHiddenNetwork(seed: 42), data.inputs, data.labels).error
      """,
    reference: {
      [
        Function("makeHiddenNetwork", makeHiddenNetwork), Function("sampleGradients", sampleGradients),
        Function("totalGradients", totalGradients),
      ]
    },
    questions: { random in
      var questions = [42, random.randrange(1000)].map { Question("makeHiddenNetwork", ["seed": .integer($0)]) }
      for function in ["sampleGradients", "totalGradients"] {
        questions.append(
          Question(
            function,
            ["model": .bent, "inputs": .rows([[0.5, 1], [-0.5, 0.25], [1, -1]]), "labels": .integers([1, 0, 0])]))
        for count in [2, 4] {
          questions.append(
            Question(
              function,
              [
                "model": .network([2, 1], &random), "inputs": .rows(random.rows(count)),
                "labels": .integers(random.labels(count)),
              ]))
        }
      }
      return questions
    },
    misconceptions: [
      Misconception(
        "output-neuron-missing",
        en: (
          "The network ends with the two hidden neurons, and has two outputs.",
          "Which layer turns what the two neurons give into one score?"
        ),
        fr: (
          "Le réseau s'arrête aux deux neurones cachés, et a deux sorties.",
          "Quelle couche fait un seul score de ce que donnent les deux neurones ?"
        )
      ) { [Function("makeHiddenNetwork") { (seed: Int) in MLP(2, [2], seed: seed) }] },
      Misconception(
        "hidden-layer-missing",
        en: (
          "The network has no hidden layer: it is the perceptron of task 1.",
          "How many numbers are in the list of sizes, if there are two layers?"
        ),
        fr: (
          "Le réseau n'a pas de couche cachée : c'est le perceptron de la tâche 1.",
          "Combien de nombres la liste des tailles contient-elle s'il y a deux couches ?"
        )
      ) { [Function("makeHiddenNetwork") { (seed: Int) in MLP(2, [1], seed: seed) }] },
      Misconception(
        "inputs-among-the-sizes",
        en: (
          "The inputs were counted as a layer, so there are two hidden layers.",
          "What does the first argument of `MLP` say, and what does the list say?"
        ),
        fr: (
          "Les entrées ont été comptées comme une couche : il y a donc deux couches cachées.",
          "Que dit le premier argument de `MLP`, et que dit la liste ?"
        )
      ) { [Function("makeHiddenNetwork") { (seed: Int) in MLP(2, [2, 2, 1], seed: seed) }] },
      Misconception(
        "sizes-exchanged",
        en: (
          "The sizes are in the wrong order: one hidden neuron, and two outputs.",
          "Which layer comes first in the list?"
        ),
        fr: (
          "Les tailles sont dans le mauvais ordre : un neurone caché, et deux sorties.",
          "Quelle couche vient en premier dans la liste ?"
        )
      ) { [Function("makeHiddenNetwork") { (seed: Int) in MLP(2, [1, 2], seed: seed) }] },
      Misconception(
        "linear-hidden-neurons",
        en: (
          "The hidden neurons are linear. Two linear layers one behind the other can do no more than one.",
          "What bends the decision boundary, if all neurons only multiply and add?"
        ),
        fr: (
          "Les neurones cachés sont linéaires. Deux couches linéaires l'une derrière l'autre ne peuvent rien de plus qu'une seule.",
          "Qu'est-ce qui courbe la frontière de décision, si tous les neurones ne font que multiplier et additionner ?"
        )
      ) { [Function("makeHiddenNetwork") { (seed: Int) in MLP(2, [2, 1], activation: .linear, seed: seed) }] },
      Misconception(
        "relu-output",
        en: (
          "The output neuron has a ReLU too, so that no score is below 0.",
          "Which class does a score below 0 speak for? Can this network ever give one?"
        ),
        fr: (
          "Le neurone de sortie a lui aussi une ReLU : aucun score n'est donc négatif.",
          "Pour quelle classe parle un score négatif ? Ce réseau peut-il en donner un ?"
        )
      ) { [Function("makeHiddenNetwork") { (seed: Int) in MLP(2, [2, 1], output: .relu, seed: seed) }] },
      Misconception(
        "tanh-hidden-neurons",
        en: (
          "The hidden neurons have tanh, not ReLU.",
          "Which neurons does `MLP` make if nothing else is said?"
        ),
        fr: (
          "Les neurones cachés ont tanh, et non ReLU.",
          "Quels neurones `MLP` crée-t-il si l'on ne précise rien ?"
        )
      ) { [Function("makeHiddenNetwork") { (seed: Int) in MLP(2, [2, 1], activation: .tanh, seed: seed) }] },
      Misconception(
        "a-generator-for-each-layer",
        en: (
          "Each layer has a generator of its own that begins at the seed, so the output neuron has the weights of the first hidden one.",
          "What does a generator give first, if it always begins at the same seed?"
        ),
        fr: (
          "Chaque couche a son propre générateur, qui part de la graine : le neurone de sortie a donc les poids du premier neurone caché.",
          "Que donne d'abord un générateur qui part toujours de la même graine ?"
        )
      ) {
        [
          Function("makeHiddenNetwork") { (seed: Int) in
            MLP(MLP(2, [2], output: .relu, seed: seed).layers + MLP(2, [1], seed: seed).layers)
          }
        ]
      },
      Misconception(.seedIgnored) { [Function("makeHiddenNetwork") { (_: Int) in MLP(2, [2, 1], seed: 42) }] },
      Misconception(.sigmoidInTheGraph) { collecting(output: { $0.sigmoid() }) },
      Misconception(
        "sigmoid-forgotten",
        en: (
          "σ was not applied: the errors are those of the scores.",
          "Between which numbers does an output have to be when it is compared with a label?"
        ),
        fr: (
          "σ n'a pas été appliquée : les erreurs sont celles des scores.",
          "Entre quels nombres une sortie doit-elle se trouver quand on la compare à une étiquette ?"
        )
      ) { collecting(output: { $0 }) },
      Misconception(
        "not-squared",
        en: (
          "The difference from the label was propagated, or the output itself, and not the squared error.",
          "Which gradient does the output have then? Does it depend on how wrong the output is?"
        ),
        fr: (
          "C'est l'écart avec l'étiquette, ou la sortie elle-même, qui a été rétropropagé, et non l'erreur quadratique.",
          "Quel gradient la sortie a-t-elle alors ? Dépend-il de l'ampleur de l'écart ?"
        )
      ) { collecting(error: { $0 - $1 }) },
      Misconception(.targetAlways1) { collecting(error: { output, _ in squaredError(output, 1) }) },
      Misconception(
        "weights-only",
        en: (
          "The biases are missing: only the gradients of the weights were returned.",
          "How many parameters does the network have?"
        ),
        fr: (
          "Les biais manquent : seuls les gradients des poids ont été renvoyés.",
          "Combien de paramètres le réseau a-t-il ?"
        )
      ) { collecting(from: { $0.layers.flatMap { $0.neurons.flatMap(\.weights) } }) },
      Misconception(
        "output-layer-only",
        en: (
          "The hidden layer is missing: only the gradients of the output neuron were returned.",
          "Which parameters does `model.parameters` contain, and which does the last layer have?"
        ),
        fr: (
          "La couche cachée manque : seuls les gradients du neurone de sortie ont été renvoyés.",
          "Quels paramètres `model.parameters` contient-elle, et lesquels la dernière couche a-t-elle ?"
        )
      ) { collecting(from: { $0.layers[$0.layers.count - 1].parameters }) },
      Misconception(
        "hidden-layer-only",
        en: (
          "The output neuron is missing: only the gradients of the hidden layer were returned.",
          "Which parameters does `model.parameters` contain, and which does the first layer have?"
        ),
        fr: (
          "Le neurone de sortie manque : seuls les gradients de la couche cachée ont été renvoyés.",
          "Quels paramètres `model.parameters` contient-elle, et lesquels la première couche a-t-elle ?"
        )
      ) { collecting(from: { $0.layers[0].parameters }) },
      Misconception(
        "data-for-grad",
        en: (
          "The parameters themselves were returned, not their gradients.",
          "Which of the two fields of a parameter says how the error changes with it?"
        ),
        fr: (
          "Ce sont les paramètres eux-mêmes qui ont été renvoyés, et non leurs gradients.",
          "Lequel des deux champs d'un paramètre indique comment l'erreur varie avec lui ?"
        )
      ) { collecting(reading: { $0.data }) },
      Misconception(
        "zeroed-after-backward",
        en: (
          "The gradients were set to 0 after `backward()` had computed them, and then read.",
          "What is left of the gradients when they are read?"
        ),
        fr: (
          "Les gradients ont été remis à zéro après que `backward()` les a calculés, puis lus.",
          "Que reste-t-il des gradients au moment de les lire ?"
        )
      ) {
        collecting(propagate: { model, error in
          error.backward()
          model.zeroGrad()
        })
      },
      Misconception(
        "gradients-not-zeroed",
        en: (
          "The gradients of earlier backward passes were still there, and the new ones were added to them.",
          "What does `backward()` do with a gradient that is not 0 when it begins?"
        ),
        fr: (
          "Les gradients de rétropropagations précédentes étaient encore là, et les nouveaux s'y sont ajoutés.",
          "Que fait `backward()` d'un gradient qui n'est pas nul quand elle commence ?"
        )
      ) { collecting(propagate: { _, error in error.backward() }) },
      Misconception(
        "another-network",
        en: (
          "The gradients are those of a network that the function made itself, with other weights.",
          "Whose gradients does the caller want to know? What is `model` for?"
        ),
        fr: (
          "Les gradients sont ceux d'un réseau que la fonction a créé elle-même, avec d'autres poids.",
          "De quel réseau l'appelant veut-il connaître les gradients ? À quoi sert `model` ?"
        )
      ) { collecting(of: { _ in makeHiddenNetwork(seed: 42) }) },
      Misconception(
        "running-sums",
        en: (
          "The gradients were set to 0 once, and not for each sample, so each row also contains the samples before.",
          "What does the gradient of the second sample alone have to do with the first?"
        ),
        fr: (
          "Les gradients ont été remis à zéro une seule fois, et non pour chaque échantillon : chaque ligne contient donc aussi les échantillons précédents.",
          "Qu'est-ce que le gradient du deuxième échantillon seul a à voir avec le premier ?"
        )
      ) {
        [
          Function("sampleGradients") { (model: MLP, inputs: [[Double]], labels: [Int]) in
            model.zeroGrad()
            return zip(inputs, labels).map { input, label in
              sampleError(model, input, label).backward()
              return model.parameters.map(\.grad)
            }
          }
        ]
      },
      Misconception(
        "shares-of-the-mean",
        en: (
          "Each row was divided by the number of samples.",
          "Does the error of a sample alone know how many others there are?"
        ),
        fr: (
          "Chaque ligne a été divisée par le nombre d'échantillons.",
          "L'erreur d'un échantillon seul sait-elle combien il y en a d'autres ?"
        )
      ) {
        [
          Function("sampleGradients") { (model: MLP, inputs: [[Double]], labels: [Int]) in
            sampleGradients(model, inputs, labels).map { row in row.map { $0 / Double(inputs.count) } }
          }
        ]
      },
      Misconception(
        "rows-and-columns",
        en: (
          "Rows and columns are exchanged: there is a list for each parameter, not for each sample.",
          "What does `result[0]` stand for: the first sample, or the first parameter?"
        ),
        fr: (
          "Lignes et colonnes sont échangées : il y a une liste par paramètre, et non par échantillon.",
          "Que désigne `result[0]` : le premier échantillon, ou le premier paramètre ?"
        )
      ) {
        [
          Function("sampleGradients") { (model: MLP, inputs: [[Double]], labels: [Int]) in
            let rows = sampleGradients(model, inputs, labels)
            return model.parameters.indices.map { column in rows.map { $0[column] } }
          }
        ]
      },
      Misconception(
        "overwritten",
        en: (
          "The gradients are those of the last sample: they were set to 0 between the samples, so its gradients replaced the others.",
          "A weight is used once for each sample. What becomes of what it received from the first ones?"
        ),
        fr: (
          "Les gradients sont ceux du dernier échantillon : remis à zéro entre les échantillons, les autres ont été remplacés.",
          "Un poids sert une fois par échantillon. Que devient ce qu'il a reçu des premiers ?"
        )
      ) {
        totalling { model, errors in
          model.zeroGrad()
          errors[errors.count - 1].backward()
        }
      },
      Misconception(
        "mean-instead-of-sum",
        en: (
          "The gradients are those of the mean of the errors, not of their sum.",
          "How does the gradient of a mean differ from that of a sum?"
        ),
        fr: (
          "Les gradients sont ceux de la moyenne des erreurs, et non de leur somme.",
          "En quoi le gradient d'une moyenne diffère-t-il de celui d'une somme ?"
        )
      ) {
        totalling { model, errors in
          model.zeroGrad()
          errors.mean().backward()
        }
      },
      Misconception(
        "propagated-twice",
        en: (
          "Each error was propagated by itself, and then their sum as well, so each gradient counts twice.",
          "Through how many backward passes does a weight receive the gradient of the first sample?"
        ),
        fr: (
          "Chaque erreur a été rétropropagée seule, puis leur somme aussi : chaque gradient compte donc deux fois.",
          "Par combien de rétropropagations un poids reçoit-il le gradient du premier échantillon ?"
        )
      ) {
        totalling { model, errors in
          model.zeroGrad()
          for error in errors { error.backward() }
          errors.sum().backward()
        }
      },
      Misconception(
        "propagated-in-the-loop",
        en: (
          "The sum so far was propagated after each sample, so the first samples count more often than the last.",
          "How often should `backward()` be called, if the sum is to be propagated once?"
        ),
        fr: (
          "La somme partielle a été rétropropagée après chaque échantillon : les premiers comptent donc plus souvent que les derniers.",
          "Combien de fois faut-il appeler `backward()` pour rétropropager la somme une seule fois ?"
        )
      ) {
        totalling { model, errors in
          model.zeroGrad()
          for index in errors.indices { Array(errors[...index]).sum().backward() }
        }
      },
      Misconception(
        "square-of-the-sum",
        en: (
          "The differences were added up, and the square was taken of their sum.",
          "Is (a + b)² the same as a² + b²?"
        ),
        fr: (
          "Les différences ont été additionnées, et c'est leur somme qui a été mise au carré.",
          "(a + b)² est-il égal à a² + b² ?"
        )
      ) {
        [
          Function("totalGradients") { (model: MLP, inputs: [[Double]], labels: [Int]) in
            let differences = zip(inputs, labels).map { applySigmoid(to: model($0)[0]) - Double($1) }
            model.zeroGrad()
            pow(differences.sum(), 2).backward()
            return model.parameters.map(\.grad)
          }
        ]
      },
    ])
}

extension Argument {
  /// A 2-2-1 network both of whose hidden neurons are active for some samples, with gradients of an earlier pass.
  fileprivate static var bent: Argument {
    .network(
      inputs: 2, sizes: [2, 1], parameters: [1, 0.5, 0.25, -0.5, 1, 0.5, 0.75, -1, 0.125],
      gradients: [0.25, -0.5, 0.75, 1, -0.25, 0.5, -0.75, 1.25, 0.125])
  }
}

private func sampleError(_ model: MLP, _ input: [Double], _ label: Int) -> Value {
  squaredError(applySigmoid(to: model(input)[0]), Double(label))
}

/// `sampleGradients` and `totalGradients`, with one of their steps done in another way.
private func collecting(
  of model: @escaping (MLP) -> MLP = { $0 },
  output: @escaping (Value) -> Value = { applySigmoid(to: $0) },
  error: @escaping (_ output: Value, _ target: Double) -> Value = { squaredError($0, $1) },
  from parameters: @escaping (MLP) -> [Value] = { $0.parameters }, reading: @escaping (Value) -> Double = { $0.grad },
  propagate: @escaping (MLP, _ error: Value) -> Void = { model, error in
    model.zeroGrad()
    error.backward()
  }
) -> [Function] {
  func errors(_ model: MLP, _ inputs: [[Double]], _ labels: [Int]) -> [Value] {
    zip(inputs, labels).map { error(output(model($0)[0]), Double($1)) }
  }
  return [
    Function("sampleGradients") { (given: MLP, inputs: [[Double]], labels: [Int]) in
      let model = model(given)
      return errors(model, inputs, labels).map { error in
        propagate(model, error)
        return parameters(model).map(reading)
      }
    },
    Function("totalGradients") { (given: MLP, inputs: [[Double]], labels: [Int]) in
      let model = model(given)
      propagate(model, errors(model, inputs, labels).sum())
      return parameters(model).map(reading)
    },
  ]
}

/// `totalGradients`, with other backward passes from the errors.
private func totalling(_ propagate: @escaping (MLP, _ errors: [Value]) -> Void) -> [Function] {
  [
    Function("totalGradients") { (model: MLP, inputs: [[Double]], labels: [Int]) in
      propagate(model, zip(inputs, labels).map { sampleError(model, $0, $1) })
      return model.parameters.map(\.grad)
    }
  ]
}

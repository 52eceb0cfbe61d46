import Micrograd
import MicrogradQuestions

/// The sample of tasks 1 to 5.
let sample = [0.888, 0.777], target = 1.0

// MARK: - Reference

func makePerceptron(seed: Int) -> MLP { MLP(2, [1], seed: seed) }

func makeNeuron(like model: MLP) -> Neuron {
  let own = model.parameters.map { Value($0.data) }
  return Neuron(weights: [own[0], own[1]], bias: own[2], activation: .linear)
}

func bias(of model: MLP) -> Value { model.parameters[2] }

// MARK: - Report

/// The perceptron of tasks 1 to 5: a linear neuron with two inputs.
func makePerceptron() -> MLP {
  let model = makePerceptron(seed: 42)
  model.labelParameters()
  return model
}

extension LabTask {
  static let perceptron = LabTask(1, en: "A perceptron", fr: "Un perceptron") { chapter in
    let model = makePerceptron()
    chapter.say(
      en: "The smallest network has one linear neuron: it multiplies each input by a weight, and adds a bias.",
      fr:
        "Le plus petit réseau a un seul neurone linéaire : il multiplie chaque entrée par un poids, et ajoute un biais."
    )
    chapter.show("model", fr: "modèle", model)
    chapter.show("parameters", fr: "paramètres", model.parameters.count)
    for parameter in model.parameters { chapter.show(parameter.label ?? "", parameter.data) }
    chapter.show("gradients", model.parameters.map(\.grad))
    chapter.say(
      en: """
        There are two inputs and three parameters: two weights, which are drawn from -1 to 1, and the bias, which \
        starts at 0. All gradients are 0, since nothing has been propagated yet. A single neuron with the same weights \
        and the same bias gives the same output:
        """,
      fr: """
        Il y a deux entrées et trois paramètres : deux poids, tirés entre -1 et 1, et le biais, qui part de 0. Tous les \
        gradients sont nuls, car rien n'a encore été propagé. Un neurone seul, avec les mêmes poids et le même biais, \
        donne la même sortie :
        """)
    let neuron = makeNeuron(like: model)
    chapter.show("model(\(sample))", model(sample)[0].data)
    chapter.show("neuron(\(sample))", neuron(sample.map { Value($0) }).data)
  }
}

// MARK: - Exercise

extension Exercise {
  static let perceptron = Exercise(
    .perceptron,
    statement: Localized(
      en: """
        The smallest network that can learn is a perceptron: one linear neuron. It multiplies each input by a weight, and \
        adds the products and a bias.

        Make a perceptron with two inputs as a network, an `MLP`. The weights are drawn from -1 to 1 by a generator that \
        starts at a seed, so the same seed always gives the same weights: for seed 42 they are 0.2788535969157675 and \
        -0.9499784895546661. Print the model and its parameters. There are two inputs and three parameters: what is the \
        third one?

        Then make a single `Neuron` with the same numbers. It gives the same output as the network, but its parameters are \
        its own: when one of the two learns later, the other stays as it was.
        """,
      fr: """
        Le plus petit réseau capable d'apprendre est un perceptron : un seul neurone linéaire. Il multiplie chaque entrée \
        par un poids, et additionne les produits et un biais.

        Créez un perceptron à deux entrées sous la forme d'un réseau, un `MLP`. Les poids sont tirés entre -1 et 1 par un \
        générateur qui part d'une graine : la même graine donne donc toujours les mêmes poids. Pour la graine 42, ce sont \
        0.2788535969157675 et -0.9499784895546661. Affichez le modèle et ses paramètres. Il y a deux entrées et trois \
        paramètres : quel est le troisième ?

        Créez ensuite un `Neuron` seul avec les mêmes nombres. Il donne la même sortie que le réseau, mais ses paramètres \
        lui appartiennent : quand l'un des deux apprendra, l'autre restera tel quel.
        """),
    declarations: [
      Declaration(
        "func makePerceptron(seed: Int) -> MLP",
        en: """
          Returns a perceptron with two inputs, whose weights are drawn from the seed. Its description is \
          `MLP of [Layer of [LinearNeuron(2)]]`.
          """,
        fr: """
          Renvoie un perceptron à deux entrées, dont les poids sont tirés à partir de la graine. Sa description est \
          `MLP of [Layer of [LinearNeuron(2)]]`.
          """),
      Declaration(
        "func makeNeuron(like model: MLP) -> Neuron",
        en: "Returns a linear neuron with the weights and the bias of a perceptron, in values of its own.",
        fr: "Renvoie un neurone linéaire qui a les poids et le biais d'un perceptron, dans des valeurs à lui."),
      Declaration(
        "func bias(of model: MLP) -> Value",
        en: "Returns the bias of a perceptron: the very value that the model computes with, not a copy of it.",
        fr: "Renvoie le biais d'un perceptron : la valeur même avec laquelle le modèle calcule, et non une copie."),
    ],
    hints: [
      Localized(
        en: """
          Which numbers does a neuron need to turn two inputs into one output? In which order does `model.parameters` list \
          them?
          """,
        fr: """
          De quels nombres un neurone a-t-il besoin pour faire une sortie de deux entrées ? Dans quel ordre \
          `model.parameters` les donne-t-il ?
          """),
      Localized(
        en: """
          An `MLP` takes the number of inputs and a list of layer sizes, of which the last one is the output layer. Its \
          output neurons are linear; a `Neuron` that you make yourself has a ReLU unless you say otherwise. And a `Value` \
          that is stored in two places is one value: what happens to it is seen in both.
          """,
        fr: """
          Un `MLP` prend le nombre d'entrées et la liste des tailles de ses couches, dont la dernière est celle de sortie. \
          Ses neurones de sortie sont linéaires ; un `Neuron` que vous créez vous-même a une ReLU, sauf indication \
          contraire. Et une `Value` rangée à deux endroits reste une seule valeur : ce qui lui arrive se voit aux deux.
          """),
      Localized(
        en: """
          The list of sizes has one element, since there is one layer, and the seed is a third argument. For the neuron, \
          read the `data` of each parameter, wrap it in a new `Value`, and give the values to \
          `Neuron(weights:bias:activation:)`. Weights come first in `parameters`, and the bias last; count from 0.
          """,
        fr: """
          La liste des tailles a un élément, car il y a une couche, et la graine est un troisième argument. Pour le \
          neurone, lisez le champ `data` de chaque paramètre, placez-le dans une nouvelle `Value`, et donnez ces valeurs \
          à `Neuron(weights:bias:activation:)`. Dans `parameters`, les poids viennent d'abord et le biais en dernier ; \
          comptez à partir de 0.
          """),
    ],
    trial: "makePerceptron(seed: 42)",
    reference: {
      [
        Function("makePerceptron", makePerceptron(seed:)), Function("makeNeuron", makeNeuron(like:)),
        Function("bias", bias(of:)),
      ]
    },
    questions: { random in
      let seeds = [42, 0, 7, Int(random.uniform(100, 1_000_000))]
      let models = [.published] + (0..<3).map { _ in Argument.perceptron(&random) }
      return seeds.map { Question("makePerceptron", ["seed": .integer($0)]) }
        + models.map { Question("makeNeuron", ["model": $0]) } + models.map { Question("bias", ["model": $0]) }
    },
    misconceptions: wrongPerceptrons + wrongNeurons + wrongBiases)

  private static let wrongPerceptrons = [
    Misconception(
      "relu-output",
      en: (
        "The output neuron has a ReLU, so the perceptron can never give a negative number.",
        "The published output for [0.888, 0.777] is -0.4905. What would a ReLU make of it?"
      ),
      fr: (
        "Le neurone de sortie a une ReLU, et le perceptron ne peut donc jamais donner de nombre négatif.",
        "La sortie publiée pour [0.888, 0.777] est -0.4905. Qu'en ferait une ReLU ?"
      )
    ) { [Function("makePerceptron") { (seed: Int) in MLP(2, [1], output: .relu, seed: seed) }] },
    Misconception(
      "two-neurons",
      en: (
        "The layer has two neurons, one for each input.",
        "How many numbers come out of a perceptron? What does the list in `MLP(2, …)` count: inputs or neurons?"
      ),
      fr: (
        "La couche a deux neurones, un par entrée.",
        "Combien de nombres sortent d'un perceptron ? Que compte la liste dans `MLP(2, …)` : les entrées ou les neurones ?"
      )
    ) { [Function("makePerceptron") { (seed: Int) in MLP(2, [2], seed: seed) }] },
    Misconception(
      "hidden-layer",
      en: (
        "There is a hidden layer of two neurons before the output.",
        "Are the inputs a layer of neurons? How many numbers would the list contain if there were no hidden layer?"
      ),
      fr: (
        "Il y a une couche cachée de deux neurones avant la sortie.",
        "Les entrées sont-elles une couche de neurones ? Combien de nombres la liste aurait-elle sans couche cachée ?"
      )
    ) { [Function("makePerceptron") { (seed: Int) in MLP(2, [2, 1], seed: seed) }] },
    Misconception(
      "inputs-and-neurons-swapped",
      en: (
        "The network has one input and two neurons: the two numbers are swapped.",
        "Which argument of `MLP` is the number of inputs, and which one lists the neurons of each layer?"
      ),
      fr: (
        "Le réseau a une entrée et deux neurones : les deux nombres sont échangés.",
        "Quel argument de `MLP` est le nombre d'entrées, et lequel donne les neurones de chaque couche ?"
      )
    ) { [Function("makePerceptron") { (seed: Int) in MLP(1, [2], seed: seed) }] },
    Misconception(
      "seed-ignored",
      en: (
        "The seed is always 42, whatever the function is given.",
        "Where in your function does the argument `seed` appear?"
      ),
      fr: (
        "La graine vaut toujours 42, quelle que soit celle que la fonction reçoit.",
        "Où l'argument `seed` apparaît-il dans votre fonction ?"
      )
    ) { [Function("makePerceptron") { (_: Int) in MLP(2, [1], seed: 42) }] },
    Misconception(
      "number-drawn-before",
      en: (
        "A number was drawn after the seed was set and before the weights, so the weights are the second and third number.",
        "Who else takes numbers from your generator before the network does?"
      ),
      fr: (
        """
        Un nombre a été tiré après le choix de la graine et avant les poids : les poids sont donc le deuxième et le \
        troisième nombre.
        """,
        "Qui d'autre prend des nombres à votre générateur avant le réseau ?"
      )
    ) { [Function("makePerceptron") { (seed: Int) in perceptron(seed: seed, afterDraws: 1) }] },
    Misconception(
      "weights-drawn-before",
      en: (
        "The generator had already drawn the weights of another neuron or network.",
        "If a generator makes two networks one after the other, which of them has the first numbers of the seed?"
      ),
      fr: (
        "Le générateur avait déjà tiré les poids d'un autre neurone ou d'un autre réseau.",
        "Si un générateur crée deux réseaux l'un après l'autre, lequel a les premiers nombres de la graine ?"
      )
    ) { [Function("makePerceptron") { (seed: Int) in perceptron(seed: seed, afterDraws: 2) }] },
    Misconception(
      "bias-drawn",
      en: (
        "The bias is drawn like a weight.",
        "At which number does the bias of a new neuron start?"
      ),
      fr: (
        "Le biais est tiré comme un poids.",
        "De quel nombre part le biais d'un neurone neuf ?"
      )
    ) {
      [
        Function("makePerceptron") { (seed: Int) in
          var random = PythonRandom(seed: seed)
          return perceptron(random.numbers(2), bias: random.uniform(-1, 1))
        }
      ]
    },
    Misconception(
      "bias-one",
      en: (
        "The bias starts at 1.",
        "The bias is often drawn as a weight of an input that is always 1. Is it the input or the weight that you set to 1?"
      ),
      fr: (
        "Le biais part de 1.",
        """
        On dessine souvent le biais comme le poids d'une entrée qui vaut toujours 1. Est-ce l'entrée ou le poids que vous \
        avez mis à 1 ?
        """
      )
    ) {
      [
        Function("makePerceptron") { (seed: Int) in
          var random = PythonRandom(seed: seed)
          return perceptron(random.numbers(2), bias: 1)
        }
      ]
    },
    Misconception(
      "weights-from-0-to-1",
      en: (
        "The weights are drawn from 0 to 1.",
        "From which number to which are weights drawn? Can a weight be negative?"
      ),
      fr: (
        "Les poids sont tirés entre 0 et 1.",
        "Entre quels nombres les poids sont-ils tirés ? Un poids peut-il être négatif ?"
      )
    ) {
      [
        Function("makePerceptron") { (seed: Int) in
          var random = PythonRandom(seed: seed)
          return perceptron([random.uniform(0, 1), random.uniform(0, 1)], bias: 0)
        }
      ]
    },
    Misconception(
      "other-initialization",
      en: (
        "The weights are drawn from another range than -1 to 1.",
        "Which arguments does your `MLP` have beside sizes and seed, and what do they change?"
      ),
      fr: (
        "Les poids sont tirés dans un autre intervalle que de -1 à 1.",
        "Quels arguments votre `MLP` a-t-il en plus des tailles et de la graine, et que changent-ils ?"
      )
    ) { [Function("makePerceptron") { (seed: Int) in MLP(2, [1], initialization: .xavier, seed: seed) }] },
  ]

  private static func perceptron(_ weights: [Double], bias: Double) -> MLP {
    MLP([Layer([Neuron(weights: weights.map { Value($0) }, bias: Value(bias), activation: .linear)])])
  }

  private static func perceptron(seed: Int, afterDraws draws: Int) -> MLP {
    var random = PythonRandom(seed: seed)
    _ = random.numbers(draws)
    return MLP(2, [1], using: &random)
  }

  /// A misconception about the neuron, as a function of the three parameters of the model.
  private static func aboutNeuron(
    _ name: String, en: (thought: String, question: String), fr: (thought: String, question: String),
    _ make: @escaping @Sendable (_ parameters: [Value]) -> Neuron
  ) -> Misconception {
    Misconception(name, en: en, fr: fr) { [Function("makeNeuron") { (model: MLP) in make(model.parameters) }] }
  }

  private static let wrongNeurons = [
    aboutNeuron(
      "weights-shared",
      en: (
        "The neuron holds the parameters of the model themselves, so when one of the two learns, the other changes too.",
        "If you put a `Value` of the model into the neuron, how many values are there afterwards: one or two?"
      ),
      fr: (
        """
        Le neurone contient les paramètres mêmes du modèle : quand l'un des deux apprend, l'autre change aussi.
        """,
        "Si vous placez une `Value` du modèle dans le neurone, combien y a-t-il ensuite de valeurs : une ou deux ?"
      )
    ) { Neuron(weights: [$0[0], $0[1]], bias: $0[2], activation: .linear) },
    aboutNeuron(
      "only-weights-shared",
      en: (
        "The bias is the neuron's own, but the weights are those of the model themselves.",
        "What did you do to the bias that you did not do to the weights?"
      ),
      fr: (
        "Le biais appartient au neurone, mais les poids sont ceux du modèle eux-mêmes.",
        "Qu'avez-vous fait pour le biais, et pas pour les poids ?"
      )
    ) { Neuron(weights: [$0[0], $0[1]], bias: Value($0[2].data), activation: .linear) },
    aboutNeuron(
      "only-bias-shared",
      en: (
        "The weights are the neuron's own, but the bias is that of the model itself.",
        "What did you do to the weights that you did not do to the bias?"
      ),
      fr: (
        "Les poids appartiennent au neurone, mais le biais est celui du modèle lui-même.",
        "Qu'avez-vous fait pour les poids, et pas pour le biais ?"
      )
    ) { Neuron(weights: [Value($0[0].data), Value($0[1].data)], bias: $0[2], activation: .linear) },
    aboutNeuron(
      "relu-neuron",
      en: (
        "The neuron has a ReLU, and the perceptron has none.",
        "Print the neuron. Which activation does it have if you do not name one?"
      ),
      fr: (
        "Le neurone a une ReLU, et le perceptron n'en a pas.",
        "Affichez le neurone. Quelle activation a-t-il quand vous n'en indiquez aucune ?"
      )
    ) { Neuron(weights: [Value($0[0].data), Value($0[1].data)], bias: Value($0[2].data)) },
    aboutNeuron(
      "relu-and-shared",
      en: (
        "The neuron has a ReLU, which the perceptron has not; and it holds the parameters of the model themselves.",
        "Which activation does a `Neuron` have if you do not name one? And whose values did you give it?"
      ),
      fr: (
        "Le neurone a une ReLU, que le perceptron n'a pas ; et il contient les paramètres mêmes du modèle.",
        "Quelle activation un `Neuron` a-t-il quand vous n'en indiquez aucune ? Et à qui sont les valeurs que vous lui donnez ?"
      )
    ) { Neuron(weights: [$0[0], $0[1]], bias: $0[2]) },
    aboutNeuron(
      "weights-drawn-again",
      en: (
        "The weights are drawn from seed 42 again, which is right only for a model that was drawn from it and has not learned.",
        "Where do you read the numbers of the model that your function is given?"
      ),
      fr: (
        """
        Les poids sont tirés de nouveau à partir de la graine 42 ; ce n'est juste que pour un modèle qui en vient et qui \
        n'a rien appris.
        """,
        "Où lisez-vous les nombres du modèle que votre fonction reçoit ?"
      )
    ) { _ in
      var random = PythonRandom(seed: 42)
      return Neuron(2, activation: .linear, using: &random)
    },
    aboutNeuron(
      "bias-left-at-zero",
      en: (
        "The neuron has the weights of the model, but its bias is 0.",
        "The bias of a new perceptron is 0. Is it still 0 once the perceptron has learned?"
      ),
      fr: (
        "Le neurone a les poids du modèle, mais son biais vaut 0.",
        "Le biais d'un perceptron neuf vaut 0. Vaut-il encore 0 quand le perceptron a appris ?"
      )
    ) { Neuron(weights: [Value($0[0].data), Value($0[1].data)], bias: 0, activation: .linear) },
    aboutNeuron(
      "bias-taken-for-the-first-parameter",
      en: (
        "The first parameter was taken for the bias, and the other two for the weights.",
        "In which order does `model.parameters` list weights and bias?"
      ),
      fr: (
        "Le premier paramètre a été pris pour le biais, et les deux autres pour les poids.",
        "Dans quel ordre `model.parameters` donne-t-il les poids et le biais ?"
      )
    ) { Neuron(weights: [Value($0[1].data), Value($0[2].data)], bias: Value($0[0].data), activation: .linear) },
    aboutNeuron(
      "weights-in-reverse",
      en: (
        "The two weights are in the wrong order, so each input is multiplied by the weight of the other.",
        "Which weight belongs to the first input?"
      ),
      fr: (
        "Les deux poids sont dans le mauvais ordre : chaque entrée est multipliée par le poids de l'autre.",
        "Quel poids correspond à la première entrée ?"
      )
    ) { Neuron(weights: [Value($0[1].data), Value($0[0].data)], bias: Value($0[2].data), activation: .linear) },
    aboutNeuron(
      "bias-among-the-weights",
      en: (
        "All three parameters were taken for weights, so the neuron expects three inputs.",
        "How many inputs does the perceptron have, and what is the parameter that belongs to none of them?"
      ),
      fr: (
        "Les trois paramètres ont été pris pour des poids, et le neurone attend donc trois entrées.",
        "Combien d'entrées le perceptron a-t-il, et quel est le paramètre qui ne correspond à aucune d'elles ?"
      )
    ) { Neuron(weights: $0.map { Value($0.data) }, bias: 0, activation: .linear) },
  ]

  private static let wrongBiases = [
    Misconception(
      "first-parameter",
      en: (
        "The first parameter was returned, which is a weight.",
        "Print the parameters of a new perceptron. Which of them is 0, and why?"
      ),
      fr: (
        "C'est le premier paramètre qui a été renvoyé, et c'est un poids.",
        "Affichez les paramètres d'un perceptron neuf. Lequel vaut 0, et pourquoi ?"
      )
    ) { [Function("bias") { (model: MLP) in model.parameters[0] }] },
    Misconception(
      "last-weight",
      en: (
        "The second parameter was returned, which is the last weight.",
        "From which number does Swift count the elements of an array?"
      ),
      fr: (
        "C'est le deuxième paramètre qui a été renvoyé : le dernier poids.",
        "À partir de quel nombre Swift compte-t-il les éléments d'un tableau ?"
      )
    ) { [Function("bias") { (model: MLP) in model.parameters[1] }] },
    Misconception(
      "bias-copied",
      en: (
        "A new value with the number of the bias was returned. It does not learn with the model, and has no gradient.",
        "What has `Value(…)` to do with the model, once it has its number?"
      ),
      fr: (
        """
        C'est une nouvelle valeur, qui a le nombre du biais, qui a été renvoyée. Elle n'apprend pas avec le modèle, et n'a \
        pas de gradient.
        """,
        "Une fois que `Value(…)` a reçu son nombre, quel lien garde-t-elle avec le modèle ?"
      )
    ) { [Function("bias") { (model: MLP) in Value(model.parameters[2].data) }] },
    Misconception(
      "bias-always-zero",
      en: (
        "A new value of 0 was returned, whatever the bias of the model is.",
        "The bias of a new perceptron is 0. Is it still 0 once the perceptron has learned?"
      ),
      fr: (
        "C'est une nouvelle valeur nulle qui a été renvoyée, quel que soit le biais du modèle.",
        "Le biais d'un perceptron neuf vaut 0. Vaut-il encore 0 quand le perceptron a appris ?"
      )
    ) { [Function("bias") { (_: MLP) in Value(0) }] },
  ]
}

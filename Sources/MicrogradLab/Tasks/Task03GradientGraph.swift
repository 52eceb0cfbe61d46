import Micrograd

/// One pass through the perceptron of task 3: forward, with σ outside the graph and the squared error, and backward.
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

import Micrograd
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

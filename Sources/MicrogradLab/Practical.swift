import Micrograd
import RealModule

// What several tasks share: the sample, the data, the networks as the published numbers were made with them, and the
// functions that the practical asks for.

/// The sample of tasks 1 to 5.
let sample = [0.888, 0.777], target = 1.0

/// The perceptron of tasks 1 to 5: a linear neuron with two inputs.
func makePerceptron() -> MLP {
  let model = MLP(2, [1], seed: 42)
  model.labelParameters()
  return model
}

/// The 2-2-1 network of tasks 8 and 9 and the 2-16-1 network of task 10.
///
/// They are drawn one after the other, after 54 draws: the published table was made by a program that had already
/// drawn a 2-16-1 and a 2-2-1 network.
func makeNetworks() -> (two: MLP, sixteen: MLP) {
  var random = PythonRandom(seed: 42)
  for _ in 0..<54 { _ = random.uniform(-1, 1) }
  let two = MLP(2, [2, 1], using: &random)
  return (two, MLP(2, [16, 1], using: &random))
}

/// Replaces a value's number by σ of it. No operation is recorded: the gradient does not see σ.
func applySigmoid(to output: Value) { output.data = 1 / (1 + .exp(-output.data)) }

/// The probability of class 1 that a model gives for a point.
func probability(_ model: MLP) -> (_ x: Double, _ y: Double) -> Double {
  { x, y in 1 / (1 + .exp(-model([x, y])[0].data)) }
}

/// The class that an output between 0 and 1 stands for.
func binary(_ output: Double) -> Int { output > 0.5 ? 1 : 0 }

/// How a task arrives at an error from the score that a model gives.
enum Objective: CaseIterable {
  /// The squared error, after σ has been applied outside the graph: what the practical does.
  case sigmoidOutsideTheGraph
  /// The squared error with σ as an operation of the graph.
  case sigmoidInTheGraph
  /// The cross-entropy of the score.
  case crossEntropy

  func error(_ score: Value, _ label: Int) -> Value {
    switch self {
    case .sigmoidOutsideTheGraph:
      applySigmoid(to: score)
      return squaredError(score, Double(label))
    case .sigmoidInTheGraph:
      return squaredError(score.sigmoid(), Double(label))
    case .crossEntropy:
      return binaryCrossEntropy(logit: score, target: Double(label))
    }
  }
}

/// The mean error of a model over samples, as a value that can be propagated, and the percentage predicted right.
func modelLoss(
  _ model: MLP, _ data: Dataset, objective: Objective = .sigmoidOutsideTheGraph
) -> (error: Value, accuracy: Double) {
  var errors: [Value] = [], right = 0
  for (input, label) in zip(data.inputs, data.labels) {
    let score = model(input)[0]
    // σ is above 0.5 where the score is above 0.
    if (score.data > 0 ? 1 : 0) == label { right += 1 }
    errors.append(objective.error(score, label))
  }
  return (errors.mean(), 100 * Double(right) / Double(data.count))
}

/// What one iteration of the training saw, before it moved the weights.
struct Iteration {
  let error: Double
  let accuracy: Double
  let rate: Double
}

/// Full-batch gradient descent.
///
/// - Parameter watch: Is shown each iteration, before the weights are moved.
func train(
  _ model: MLP, on data: Dataset, iterations: Int, schedule: Schedule = .lab,
  objective: Objective = .sigmoidOutsideTheGraph, watch: (Int, Iteration) -> Void = { _, _ in }
) -> [Iteration] {
  var optimizer = SGD(model.parameters, learningRate: 0)
  return (0..<iterations).map { step in
    let (error, accuracy) = modelLoss(model, data, objective: objective)
    optimizer.zeroGrad()
    error.backward()
    optimizer.learningRate = schedule(step)
    let iteration = Iteration(error: error.data, accuracy: accuracy, rate: optimizer.learningRate)
    watch(step, iteration)
    optimizer.step()
    return iteration
  }
}

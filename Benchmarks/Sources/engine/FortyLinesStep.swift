/// The training step once more, on the forty lines of docs/the-idea.md: what the engine is measured against there.
func measureFortyLines(budget: Budget) -> Measurement {
  let workload = Workload()
  var losses: [Double] = []
  let runs = budget.runs {
    let layers = workload.parameters.map { layer in layer.map { neuron in neuron.map { Node($0) } } }
    var phases = Phases(), stopwatch = Stopwatch()
    losses = (0..<budget.steps).map { _ in
      let loss = takeStep(layers, workload.samples, &stopwatch, &phases)
      phases.rest += stopwatch.lap()
      return loss
    }
    return phases
  }
  var measurement = Measurement("step-forty-lines", unit: "ms/step", runs: runs, scale: 1e3 / Double(budget.steps))
  measurement.losses = losses
  return measurement
}

/// Returning releases the graph. Not inlined, so that it does so before the clock is read again.
@inline(never) private func takeStep(
  _ layers: [[[Node]]], _ samples: [Workload.Sample], _ stopwatch: inout Stopwatch, _ phases: inout Phases
) -> Double {
  let losses = samples.map { (Node(1) - Node($0.label) * score(layers, $0.inputs)).relu() }
  let loss = losses.dropFirst().reduce(losses[0]) { $0 + $1 } / Node(Double(samples.count))
  phases.forward += stopwatch.lap()
  loss.backward()
  phases.backward += stopwatch.lap()
  for parameter in layers.joined().joined() {
    parameter.data -= Workload.learningRate * parameter.grad
    parameter.grad = 0
  }
  return loss.data
}

private func score(_ layers: [[[Node]]], _ inputs: [Double]) -> Node {
  var values = inputs.map { Node($0) }
  for (index, layer) in layers.enumerated() {
    let sums = layer.map { neuron in
      zip(neuron, values).reduce(neuron[neuron.count - 1]) { $0 + $1.0 * $1.1 }
    }
    values = index == layers.count - 1 ? sums : sums.map { $0.relu() }
  }
  return values[0]
}

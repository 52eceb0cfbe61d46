import Micrograd

/// Trains for a fixed number of steps from the same initial parameters, again and again, so that each run does the
/// same work: the more samples are learnt, the more gradients are 0.
func measureTrainingStep(_ name: String, style: Network.Style, budget: Budget) -> Measurement {
  let workload = Workload()
  var losses: [Double] = []
  let runs = budget.runs {
    let network = Network(workload.parameters, style: style), parameters = network.parameters
    var phases = Phases(), stopwatch = Stopwatch()
    losses = (0..<budget.steps).map { _ in
      let loss = takeStep(network, parameters, workload.samples, &stopwatch, &phases)
      phases.rest += stopwatch.lap()
      return loss
    }
    return phases
  }
  var measurement = Measurement(name, unit: "ms/step", runs: runs, scale: 1e3 / Double(budget.steps))
  measurement.losses = losses
  return measurement
}

/// Returning releases the graph. Not inlined, so that it does so before the clock is read again.
@inline(never) private func takeStep(
  _ network: Network, _ parameters: [Value], _ samples: [Workload.Sample], _ stopwatch: inout Stopwatch,
  _ phases: inout Phases
) -> Double {
  let loss = network.meanHingeLoss(samples)
  phases.forward += stopwatch.lap()
  loss.backward()
  phases.backward += stopwatch.lap()
  for parameter in parameters {
    parameter.data -= Workload.learningRate * parameter.grad
    parameter.grad = 0
  }
  return loss.data
}

/// Only the forward half of a step, whose graphs are dropped one sample after the other.
func measureEvaluation(_ name: String, style: Network.Style, budget: Budget) -> Measurement {
  let workload = Workload()
  let network = Network(workload.parameters, style: style)
  var right = 0
  let runs = budget.runs {
    var stopwatch = Stopwatch(), phases = Phases()
    for _ in 0..<budget.steps {
      for sample in workload.samples where network.score(sample.inputs).data * sample.label > 0 { right += 1 }
    }
    phases.forward = stopwatch.lap()
    return phases
  }
  precondition(right > 0, "the untrained network classifies nothing as it should: nothing was computed")
  return Measurement(name, unit: "ms/forward", runs: runs, scale: 1e3 / Double(budget.steps))
}

import MicrogradCompiler
import MicrogradNetworks
import MicrogradRandom
import MicrogradRequirement

/// A training under way.
struct TrainingRun {
  let trainer: Trainer
  let predict: Predictor
  let training: LabelledSamples
  let validation: LabelledSamples?
  let program: Program
  let validationProgram: Program?

  func callAsFunction(_ random: inout PythonRandom) throws(ProgramError) -> History {
    var history = History(plannedEpochs: trainer.epochs)
    var order = Array(training.inputs.indices), best = numbers
    let stepsPerEpoch = training.stepCount(batchSize: trainer.batchSize)
    let start = ContinuousClock.now
    for epoch in 0..<trainer.epochs {
      random.shuffle(&order)
      let first = epoch * stepsPerEpoch, before = numbers
      let loss = try program.runEpoch(order, batchSize: trainer.batchSize) { trainer.schedule(first + $0) }
      let result = measure(loss, rate: trainer.schedule(first), since: start)
      try checkFinite(result, epoch, before)
      history.epochs.append(result)
      if history.best == epoch { best = numbers }
      let waited = epoch - (history.best ?? epoch)
      let isLast = epoch + 1 == trainer.epochs || waited >= trainer.patience ?? .max
      trainer.progress.report(history, isLast: isLast)
      if isLast { break }
    }
    if trainer.patience != nil { restore(best) }
    return history
  }

  private func measure(_ loss: Double, rate: Double, since start: ContinuousClock.Instant) -> History.Epoch {
    History.Epoch(
      loss: loss, accuracy: training.accuracy(predict, trainer.loss), validationLoss: validationProgram?.loss(),
      validationAccuracy: validation?.accuracy(predict, trainer.loss), rate: rate,
      seconds: (ContinuousClock.now - start) / .seconds(1))
  }

  private func checkFinite(_ result: History.Epoch, _ epoch: Int, _ before: [Double]) throws(ProgramError) {
    guard !result.loss.isFinite || !result.watched.isFinite || !numbers.allSatisfy(\.isFinite) else { return }
    restore(before)
    throw ProgramError(
      """
      training diverged in epoch \(epoch + 1): the loss is \(result.watched.text) with a learning rate of \(result.rate). \
      Lower the rate, or scale the inputs down. The parameters are those from before that epoch
      """)
  }

  private var numbers: [Double] { program.parameters.map(\.data) }

  private func restore(_ numbers: [Double]) {
    for (parameter, number) in zip(program.parameters, numbers) { parameter.data = number }
  }
}

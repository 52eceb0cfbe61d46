import MicrogradCompiler
import MicrogradRequirement

/// The outputs that a network should learn for some samples.
public enum Targets: Sendable {
  /// The numbers that the loss compares each sample's outputs with.
  case numbers([[Double]])
  /// The class of each sample, for losses that have classes.
  case labels([Int])
}

/// Samples with targets, checked, one row for each: its inputs, then its targets.
struct LabelledSamples {
  let inputs: [[Double]]
  let targets: [[Double]]

  var rows: [[Double]] { zip(inputs, targets).map { $0 + $1 } }
  var targetCount: Int { targets[0].count }

  /// The number of batches of an epoch; the last one may be smaller than the others.
  func stepCount(batchSize: Int) -> Int { (inputs.count + batchSize - 1) / batchSize }

  /// - Parameters:
  ///   - name: The name of the samples in messages.
  ///   - inputs: The number of inputs of the model.
  ///   - outputs: The number of its outputs.
  init(
    _ name: String, _ samples: [[Double]], _ targets: Targets, inputs: Int, outputs: Int, loss: Loss
  ) throws(ProgramError) {
    try Self.check(samples, "\(name) sample", width: inputs, "the model takes \(inputs)")
    let numbers = try Self.numbers(targets, name, outputs: outputs, loss: loss)
    guard numbers.count == samples.count else {
      throw ProgramError(
        "\(samples.count) \(name) samples with targets for \(numbers.count): each sample needs its own")
    }
    let width = loss.matchesOutputs ? outputs : numbers.first?.count ?? 0
    let rule =
      loss.matchesOutputs ? "\(loss.name) needs one for each of \(outputs) outputs" : "the first has \(width)"
    try Self.check(numbers, "the target of \(name) sample", width: width, rule)
    try Self.check(numbers, name, against: loss)
    self.inputs = samples
    self.targets = numbers
  }

  private init(inputs: [[Double]], targets: [[Double]]) {
    self.inputs = inputs
    self.targets = targets
  }

  func selecting(_ indices: some Sequence<Int>) -> LabelledSamples {
    let indices = Array(indices)
    return LabelledSamples(inputs: indices.map { inputs[$0] }, targets: indices.map { targets[$0] })
  }

  private static func numbers(
    _ targets: Targets, _ name: String, outputs: Int, loss: Loss
  ) throws(ProgramError) -> [[Double]] {
    switch targets {
    case .numbers(let numbers): return numbers
    case .labels(let labels): return try encoded(labels, name, outputs: outputs, loss: loss)
    }
  }

  private static func encoded(
    _ labels: [Int], _ name: String, outputs: Int, loss: Loss
  ) throws(ProgramError) -> [[Double]] {
    guard let encoding = loss.labels else {
      throw ProgramError("\(loss.name) has no classes: give the targets as numbers, one list for each sample")
    }
    if case .binary = encoding, outputs != 1 {
      throw ProgramError(
        "\(loss.name) tells two classes apart by one output; the model has \(outputs): use softmax cross-entropy")
    }
    var numbers: [[Double]] = []
    for (index, label) in labels.enumerated() {
      guard let targets = encoding.targets(label, outputs: outputs) else {
        throw ProgramError(
          "the label of \(name) sample \(index + 1) is \(label); labels are \(encoding.names(outputs: outputs))")
      }
      numbers.append(targets)
    }
    return numbers
  }

  /// Checks that the loss is defined for each sample's targets.
  private static func check(_ targets: [[Double]], _ name: String, against loss: Loss) throws(ProgramError) {
    for (index, numbers) in targets.enumerated() {
      guard let complaint = loss.labels?.complaint(about: numbers) else { continue }
      let list = numbers.map { "\($0)" }.joined(separator: ", ")
      throw ProgramError(
        "the target of \(name) sample \(index + 1) is \(list): targets of \(loss.name) must \(complaint)")
    }
  }

  private static func check(
    _ rows: [[Double]], _ name: String, width: Int, _ rule: String
  ) throws(ProgramError) {
    guard !rows.isEmpty else { throw ProgramError("there is no \(name): at least one is needed") }
    for (index, row) in rows.enumerated() {
      guard row.count == width else {
        throw ProgramError("\(name) \(index + 1) has \(counted(row.count, "number")); \(rule)")
      }
      if let column = row.firstIndex(where: { !$0.isFinite }) {
        throw ProgramError(
          "number \(column + 1) of \(name) \(index + 1) is \(row[column]): leave the sample out, or put a number there"
        )
      }
    }
  }

  /// Returns the share of samples that the model classifies correctly; nil if the loss has no classes.
  func accuracy(_ predict: Predictor, _ loss: Loss) -> Double? {
    guard let labels = loss.labels else { return nil }
    let correct = zip(predict(inputs), targets).count { labels.agree($0, $1) }
    return Double(correct) / Double(inputs.count)
  }
}

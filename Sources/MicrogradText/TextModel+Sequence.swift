public import MicrogradCompiler
import MicrogradEngine
public import MicrogradNetworks

// The form of a document in which compiled programs take it: documents of one length are computed by the same operations on
// other numbers. So each position has a number for each token, 1 at its own and 0 elsewhere; the same for the token that comes
// next; and the weight of its loss in the mean, which is 0 beyond the document's end. What is beyond cannot change what is
// before, since attention only looks back.

extension TextModel {
  /// Returns a compiled program that trains the model on documents, which it knows by their indices.
  ///
  /// ```swift
  /// let program = try model.program(of: names, optimizer: .adam(betas: (0.85, 0.99)))
  /// let losses = try program.run(epochs: 1, batchSize: 32, schedule: .constant(0.01))
  /// ```
  ///
  /// - Throws: ``TextError`` if there are no documents, a character is not in the vocabulary, or the optimizer's numbers make no
  ///   sense.
  public func program(
    of documents: [String], optimizer: UpdateRule = .adam(), precision: Precision = .double
  ) throws(TextError) -> SequenceProgram {
    try program(of: vocabulary.tokens(of: documents), optimizer: optimizer, precision: precision)
  }

  func program(
    of documents: [[Int]], optimizer: UpdateRule, precision: Precision
  ) throws(TextError) -> SequenceProgram {
    do {
      let program = try SequenceProgram(
        parameters: network.parameters, optimizer: optimizer, precision: precision,
        inputCount: { positions in positions * positionWidth },
        sampleLoss: { sequenceLoss($0, positions: $1) })
      try program.bind(lengths: documents.map(length)) { index, _, inputs in write(documents[index], to: &inputs) }
      return program
    } catch {
      throw .setting("\(error)")
    }
  }

  /// The number of positions of a document that count.
  private func length(of tokens: [Int]) -> Int { min(tokens.count - 1, network.configuration.context) }

  /// The count of numbers of a position: those of its token, those of the next one, and its weight.
  private var positionWidth: Int { 2 * vocabulary.count + 1 }

  /// Writes a document's numbers to where there are zeros.
  private func write(_ tokens: [Int], to inputs: inout [Double]) {
    let length = length(of: tokens)
    for position in 0..<length {
      let start = position * positionWidth
      inputs[start + tokens[position]] = 1
      inputs[start + vocabulary.count + tokens[position + 1]] = 1
      inputs[start + 2 * vocabulary.count] = 1 / Double(length)
    }
  }

  /// The loss of a document whose numbers are given as values.
  private func sequenceLoss(_ inputs: [Value], positions: Int) -> Value {
    var memory = network.memory()
    return (0..<positions).map { position in
      let numbers = inputs[(position * positionWidth)...].prefix(positionWidth)
      let token = Array(numbers.prefix(vocabulary.count))
      let next = Array(numbers.dropFirst(vocabulary.count).prefix(vocabulary.count))
      return numbers.last! * softmaxCrossEntropy(logits: network(oneHot: token, &memory), targets: next)
    }.sum()
  }
}

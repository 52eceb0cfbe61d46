package import MicrogradJSON

extension TrainingRecord {
  /// The record as a model file keeps it.
  package var json: JSON {
    .object([
      ("rows", .integer(rowCount)), ("validationRows", .integer(validationCount)), ("epochs", .integer(epochCount)),
      ("bestEpoch", .integer(bestEpoch)), ("lossName", .text(lossName)), ("loss", .number(loss)),
      ("validationLoss", validationLoss.map { .number($0) } ?? .null), ("classCounts", .integers(classCounts)),
      ("seed", .integer(Int(seed))), ("seconds", .number(seconds)), ("file", fileName.map { .text($0) } ?? .null),
      ("testRows", .integer(testCount)), ("scores", Evaluation.Score.json(scores)),
    ])
  }

  /// Reads a record; nil if it is not written as ``json`` writes it.
  init?(_ json: JSON) {
    guard let rowCount = json["rows"]?.integer, let validationCount = json["validationRows"]?.integer,
      let epochCount = json["epochs"]?.integer, let bestEpoch = json["bestEpoch"]?.integer,
      let lossName = json["lossName"]?.text, let loss = json["loss"]?.number,
      let counts = json["classCounts"]?.array, let seed = json["seed"]?.integer.flatMap({ UInt32(exactly: $0) }),
      let seconds = json["seconds"]?.number, let testCount = json["testRows"]?.integer,
      let scores = json["scores"].flatMap(Evaluation.Score.scores), !counts.contains(where: { $0.integer == nil })
    else { return nil }
    self.init(
      rowCount: rowCount, validationCount: validationCount, epochCount: epochCount, bestEpoch: bestEpoch,
      lossName: lossName, loss: loss, validationLoss: json["validationLoss"]?.number,
      classCounts: counts.compactMap { $0.integer }, seed: seed, seconds: seconds)
    fileName = json["file"]?.text
    self.testCount = testCount
    self.scores = scores
  }
}

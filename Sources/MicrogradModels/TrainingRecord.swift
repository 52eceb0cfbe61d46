/// The figures of a training, which a model keeps.
public struct TrainingRecord: Sendable, Equatable {
  /// The count of rows that were trained on.
  public var rowCount: Int
  /// The count of rows that were held back for validation.
  public var validationCount: Int
  /// The number of passes over the rows.
  public var epochCount: Int
  /// The number, counted from 1, of the epoch whose parameters the model has.
  public var bestEpoch: Int
  /// The name of the loss.
  public var lossName: String
  /// The mean training loss in that epoch.
  public var loss: Double
  /// The mean loss of the validation rows after that epoch; nil if there are none.
  public var validationLoss: Double?
  /// The count of training rows of each class; empty if a number is predicted.
  public var classCounts: [Int]
  /// The seed.
  public var seed: UInt32
  /// The duration, in seconds.
  public var seconds: Double
  /// The name of the file that the rows came from.
  public var fileName: String?
  /// The scores on rows that training never saw, if it was judged.
  public var scores: [Evaluation.Score] = []
  /// The count of these rows.
  public var testCount = 0

  package init(
    rowCount: Int, validationCount: Int, epochCount: Int, bestEpoch: Int, lossName: String, loss: Double,
    validationLoss: Double?, classCounts: [Int], seed: UInt32, seconds: Double
  ) {
    self.rowCount = rowCount
    self.validationCount = validationCount
    self.epochCount = epochCount
    self.bestEpoch = bestEpoch
    self.lossName = lossName
    self.loss = loss
    self.validationLoss = validationLoss
    self.classCounts = classCounts
    self.seed = seed
    self.seconds = seconds
  }
}

import MicrogradRequirement

/// The course of a training, epoch by epoch.
public struct History: Sendable, Codable, Equatable {
  /// One pass over the training samples.
  public struct Epoch: Sendable, Codable, Equatable {
    /// The mean loss of the batches, each before its step, weighted by size.
    public let loss: Double
    /// The share of training samples, 0 to 1, that the model classifies correctly after the epoch; nil if the loss
    /// has no classes.
    public let accuracy: Double?
    /// The mean loss of the validation samples after the epoch; nil if there are none.
    public let validationLoss: Double?
    /// The share of validation samples that the model classifies correctly after the epoch; nil if there are none.
    public let validationAccuracy: Double?
    /// The learning rate of the first step.
    public let rate: Double
    /// The duration of the training up to the end of the epoch, in seconds.
    public let seconds: Double

    /// The loss that early stopping watches: the validation loss if there is one.
    var watched: Double { validationLoss ?? loss }
  }

  /// The epochs, in order.
  public internal(set) var epochs: [Epoch] = []
  /// The number of epochs that were asked for.
  public let plannedEpochs: Int

  /// The index of the epoch with the lowest validation loss, or training loss without validation; nil before the
  /// first.
  public var best: Int? { epochs.indices.min { epochs[$0].watched < epochs[$1].watched } }
  /// Whether training ended before all epochs were done.
  public var isStoppedEarly: Bool { epochs.count < plannedEpochs }
  /// The training losses.
  public var losses: [Double] { epochs.map(\.loss) }
  /// The training accuracies, 0 to 1; empty if the loss has no classes.
  public var accuracies: [Double] { epochs.compactMap(\.accuracy) }
  /// The validation losses; empty without validation.
  public var validationLosses: [Double] { epochs.compactMap(\.validationLoss) }
  /// The validation accuracies, 0 to 1; empty without validation, or if the loss has no classes.
  public var validationAccuracies: [Double] { epochs.compactMap(\.validationAccuracy) }
  /// The learning rates.
  public var rates: [Double] { epochs.map(\.rate) }
  /// The duration of the training, in seconds.
  public var seconds: Double { epochs.last?.seconds ?? 0 }
}

extension History: CustomStringConvertible {
  /// The last epoch in a line:
  /// `epoch 40/100  loss 0.0213  accuracy 100.0 %  validation loss 0.0305, accuracy 98.0 %`.
  public var description: String {
    guard let epoch = epochs.last else { return "no epochs" }
    var text = "epoch \(epochs.count)/\(plannedEpochs)  loss \(epoch.loss.short)"
    if let accuracy = epoch.accuracy { text += "  accuracy \(accuracy.percent)" }
    if let loss = epoch.validationLoss { text += "  validation loss \(loss.short)" }
    if let accuracy = epoch.validationAccuracy { text += ", accuracy \(accuracy.percent)" }
    return text
  }
}

extension Double {
  /// With four digits, or all that are before the point.
  fileprivate var short: String {
    var scale = 1.0
    while magnitude * scale < 1000 && scale < 1e15 { scale *= 10 }
    return ((self * scale).rounded() / scale).text
  }

  fileprivate var percent: String { "\(((self * 1000).rounded() / 10).text) %" }
}

import MicrogradJSON
import MicrogradNetworks

/// All that a run of the playground depends on.
///
/// Each setting may be left out. The kind of data and the loss of another task are replaced by those that the task begins
/// with, so that changing the task alone is enough; anything else that makes no sense is an error.
package struct PlaygroundSettings: Sendable {
  var task: PlaygroundTask
  var data: DataSettings
  var network: NetworkSettings
  package var loss: PlaygroundLoss
  var optimizer: OptimizerSettings
  var schedule: ScheduleSettings
  /// The factors of the sum of the weights' magnitudes and of their squares, which are added to the loss.
  var l1, l2: Double
  /// The number of samples of a step; 0: all.
  var batch: Int

  /// Reads settings. Nothing, or an empty object, gives the defaults.
  ///
  /// - Throws: `PlaygroundError` for a name that there is not, a value of another type, or a number beyond its limits.
  package init(_ json: JSON? = nil) throws(PlaygroundError) {
    let reader = try SettingsReader(
      json, at: "",
      names: ["task", "data", "network", "loss", "optimizer", "schedule", "regularization", "batch"])
    task = try reader.choice("task", .classification)
    data = try DataSettings(reader["data"], for: task)
    network = try NetworkSettings(reader["network"])
    let standard = PlaygroundLoss.standard(of: task), loss = try reader.choice("loss", standard)
    self.loss = loss.task == task ? loss : standard
    optimizer = try OptimizerSettings(reader["optimizer"])
    schedule = try ScheduleSettings(reader["schedule"])
    let regularization = try SettingsReader(reader["regularization"], at: "regularization", names: ["l1", "l2"])
    l1 = try regularization.number(.l1)
    l2 = try regularization.number(.l2)
    batch = try reader.whole(.batch)
  }

  /// The settings, complete: they are read as the same ones.
  package var json: JSON {
    .object([
      ("task", .text(task.rawValue)), ("data", data.json), ("network", network.json), ("loss", .text(loss.rawValue)),
      ("optimizer", optimizer.json), ("schedule", schedule.json),
      ("regularization", .object([("l1", .number(l1)), ("l2", .number(l2))])), ("batch", .integer(batch)),
    ])
  }

  /// The number of classes; nil for numbers.
  package var classes: Int? {
    guard task == .classification else { return nil }
    return data.kind.hasClassCount ? data.classes : 2
  }

  /// The number of the network's outputs.
  var outputs: Int {
    guard let classes, classes > 2 else { return 1 }
    return classes
  }

  /// The learning rate of each step.
  var rate: Schedule { schedule.schedule(from: optimizer.learningRate) }
}

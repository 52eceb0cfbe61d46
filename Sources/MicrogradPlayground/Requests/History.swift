import MicrogradData
import MicrogradFigures
import MicrogradJSON
import MicrogradNetworks

extension PlaygroundDispatcher {
  /// The course of the training as CSV: a row for each point of the curves.
  func history() throws(PlaygroundError) -> Reply {
    let session = try opened(), curves = session.curves, settings = session.settings
    var columns = [
      Table.Column("step", numbers: curves.steps),
      Table.Column("epoch", numbers: curves.steps.map { Double(Int($0) / session.stepsPerEpoch) }),
      Table.Column("learning_rate", numbers: curves.steps.map { settings.rate(Int($0)) }),
      Table.Column("train_loss", numbers: curves.trainingLosses),
    ]
    let hasTest = !session.data.test.isEmpty
    if hasTest { columns.append(Table.Column("test_loss", numbers: curves.testLosses)) }
    if settings.task == .classification {
      columns.append(Table.Column("train_accuracy", numbers: curves.trainingAccuracies))
      if hasTest { columns.append(Table.Column("test_accuracy", numbers: curves.testAccuracies)) }
    }
    return Reply(
      .object([
        ("name", .text("training.csv")), ("type", .text("text/csv")), ("text", .text(Table(columns).csv())),
      ]))
  }
}

import MicrogradFigures
import MicrogradJSON
import MicrogradLanguage

extension PlaygroundDispatcher {
  /// The largest number of steps of each run.
  private static let mostSteps = 5000

  /// Trains the network of the settings anew with each of several losses: the same seeds, and so the same data, weights and
  /// batches. Each run has five buffers, those of `curves`, and with a `size` a sixth, the shares of the classes on a grid.
  func compare(_ request: Request) throws(PlaygroundError) -> Reply {
    let session = try opened(), losses = try losses(request)
    let steps = try request.whole("steps", 100, in: 0...Self.mostSteps),
      size = try request.whole("size", 0, in: 0...128)
    var runs: [JSON] = [], buffers: [[Double]] = []
    for loss in losses {
      guard loss.task == session.settings.task else {
        throw PlaygroundError(
          en: "The loss “\(loss.rawValue)” is not one for \(session.settings.task.words(in: .english)).",
          fr: "La perte « \(loss.rawValue) » n'est pas faite pour la \(session.settings.task.words(in: .french)).")
      }
      var settings = session.settings
      settings.loss = loss
      let run = PlaygroundSession(settings)
      run.train(steps)
      runs.append(
        .object([("loss", .text(loss.rawValue)), ("words", .localized(loss.words)), ("state", run.state.json)]))
      buffers += run.curves.columns
      if size > 0 { buffers.append(run.surface(size, session.data.bounds)) }
    }
    return Reply(
      .object([
        ("losses", .texts(losses.map { $0.rawValue })), ("runs", .array(runs)), ("steps", .integer(steps)),
        ("size", .integer(size)), ("bounds", session.data.bounds.json),
      ]), buffers: buffers)
  }

  private func losses(_ request: Request) throws(PlaygroundError) -> [PlaygroundLoss] {
    let names = PlaygroundLoss.allCases.map { $0.rawValue }
    var losses: [PlaygroundLoss] = []
    for element in request["losses"]?.array ?? [] {
      guard let loss = element.text.flatMap({ PlaygroundLoss(rawValue: $0) }), losses.count < names.count else {
        losses = []
        break
      }
      losses.append(loss)
    }
    if losses.isEmpty {
      let list = names.joined(separator: ", ")
      throw PlaygroundError(
        en: "“losses” must be a list of some of \(list).", fr: "« losses » doit être une liste de noms parmi \(list)."
      )
    }
    return losses
  }
}

import MicrogradFigures
import MicrogradJSON
import MicrogradLanguage

/// Answers the requests of the playground's page.
///
/// A request is an object whose member `do` names the action. `describe` and `csv` stand alone; `open` makes the session that
/// the others are about. Requests to step through a graph are answered as well (`SteppingDispatcher`).
/// - `describe`: the defaults, choices and limits of the settings;
/// - `open`, with `settings`: the layout of the network; as buffers x, y and target of each training sample, then of each for
///   testing;
/// - `csv`, with the `text` of a table and perhaps its `target`: the settings of its points, and as `table` its names and
///   the scales of its columns;
/// - `train`, with a number of `steps`, and `seek`, with a `step`: the state, its losses and warnings;
/// - `surface`, with a `size`, `neurons` (true or false) and `bounds`: as buffers the outputs on a grid, and the neurons;
/// - `parameters`: as buffers the parameters, and the gradients of the last step;
/// - `curves`: as buffers steps, losses of training and test, accuracies of both;
/// - `plane`, with `size`, `span` and `seed`: as buffers the losses around the weights, and the two directions;
/// - `why`, with a `target`, `over` ("sample" or "batch") and perhaps a `step`: the graph of a gradient, and a sentence;
/// - `compare`, with `losses`, `steps` and perhaps a `size`: as buffers the curves of each run, and its surface;
/// - `export`, with a `format`, and `formula`, with `digits`, both perhaps with the `table`: the network for its rows;
/// - `history`: the run as CSV.
///
/// Layers, neurons, inputs and samples are counted from 0. Numbers that are not finite are texts: "nan", "inf", "-inf".
package final class PlaygroundDispatcher {
  package private(set) var session: PlaygroundSession?
  private let stepping = SteppingDispatcher()

  package init() {}

  /// Returns the answer to a request.
  package func answer(_ request: JSON) -> Reply {
    if let reply = stepping.answer(request) { return reply }
    do throws(PlaygroundError) {
      return try reply(Request(request))
    } catch {
      return Reply(error: error.text)
    }
  }

  private func reply(_ request: Request) throws(PlaygroundError) -> Reply {
    switch request.action {
    case "describe": describe()
    case "open": try open(request)
    case "train": try train(request)
    case "seek": try seek(request)
    case "surface": try surface(request)
    case "parameters": try parameters()
    case "curves": try curves()
    case "why": try why(request)
    case "plane": try plane(request)
    case "compare": try compare(request)
    case "history": try history()
    case "csv": try csv(request)
    case "export": try export(request)
    case "formula": try formula(request)
    default:
      throw PlaygroundError(en: "The request names no action that exists.", fr: "La requête ne nomme aucune action.")
    }
  }

  private func open(_ request: Request) throws(PlaygroundError) -> Reply {
    let session = PlaygroundSession(try PlaygroundSettings(request["settings"]))
    self.session = session
    return session.opened
  }

  /// The session that was opened last.
  func opened() throws(PlaygroundError) -> PlaygroundSession {
    guard let session else {
      throw PlaygroundError(
        en: "There is no run yet: the first request is “open”.",
        fr: "Il n'y a pas encore de session : la première requête est « open ».")
    }
    return session
  }
}

import MicrogradEngine
import MicrogradFigures
import MicrogradJSON
import MicrogradNetworks

extension PlaygroundSession {
  /// The largest number of steps of a request, so that each has an end.
  static let mostSteps = 20_000

  /// The answer to `open`: what there is.
  var opened: Reply {
    Reply(
      .object([
        ("settings", settings.json), ("classes", settings.classes.map { .integer($0) } ?? .null),
        ("parameters", .integer(parameters.count)), ("layers", layout), ("bounds", data.bounds.json),
        ("samples", .object([("train", .integer(data.training.count)), ("test", .integer(data.test.count))])),
        ("stepsPerEpoch", .integer(stepsPerEpoch)),
      ]),
      buffers: [Self.flat(data.training), Self.flat(data.test)])
  }

  private static func flat(_ points: [DataSettings.Point]) -> [Double] { points.flatMap { [$0.x, $0.y, $0.target] } }

  /// The layers, from the inputs to the outputs.
  var layout: JSON {
    .array(
      model.layers.map { layer in
        .object([
          ("inputs", .integer(layer.neurons[0].weights.count)), ("neurons", .integer(layer.neurons.count)),
          ("activation", .text(layer.neurons[0].activation.identifier ?? "")),
        ])
      })
  }

  /// The answer to `train` and `seek`: the state at this step.
  var state: Reply {
    let (training, test, warnings) = report()
    return Reply(
      .object([
        ("step", .integer(step)), ("epoch", .integer(step / stepsPerEpoch)), ("furthest", .integer(furthest)),
        ("learningRate", .number(learningRate)),
        (
          "loss",
          .object([
            ("train", .number(training.loss)), ("test", number(test.loss, unless: data.test.isEmpty)),
            ("penalty", .number(objective.penalty(of: network))),
          ])
        ),
        (
          "accuracy",
          .object([
            ("train", number(training.accuracy, unless: settings.task == .regression)),
            ("test", number(test.accuracy, unless: settings.task == .regression || data.test.isEmpty)),
          ])
        ), ("warnings", .array(warnings.map { $0.json(since: since($0)) })),
      ]))
  }

  private func number(_ number: Double, unless isMissing: Bool) -> JSON { isMissing ? .null : .number(number) }
}

extension PlaygroundDispatcher {
  func train(_ request: Request) throws(PlaygroundError) -> Reply {
    let session = try opened()
    session.train(try request.whole("steps", 1, in: 0...PlaygroundSession.mostSteps))
    return session.state
  }

  func seek(_ request: Request) throws(PlaygroundError) -> Reply {
    let session = try opened()
    session.seek(try request.whole("step", 0, in: 0...session.furthest + PlaygroundSession.mostSteps))
    return session.state
  }

  func parameters() throws(PlaygroundError) -> Reply {
    let session = try opened()
    return Reply(
      .object([("layers", session.layout)]),
      buffers: [session.parameters.map { $0.data }, session.parameters.map { $0.grad }])
  }

  func curves() throws(PlaygroundError) -> Reply {
    let session = try opened()
    return Reply(
      .object([
        ("step", .integer(session.step)), ("furthest", .integer(session.furthest)),
        ("distance", .integer(session.curves.distance)),
      ]),
      buffers: session.curves.columns)
  }
}

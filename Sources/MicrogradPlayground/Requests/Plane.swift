import MicrogradFigures
import MicrogradJSON

extension PlaygroundDispatcher {
  /// The loss on a grid around the weights, row by row from the bottom, and the directions that span it.
  func plane(_ request: Request) throws(PlaygroundError) -> Reply {
    let session = try opened()
    let size = try request.whole("size", 33, in: 2...129), span = try request.number("span", 1, in: 1e-6...1e6)
    let seed = try request.whole("seed", 1, in: 0...2_147_483_647)
    let plane = LossPlane(around: session, seed: seed)
    return Reply(
      .object([
        ("step", .integer(session.step)), ("size", .integer(size)), ("span", .number(span)), ("seed", .integer(seed)),
        ("center", .number(plane.loss(0, 0))), ("parameters", .numbers(plane.center)),
      ]),
      buffers: [plane.losses(size: size, span: span), plane.directions.first, plane.directions.second])
  }
}

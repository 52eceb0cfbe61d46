import MicrogradFigures
import MicrogradJSON

extension PlaygroundDispatcher {
  /// The largest number of squares on a side.
  private static let largestSize = 256

  /// The outputs on a grid, row by row from the top: for classes the share of each (two, where one output tells two apart), else
  /// the number. With `neurons`, the number of each neuron as well, layer by layer, the last one included.
  func surface(_ request: Request) throws(PlaygroundError) -> Reply {
    let session = try opened()
    let size = try request.whole("size", 64, in: 1...Self.largestSize)
    let withNeurons = try request.flag("neurons", false)
    var bounds = session.data.bounds
    if let json = request["bounds"] { bounds = try PlaygroundBounds(json, at: "bounds") }
    let grid = bounds.grid(size), results = session.network.results([grid.x, grid.y])
    let outputs = session.shares(results.last?.outputs ?? [])
    let neurons = withNeurons ? results.flatMap { $0.outputs } : []
    return Reply(
      .object([
        ("step", .integer(session.step)), ("size", .integer(size)), ("outputs", .integer(outputs.count)),
        ("neurons", .integer(neurons.count)), ("bounds", bounds.json),
      ]),
      buffers: [joined(outputs), joined(neurons)])
  }

}

/// Joins lists to one.
private func joined(_ lists: [[Double]]) -> [Double] {
  var joined: [Double] = []
  joined.reserveCapacity(lists.reduce(0) { $0 + $1.count })
  for list in lists { joined += list }
  return joined
}

extension PlaygroundSession {
  /// The shares of the classes on a grid, or the number.
  func surface(_ size: Int, _ bounds: PlaygroundBounds) -> [Double] {
    let grid = bounds.grid(size)
    return joined(shares(network.results([grid.x, grid.y]).last?.outputs ?? []))
  }

  /// The share of each class for many samples; a single list of numbers for regression.
  fileprivate func shares(_ outputs: [[Double]]) -> [[Double]] {
    guard let classes = settings.classes, let count = outputs.first?.count else { return outputs }
    var shares = [[Double]](repeating: [Double](repeating: 0, count: count), count: classes)
    var scores = [Double](repeating: 0, count: outputs.count)
    for sample in 0..<count {
      for index in outputs.indices { scores[index] = outputs[index][sample] }
      let sampleShares = ClassScores.shares(scores, settings.loss)
      for index in shares.indices { shares[index][sample] = sampleShares[index] }
    }
    return shares
  }
}

import MicrogradRandom

/// The order in which batches take the samples: anew for each epoch, by Python's `random.shuffle`. A batch of all samples
/// takes them as they stand.
struct BatchOrder: Sendable {
  private let size: Int
  private var order: [Int]
  private var position = 0
  private var random: PythonRandom

  /// - Parameter batch: The number of samples of a batch; 0, or more than there are: all.
  init(count: Int, batch: Int, seed: Int) {
    size = batch == 0 ? count : min(batch, count)
    order = Array(0..<count)
    random = PythonRandom(seed: seed)
  }

  var stepsPerEpoch: Int { (order.count + size - 1) / size }

  /// The next batch. The last one of an epoch has the samples that remain.
  mutating func next() -> ArraySlice<Int> {
    if position == 0, size < order.count { random.shuffle(&order) }
    let end = min(position + size, order.count)
    defer { position = end == order.count ? 0 : end }
    return order[position..<end]
  }
}

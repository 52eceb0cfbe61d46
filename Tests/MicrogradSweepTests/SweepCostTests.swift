import MicrogradRandom
import MicrogradSweep
import Testing

@Suite struct SweepCostTests {
  @Test(
    "Workers take the next trial when they have finished one",
    arguments: [
      ([2, 2, 2, 2], 1, 8.0), ([2, 2, 2, 2], 3, 4), ([2, 2, 2, 2], 4, 2), ([2, 2, 2, 2], 9, 2),
      ([1, 1, 1, 1, 4], 2, 6), ([4, 1, 1, 1, 1], 2, 4), ([], 3, 0),
    ])
  func workers(_ seconds: [Double], _ count: Int, _ time: Double) {
    #expect(SweepCost(seconds: seconds).time(workers: count) == time, "\(seconds) on \(count) workers")
  }

  @Test("The time lies within Graham's bounds")
  func bounds() {
    var random = PythonRandom(seed: 7)
    for _ in 0..<100 {
      let seconds = (0..<20).map { _ in random.uniform(0, 1) }
      let sum = seconds.reduce(0, +), longest = seconds.max() ?? 0
      for count in 1...24 {
        let time = SweepCost(seconds: seconds).time(workers: count), share = sum / Double(count)
        let most = share + (1 - 1 / Double(count)) * longest
        #expect(
          time >= max(share, longest) - 1e-9 && time <= most + 1e-9,
          "\(time) is not from \(max(share, longest)) to \(most): seed 7, \(count) workers, \(seconds)")
      }
    }
  }
}

import MicrogradNetworks
import MicrogradTestSupport
import Testing

@Suite struct ScheduleTests {
  static let rates: [(Schedule, [Double])] = [
    (.constant(0.3), [0.3, 0.3, 0.3]),
    (.linear(from: 1, to: 0.1, over: 100), [1, 0.91, 0.109]),
    (.linear(from: 1, to: 0, over: 20), [1, 0.5, 0]),
    (.exponential(initial: 1, factor: 0.9), [1, 0.3486784401, 0.000029512665430652753]),
    (.step(initial: 8, factor: 0.5, every: 4), [8, 2, 8 / 16_777_216.0]),
    (.cosine(from: 1, to: 0, over: 40), [1, 0.8535533905932737, 0]),
  ]

  @Test(arguments: rates)
  func ratesAtSteps0And10And99(_ schedule: Schedule, _ expected: [Double]) {
    for (step, expected) in zip([0, 10, 99], expected) {
      expectClose(schedule(step), expected, "\(schedule) at step \(step)", tolerance: 1e-12)
    }
  }

  @Test func noStepsAtAll() {
    #expect(Schedule.linear(from: 1, to: 0.5, over: 0)(0) == 0.5)
    #expect(Schedule.cosine(from: 1, to: 0.5, over: 0)(3) == 0.5)
  }
}

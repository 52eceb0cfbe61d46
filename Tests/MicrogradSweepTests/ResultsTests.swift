import MicrogradData
import MicrogradTestSupport
import Testing

@testable import MicrogradSweep

@Suite struct ResultsTests {
  private static let sweep = Sweep(
    [.init("score", .choices(["a,b", "c"])), .init("x", .numbers(from: 0.5, to: 1, points: 2))], seeds: 2,
    goal: .maximize)

  private static func results() throws -> SweepResults {
    try sweep.run { trial in
      let x = try trial.configuration.number("x")
      if trial.index == 5 { throw SweepError("no \"luck\"") }
      return TrialScore(x + Double(trial.repetition) / 4, figures: [.init("loss", 1 / 3 - x), .init("x", .nan)])
    }
  }

  @Test func csvHasAllTrials() throws {
    #expect(
      try Self.results().csv() == """
        trial,configuration,score,x,repetition,seed,score_,loss,x_,failure
        0,0,"a,b",0.5,0,0,0.5,-0.16666666666666669,nan,""
        1,0,"a,b",0.5,1,1,0.75,-0.16666666666666669,nan,""
        2,1,"a,b",1,0,0,1,-0.6666666666666667,nan,""
        3,1,"a,b",1,1,1,1.25,-0.6666666666666667,nan,""
        4,2,c,0.5,0,0,0.5,-0.16666666666666669,nan,""
        5,2,c,0.5,1,1,nan,nan,nan,"no ""luck""\"
        6,3,c,1,0,0,1,-0.6666666666666667,nan,""
        7,3,c,1,1,1,1.25,-0.6666666666666667,nan,""

        """)
  }

  @Test func textHasTheBestFirst() throws {
    #expect(
      try Self.results().text() == """
           score    x  mean score  deviation       trials
        1    a,b    1       1.125      0.125            2
        2      c    1       1.125      0.125            2
        3    a,b  0.5       0.625      0.125            2
        4      c  0.5         0.5        0.0  2, 1 failed

        1 trial failed:
        trial 5 (score c, x 0.5; seed 1): no "luck"

        """)
    #expect(try Self.results().text(limit: 1).contains("and 3 other configurations\n"))
    #expect(try Self.results().text(limit: -1).contains("and 4 other configurations\n"))
  }

  @Test func bestIsSound() throws {
    let results = try Self.results()
    #expect(results.best?.configuration.number == 1, "of equal means, the first")
    #expect(results.best?.mean == 1.125 && results.best?.deviation == 0.125)
    #expect(try SweepResults(Self.sweep, Array(results.trials[..<1])).best == nil, "a seed is missing")
    #expect(try SweepResults(Self.sweep, []).text().contains("8 trials are missing: 0, 1, 2, 3"))
    #expect(throws: SweepError.self) { _ = try SweepResults(Self.sweep, results.trials + results.trials) }
  }

  @Test func orderOfResultsDoesNotMatter() throws {
    let results = try SampleSweeps.results(SampleSweeps.random), seed = newSeed()
    let shuffled = try SweepResults(SampleSweeps.random, results.trials.shuffled(seed: seed))
    #expect(shuffled.text() == results.text() && shuffled.json() == results.json(), "seed \(seed)")
  }

  @Test(arguments: [
    (0.30000000000000004, 1e-12, 0.3), (1234567, 1e-3, 1234567), (1.0 / 3, 1e-4, 0.3333), (-2.00001, 1e-3, -2),
    (0, 1, 0),
    (1e-30, 1e-6, 1e-30), (1e300, 1e-6, 1e300), (.infinity, 1, .infinity),
  ])
  func shortNumbers(number: Double, tolerance: Double, expected: Double) {
    #expect(number.shortened(within: tolerance) == expected, "\(number)")
  }
}

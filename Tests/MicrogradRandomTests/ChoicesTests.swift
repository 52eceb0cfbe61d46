import MicrogradRandom
import Testing

/// All expected results were printed by CPython 3.11.7 from `r = random.Random(seed)` and the calls that the tests name.
struct ChoicesTests {
  @Test(
    arguments: [
      (0, "ffcbdcfc", 2_821_761_407_412_327_974, 0.20159416950774445),
      (42, "eabbfega", 17_759_273_248_399_260_704, 0.6124326506954698),
      (2026, "addgabed", 5_935_259_695_172_460_655, 0.24185265330491856),
    ] as [(Int, String, UInt64, Double)])
  func choices(seed: Int, letters: String, digestOfMany: UInt64, after: Double) {
    var random = PythonRandom(seed: seed)
    #expect(String(random.choices("abcdefg", k: 8)) == letters)
    #expect(digest(random.choices(0..<1000, k: 10_000).map(UInt64.init)) == digestOfMany, "seed \(seed)")
    #expect(random.random() == after, "seed \(seed)")
  }

  @Test(
    arguments: [
      (0, [4, 4, 4, 2, 4, 4, 4, 2, 4, 4, 4, 4], 16_768_269_582_275_237_744, 0.4614201380578784),
      (42, [4, 0, 2, 2, 4, 4, 4, 2, 4, 0, 2, 4], 8_812_727_387_845_148_992, 0.2705084064850939),
      (2026, [2, 4, 4, 4, 2, 2, 4, 4, 4, 4, 4, 4], 3_292_559_628_380_364_173, 0.8482492655203592),
    ] as [(Int, [Int], UInt64, Double)])
  func weights(seed: Int, first: [Int], digestOfMany: UInt64, after: Double) {
    let weights = [0.5, 0, 3, 1e-3, 7.25, 0]
    var random = PythonRandom(seed: seed)
    #expect(random.choices(0..<6, weights: weights, k: 12) == first, "seed \(seed)")
    let many = random.choices(0..<6, weights: weights, k: 10_000)
    #expect(digest(many.map(UInt64.init)) == digestOfMany, "seed \(seed)")
    #expect(random.random() == after, "seed \(seed)")
  }

  @Test(
    arguments: [
      (0, [423, 379, 211, 130], 18_328_083_237_247_981_535, 0.5633674868519792),
      (42, [320, 14, 137, 113], 489_453_343_008_688_565, 0.03536207486574028),
      (2026, [59, 251, 256, 431], 1_074_591_951_798_848_054, 0.6935601657224704),
    ] as [(Int, [Int], UInt64, Double)])
  func fiveHundredWeights(seed: Int, first: [Int], digestOfMany: UInt64, after: Double) {
    let weights = (0..<500).map { Double($0 * 7919 % 101) / 37 }
    var random = PythonRandom(seed: seed)
    #expect(random.choices(0..<500, weights: weights, k: 4) == first, "seed \(seed)")
    let many = random.draws(10_000) { $0.choices(0..<500, weights: weights)[0] }
    #expect(digest(many.map(UInt64.init)) == digestOfMany, "seed \(seed)")
    #expect(random.random() == after, "seed \(seed)")
  }

  @Test(
    arguments: [
      (0, [3, 3, 3, 2, 3, 3, 3, 2, 3, 3, 3, 3], 1_202_290_867_766_972_988, 0.4614201380578784),
      (42, [3, 0, 2, 2, 3, 3, 3, 0, 3, 0, 2, 3], 7_995_964_609_422_987_570, 0.2705084064850939),
      (2026, [2, 3, 3, 3, 2, 2, 3, 3, 3, 3, 3, 3], 14_438_522_622_560_721_782, 0.8482492655203592),
    ] as [(Int, [Int], UInt64, Double)])
  func cumulativeWeights(seed: Int, first: [Int], digestOfMany: UInt64, after: Double) {
    var random = PythonRandom(seed: seed)
    #expect(random.choices(0..<4, cumulativeWeights: [1, 1, 4, 10], k: 12) == first, "seed \(seed)")
    let many = random.choices(0..<4, cumulativeWeights: [0, 1, 1, 10], k: 10_000)
    #expect(digest(many.map(UInt64.init)) == digestOfMany, "seed \(seed)")
    #expect(random.random() == after, "seed \(seed)")
  }

  @Test func aWeightOfZeroIsNeverDrawn() {
    var random = PythonRandom(seed: 1)
    let drawn = Set(random.choices(0..<5, weights: [0, 1, 0, 2, 0], k: 10_000))
    #expect(drawn == [1, 3])
  }

  @Test func noChoicesTakeNoNumber() {
    var random = PythonRandom(seed: 7)
    #expect(random.choices([1], k: 0).isEmpty)
    #expect(random.choices([1], weights: [1], k: 0).isEmpty)
    #expect(random.sample(0..<5, k: 0).isEmpty)
    #expect(random == PythonRandom(seed: 7))
  }
}

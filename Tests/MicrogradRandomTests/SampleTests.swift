import MicrogradRandom
import Testing

/// All expected results were printed by CPython 3.11.7 from `r = random.Random(seed)` and the calls that the tests name.
struct SampleTests {
  @Test(
    arguments: [
      (
        0,
        [
          [12, 13, 1, 8, 15], [12, 9, 15, 11, 18], [27, 64, 17, 36, 82, 12], [79, 32, 68, 77, 18, 39],
          [616_208_160_855, 386_979_565_044, 345_462_137_506, 702_703_408_825],
        ], "acb", 0.9130110532378982
      ),
      (
        42,
        [
          [3, 0, 8, 7, 16], [4, 3, 21, 17, 2], [75, 54, 4, 3, 11, 27], [29, 64, 77, 3, 71, 25],
          [646_174_432_554, 890_253_050_256, 8_028_583_755, 888_022_315_787],
        ], "cba", 0.15965931637689013
      ),
      (
        2026,
        [
          [3, 10, 16, 17, 19], [7, 19, 17, 13, 18], [70, 62, 75, 56, 30, 0], [78, 10, 14, 36, 12, 57],
          [434_694_604_928, 383_332_329_916, 394_833_411_340, 415_774_892_768],
        ], "abc", 0.9996561240104579
      ),
    ] as [(Int, [[Int]], String, Double)])
  func samples(seed: Int, expected: [[Int]], letters: String, after: Double) {
    var random = PythonRandom(seed: seed)
    // 21 elements, and 85 for a sample of 6, are the largest that are drawn from a copy.
    for (index, (count, k)) in [(20, 5), (22, 5), (85, 6), (86, 6)].enumerated() {
      let sample = random.sample(0..<count, k: k)
      #expect(sample == expected[index], "seed \(seed), \(k) of \(count)")
    }
    #expect(String(random.sample("abc", k: 3)) == letters)
    #expect(random.sample(0..<1_000_000_000_000, k: 4) == expected[4], "seed \(seed)")
    #expect(random.random() == after, "seed \(seed)")
  }

  @Test(
    arguments: [
      (
        0,
        [
          1_098_902_327_461_923_576, 1_378_688_467_311_075_618, 16_785_699_428_010_488_232,
          13_377_250_322_846_797_148, 15_407_746_276_415_306_944, 1_720_856_035_797_815_239,
        ], 0.5673218733148351
      ),
      (
        42,
        [
          13_044_045_012_802_533_023, 5_628_917_964_649_483_007, 5_787_945_134_539_581_834,
          8_699_513_910_351_070_946, 15_185_595_262_361_445_880, 3_747_689_787_969_464_972,
        ], 0.7052661840455194
      ),
      (
        2026,
        [
          6_921_424_806_485_690_069, 8_612_037_768_856_829_878, 3_102_600_275_402_481_381,
          16_496_005_599_398_953_808, 889_981_162_063_677_632, 14_302_003_140_549_346_762,
        ], 0.059348562725900944
      ),
    ] as [(Int, [UInt64], Double)])
  func largeSamples(seed: Int, digests: [UInt64], after: Double) {
    var random = PythonRandom(seed: seed)
    let sizes = [(1000, 300), (5000, 300), (4117, 1365), (4118, 1365), (16_405, 1366), (16_406, 1366)]
    for ((count, k), expected) in zip(sizes, digests) {
      let sample = random.sample(0..<count, k: k)
      #expect(Set(sample).count == k, "seed \(seed), \(k) of \(count): an element twice")
      #expect(digest(sample.map(UInt64.init)) == expected, "seed \(seed), \(k) of \(count)")
    }
    #expect(random.random() == after, "seed \(seed)")
  }

  @Test(
    arguments: [
      (0, ["green", "red", "green", "red", "red"], 0.3580493746949883),
      (42, ["green", "red", "green", "red", "green"], 0.08693883262941615),
      (2026, ["red", "red", "green", "green", "red"], 0.842401733476959),
    ])
  func counts(seed: Int, colours: [String], after: Double) {
    var random = PythonRandom(seed: seed)
    #expect(random.sample(["red", "blue", "green"], counts: [4, 0, 3], k: 5) == colours, "seed \(seed)")
    #expect(random.sample(0..<3, counts: [1000, 20, 1_000_000], k: 8) == Array(repeating: 2, count: 8))
    #expect(random.random() == after, "seed \(seed)")
  }

  @Test(
    arguments: [
      (
        0,
        [
          [], [216], [111, 159, 98], [172, 76, 9, 194], [130, 6, 231, 227, 107],
          [52, 47, 93, 10, 58, 94, 72, 66, 180, 40, 247],
        ], 0.5112747213686085
      ),
      (
        42,
        [
          [], [163], [49, 128, 28], [209, 26, 103, 6], [251, 64, 214, 189, 70],
          [144, 59, 177, 62, 222, 86, 36, 57, 193, 184, 35],
        ], 0.7364712141640124
      ),
      (
        2026,
        [
          [], [30], [188, 201, 81], [90, 223, 164, 128], [252, 47, 139, 243, 131],
          [151, 199, 174, 165, 144, 255, 40, 220, 146, 244, 243],
        ], 0.10263685050695981
      ),
    ] as [(Int, [[UInt8]], Double)])
  func randbytes(seed: Int, bytes: [[UInt8]], after: Double) {
    var random = PythonRandom(seed: seed)
    #expect([0, 1, 3, 4, 5, 11].map { random.randbytes($0) } == bytes, "seed \(seed)")
    #expect(random.random() == after, "seed \(seed)")
  }
}

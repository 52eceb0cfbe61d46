import MicrogradRandom
import Testing

/// All expected numbers were printed by CPython 3.11.7 from `r = random.Random(seed)` and the calls that the
/// tests name.
struct PythonRandomTests {
  @Test(
    arguments: [
      (PythonRandom(seed: 0), [0.8444218515250481, 0.7579544029403025], 1_693_370_287_917_796_980),
      (PythonRandom(seed: 42), [0.6394267984578837, 0.025010755222666936], 1_454_831_746_374_309_168),
      (PythonRandom(seed: -7), [0.32383276483316237, 0.15084917392450192], 6_657_196_394_933_392_074),
      (PythonRandom(seed: Int.min), [0.5534639983914199, 0.9406144709090462], 17_862_571_926_708_734_263),
      (PythonRandom(seed: 1 << 32), [0.11299430095636409, 0.41782886486292836], 7_325_917_808_354_532_046),
      (
        PythonRandom(seed: UInt128(1) << 64), [0.9776462743838505, 0.3711105964481608],
        14_523_824_316_486_499_671
      ),
      (
        PythonRandom(seed: UInt128(1) << 64 + 12_345), [0.0006128515938171875, 0.9096583904676042],
        16_303_096_048_692_443_374
      ),
      (
        PythonRandom(seed: UInt128(1) << 127 + 1), [0.6360517398520954, 0.45258134978415376],
        18_277_773_808_320_461_130
      ),
      (
        // 2^200 + 987,654,321
        PythonRandom(decimalSeed: "1606938044258990275541962092341162602522202993782793822955697")!,
        [0.5783504606149106, 0.6108146046974089], 6_506_425_789_786_931_877
      ),
    ] as [(PythonRandom, [Double], UInt64)])
  func random(generator: PythonRandom, first: [Double], digestOfAll: UInt64) {
    var generator = generator
    let numbers = generator.draws(100_000) { $0.random() }
    #expect(Array(numbers.prefix(2)) == first)
    #expect(digest(numbers.map(\.bitPattern)) == digestOfAll, "the first number being \(first[0])")
  }

  @Test func theSignOfASeedDoesNotCount() {
    #expect(PythonRandom(seed: -7) == PythonRandom(seed: 7))
    #expect(PythonRandom(seed: Int64.min) == PythonRandom(seed: UInt64(1) << 63))
    #expect(PythonRandom(seed: Int8(-128)) == PythonRandom(seed: UInt128(128)))
    #expect(PythonRandom(seed: 7) != PythonRandom(seed: 8))
  }

  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("000042", 42), ("+42", 42), ("-42", -42), ("4294967295", 4_294_967_295),
      ("18446744073709551616", 18_446_744_073_709_551_616),
      ("-170141183460469231731687303715884105728", Int128.min),
    ] as [(String, Int128)])
  func decimalSeeds(text: String, seed: Int128) {
    #expect(PythonRandom(decimalSeed: text) == PythonRandom(seed: seed), "\(text)")
  }

  @Test(arguments: ["", "-", "+", "--1", "+-1", "1.0", "1e3", "0x10", " 1", "1 ", "1_000", "forty", "٤٢"])
  func textThatIsNoDecimalSeed(text: String) {
    #expect(PythonRandom(decimalSeed: text) == nil, "\(text)")
  }

  @Test func uniform() {
    var random = PythonRandom(seed: 42)
    let expected = [0.2788535969157675, -0.9499784895546661, -0.4499413632617615, -0.5535785237023545]
    #expect(random.draws(4) { $0.uniform(-1, 1) } == expected)
    #expect(random.uniform(3, -2.5) == -1.0505916779020685)
  }

  @Test func gauss() {
    var random = PythonRandom(seed: 42)
    let expected = [
      -0.14409032957792836, -0.1729036003315193, -0.11131586156766246, 0.7019837250988631,
      -0.12758828378288709,
    ]
    expectClose(random.draws(5) { $0.gauss() }, expected, ulps: 2)
    // This is the spare deviate of the fifth, scaled by what this call says. Then random() leaves the pairs
    // alone.
    expectClose([random.gauss(mean: 10, standardDeviation: 0.25)], [9.62566164641476], ulps: 2)
    #expect(random.random() == 0.8921795677048454)
    expectClose([random.gauss()], [0.8945899596614022], ulps: 2)
  }

  @Test func aSpareDeviateIsPartOfTheState() {
    var random = PythonRandom(seed: 42)
    _ = random.gauss()
    _ = random.random()
    var other = PythonRandom(seed: 42)
    _ = other.draws(3) { $0.random() }
    #expect(random != other)
    #expect(random.gauss() != other.gauss())
  }

  @Test func aHundredThousandDeviates() {
    var random = PythonRandom(seed: 1)
    let sum = random.draws(100_000) { $0.gauss() }.reduce(0, +)
    #expect(abs(sum - 311.27433651522733) < 1e-9, "got \(sum)")
  }

  @Test func getrandbits() {
    var random = PythonRandom(seed: 42)
    let expected: [UInt64] = [
      0, 1, 3, 53_710_184, 3_184_935_163, 1_181_241_943, 1_287_010_195_568_088_798, 1_890_702_223_848_595_625,
    ]
    #expect([0, 1, 5, 31, 32, 33, 63, 64].map { random.getrandbits($0) } == expected)

    var bits = PythonRandom(seed: 42)
    var words = bits
    #expect(bits.draws(3) { $0.getrandbits(64) } == words.draws(3) { $0.next() })
  }

  @Test func randrange() {
    var random = PythonRandom(seed: 42)
    #expect(random.draws(10) { $0.randrange(10) } == [1, 0, 4, 3, 3, 2, 1, 8, 1, 9])
    #expect(random.draws(6) { $0.randrange(-5, 6) } == [1, -5, -5, -4, -2, -2])
    #expect(random.draws(6) { $0.randrange(0, 100, step: 7) } == [56, 63, 0, 56, 21, 77])
    #expect(random.draws(6) { $0.randrange(100, 0, step: -9) } == [10, 1, 28, 46, 73, 37])
    #expect(random.draws(2) { $0.randrange(1) } == [0, 0])
    #expect(random.draws(3) { $0.randrange(1 << 40) } == [749_139_424_529, 340_495_864_713, 742_013_557_230])
  }

  @Test func theWidestRanges() {
    var random = PythonRandom(seed: 42)
    let ranges = random.draws(3) { $0.randrange(.min, .max) }
    #expect(ranges == [-7_169_676_182_496_904_803, 4_455_820_328_218_073_809, -4_705_914_644_782_886_313])
    let everything = random.draws(3) { $0.randint(.min, .max) }
    #expect(everything == [836_864_915_349_561_680, -1_440_288_104_464_612_247, -7_494_999_844_455_396_754])
    #expect(random.draws(10) { $0.randint(1, 6) } == [2, 5, 5, 1, 5, 2, 6, 6, 6, 5])
    let more = random.draws(3) { $0.randint(.min, .max) }
    #expect(more == [-5_156_960_358_557_702_492, -2_946_857_779_585_845_999, -3_014_298_509_949_773_330])
    let thirds = random.draws(2) { $0.randrange(.min, .max, step: 3) }
    #expect(thirds == [1_289_260_646_998_381_363, 709_629_019_175_728_837])
    #expect(random.draws(4) { $0.randrange(.max, .min, step: .min) } == [-1, -1, .max, -1])
  }

  @Test func shuffleAndChoice() {
    var random = PythonRandom(seed: 42)
    var numbers = Array(0..<20)
    random.shuffle(&numbers)
    #expect(numbers == [19, 5, 14, 4, 9, 13, 15, 18, 6, 12, 17, 10, 1, 11, 2, 16, 7, 8, 0, 3])
    #expect(random.random() == 0.561245062938613)
    #expect(String(random.draws(8) { $0.choice("abcdefg") }) == "fffedbde")

    random = PythonRandom(seed: 3)
    numbers = Array(0..<1000)
    random.shuffle(&numbers)
    #expect(digest(numbers.map(UInt64.init)) == 1_480_098_267_504_007_438)
  }

  @Test func shuffleOfASliceLeavesTheRestAlone() {
    var random = PythonRandom(seed: 42)
    var numbers = Array(-3..<23)
    random.shuffle(&numbers[3..<23])
    #expect(numbers[..<8] == [-3, -2, -1, 19, 5, 14, 4, 9])
    #expect(numbers[23...] == [20, 21, 22])
    let state = random
    var one = ["alone"]
    random.shuffle(&one)
    #expect(one == ["alone"])
    #expect(random == state, "a single element takes no draw")
  }
}

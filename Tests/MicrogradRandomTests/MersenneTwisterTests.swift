import MicrogradRandom
import Testing

/// The first four words of the key [0x123, 0x234, 0x345, 0x456] are in the authors' `mt19937ar.out`, the
/// 10,000th word of seed 5489 in the C++ standard ([rand.predef]); all the others were drawn from NumPy 2.4.6
/// by `RandomState(seed or key).randint(0, 2**32)`.
struct MersenneTwisterTests {
  @Test(
    arguments: [
      (0, [2_357_136_044, 2_546_248_239, 3_071_714_933], 1_543_171_712, 5_745_458_542_065_653_315),
      (42, [1_608_637_542, 3_421_126_067, 4_083_286_876], 1_399_405_940, 1_823_401_203_988_673_063),
      (5489, [3_499_211_612, 581_869_302, 3_890_346_734], 4_123_659_995, 10_099_073_068_280_417_599),
      (.max, [419_326_371, 479_346_978, 3_918_654_476], 1_117_955_853, 3_571_011_810_036_133_200),
    ] as [(UInt32, [UInt32], UInt32, UInt64)])
  func seeded(seed: UInt32, first: [UInt32], tenThousandth: UInt32, digestOfAll: UInt64) {
    var generator = MersenneTwister(seed: seed)
    let words = generator.draws(100_000) { $0.next32() }
    #expect(Array(words.prefix(3)) == first, "seed \(seed)")
    #expect(words[9_999] == tenThousandth, "seed \(seed)")
    #expect(digest(words.map(UInt64.init)) == digestOfAll, "seed \(seed)")
  }

  @Test(
    arguments: [
      ([0x123, 0x234, 0x345, 0x456], [1_067_595_299, 955_945_823, 477_289_528], 9_346_719_358_883_308_181),
      ([7], [1_390_851_128, 4_071_050_724, 647_892_279], 8_207_426_717_123_253_863),
      (Array(0..<1000), [4_012_946_933, 3_615_799_318, 1_210_851_548], 10_020_523_989_578_210_776),
    ] as [([UInt32], [UInt32], UInt64)])
  func keyed(key: [UInt32], first: [UInt32], digestOfAll: UInt64) {
    var generator = MersenneTwister(key: key)
    let words = generator.draws(100_000) { $0.next32() }
    #expect(Array(words.prefix(3)) == first, "key \(key.prefix(4)), \(key.count) words")
    #expect(digest(words.map(UInt64.init)) == digestOfAll, "key \(key.prefix(4)), \(key.count) words")
  }

  @Test func sixtyFourBitsStartWithTheLowHalf() {
    var generator = MersenneTwister(seed: 5489)
    #expect(generator.next() == 581_869_302 << 32 | 3_499_211_612)
  }

  @Test func aCopyGoesOnByItself() {
    var original = MersenneTwister(seed: 1)
    _ = original.draws(1_000) { $0.next32() }
    var copy = original
    #expect(copy == original)
    let ahead = copy.draws(2_000) { $0.next32() }
    #expect(copy != original)
    #expect(original.draws(2_000) { $0.next32() } == ahead)
    #expect(copy == original)
  }
}

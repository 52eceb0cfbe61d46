import MicrogradRandom
import Testing

/// All expected numbers were printed by NumPy 2.4.6 from `s = numpy.random.RandomState(seed)` and the calls
/// that the tests name; `numpy.random.seed(seed)` and the functions of the module give the same.
struct NumPyRandomTests {
  @Test(
    arguments: [
      (0, [0.5488135039273248, 0.7151893663724195, 0.6027633760716439], 9_207_145_307_701_260_657),
      (42, [0.3745401188473625, 0.9507143064099162, 0.7319939418114051], 18_114_439_973_256_174_090),
      (.max, [0.0976320289940138, 0.9123828453026218, 0.78903530185164], 14_906_651_297_711_800_304),
    ] as [(UInt32, [Double], UInt64)])
  func random(seed: UInt32, first: [Double], digestOfAll: UInt64) {
    var random = NumPyRandom(seed: seed)
    let numbers = random.draws(100_000) { $0.random() }
    #expect(Array(numbers.prefix(3)) == first, "seed \(seed)")
    #expect(digest(numbers.map(\.bitPattern)) == digestOfAll, "seed \(seed)")
  }

  @Test func uniform() {
    var random = NumPyRandom(seed: 42)
    let expected = [-2.50919762305275, 9.014286128198322, 4.639878836228101]
    #expect(random.draws(3) { $0.uniform(-10, 10) } == expected)
    #expect(random.uniform(3, -2.5) == -0.2926216630837013)
  }

  @Test(
    arguments: [
      (
        0, [1.764052345967664, 0.4001572083672233, 0.9787379841057392, 2.240893199201458],
        10.466889497537492, 0.4375872112626925, -0.977277879876411
      ),
      (
        42, [0.4967141530112327, -0.13826430117118466, 0.6476885381006925, 1.5230298564080254],
        9.941461656319166, 0.05808361216819946, -0.23413695694918055
      ),
      (
        .max, [0.6484086742306527, 0.6693235306338161, -1.0805437227474493, 0.2845010447986309],
        10.028471934130417, 0.9845555560357949, 0.8676218937929382
      ),
    ] as [(UInt32, [Double], Double, Double, Double)])
  func normal(seed: UInt32, first: [Double], scaled: Double, unit: Double, spare: Double) {
    var random = NumPyRandom(seed: seed)
    expectClose(random.draws(4) { $0.normal() }, first, ulps: 2)
    expectClose([random.normal(mean: 10, standardDeviation: 0.25)], [scaled], ulps: 2)
    // The second half of the pair outlives a draw of another kind.
    #expect(random.random() == unit, "seed \(seed)")
    expectClose([random.normal()], [spare], ulps: 2)
  }

  @Test func aHundredThousandDeviates() {
    var random = NumPyRandom(seed: 1)
    let sum = random.draws(100_000) { $0.normal() }.reduce(0, +)
    #expect(abs(sum - 525.3028489682613) < 1e-9, "got \(sum)")
  }

  /// One stream through ranges of one word, of two words, and at the edges between them.
  @Test func randint() {
    var random = NumPyRandom(seed: 42)
    #expect(random.draws(8) { $0.randint(10) } == [6, 3, 7, 4, 6, 9, 2, 6])
    #expect(random.draws(6) { $0.randint(-5, 6) } == [5, 5, 2, -1, -2, 2])
    #expect(random.draws(2) { $0.randint(1) } == [0, 0])
    let words = 1 << 32
    #expect(random.draws(3) { $0.randint(words - 1) } == [3_041_148_567, 2_795_544_706, 88_409_749])
    #expect(random.draws(3) { $0.randint(words) } == [242_285_876, 4_165_731_073, 3_100_961_111])
    #expect(random.draws(3) { $0.randint(words + 1) } == [2_652_062_880, 2_253_890_010, 1_717_389_822])
    let wide = random.draws(3) { $0.randint(-1 << 40, 1 << 40) }
    #expect(wide == [-373_461_727_233, 944_780_085_947, 890_057_975_566])
    let widest = random.draws(3) { $0.randint(.min, .max) }
    #expect(widest == [-810_365_645_812_008_003, 5_260_567_953_586_162_621, -5_540_040_852_762_982_549])
    let positive = random.draws(2) { $0.randint(.max) }
    #expect(positive == [262_579_006_026_876_147, 1_704_747_971_477_620_216])
    #expect(random.randint(7, 8) == 7)
    #expect(random.draws(6) { $0.randint(6) } == [2, 4, 2, 4, 0, 1])
    #expect(random.random() == 0.9488855372533332)
  }

  @Test func permutation() {
    var random = NumPyRandom(seed: 42)
    let expected = [0, 17, 15, 1, 8, 5, 11, 3, 18, 16, 13, 2, 9, 19, 4, 12, 7, 10, 14, 6]
    #expect(random.permutation(20) == expected)
    #expect(random.random() == 0.0007787658410143283)
    #expect(random.permutation(0) == [])
    #expect(random.permutation(1) == [0])
  }

  @Test func shuffle() {
    var random = NumPyRandom(seed: 3)
    var letters = Array("abcdefgh")
    random.shuffle(&letters)
    #expect(String(letters) == "fhegdbac")

    random = NumPyRandom(seed: 3)
    var numbers = Array(0..<1000)
    random.shuffle(&numbers)
    #expect(digest(numbers.map(UInt64.init)) == 8_213_383_887_872_343_040)
  }

  @Test func swiftsOwnAlgorithmsCanDrawFromIt() {
    var random = NumPyRandom(seed: 42)
    #expect(random.next() == 1_608_637_542 << 32 | 3_421_126_067)
    #expect((0..<100).allSatisfy { _ in (1...6).contains(Int.random(in: 1...6, using: &random)) })
    #expect(Array(0..<50).shuffled(using: &random).sorted() == Array(0..<50))
  }
}

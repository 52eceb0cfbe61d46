import MicrogradRandom
import Testing

/// CPython 3.11.7 gave the numbers: `Tests/Facts/python-random-facts.py` prints them.
struct DistributionTests {
  /// The first three of 10,000 numbers of a call, their sum, and what `random()` gives after them.
  struct Fact: CustomTestStringConvertible {
    let name: String
    let seed: Int
    let first: [Double]
    let sum: Double
    let after: Double

    init(_ name: String, _ seed: Int, _ first: [Double], _ sum: Double, _ after: Double) {
      (self.name, self.seed, self.first, self.sum, self.after) = (name, seed, first, sum, after)
    }

    var testDescription: String { "\(name), seed \(seed)" }
  }

  static let calls: [String: @Sendable (inout PythonRandom) -> Double] = [
    "triangular": { $0.triangular(-1, 3, mode: 0.5) },
    "expovariate": { $0.expovariate(rate: 1.5) },
    "paretovariate": { $0.paretovariate(shape: 3) },
    "weibullvariate": { $0.weibullvariate(scale: 2, shape: 1.5) },
    "normalvariate": { $0.normalvariate(mean: 1, standardDeviation: 2) },
    "lognormvariate": { $0.lognormvariate(mean: 0.5, standardDeviation: 0.25) },
    "vonmisesvariate": { $0.vonmisesvariate(mean: -1, concentration: 4) },
    "vonmisesvariate, uniform": { $0.vonmisesvariate(mean: 1, concentration: 0) },
    "gammavariate above 1": { $0.gammavariate(shape: 2.5, scale: 3) },
    "gammavariate of 1": { $0.gammavariate(shape: 1, scale: 0.5) },
    "gammavariate below 1": { $0.gammavariate(shape: 0.3, scale: 2) },
    "betavariate": { $0.betavariate(0.5, 2) },
  ]

  static let facts: [Fact] = [
    Fact(
      "triangular", 0, [1.752690301188386, 1.4442185337917877, 0.5928680568586295], 8322.370083297077,
      0.8134267156709766),
    Fact(
      "triangular", 42, [1.1011234859999024, -0.6126183647409165, 0.28459172899980767], 8341.342192676164,
      0.9479975965906395),
    Fact(
      "triangular", 2026, [-0.1545892656325102, 0.7695645161342384, 0.7905265622168502], 8197.767004381525,
      0.8161177528883619),
    Fact(
      "expovariate", 0, [1.2404047407101488, 0.9457527686478412, 0.3638087636943952], 6628.509293033342,
      0.8134267156709766),
    Fact(
      "expovariate", 42, [0.680040191516534, 0.01688589269515926, 0.21441604271664372], 6663.471967630168,
      0.9479975965906395),
    Fact(
      "expovariate", 2026, [0.0845558270564219, 0.46546092779432713, 0.4780510970708593], 6567.293407091657,
      0.8161177528883619),
    Fact(
      "paretovariate", 0, [1.859304271841843, 1.6046030166291767, 1.199499494470334], 14927.841517870042,
      0.8134267156709766),
    Fact(
      "paretovariate", 42, [1.4049758243344401, 1.0084786885380799, 1.1131657926562735], 14995.534693514228,
      0.9479975965906395),
    Fact(
      "paretovariate", 2026, [1.0431843535130978, 1.2620412677947355, 1.270010983089952], 14953.5695626045,
      0.8161177528883619),
    Fact(
      "weibullvariate", 0, [3.0255182710195054, 2.525084499438813, 1.3355893254361113], 18012.627670332895,
      0.8134267156709766),
    Fact(
      "weibullvariate", 42, [2.0266584121996885, 0.17249381142006073, 0.9388488657960183], 18057.077417531145,
      0.9479975965906395),
    Fact(
      "weibullvariate", 2026, [0.5048780962567583, 1.5740299400443498, 1.6022872658616052], 17858.060740328736,
      0.8161177528883619),
    Fact(
      "normalvariate", 0, [0.6322635578134834, 1.0650082581551636, 2.397655386507961], 10151.194720706857,
      0.597015689978844),
    Fact(
      "normalvariate", 42, [1.4906526834157268, 0.0063110531775942835, 3.5095718621149254], 9951.117753070508,
      0.06611761014034678),
    Fact(
      "normalvariate", 2026, [-1.626858724576957, 1.289746817325165, -0.7553082626583791], 9959.361563074102,
      0.9089096075871297),
    Fact(
      "lognormvariate", 0, [1.5746498730301932, 1.662173415206216, 1.9634574480340934], 17041.406869531413,
      0.597015689978844),
    Fact(
      "lognormvariate", 42, [1.7530052230500142, 1.4561396835066016, 2.2562327164360587], 17016.92963395701,
      0.06611761014034678),
    Fact(
      "lognormvariate", 2026, [1.187253503557108, 1.709529783285418, 1.323906012116577], 17002.168198503816,
      0.9089096075871297),
    Fact(
      "vonmisesvariate", 0, [5.666237331311366, 4.918763114745623, 5.738764080937857], 50820.7398553616,
      0.37640011405509344),
    Fact(
      "vonmisesvariate", 42, [4.535325158587151, 5.465191312045063, 4.898494744064918], 50642.63497489905,
      0.5949700940020598),
    Fact(
      "vonmisesvariate", 2026, [5.377595376375405, 5.465256377119804, 5.086303546340753], 50755.23521926354,
      0.582962227624047),
    Fact(
      "vonmisesvariate, uniform", 0, [5.305658970563565, 4.7623679680665845, 2.642529177293657], 31457.29771474879,
      0.8134267156709766),
    Fact(
      "vonmisesvariate, uniform", 42, [4.017637065087458, 0.157147209736526, 1.7280601722204667], 31431.693890948965,
      0.9479975965906395),
    Fact(
      "vonmisesvariate, uniform", 2026, [0.7484523109984954, 3.157399609895247, 3.2158769487765575],
      31098.419736609198, 0.8161177528883619),
    Fact(
      "gammavariate above 1", 0, [17.472968568382644, 6.3897126599449, 7.671071351595257], 75581.24911079039,
      0.5070641293701658),
    Fact(
      "gammavariate above 1", 42, [4.619452840123849, 12.537909223375852, 6.407431435152288], 74145.913065217,
      0.5833889378061646),
    Fact(
      "gammavariate above 1", 2026, [2.758004642551564, 7.679487816186258, 2.5364646046054857], 73924.03808507751,
      0.5328031426683981),
    Fact(
      "gammavariate of 1", 0, [0.9303035555326117, 0.7093145764858809, 0.2728565727707964], 4971.381969775007,
      0.8134267156709766),
    Fact(
      "gammavariate of 1", 42, [0.5100301436374005, 0.012664419521369446, 0.1608120320374828], 4997.603975722626,
      0.9479975965906395),
    Fact(
      "gammavariate of 1", 2026, [0.06341687029231642, 0.34909569584574535, 0.35853832280314446], 4925.470055318743,
      0.8161177528883619),
    Fact(
      "gammavariate below 1", 0, [0.1580207416557987, 0.30299032100258205, 1.2587204188209582], 6037.3194744186885,
      0.5422694569655764),
    Fact(
      "gammavariate below 1", 42, [0.6385826748826874, 0.03835697308342826, 1.9383041675261097], 6151.125982583896,
      0.011205164390408973),
    Fact(
      "gammavariate below 1", 2026, [0.0023579173096595386, 0.0014352429068080247, 0.5194811074589591],
      6019.191641153918, 0.7952237819035014),
    Fact(
      "betavariate", 0, [0.10776511982900659, 0.31247541815028146, 0.566849972368186], 1996.1813560137446,
      0.9806083815638967),
    Fact(
      "betavariate", 42, [0.33398426373906837, 0.45017179234746113, 0.21143377176868458], 1969.5416127109436,
      0.5506628098620784),
    Fact(
      "betavariate", 2026, [0.00958418883381531, 0.005793869154018799, 0.11842031688545442], 2004.8866871829748,
      0.10406516312553726),
  ]

  @Test(arguments: facts) func numbers(fact: Fact) throws {
    var random = PythonRandom(seed: fact.seed)
    let call = try #require(Self.calls[fact.name])
    let numbers = random.draws(10_000, call), sum = numbers.reduce(0, +)
    expectClose(Array(numbers.prefix(3)), fact.first, ulps: fact.name == "triangular" ? 0 : 4)
    #expect(
      abs(sum - fact.sum) < 1e-12 * fact.sum, "sum of \(fact.testDescription): got \(sum), expected \(fact.sum)")
    let after = random.random()
    #expect(after == fact.after, "\(fact.testDescription): got \(after), expected \(fact.after)")
  }

  @Test func everyCallHasFacts() {
    #expect(Set(Self.facts.map(\.name)) == Set(Self.calls.keys))
  }

  @Test func triangularsOfDefaultsAndOddRanges() {
    var random = PythonRandom(seed: 42)
    #expect(
      random.draws(3) { $0.triangular() } == [0.5753983033817951, 0.11182744569797465, 0.3708296902684029])
    let others = [
      random.triangular(5, 5, mode: 5), random.triangular(2, -1), random.triangular(3, 1, mode: 1),
    ]
    #expect(others == [5, 0.08898096230464203, 1.3547650776586204])
    #expect(random.random() == 0.8921795677048454)
  }
}

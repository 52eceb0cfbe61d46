import MicrogradEngine
import MicrogradTestSupport
import Testing

/// Dot products of arrays, slices and numbers against the plain products and sums that they stand for.
@Suite struct DotProductTests {
  /// A list as users pass it to `dot`, and its elements as values.
  enum List {
    case values([Value]), slice(ArraySlice<Value>)
    case numbers([Double]), numberSlice(ArraySlice<Double>)

    init(_ kind: Int, of values: [Value], _ random: inout SplitMix) {
      let numbers = values.map(\.data), before = random.below(3), after = random.below(3)
      func within<T>(_ elements: [T], _ other: T) -> ArraySlice<T> {
        let whole = Array(repeating: other, count: before) + elements + Array(repeating: other, count: after)
        return whole[before..<before + elements.count]
      }
      switch kind {
      case 0: self = .values(values)
      case 1: self = .slice(within(values, 7))
      case 2: self = .numbers(numbers)
      default: self = .numberSlice(within(numbers, 7))
      }
    }

    var areNumbers: Bool {
      switch self {
      case .values, .slice: false
      case .numbers, .numberSlice: true
      }
    }
  }

  /// nil for two lists of numbers, which `dot` does not take.
  static func product(_ weights: List, _ inputs: List, _ bias: Value?) -> Value? {
    switch (weights, inputs) {
    case (.values(let w), .values(let x)): dot(w, x, bias: bias)
    case (.values(let w), .slice(let x)): dot(w, x, bias: bias)
    case (.values(let w), .numbers(let x)): dot(w, x, bias: bias)
    case (.values(let w), .numberSlice(let x)): dot(w, x, bias: bias)
    case (.slice(let w), .values(let x)): dot(w, x, bias: bias)
    case (.slice(let w), .slice(let x)): dot(w, x, bias: bias)
    case (.slice(let w), .numbers(let x)): dot(w, x, bias: bias)
    case (.slice(let w), .numberSlice(let x)): dot(w, x, bias: bias)
    case (.numbers(let w), .values(let x)): dot(w, x, bias: bias)
    case (.numbers(let w), .slice(let x)): dot(w, x, bias: bias)
    case (.numberSlice(let w), .values(let x)): dot(w, x, bias: bias)
    case (.numberSlice(let w), .slice(let x)): dot(w, x, bias: bias)
    default: nil
    }
  }

  /// A function of a point: a dot product of two stretches of it, which may overlap, with functions around it.
  struct Case {
    let count: Int, kinds: (Int, Int), starts: (Int, Int), hasBias: Bool, seed: UInt64
    let point: [Double]

    init(seed: UInt64) {
      var random = SplitMix(seed: seed)
      count = random.below(6)
      let weights = random.below(4), inputs = random.below(weights < 2 ? 4 : 2)
      kinds = (weights, inputs)
      starts = (random.below(3), random.below(3))
      hasBias = random.below(2) == 0
      point = (0..<9).map { _ in random.uniform(-2, 2) }
      self.seed = random.next()
    }

    func value(_ p: [Value], isPlain: Bool) -> Value {
      var random = SplitMix(seed: seed)
      let w = Array(p[starts.0..<starts.0 + count]), x = Array(p[starts.1..<starts.1 + count])
      let bias = hasBias ? p[8] * p[7] : nil
      let weights = List(kinds.0, of: w, &random), inputs = List(kinds.1, of: x, &random)
      let plain = zip(w, x).map { w, x in
        (weights.areNumbers ? Value(w.data) : w) * (inputs.areNumbers ? Value(x.data) : x)
      }
      let result = isPlain ? plain.reduce(bias ?? 0, +) : product(weights, inputs, bias)!
      return (result * p[0]).tanh() + result.squared()
    }
  }

  private func expectClose(
    _ got: [Double], _ expected: [Double], _ what: String, _ seed: UInt64,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let isClose =
      got.count == expected.count && zip(got, expected).allSatisfy { abs($0 - $1) <= 1e-10 * max(1, abs($1)) }
    #expect(isClose, "\(what): got \(got), expected \(expected); seed \(seed)", sourceLocation: sourceLocation)
  }

  @Test func areTheirProductsAndSums() {
    let first = UInt64.random(in: 0..<1 << 40)
    for seed in first..<first + 300 {
      let example = Case(seed: seed)
      func results(_ isPlain: Bool) -> [Double] {
        let p = example.point.map { Value($0) }, value = example.value(p, isPlain: isPlain)
        value.backward()
        value.backward()
        return [value.data] + p.map(\.grad)
      }
      expectClose(results(false), results(true), "twice backward()", seed)
    }
  }

  @Test func areDifferentiatedAsFunctions() {
    let first = UInt64.random(in: 0..<1 << 40)
    for seed in first..<first + 100 {
      let example = Case(seed: seed), point = example.point
      func fused(_ p: [Value]) -> Value { example.value(p, isPlain: false) }
      func plain(_ p: [Value]) -> Value { example.value(p, isPlain: true) }
      expectClose(gradient(at: point, of: fused), gradient(at: point, of: plain), "gradient(at:)", seed)
      for (row, expected) in zip(hessian(at: point, of: fused), hessian(at: point, of: plain)) {
        expectClose(row, expected, "hessian(at:)", seed)
      }
    }
  }

  /// Numbers have no leaves until somebody looks, and then they have the gradients that leaves would have.
  @Test func numbersAppearAsLeavesToThoseWhoLook() {
    let numbers = [2.0, 3, 5], x: [Value] = [7, 11], bias = Value(13)
    let result = dot(numbers[1...], x, bias: bias), loss = result * 10
    loss.backward()
    let operands = result.operands
    #expect(operands.map(\.data) == [13, 3, 7, 5, 11] && operands.map(\.grad) == [10, 70, 30, 110, 50])
    #expect(operands.allSatisfy { $0.operation == .leaf })
    #expect(zip(operands, result.operands).allSatisfy { $0 === $1 }, "they stay the same")
    loss.backward()
    #expect(x.map(\.grad) == [60, 100] && operands.map(\.grad) == [20, 140, 60, 220, 100])
    let other = dot(x, numbers[..<2])
    #expect(other.operands.map(\.data) == [7, 2, 11, 3] && other.operands.map(\.grad) == [60, 0, 100, 0])
    other.backward()
    #expect(x.map(\.grad) == [62, 103])
  }

  /// The node holds on to the memory of the arrays; the caller's variables change without it.
  @Test func arraysOfSlicesMayChange() {
    var w: [Value] = [1, 2, 3], x: [Double] = [4, 5, 6], rest = w[1...]
    let second = w[1], first = dot(w[1...], x[..<2]), other = dot(rest, rest)
    w[1] = 100
    x[0] = 100
    rest[1] = 100
    (first + other).backward()
    #expect(first.data == 23 && other.data == 13 && second.grad == 4 + 4 && w[1].grad == 0)
  }

  @Test func emptyListsAreTheirBias() {
    let nothing: [Double] = [], none: [Value] = [1, 2]
    #expect(dot(nothing, none[2...]).data == 0 && dot(none[1..<1], nothing, bias: 3).data == 3)
    let square = dot(none[1..<1], none[2..<2], bias: 3).squared()
    square.backward()
    #expect(square.data == 9)
  }

  @Test func numbersOnTheWatch() throws {
    var reports: [Diagnostic] = []
    withDiagnostics(report: { reports.append($0) }) {
      let x: [Value] = [1, 1e10]
      _ = dot([1, 2.0], x).tanh()
      dot([1, 1e308, 3][..<2], x).backward()
    }
    let report = try #require(reports.first)
    #expect(reports.count == 1 && report.operation == .dot && report.result == .infinity)
    #expect(report.participants.map(\.data) == [1, 1, 1e308, 1e10])
  }

  /// Numbers that become leaves are no numbers that go wrong: a report would run the user's code in the middle of a pass.
  @Test func numbersBecomeLeavesUnwatched() throws {
    let x: [Value] = [1, 2], product = dot([.infinity, 3.0], x)
    var reports: [Diagnostic] = [], others: [Double] = []
    withDiagnostics(report: { report in
      reports.append(report)
      others = derivatives(of: dot([5.0, 7], x), by: x).map(\.data)
    }) {
      #expect(product.operands.map(\.data) == [.infinity, 1, 3, 2])
      #expect(reports.isEmpty, "\(reports)")
      #expect(derivatives(of: dot([.infinity, 3.0], x), by: x).map(\.data) == [.infinity, 3])
    }
    #expect(reports.map(\.operation) == [.dot] && others == [5, 7], "\(reports), \(others)")
  }

  #if os(Linux) || os(macOS)
    @Test func differentLengthsAreRefused() async {
      let process = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let w: [Value] = [1, 2, 3], x = [1.0, 2, 3]
        _ = dot(x[1...], w)
      }
      let said = process.map { String(decoding: $0.standardErrorContent, as: UTF8.self) } ?? ""
      #expect(said.contains("a dot product of 2 and 3 values: both lists must be of one length"), "\(said)")
    }
  #endif
}

extension SplitMix {
  fileprivate mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }
  fileprivate mutating func uniform(_ low: Double, _ high: Double) -> Double { .random(in: low..<high, using: &self) }
}

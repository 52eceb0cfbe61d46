import MicrogradEngine
import MicrogradTestSupport
import Testing

extension NodeCountingTests {
  /// A product that nobody else has shares the cell of the sum that it is part of. Nobody may see a difference.
  ///
  /// The same formulas are computed with products that somebody keeps, which have cells of their own.
  @Suite struct FusedSumTests {
    /// Keeps values, so that each is recorded by itself.
    final class Keeper {
      private var values: [Value] = []
      let isKeeping: Bool
      init(isKeeping: Bool) { self.isKeeping = isKeeping }

      func callAsFunction(_ value: Value) -> Value {
        if isKeeping { values.append(value) }
        return value
      }
    }

    /// A formula, given its inputs and what its products go through.
    struct Formula: CustomTestStringConvertible, Sendable {
      let testDescription: String
      let compute: @Sendable ([Value], Keeper) -> Value
      /// The number of cells that it saves.
      let saved: Int
    }

    static let formulas = [
      Formula(testDescription: "c + a·b", compute: { x, keep in x[2] + keep(x[0] * x[1]) }, saved: 1),
      Formula(testDescription: "a·b + c", compute: { x, keep in keep(x[0] * x[1]) + x[2] }, saved: 1),
      Formula(testDescription: "c - a·b", compute: { x, keep in x[2] - keep(x[0] * x[1]) }, saved: 1),
      Formula(testDescription: "a·b - c", compute: { x, keep in keep(x[0] * x[1]) - x[2] }, saved: 1),
      Formula(testDescription: "a + a·a", compute: { x, keep in x[0] + keep(x[0] * x[0]) }, saved: 1),
      Formula(
        testDescription: "a·b - c·a", compute: { x, keep in keep(x[0] * x[1]) - keep(x[2] * x[0]) }, saved: 1),
      Formula(
        testDescription: "c + a·number", compute: { x, keep in x[2] + keep(x[0] * 0.1.squareRoot()) }, saved: 1),
      Formula(
        testDescription: "number·a - c", compute: { x, keep in keep(0.1.squareRoot() * x[0]) - x[2] }, saved: 1),
      Formula(
        testDescription: "Σ xᵢ·xᵢ₊₁",
        compute: { x, keep in
          var sum = keep(x[0] * x[1])
          for i in 1..<20 { sum += keep(x[i % 3] * x[(i + 1) % 3]) }
          return sum
        }, saved: 19),
      Formula(
        testDescription: "(a·b + c)·a + b", compute: { x, keep in keep((keep(x[0] * x[1]) + x[2]) * x[0]) + x[1] },
        saved: 2),
      Formula(testDescription: "tanh(a·b) + c", compute: { x, keep in keep(x[0] * x[1]).tanh() + x[2] }, saved: 0),
    ]

    private func inputs() -> [Value] { [0.3, -1.7, 1.1].map { Value($0) } }

    @Test(arguments: formulas) func savesCells(_ formula: Formula) {
      let x = inputs()
      func cells(isKeeping: Bool) -> Int {
        let before = Arena.liveNodeCount, keep = Keeper(isKeeping: isKeeping)
        let y = formula.compute(x, keep)
        defer { withExtendedLifetime((y, keep)) {} }
        return Arena.liveNodeCount - before
      }
      let saved = cells(isKeeping: true) - cells(isKeeping: false)
      #expect(
        saved == formula.saved, "got \(saved) cells less, expected \(formula.saved) for \(formula.testDescription)")
    }

    /// Swept twice, from the result and from what was made of it.
    @Test(arguments: formulas) func hasTheSameNumbersAndGradients(_ formula: Formula) {
      func numbers(isKeeping: Bool) -> [Double] {
        let x = inputs(), keep = Keeper(isKeeping: isKeeping), y = formula.compute(x, keep)
        y.backward()
        let first = x.map(\.grad)
        let z = y * y
        z.backward()
        return [y.data, y.grad] + first + x.map(\.grad)
      }
      let got = numbers(isKeeping: false), expected = numbers(isKeeping: true)
      #expect(got == expected, "got \(got), expected \(expected) for \(formula.testDescription)")
    }

    @Test(arguments: formulas) func looksTheSame(_ formula: Formula) {
      func nodes(isKeeping: Bool) -> [RecordedNode] {
        let x = inputs(), keep = Keeper(isKeeping: isKeeping), y = formula.compute(x, keep)
        y.backward()
        return y.recordedNodes.filter { $0.operation != .leaf }
      }
      let got = nodes(isKeeping: false), expected = nodes(isKeeping: true)
      #expect(got.map(\.operation) == expected.map(\.operation), "\(formula.testDescription)")
      #expect(got.map(\.data) == expected.map(\.data), "\(formula.testDescription)")
      #expect(got.map(\.grad) == expected.map(\.grad), "\(formula.testDescription)")
      let x = inputs(), y = formula.compute(x, Keeper(isKeeping: false)),
        same = formula.compute(x, Keeper(isKeeping: true))
      #expect(y.operation == same.operation, "\(formula.testDescription)")
      #expect(y.operands.map(\.operation) == same.operands.map(\.operation), "\(formula.testDescription)")
      #expect(y.operands.map(\.data) == same.operands.map(\.data), "\(formula.testDescription)")
    }

    @Test(arguments: formulas) func differentiatesTheSame(_ formula: Formula) {
      func numbers(isKeeping: Bool) -> [[Double]] {
        let point = inputs().map(\.data), keep = Keeper(isKeeping: isKeeping)
        return [gradient(at: point) { formula.compute($0, keep) }]
          + hessian(at: point) { formula.compute($0, keep).tanh() }
          + jacobian(at: point) { x in [formula.compute(x, keep), x[0] * formula.compute(x, keep), x[1], x[2]] }
      }
      let got = numbers(isKeeping: false), expected = numbers(isKeeping: true)
      for (row, expected) in zip(got, expected) {
        for (got, expected) in zip(row, expected) { expectClose(got, expected, formula.testDescription) }
      }
      #expect(got.count == expected.count)
    }

    @Test(arguments: formulas) func nothingIsLeft(_ formula: Formula) {
      for isDeferring in [false, true] {
        let before = Arena.liveNodeCount
        func run() {
          for _ in 0..<5000 {
            let y = formula.compute(inputs(), Keeper(isKeeping: false))
            y.backward()
          }
        }
        if isDeferring { Arena.withDeferredReleases(run) } else { run() }
        let left = Arena.liveNodeCount - before
        #expect(left == 0, "\(left) nodes more than before for \(formula.testDescription), deferred: \(isDeferring)")
      }
    }

    /// Functions to which a value is lent, not given: the caller's product must stay what it is. In release builds, Swift takes
    /// the reference for an operator no sooner than the operator consumes it.
    private func lent(_ p: Value, _ s: Value) -> Value { p + s }
    private func lentFromTheRight(_ p: Value, _ s: Value) -> Value { s - p }
    @inline(never) private func twice(_ p: Value) -> Value { p + p }
    @inline(never) private func both(_ p: borrowing Value, _ s: Value) -> (Value, Value) { (copy p + s, copy p - s) }
    private func ofScalars<S: Scalar>(_ p: S, _ s: S) -> S { p + s }
    private func repeated(_ p: Value, _ n: Int) -> Value { n == 0 ? p : repeated(p + p, n - 1) }

    @Test func lentProductsStay() {
      let x = Value(2), y = Value(3), s = Value(100)
      func expect(_ what: String, _ expected: Double, _ slope: Double, _ function: (Value) -> Value) {
        x.grad = 0
        let p = x * y, result = function(p)
        #expect(p.data == 6, "\(what): the product is \(p.data), expected 6")
        #expect(result.data == expected, "\(what): got \(result.data), expected \(expected)")
        result.backward()
        #expect(x.grad == slope, "\(what): slope \(x.grad), expected \(slope)")
      }
      expect("p + s", 106, 3) { lent($0, s) }
      expect("s - p", 94, -3) { lentFromTheRight($0, s) }
      expect("p + p", 12, 6) { twice($0) }
      expect("(p + s)·(p - s)", 106 * -94, 3 * (106 - 94)) {
        let (sum, difference) = both($0, s)
        return sum * difference
      }
      expect("any scalar", 106, 3) { ofScalars($0, s) }
      expect("8·p", 48, 24) { repeated($0, 3) }
      let function: (Value) -> Value = { $0 + s }
      expect("a function's value", 106, 3) { function($0) }
    }

    /// A product with something of its own keeps its cell.
    @Test func productsThatMatterStay() {
      let a = Value(2), b = Value(3), c = Value(5)
      let labelled = c + (a * b).labelled("product")
      #expect(labelled.operands[1].label == "product")
      func assigned() -> Value {
        let product = a * b
        product.data = 10
        return product
      }
      let sum = c + assigned()
      #expect(sum.data == 15 && sum.operands[1].data == 10)
    }

    /// Somebody sweeps from the product, and then gives it away.
    @Test func sweptProducts() {
      let a = Value(2), b = Value(3), c = Value(5)
      func swept() -> Value {
        let product = a * b
        product.backward()
        return product
      }
      let sum = c + swept()
      #expect(sum.grad == 0, "got \(sum.grad)")
      sum.backward()
      #expect(a.grad == 6 && b.grad == 4 && c.grad == 1, "got \(a.grad), \(b.grad), \(c.grad)")
    }

    /// A diagnosis is told of the product and of the sum.
    @Test func diagnosed() {
      var reports: [Diagnostic] = []
      withDiagnostics(report: { reports.append($0) }) {
        let big = Value(1e200), c = Value(1)
        _ = c + big * big
      }
      #expect(reports.map(\.operation) == [.multiply], "got \(reports)")
    }
  }
}

/// Numbers as operands lie in the cell of the result.
@Suite struct NumberOperandTests {
  static let number = 0.7
  static let formulas: [(String, @Sendable (Value) -> Value, @Sendable (Value, Value) -> Value)] = [
    ("x + n", { $0 + number }, { $0 + $1 }), ("n + x", { number + $0 }, { $1 + $0 }),
    ("x - n", { $0 - number }, { $0 - $1 }), ("n - x", { number - $0 }, { $1 - $0 }),
    ("x · n", { $0 * number }, { $0 * $1 }), ("n · x", { number * $0 }, { $1 * $0 }),
    ("x / n", { $0 / number }, { $0 / $1 }), ("n / x", { number / $0 }, { $1 / $0 }),
    ("x ^ n", { pow($0, number) }, { Value.applying(.constantPower, to: $0, $1) }),
    ("leaky", { $0.leakyReLU(slope: number) }, { Value.applying(.leakyReLU, to: $0, $1) }),
    ("elu", { (-$0).elu(scale: number) }, { Value.applying(.elu, to: -$0, $1) }),
  ]

  /// The same as with a leaf, for all who compute and all who look.
  @Test func areLikeLeaves() {
    for (name, withNumber, withLeaf) in Self.formulas {
      let x = Value(1.3), same = Value(1.3), leaf = Value(Self.number)
      let y = withNumber(x), z = withLeaf(same, leaf)
      #expect(y.data == z.data, "\(name): got \(y.data), expected \(z.data)")
      (y * y).backward()
      (z * z).backward()
      #expect(x.grad == same.grad, "\(name): got \(x.grad), expected \(same.grad)")
      let got = y.recordedNodes, expected = z.recordedNodes
      #expect(got.map(\.operation) == expected.map(\.operation), "\(name)")
      #expect(got.map(\.operands) == expected.map(\.operands), "\(name)")
      #expect(got.map(\.data) == expected.map(\.data), "\(name)")
      #expect(
        got.map(\.grad) == expected.map(\.grad), "\(name): got \(got.map(\.grad)), expected \(expected.map(\.grad))")
      #expect(y.operands.map(\.data) == z.operands.map(\.data), "\(name)")
      #expect(y.operands.map(\.grad) == z.operands.map(\.grad), "\(name)")
      let second = derivatives(of: derivatives(of: y, by: [x])[0], by: [x])[0].data
      expectClose(second, derivatives(of: derivatives(of: z, by: [same])[0], by: [same])[0].data, name)
    }
  }

  /// Numbers whose bits would be no address.
  @Test func anyNumber() {
    let x = Value(2)
    for number in [0, -0.0, .infinity, .nan, .leastNonzeroMagnitude, -1] as [Double] {
      let y = x * number
      y.backward()
      #expect(y.operands[1].data.bitPattern == number.bitPattern, "got \(y.operands[1].data), expected \(number)")
      #expect(x.grad == number || x.grad.isNaN && number.isNaN, "got \(x.grad), expected \(number)")
      x.grad = 0
    }
  }

  @Test func diagnosed() {
    var reports: [Diagnostic] = []
    withDiagnostics(report: { reports.append($0) }) { _ = (0.0 - 1) / Value(0, label: "x") }
    #expect(reports.map(\.description).allSatisfy { $0.contains("a = -1.0, b = 0.0 (\"x\")") }, "got \(reports)")
    #expect(reports.count == 1)
  }
}

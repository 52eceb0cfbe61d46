import MicrogradEngine
import MicrogradTestSupport
import Testing

@Suite struct ValueTests {
  @Test func numbersOnEitherSide() {
    let two = 2.0
    let cases: [(String, (Value) -> Value, Double, Double)] = [
      ("5 - v", { 5 - $0 }, 1, -1), ("v - 5", { $0 - 5 }, -1, 1), ("5 / v", { 5 / $0 }, 1.25, -0.3125),
      ("v / 5", { $0 / 5 }, 0.8, 0.2), ("5 + v", { 5 + $0 }, 9, 1), ("v * 5", { $0 * 5 }, 20, 5),
      ("two - v", { two - $0 }, -2, -1), ("v - two", { $0 - two }, 2, 1), ("two / v", { two / $0 }, 0.5, -0.125),
      ("v / two", { $0 / two }, 2, 0.5), ("two + v", { two + $0 }, 6, 1), ("v + two", { $0 + two }, 6, 1),
      ("two * v", { two * $0 }, 8, 2), ("v * two", { $0 * two }, 8, 2), ("-v", { -$0 }, -4, -1),
    ]
    for (text, f, value, slope) in cases {
      let v = Value(4), result = f(v)
      result.backward()
      #expect(result.data == value, "\(text): got \(result.data), expected \(value)")
      #expect(v.grad == slope, "slope of \(text): got \(v.grad), expected \(slope)")
    }
  }

  @Test func differencesAndQuotientsOfValues() {
    let a = Value(6), b = Value(4)
    (a - b).backward()
    #expect(a.grad == 1 && b.grad == -1)
    (a / b).backward()
    #expect(a.grad == 1.25 && b.grad == -1 - 6.0 / 16)
  }

  @Test func compoundAssignmentMakesANewValue() {
    let a = Value(3)
    var b = a
    b += 1
    b *= a
    b -= 2.0
    b /= 2
    #expect(a.data == 3 && b.data == 5)
    b.backward()
    #expect(a.grad == 3.5)
  }

  /// The smallest example of why a topological order is needed.
  @Test func aValueUsedTwiceAddsUp() {
    let a = Value(3), b = a + a, c = b + b
    c.backward()
    #expect(c.data == 12 && b.grad == 2 && a.grad == 4)
    let square = a * a
    square.backward()
    #expect(a.grad == 4 + 6)
  }

  /// Leaves accumulate; computed values start anew, so that nothing is counted twice (micrograd's PR #102).
  @Test func backwardTwice() {
    let a = Value(2), b = a * a, c = b * a
    c.backward()
    #expect(a.grad == 12 && b.grad == 2)
    c.backward()
    #expect(a.grad == 24 && b.grad == 2 && c.grad == 1)
    b.backward()
    #expect(a.grad == 28 && b.grad == 1)
  }

  @Test func gradientsSetByHand() {
    let a = Value(2), b = a * 3
    a.grad = 100
    b.grad = 7
    b.backward()
    #expect(a.grad == 103 && b.grad == 1)
    a.grad = 0
    b.backward()
    #expect(a.grad == 3)
  }

  @Test func backwardOfALeaf() {
    let a = Value(2)
    a.backward()
    a.backward()
    #expect(a.grad == 2)
  }

  /// The lab's way to apply a function outside the graph.
  @Test func dataSetOnAComputedValue() {
    let a = Value(2), b = a * 3
    b.data = 10
    let c = b * b
    c.backward()
    #expect(c.data == 100 && b.grad == 20 && a.grad == 60)
  }

  /// A closed ReLU in front of an infinite slope: 0 · ∞ does not become NaN, in either kind of sweep.
  @Test func aGradientOfZeroHandsNothingOn() {
    let a = Value(0)
    let result = (a.sqrt() - 1).relu()
    result.backward()
    #expect(a.grad == 0)
    result.backward()
    #expect(a.grad == 0)
  }

  /// A second sweep ends where no more gradients wait: not before, wherever in a slab its root lies.
  @Test func sweepingAgainFromEveryPlaceInASlab() {
    let x = Value(1)
    var values = [x * 1]
    for _ in 0..<4000 { values.append(values.last! * 1) }
    values.last!.backward()
    for (index, value) in values.enumerated() {
      x.grad = 0
      value.backward()
      #expect(x.grad == 1, "from value \(index): got \(x.grad), expected 1")
    }
  }

  /// The three sweeps must agree; an old gradient of a computed value selects the marked one.
  @Test func sweepsAgree() {
    let seed = UInt64(newSeed())
    var random = SplitMix(seed: seed)
    for _ in 0..<50 {
      let leaves = (0..<4).map { _ in Value(.random(in: -2...2, using: &random)) }
      var values = leaves
      for _ in 0..<60 {
        let a = values.randomElement(using: &random)!, b = values.randomElement(using: &random)!
        values.append([a + b, a * b, a - b, tanh(a), max(a, b)].randomElement(using: &random)!.tanh())
      }
      let root = values.last!
      root.backward()
      let untouched = leaves.map(\.grad)
      for leaf in leaves { leaf.grad = 0 }
      root.backward()
      let marked = leaves.map(\.grad)
      #expect(marked == untouched, "got \(marked), expected \(untouched); seed \(seed)")
    }
  }

  @Test func dotProducts() {
    let w: [Value] = [1, 2, 3], x: [Value] = [4, 5, 6], bias = Value(7)
    let result = dot(w, x, bias: bias)
    result.backward()
    #expect(result.data == 39)
    #expect(w.map(\.grad) == [4, 5, 6] && x.map(\.grad) == [1, 2, 3] && bias.grad == 1)
    let square = dot(w, w)
    square.backward()
    #expect(square.data == 14 && w.map(\.grad) == [6, 9, 12])
    #expect(dot([], []).data == 0 && dot([], [], bias: 3).data == 3)
  }

  /// The node holds on to the arrays' buffers; the caller's variables change without it.
  @Test func arraysMayChangeAfterADotProduct() {
    var w: [Value] = [1, 2], x: [Value] = [3, 4]
    let first = w[0], result = dot(w, x)
    w[0] = 100
    x.removeAll()
    result.backward()
    #expect(first.grad == 3 && w[0].grad == 0)
  }

  @Test func sumsAndMeans() {
    let values: [Value] = [1, 2, 3, 6]
    #expect(values.sum().data == 12 && values.mean().data == 3 && [Value]().sum().data == 0)
    values.mean().backward()
    #expect(values.map(\.grad) == [0.25, 0.25, 0.25, 0.25])
  }

  @Test func labelsBelongToTheValueAndDieWithIt() {
    let a = Value(1, label: "a"), copy = a
    copy.label = "b"
    #expect(a.label == "b" && (a + 1).label == nil)
    for i in 0..<1000 { #expect((a + Value(i).labelled("\(i)")).label == nil) }
    a.label = nil
    #expect(a.label == nil)
    // Nor is it kept after the value.
    let gone = Value(2, label: "gone").id
    #expect(!Value.hasLabel(gone))
  }

  @Test func textAndIdentity() {
    let a = Value(2.5), copy = a, other = Value(2.5)
    #expect("\(a)" == "Value(data=2.5, grad=0.0)")
    a.label = "x"
    #expect("\(a)" == "Value(data=2.5, grad=0.0, label=\"x\")")
    #expect(a === copy && !(a === other) && a.id == copy.id && a.id != other.id)
    var text = ""
    dump(a, to: &text)
    #expect(text.contains("data: 2.5") && text.contains("label"))
  }

  @Test func optionalsAndContainers() {
    var optional: Value? = nil
    #expect(optional == nil)
    optional = Value(1)
    var nested: Value?? = optional
    #expect(nested??.data == 1)
    nested = .some(nil)
    #expect(nested! == nil)
    let any: [Any] = [Value(1), 2, Value(3)]
    #expect(any.compactMap { $0 as? Value }.map(\.data) == [1, 3])
  }
}

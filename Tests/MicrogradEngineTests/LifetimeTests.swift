import MicrogradEngine
import MicrogradTestSupport
import Testing

/// Tests that count the nodes of their thread, and tests that make values on one thread and free them on another.
/// They must not run at the same time.
@Suite(.serialized) enum NodeCountingTests {}

extension NodeCountingTests {
  /// Counts live nodes, so that a leak fails, and so does a node that dies too early.
  ///
  /// The tests are synchronous: they stay on one thread, whose nodes they count.
  @Suite struct LifetimeTests {
    /// How many nodes more are alive after `body` than before.
    private func growth(_ body: () throws -> Void) rethrows -> Int {
      let before = Arena.liveNodeCount
      try body()
      return Arena.liveNodeCount - before
    }

    /// Runs `body` twice: with values freed when they die, and in batches.
    private func expectNothingLeft(sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void)
      rethrows
    {
      for (freed, run) in [("at once", { try $0() }), ("later", Arena.withDeferredReleases)] as [FreeingOrder] {
        let left = try growth { try run(body) }
        #expect(left == 0, "\(left) nodes more than before, freed \(freed)", sourceLocation: sourceLocation)
      }
    }

    private typealias FreeingOrder = (String, (() throws -> Void) throws -> Void)

    private func loss(_ w: [Value], _ inputs: [Double]) -> Value {
      inputs.map { x in (dot(w, [Value(x), Value(x * x)]) - 1).tanh().squared() / 2 }.sum()
    }

    @Test func countingSeesWhatIsAlive() {
      var kept: [Value] = []
      #expect(growth { kept.append(Value(1) + 2) } == 3)
      #expect(growth { kept.removeAll() } == -3)
    }

    @Test func training() {
      expectNothingLeft {
        let w: [Value] = [0.5, -0.5]
        let perStep = (0..<50).map { _ in
          growth {
            let loss = loss(w, [1, 2, 3])
            for parameter in w { parameter.grad = 0 }
            loss.backward()
            for parameter in w { parameter.data -= 0.1 * parameter.grad }
          }
        }
        #expect(perStep == Array(repeating: 0, count: 50))
      }
    }

    @Test func evaluationOnly() {
      expectNothingLeft {
        let w: [Value] = [0.5, -0.5]
        var total = 0.0
        for step in 0..<1000 { total += loss(w, [Double(step)]).data }
        #expect(total > 0)
      }
    }

    private struct Interruption: Error {}

    @Test func exceptions() {
      func interrupted(_ w: [Value]) throws -> Value {
        let half = loss(w, [1])
        if half.data > -1 { throw Interruption() }
        return half
      }
      expectNothingLeft {
        let w: [Value] = [0.5, -0.5]
        for _ in 0..<100 { #expect(throws: Interruption.self) { try interrupted(w) } }
      }
    }

    @Test func containers() {
      expectNothingLeft {
        var array: [Value] = [], dictionary: [String: Value] = [:], optional: Value?
        for i in 0..<500 {
          array.append(Value(i) * 2)
          dictionary["\(i % 7)"] = array.randomElement()! + 1
          optional = i % 3 == 0 ? nil : dictionary["0"]! * array[0]
          if i % 10 == 9 { array.removeFirst(5) }
        }
        #expect(array.count == 250 && dictionary.count == 7)
        _ = optional
      }
    }

    @Test func closuresAndClasses() {
      final class Holder {
        var value: Value
        init(_ value: Value) { self.value = value }
      }
      expectNothingLeft {
        for i in 0..<100 {
          let holder = Holder(Value(i))
          let double = { holder.value = holder.value * 2 }
          double()
          double()
          #expect(holder.value.data == Double(4 * i))
        }
      }
    }

    /// A part of a graph that somebody keeps survives the rest of it.
    @Test func partsSurvive() {
      var kept: Value?
      let x = Value(3)
      let left = growth {
        let inner = x * x
        kept = inner
        (inner + 1).backward()
      }
      #expect(left == 1)
      #expect(kept!.data == 9 && x.grad == 6)
      kept!.backward()
      #expect(x.grad == 12)
      kept = nil
    }

    @Test func aChainOfTenMillionNodes() {
      expectNothingLeft {
        let x = Value(1), factor = Value(1)
        var y = x
        for _ in 0..<10_000_000 { y = y * factor }
        y.backward()
        #expect(y.data == 1 && x.grad == 1 && factor.grad == 10_000_000)
      }
    }

    @Test func aDeepChainOfDotProducts() {
      expectNothingLeft {
        let w: [Value] = [0.5, 0.25], bias = Value(0.1)
        var h: [Value] = [1, 1]
        for _ in 0..<100_000 {
          let next = dot(w, h, bias: bias)
          h = [next.relu(), next]
        }
        h[0].backward()
        expectClose(h[0].data, 0.4, "fixed point", tolerance: 1e-12)
      }
    }

    /// A slice keeps its whole array alive, and the numbers of a dot product become leaves that die with it.
    @Test func dotProductsOfSlicesAndNumbers() {
      expectNothingLeft {
        var kept: Value?
        #expect(
          growth {
            let values = (0..<10).map { Value($0) }
            kept = dot(values[2..<4], values[3..<5])
          } == 11)
        #expect(growth { kept = nil } == -11)
        let w: [Value] = [0.5, 0.25], row = [1.0, 2, 3]
        #expect(growth { kept = dot(row[1...], w) } == 1, "numbers are no leaves")
        #expect(growth { _ = kept!.operands } == 2, "until somebody looks")
        #expect(growth { kept!.backward() } == 0)
        #expect(w[0].grad == 2)
      }
    }

    /// Whatever is in a graph, its memory is used again when it is gone: a graph of a few slabs, time and again.
    @Test func memoryIsUsedAgain() {
      let w: [Value] = [0.5, -0.5], bias = Value(0.1)
      let graphs: [(name: String, record: () -> [Value])] = [
        ("sums", { (0..<6000).map { w[0] + Double($0) } }),
        ("leaves", { (0..<6000).map { Value($0) } }),
        ("dot products", { (0..<6000).map { _ in dot(w, w) } }),
        ("dot products of slices", { (0..<6000).map { _ in dot(w[1...], w[..<1]) } }),
        ("dot products of numbers", { (0..<4000).map { dot([1, Double($0)], w, bias: bias) } }),
        ("dot products looked at", { (0..<1000).flatMap { dot(w[1...], [Double($0)]).operands } }),
        ("dot products and sums", { (0..<3000).flatMap { _ in [dot(w, w, bias: bias), w[0] * w[1]] } }),
        // Slabs have room for an even number of cells: now and then one is left over.
        ("dot products and a sum", { [w[0] + w[1]] + (0..<3000).map { _ in dot(w, w) } }),
        ("labels", { (0..<3000).map { (w[0] + w[1]).labelled("\($0)") } }),
        ("swept", { (0..<3000).map { _ in dot(w, w).tanh() }.sum().backwardAndKept() }),
        ("swept again", { (w[0] * (0..<3000).map { _ in w[1].tanh() }.sum()).backwardAndKept().backwardAndKept() }),
        ("diagnosed", { withDiagnostics(report: { _ in }) { (0..<2000).map { _ in dot(w, w) * 2 } } }),
        ("differentiated", { derivatives(of: (0..<1000).map { _ in dot(w, w).sigmoid() }.sum(), by: w) }),
      ]
      for (name, record) in graphs {
        expectConstantMemory(name, record)
        Arena.withDeferredReleases { expectConstantMemory("\(name), freed later", record) }
      }
    }

    private func expectConstantMemory(_ name: String, _ record: () -> [Value]) {
      // What came before may have left slabs half full.
      for _ in 0..<3 { _ = record() }
      let before = Arena.slabCount
      for _ in 0..<30 { _ = record() }
      let grown = Arena.slabCount - before
      #expect(grown == 0, "\(name): \(grown) slabs more after 30 graphs that are gone")
    }

    /// The states of a recurrence are recorded row by row, and die column by column, oldest first.
    @Test func rowsThatDieColumnByColumn() {
      expectNothingLeft {
        let w: [Value] = [0.5, -0.5]
        for _ in 0..<20 {
          var states = (0..<200).map { Value($0) }
          for _ in 0..<20 { states = states.map { ($0 * w[0] + w[1]).tanh() } }
          states.sum().backward()
        }
        #expect(w[1].grad > 0, "got \(w[1].grad)")
      }
    }

    /// Graphs recorded while a diagnosis is under way, and by functions that differentiate.
    @Test func diagnosesAndGradients() {
      expectNothingLeft {
        withDiagnostics(report: { _ in }) {
          for step in 0..<50 { _ = loss([0.5, -0.5], [Double(step)]) }
          _ = Value(-1).log() + Value(0).sqrt()
        }
        _ = hessian(at: [1, 2]) { $0[0] * $0[1] * $0[1] }
        _ = gradientCheck(at: [1, 2]) { $0[0] * $0[1] }
      }
    }
  }
}

extension Value {
  fileprivate func backwardAndKept() -> [Value] {
    backward()
    return [self]
  }
}

extension [Value] {
  fileprivate func backwardAndKept() -> [Value] { self[0].backwardAndKept() }
}

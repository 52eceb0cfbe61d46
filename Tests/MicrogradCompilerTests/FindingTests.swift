import MicrogradEngine
import MicrogradNetworks
import Testing

@testable import MicrogradCompiler

/// The first passes, each by itself.
@Suite struct FindingTests {
  private let w = Value(0.5), v = Value(-2)

  private func flattened(_ root: Value) throws -> (sums: FlattenedSums, coloring: Coloring) {
    let graph = FlatGraph(of: root, locating: [w, v])
    let sums = FlattenedSums(graph)
    return (sums, try Coloring(sums, parameters: graph.located))
  }

  /// The terms of the root as signed numbers.
  private func terms(_ root: Value) -> [Double] {
    let sums = FlattenedSums(FlatGraph(of: root, locating: []))
    return sums.terms(of: sums.graph.root).map {
      let term = sums.terms[$0], number = sums.graph.numbers[Int(term.node)]
      return term.isNegative ? -number : number
    }
  }

  // MARK: Sums

  @Test func chainsOfAdditionsAreOneSum() {
    let (a, b, c, d) = (Value(1), Value(2), Value(3), Value(4))
    #expect(terms(((a + b) - c) + d) == [1, 2, -3, 4])
    #expect(terms(a - (b - (c - d))) == [1, -2, 3, -4])
    #expect(terms(-(a + -(b + c))) == [-1, 2, 3])
    #expect(terms(-a) == [-1])
  }

  @Test func whatIsUsedElsewhereStaysASum() throws {
    let shared = w + v
    let root = shared + shared.tanh()
    #expect(terms(root).count == 2)
    #expect(terms(shared + shared).count == 2, "twice in one sum is two uses")
    let sums = try flattened(root).sums
    #expect((0..<sums.count).count { sums.kinds[$0] == .sum } == 2)
    #expect((0..<sums.count).allSatisfy { sums.kinds[$0] != .absorbed })
  }

  @Test func longChainsNeedNoStack() {
    let root = (0..<100_000).reduce(w) { sum, _ in sum + v }
    #expect(terms(root).count == 100_001)
  }

  // MARK: Colours

  /// Whether two nodes were computed alike.
  private func areAlike(_ first: Value, _ second: Value) throws -> Bool {
    let graph = FlatGraph(of: [first * 1, second * 1].sum().exp(), locating: [w, v, first, second])
    let coloring = try Coloring(FlattenedSums(graph), parameters: Array(graph.located.prefix(2)))
    return coloring.colors[Int(graph.located[2])] == coloring.colors[Int(graph.located[3])]
  }

  @Test func coloursFollowHowNodesWereComputed() throws {
    #expect(try areAlike((w * 2).tanh(), (w * 3).tanh()), "constants are anonymous")
    #expect(try !areAlike((w * 2).tanh(), (v * 2).tanh()), "parameters are not")
    #expect(try !areAlike((w * 2).tanh(), (w * 2).sigmoid()))
    #expect(try !areAlike(w / 2, 2 / w), "operands have an order")
    #expect(try !areAlike((w * 2).squared() + w, (w * 2).squared() - w), "signs belong to terms")
    #expect(try areAlike(dot([w, v], [1, 2]), dot([w, v], [3, 4])))
    #expect(try !areAlike(dot([w, v], [1, 2]), dot([w, v], [3, 4], bias: w)))
    #expect(try !areAlike(w * w, w.tanh()), "a square is no function of one operand")
  }

  @Test func whatDependsOnParametersAloneIsPure() throws {
    let graph = FlatGraph(of: (w * v).tanh() * (2 * w), locating: [w, v])
    let sums = FlattenedSums(graph), coloring = try Coloring(sums, parameters: graph.located)
    for node in 0..<sums.count where sums.kinds[node] == .apply {
      let isPure = coloring.isPure(coloring.colors[node])
      let usesNumber = graph.numbers[node] == 1 || node == Int(graph.root)
      #expect(isPure == !usesNumber, "\(sums.describe(Int32(node)))")
    }
  }

  @Test func internersTellAllKeysApart() {
    var interner = Interner(first: 7)
    for round in 0..<2 {
      for key in 1...5000 as ClosedRange<UInt64> {
        let number = interner.intern(key << 40 | 1)
        #expect(number == Int32(key) + 6, "round \(round), key \(key)")
      }
    }
    #expect(interner.next == 5007)
  }

  // MARK: Lanes

  private func lanes(_ root: Value) throws -> Lanes {
    let (sums, coloring) = try flattened(root)
    return try Lanes(sums, coloring)
  }

  @Test func samplesAreLanes() throws {
    let lanes = try lanes((0..<5).map { x in (w * Double(x) + v).tanh() }.mean())
    #expect(lanes.laneCount == 5)
    // w·x, the sum, and tanh of it.
    #expect(lanes.slotCount == 3)
    for slot in 0..<Int32(3) { #expect(lanes.members(of: slot).allSatisfy { $0 >= 0 }) }
  }

  @Test func bracketsBelongToOneSampleEach() throws {
    func brackets(_ root: Value) throws -> Int {
      let (sums, coloring) = try flattened(root)
      return LaneBrackets(sums, coloring, try Lanes(sums, coloring)).nodes.count
    }
    func terms(_ x: Int) -> (Value, Value) { ((w * Double(x)).exp(), (v * Double(x)).tanh()) }
    let bracketed = (0..<5).map { terms($0).0 + terms($0).1 }.sum()
    #expect(try brackets(bracketed) == 5)
    // Those of a running total belong to several samples, but for the first ones.
    let running = (0..<5).reduce(Value(0)) { $0 + terms($1).0 + terms($1).1 }
    #expect(try brackets(running) == 0)
  }

  @Test func partialSlotsHaveNoMembersInOtherLanes() throws {
    let lanes = try lanes((0..<6).map { x in x % 3 == 0 ? (w * Double(x)).tanh() * v : (w * Double(x)).tanh() }.sum())
    #expect(lanes.laneCount == 6)
    let counts = (0..<Int32(lanes.slotCount)).map { lanes.members(of: $0).filter { $0 >= 0 }.count }
    #expect(counts.sorted() == [2, 6, 6])
  }

  /// The colours tell, after a part of the graph.
  @Test func largeGraphsWithoutSamplesAreRefusedEarly() {
    let chain = (0..<100_000).reduce(w) { value, _ in (value * 0.5).tanh() }
    #expect(throws: Refusal.self) { try flattened(chain) }
    let samples = (0..<3).map { _ in (0..<30_000).reduce(w) { value, _ in (value * 0.5).tanh() } }
    #expect(throws: Never.self) { try flattened(samples.sum()) }
  }

  @Test func noSamplesIsARefusal() {
    #expect(throws: Refusal.self) { try lanes((w * 2 + v).tanh()) }
    #expect(throws: Refusal.self) { try lanes(w * v) }
  }
}

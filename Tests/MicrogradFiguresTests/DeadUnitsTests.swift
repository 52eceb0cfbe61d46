import MicrogradEngine
import MicrogradGraph
import MicrogradNetworks
import MicrogradTestSupport
import Testing

@testable import MicrogradFigures

@Suite struct DeadUnitsTests {
  private static func names(_ value: Value) -> (units: Int, leaves: [String]) {
    let graph = value.graph(.recorded), dead = DeadUnits(graph)
    return (dead.units.count, dead.leaves.map { graph.nodes[$0].name })
  }

  @Test func aClosedUnitCutsOffWhatIsOnlyUsedByIt() {
    let a = Value(-1, label: "a"), b = Value(2, label: "b"), c = Value(3, label: "c")
    #expect(Self.names((a * b).relu() + b * c) == (1, ["a"]), "b has another way")
    #expect(Self.names((a * b + 2).relu() + c) == (1, ["a", "b"]), "closed at 0 as well")
    #expect(Self.names((b * c).relu()) == (0, []), "an open one")
    #expect(Self.names((a * b).leakyReLU()) == (0, []), "no ReLU")
    #expect(
      Self.names(((a * b).relu() * c).relu()) == (1, ["a", "b", "c"]), "the one behind a closed one does not count")
    #expect((a * b).relu().graph().deadUnits(in: .english)?.contains("through closed ReLUs (v3)") == true)
  }

  /// The leaves that are cut off have no gradient, and in a net with random weights no others but those that a closed unit's 0
  /// is multiplied by, in the later layers.
  @Test func theEngineAgrees() {
    let seed = UInt64(newSeed())
    var random = SplitMix(seed: seed), count = 0
    for _ in 0..<50 {
      let model = MLP(2, [4, 3, 1], seed: Int.random(in: 0...100_000, using: &random))
      model.labelParameters()
      let samples = (0..<2).map { _ in (0..<2).map { _ in Double.random(in: -1...1, using: &random) } }
      let loss = samples.map { squaredError(model($0)[0], 1) }.mean()
      loss.backward()
      let graph = loss.graph(), dead = Set(DeadUnits(graph).leaves)
      for node in graph.nodes where node.isLeaf && node.label != nil {
        let isFactorOfUnit = node.name.hasPrefix("w2") || node.name.hasPrefix("w3")
        if node.grad == 0, isFactorOfUnit { continue }
        #expect((node.grad == 0) == dead.contains(node.id), "\(node.name), seed \(seed): \(node.grad)")
      }
      count += dead.count
    }
    #expect(count > 0)
  }
}

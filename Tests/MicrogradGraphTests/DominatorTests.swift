import MicrogradTestSupport
import Testing

@testable import MicrogradGraph

@Suite struct DominatorTests {
  /// For each node, those after it in its graph that it is an operand of. All but the last have some.
  private static func randomUsers(_ random: inout SplitMix) -> [[Int]] {
    let count = Int.random(in: 1...40, using: &random), reach = Int.random(in: 1...count, using: &random)
    return (0..<count).map { node in
      guard node + 1 < count else { return [] }
      return (0..<Int.random(in: 1...3, using: &random)).map { _ in
        Int.random(in: node + 1...min(node + reach, count - 1), using: &random)
      }.sorted()
    }
  }

  /// By definition: what no longer reaches the result if a node is taken away.
  private static func region(of node: Int, _ users: [[Int]]) -> Set<Int> {
    var reaches = users.map { _ in false }
    reaches[users.count - 1] = node != users.count - 1
    for other in users.indices.dropLast().reversed() where other != node {
      reaches[other] = users[other].contains { reaches[$0] }
    }
    return Set(users.indices.filter { !reaches[$0] })
  }

  @Test func regionsAreWhatIsLostWithoutANode() {
    let seed = UInt64(newSeed())
    var random = SplitMix(seed: seed)
    for _ in 0..<200 {
      let users = Self.randomUsers(&random), dominators = Dominators(users: users)
      for node in users.indices {
        let got = dominators.region(of: node), expected = Self.region(of: node, users)
        #expect(Set(got) == expected && got.count == expected.count, "node \(node) of \(users), seed \(seed): \(got)")
        #expect(dominators.sizes[node] == expected.count, "node \(node) of \(users), seed \(seed)")
      }
      let given = users.indices.filter { _ in Bool.random(using: &random) },
        depth = Int.random(in: 0...3, using: &random)
      let outermost = given.filter { node in
        given.count { $0 != node && Self.region(of: $0, users).contains(node) } <= depth
      }
      #expect(
        dominators.outermost(of: given, depth: depth) == Set(outermost),
        "\(given) of \(users), depth \(depth), seed \(seed)")
    }
  }

  /// A leaf that is used at both ends of a chain, and another one, and so on: climbing step by step takes quadratic time.
  @Test func longWaysAreJumpedOver() {
    let half = 100_000
    let leaves = (0..<half).map { [half + $0, 3 * half - 1 - $0] }
    let chain = (half..<3 * half).map { $0 + 1 < 3 * half ? [$0 + 1] : [] }
    let dominators = Dominators(users: leaves + chain)
    #expect(dominators.sizes[3 * half - 1] == 3 * half && dominators.sizes[half] == 1)
  }
}

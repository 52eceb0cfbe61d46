import CMicrogradKernels
import MicrogradEngine
import MicrogradNetworks
import MicrogradRandom
import MicrogradTestSupport
import Testing

@testable import MicrogradCompiler

/// Where rows lie.
@Suite struct PlacementTests {
  /// Regions that are needed at the same time have memory of their own.
  @Test func noTwoLiveRegionsOverlap() {
    let first = newSeed()
    for seed in first..<first + 20 {
      let net = RandomNet(seed: seed)
      let graph = FlatGraph(of: net.record(), locating: net.parameters)
      guard let passes = try? Passes(graph, parameters: graph.located, inputs: [:], declared: 0) else { continue }
      for ir in [passes.forward.ir, passes.training.ir] {
        var placement = Placement(ir), random = PythonRandom(seed: seed)
        let lifetimes: [ClosedRange<Int>?] = placement.regions.indices.map { _ in
          let start = Int.random(in: 0..<40, using: &random)
          return Int.random(in: 0..<10, using: &random) == 0
            ? nil : start...(start + Int.random(in: 0..<10, using: &random))
        }
        let end = placement.allocate(lifetimes, stride: 8, from: 100)
        expectApart(placement, lifetimes, end: end, net.name)
      }
    }
  }

  private func expectApart(_ placement: Placement, _ lifetimes: [ClosedRange<Int>?], end: Int, _ what: String) {
    let placed = zip(placement.regions, lifetimes).compactMap { region, life in
      life.map { (memory: region.offset..<region.offset + region.rows * 8, life: $0) }
    }
    for (index, one) in placed.enumerated() {
      #expect(one.memory.lowerBound >= 100 && one.memory.upperBound <= end, "\(what)")
      for other in placed[..<index] where one.life.overlaps(other.life) {
        #expect(!one.memory.overlaps(other.memory), "\(one) and \(other), \(what)")
      }
    }
  }

  /// Layers find their inputs one behind the other, in place or copied.
  @Test func rowsOfALayerFollowEachOther() throws {
    let first = newSeed()
    for seed in first..<first + 20 {
      let net = RandomNet(seed: seed)
      let graph = FlatGraph(of: net.record(), locating: net.parameters)
      guard let passes = try? Passes(graph, parameters: graph.located, inputs: [:], declared: 0) else { continue }
      let ir = passes.training.ir, placement = Placement(ir), uses = ir.useCounts()
      for id in ir.kinds.indices where uses[id] > 0 {
        guard case .dense(_, let inputs, _) = ir.kinds[id], placement.copy(of: inputs) == nil else { continue }
        let start = placement.start(of: inputs)
        for (index, input) in inputs.enumerated() {
          #expect(placement.locations[placement.resolved(input)] == start.advanced(by: index), "\(net.name)")
        }
      }
    }
  }

  @Test func parametersHaveAPlaceEach() throws {
    let net = RandomNet(seed: 17)
    let graph = FlatGraph(of: net.record(), locating: net.parameters)
    let passes = try Passes(graph, parameters: graph.located, inputs: [:], declared: 0)
    let layout = ParameterLayout(passes.training.ir, parameters: net.parameters.count, line: 8)
    #expect(Set(layout.offsets).count == net.parameters.count)
    #expect(layout.offsets.allSatisfy { (0..<layout.size).contains($0) } && layout.size % 8 == 0)
    let runs = layout.runs(of: Dictionary(uniqueKeysWithValues: layout.offsets.indices.map { ($0, 1.0) }))
    #expect(runs.map(\.count).reduce(0, +) == net.parameters.count)
  }
}

import Testing

@testable import MicrogradDistributed

@Suite struct CostTests {
  @Test("A line goes through two points, and has no negative part")
  func lines() {
    let line = LinearCost(through: (2, 7), (4, 11))
    #expect(line == LinearCost(fixed: 3, perUnit: 2), "through (2, 7) and (4, 11)")
    #expect(line.seconds(10, pieces: 4) == 32, "4 pieces of 10 units in all")
    #expect(LinearCost(through: (2, 7), (4, 5)) == LinearCost(fixed: 7, perUnit: 0), "a falling line")
    #expect(LinearCost(through: (2, 1), (4, 8)) == LinearCost(fixed: 0, perUnit: 2), "a line that begins below 0")
  }

  @Test(
    "Times of algorithms are those of Thakur, Rabenseifner and Gropp",
    arguments: [
      (AllreduceAlgorithm.recursiveDoubling, 1, 0.0, 0.0), (.recursiveDoubling, 2, 1, 1),
      (.recursiveDoubling, 5, 3, 3), (.recursiveDoubling, 16, 4, 4),
      (.rabenseifner, 2, 2, 1), (.rabenseifner, 4, 4, 1.5), (.rabenseifner, 16, 8, 1.875),
    ])
  func algorithms(_ algorithm: AllreduceAlgorithm, _ ranks: Int, _ latencies: Double, _ passes: Double) {
    let seconds = algorithm.seconds(bytes: 1000, ranks: ranks, link: LinearCost(fixed: 1e6, perUnit: 1))
    #expect(seconds == latencies * 1e6 + passes * 1000, "\(algorithm), \(ranks) ranks")
  }

  @Test(
    "Libraries have their algorithms",
    arguments: [
      ("Open MPI v4.1.4", 8192, AllreduceAlgorithm.recursiveDoubling), ("Open MPI v4.1.4", 8193, .rabenseifner),
      ("MPICH Version: 4.0.2", 2048, .recursiveDoubling), ("MPICH Version: 4.0.2", 2049, .rabenseifner),
    ])
  func libraries(_ library: String, _ bytes: Int, _ algorithm: AllreduceAlgorithm) {
    #expect(AllreduceAlgorithm(library: library, bytes: bytes) == algorithm, "\(library), \(bytes) bytes")
  }

  /// 1600 rows in 16 parts, batches of 160; a row takes 1 s, the optimizer 2 s, a message 0.5 s within and 5 s between hosts.
  private func cost(ranks: Int, hosts: Int, cores: Int) -> StepCost {
    StepCost(
      placement: .init(ranks: ranks, hosts: hosts, cores: cores), gradient: LinearCost(fixed: 10, perUnit: 1),
      update: 2,
      epoch: LinearCost(fixed: 7, perUnit: 0.5), contention: 1, bytes: 128,
      local: LinearCost(fixed: 0.25, perUnit: 0.25 / 128), remote: LinearCost(fixed: 2.5, perUnit: 2.5 / 128),
      algorithm: .recursiveDoubling, correction: 1,
      plan: BatchPlan(partSizes: Array(repeating: 100, count: 16), batchSize: 160, seed: 0))
  }

  @Test("A step is the gradient of its share of rows, the optimizer and the messages")
  func steps() {
    let cost = cost(ranks: 2, hosts: 1, cores: 16)
    #expect(cost.step(ranks: 1) == 172, "10 + 160 + 2")
    #expect(cost.step(ranks: 2) == 92.5, "10 + 80 + 2, and a message of 0.5")
    #expect(cost.step(ranks: 16) == 24, "10 + 10 + 2, and 4 messages")
    #expect(cost.step(ranks: 17) == nil, "more ranks than parts")
    #expect(cost.epoch(ranks: 2) == 1332, "10 steps of 92.5, and 7 + 0.5 · 800")
  }

  @Test("Ranks beyond the cores share them, and hosts are joined by their own link")
  func placements() {
    var cost = cost(ranks: 2, hosts: 2, cores: 1)
    #expect(cost.step(ranks: 2) == 97, "92, and a message of 5")
    #expect(cost.step(ranks: 4) == 109.5, "2 (10 + 40 + 2), a message of 0.5 and one of 5")
    cost.local = nil
    #expect(cost.step(ranks: 4) == nil, "a link that was not measured")
    cost.correction = 3
    #expect(cost.step(ranks: 2) == 107, "92, and 3 times a message of 5")
  }

  @Test("Cores that compute together are slower by the measured ratio, in proportion to how many do")
  func contention() {
    var cost = cost(ranks: 4, hosts: 1, cores: 2)
    cost.setContention(ratio: 3)
    #expect(cost.contention == 1.5, "4 ranks on 2 cores take 3 times as long as one")
    #expect([1, 2, 4, 8].map { cost.slowdown(cost.placement.with(ranks: $0)) } == [1, 1.5, 3, 6])
    cost.placement.cores = 4
    #expect(cost.slowdown(cost.placement.with(ranks: 2)) == 1 + 0.5 / 3)
    cost.contention = 1
    cost.setContention(ratio: 0.5)
    #expect(cost.contention == 1, "faster together than alone: chance")
  }

  @Test("The fewest ranks within a tenth of the best are recommended")
  func recommendations() {
    var cost = cost(ranks: 2, hosts: 1, cores: 16)
    #expect(cost.recommendation(among: [1, 2, 4, 8, 16]) == 16)
    cost.epoch.fixed = 1e6
    #expect(cost.recommendation(among: [16, 2, 1]) == 1, "16 ranks are faster by less than a tenth")
    cost.epoch.fixed = 0
    cost.local = LinearCost(fixed: 100, perUnit: 0)
    #expect(cost.recommendation(among: [1, 2, 4, 8, 16]) == 1, "messages take longer than the gradient")
  }

  @Test("Cores of processes are counted once")
  func cores() {
    let hosts = [Host(name: "a", cores: [0b0011]), Host(name: "a", cores: [0b0110, 1])]
    #expect(Host.coreCount(hosts) == 4)
    #expect(Host.coreCount([]) == 0)
    for host in hosts { #expect(Host(encoded: host.encoded) == host) }
    #expect(Host.coreCount([.current]) >= 1)
  }
}

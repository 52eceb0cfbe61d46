import MicrogradDistributed

/// A program that the tests start on some ranks: each operation of the communicator, with numbers whose results are known.
@main struct CommunicatorCheck {
  static func main() throws {
    let world = try Communicator()
    let check = CommunicatorCheck(world: world)
    try check.messages()
    try check.broadcasts()
    try check.reductions()
    try check.gathers()
    try check.errors()
    try world.barrier()
    if world.rank == 0 { print("\(world.count) ranks are right with \(Communicator.library)") }
    try world.finalize()
  }

  let world: Communicator

  /// Ends all ranks if a result is not the expected one.
  private func expect<Result: Equatable>(_ got: Result, _ expected: Result, _ input: String) {
    guard got != expected else { return }
    print("rank \(world.rank) of \(world.count), \(input): got \(got), expected \(expected)")
    world.abort()
  }

  private func messages() throws {
    for length in [0, 1, 1_000_000] {
      let bytes = { (rank: Int) in (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ rank) } }
      if world.rank > 0 {
        try world.send(bytes(world.rank), to: 0, tag: 7)
        expect(try world.receive(from: 0, tag: 8), bytes(world.rank), "\(length) bytes sent back")
      } else {
        var sources = Set<Int>()
        while sources.count < world.count - 1 {
          guard let envelope = try world.probe(tag: 7) else { continue }
          expect(envelope.count, length, "count of an envelope from \(envelope.source)")
          let received = try world.receive(envelope)
          expect(received, bytes(envelope.source), "\(length) bytes from \(envelope.source)")
          try world.send(received, to: envelope.source, tag: 8)
          sources.insert(envelope.source)
        }
        expect(sources, Set(1..<world.count), "senders")
      }
      try world.barrier()
    }
    expect(try world.probe(), nil, "probe without a message")
  }

  private func broadcasts() throws {
    for root in 0..<world.count {
      let bytes = (0..<(1000 + root)).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ root) }
      expect(try world.broadcast(world.rank == root ? bytes : [], from: root), bytes, "broadcast from \(root)")
      expect(try world.broadcast([], from: root), [], "broadcast of nothing from \(root)")
    }
  }

  private func reductions() throws {
    try reduction(of: Float.self)
    try reduction(of: Double.self)
    try reduction(of: Int64.self)
    let ranks = 0..<world.count
    expect(try world.allreduce(Int64(world.rank)), Int64(ranks.reduce(0, +)), "sum of the ranks")
    expect(try world.allreduce(Double(world.rank) + 0.5, .maximum), Double(world.count) - 0.5, "the greatest rank")
    expect(try world.allreduce(Float(world.rank) + 0.5, .minimum), 0.5, "the least rank")
  }

  private func reduction<Number: MPINumber & Numeric>(of type: Number.Type) throws {
    for length in [0, 1, 100_003] {
      // Small whole numbers, whose sum is the same in any order.
      let own = (0..<length).map { Number(exactly: $0 % 97 * (world.rank + 1))! }
      let sum = (0..<length).map { Number(exactly: $0 % 97 * (world.count * (world.count + 1) / 2))! }
      let numbers = UnsafeMutableBufferPointer<Number>.allocate(capacity: length)
      defer { numbers.deallocate() }
      _ = numbers.initialize(from: own)
      try world.allreduce(numbers)
      expect(Array(numbers), sum, "allreduce of \(length) \(type)")

      _ = numbers.update(from: own)
      var request = try world.startAllreduce(numbers)
      while try !request.isDone() {}
      expect(Array(numbers), sum, "allreduce of \(length) \(type), asked until it was done")

      _ = numbers.update(from: own)
      try world.startAllreduce(numbers).wait()
      expect(Array(numbers), sum, "allreduce of \(length) \(type), waited for")
    }
  }

  private func gathers() throws {
    let parts = (0..<world.count).map { rank in (0..<(rank * 3)).map { UInt8($0 + rank) } }
    expect(try world.allgather(parts[world.rank]), parts, "allgather of bytes")
    let own = [Double(world.rank), -Double(world.rank)]
    var all = [Double](repeating: .nan, count: 2 * world.count)
    try own.withUnsafeBufferPointer { own in
      try all.withUnsafeMutableBufferPointer { try world.allgather(own, into: $0) }
    }
    expect(all, (0..<world.count).flatMap { [Double($0), -Double($0)] }, "allgather of numbers")
  }

  private func errors() throws {
    do {
      try world.send([1], to: world.count)
      expect("no error", "an error", "send to a rank that does not exist")
    } catch {
      expect(error.operation, "send to rank \(world.count)", "send to a rank that does not exist")
      expect(error.reason.contains("ank"), true, "the error's words, \"\(error.reason)\", name the rank")
    }
  }
}

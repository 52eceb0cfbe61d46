import MicrogradEngine
import MicrogradTestSupport
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension NodeCountingTests {
  /// Threads, and tasks that move between them. ThreadSanitizer runs these as well (see CONTRIBUTING.md).
  @Suite struct ThreadTests {
    /// A small training whose result depends on every step.
    private static func train(seed: UInt64, steps: Int) -> [Double] {
      var random = SplitMix(seed: seed)
      let w = (0..<6).map { _ in Value(.random(in: -1...1, using: &random)) }
      for _ in 0..<steps {
        let errors = (0..<10).map { i in
          let x: [Value] = [Value(Double(i) / 10), Value(.random(in: -1...1, using: &random))]
          let hidden = [dot(Array(w[0..<2]), x).tanh(), dot(Array(w[2..<4]), x).tanh()]
          return (dot(Array(w[4..<6]), hidden) - x[0] * x[1]).squared()
        }
        for parameter in w { parameter.grad = 0 }
        errors.mean().backward()
        for parameter in w { parameter.data -= 0.1 * parameter.grad }
      }
      return w.map(\.data)
    }

    @Test func independentModelsTrainInParallelAsInSerial() async {
      let serial = (1...8).map { Self.train(seed: $0, steps: 50) }
      let parallel = await withTaskGroup(of: (Int, [Double]).self) { group in
        for seed in 1...8 { group.addTask { (seed - 1, Self.train(seed: UInt64(seed), steps: 50)) } }
        return await group.reduce(into: [[Double]](repeating: [], count: 8)) { $0[$1.0] = $1.1 }
      }
      #expect(parallel == serial)
    }

    /// One training that is suspended, and so moved, in the middle of its graphs.
    private static func trainWithInterruptions(_ seed: Int, every interval: Int?) async -> [Double] {
      let w = Value(0.5 + 0.01 * Double(seed)), bias = Value(0.25), numbers = [1.0, 0.5]
      var results: [Double] = []
      for step in 0..<12 {
        w.grad = 0
        bias.grad = 0
        var y = w
        for k in 0..<5 {
          y = dot([y, w][..<1], [w], bias: bias).tanh() + dot(numbers, [y, bias])
          if let interval, (step + k) % interval == 0 {
            await Task.yield()
            try? await Task.sleep(nanoseconds: 1)
          }
        }
        y.backward()
        results += [y.data, w.grad, bias.grad]
        w.data -= 0.01 * w.grad
      }
      return results
    }

    @Test func tasksThatMoveBetweenThreadsGetTheSameNumbers() async {
      for round in 0..<5 {
        await withTaskGroup(of: Bool.self) { group in
          for seed in 0..<16 {
            group.addTask {
              let moved = await Self.trainWithInterruptions(seed, every: 3)
              return await Self.trainWithInterruptions(seed, every: nil) == moved
            }
          }
          for await isEqual in group { #expect(isEqual, "round \(round)") }
        }
      }
    }

    /// The main thread continues a graph of another thread's: its own part gets gradients as in any other sweep.
    @MainActor @Test func sweepsOverAnotherThreadsValues() async {
      nonisolated(unsafe) var recorded: (x: Value, square: Value)?
      await Task.detached {
        let x = Value(3)
        recorded = (x, x * x)
      }.value
      let (x, square) = recorded!
      let own = square * 2, root = own + square
      root.backward()
      #expect(x.grad == 18 && own.grad == 1 && square.grad == 0, "got \(x.grad), \(own.grad), \(square.grad)")
      // Leaves add up; computed values start anew.
      root.backward()
      #expect(x.grad == 36 && own.grad == 1 && square.grad == 0, "got \(x.grad), \(own.grad), \(square.grad)")
      // The next sweep, of this thread's values alone, does not take what is left in `own` for its own.
      recorded = nil
      let y = Value(2), other = y * y
      other.backward()
      #expect(y.grad == 4 && own.grad == 1, "got \(y.grad), \(own.grad)")
    }

    /// Slabs that another thread empties come back to the thread that filled them.
    @MainActor @Test func memoryFreedByAnotherThreadIsUsedAgain() async {
      let before = await slabsAfter(rounds: 3), after = await slabsAfter(rounds: 30)
      #expect(after <= before + 2, "\(before) slabs after 3 rounds, \(after) after 33")
    }

    /// How many slabs the main thread has when other threads have freed graphs of its, so many times.
    @MainActor private func slabsAfter(rounds: Int) async -> Int {
      for _ in 0..<rounds {
        nonisolated(unsafe) var graph: [Value]? = (0..<6000).map { Value(1) * Double($0) }
        await Task.detached { graph?.removeAll() }.value
      }
      return Arena.slabCount
    }

    /// Values made on one thread, handed over, used and freed on another.
    @Test func valuesMayBeHandedOver() async {
      for i in 0..<200 {
        let fresh = Value(Double(i)) * 2
        let result = await Task.detached { [data = fresh.data] in
          let square = Value(data).squared()
          square.backward()
          return square.data
        }.value
        #expect(result == fresh.data * fresh.data)
      }
    }

    /// What a thread leaves behind when it ends is used by the next ones.
    @Test func memoryOfEndedThreadsIsUsedAgain() {
      func slabs(after threads: Int) -> Double {
        (0..<threads).map { _ in
          runOnThread {
            let x = Value(2)
            var y = x
            for _ in 0..<100 { y = y * 1.5 }
            return Double(Arena.slabCount)
          }
        }.max()!
      }
      let before = slabs(after: 10), after = slabs(after: 100)
      #expect(after <= before + 2, "\(before) slabs at most in the first 10 threads, \(after) in 100 more")
    }

    /// The arena of a thread that has ended serves the next one; nothing of the first may confuse the second.
    @Test func threadsThatEndLeaveUsableArenas() {
      for _ in 0..<50 {
        let sum = runOnThread {
          let x = Value(2)
          var y = x
          for _ in 0..<3000 { y = y * 1.0001 }
          y.backward()
          return x.grad
        }
        #expect(abs(sum - 1.3498) < 1e-3)
      }
    }

    #if os(Linux) || os(macOS)
      /// Past the compiler, outside a task, on another thread: stopped with a message.
      @Test func valuesSharedBetweenThreadsAreRefused() async {
        await #expect(processExitsWith: .failure) {
          nonisolated(unsafe) let shared = Value(1)
          runOnThread { (shared * 2).data }
        }
        await #expect(processExitsWith: .failure) {
          nonisolated(unsafe) let shared = Value(1) * 2
          runOnThread {
            shared.backward()
            return 0
          }
        }
      }
    #endif
  }

}

/// Runs `body` on a new thread, outside of any task, and waits for it.
@discardableResult
private func runOnThread(_ body: @escaping @Sendable () -> Double) -> Double {
  let job = Job(body)
  let argument = Unmanaged.passUnretained(job).toOpaque()
  #if canImport(Darwin)
    var thread: pthread_t?
    pthread_create(&thread, nil, { runJob($0) }, argument)
    pthread_join(thread!, nil)
  #else
    var thread = pthread_t()
    pthread_create(&thread, nil, { runJob($0!) }, argument)
    pthread_join(thread, nil)
  #endif
  return withExtendedLifetime(job) { job.result }
}

private func runJob(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
  let job = Unmanaged<Job>.fromOpaque(argument).takeUnretainedValue()
  job.result = job.body()
  return nil
}

private final class Job: @unchecked Sendable {
  let body: @Sendable () -> Double
  var result = 0.0
  init(_ body: @escaping @Sendable () -> Double) { self.body = body }
}

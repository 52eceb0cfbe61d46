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
      let w = Value(0.5 + 0.01 * Double(seed)), bias = Value(0.25)
      var results: [Double] = []
      for step in 0..<12 {
        w.grad = 0
        bias.grad = 0
        var y = w
        for k in 0..<5 {
          y = dot([y], [w], bias: bias).tanh() + y
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

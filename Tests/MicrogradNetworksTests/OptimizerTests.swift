import MicrogradEngine
import MicrogradNetworks
import MicrogradTestSupport
import Testing

/// Five steps on (p₀ - 1)² + 10 (p₁ + 2)² + p₀·p₁ from (0.5, 0.25). The expected numbers are those of optax 0.2.8 in
/// double precision.
@Suite struct OptimizerTests {
  private func expect(
    _ optimizer: ([Value]) -> some Optimizer, _ expected: [Double],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let p: [Value] = [0.5, 0.25]
    var optimizer = optimizer(p)
    for _ in 0..<5 {
      optimizer.zeroGrad()
      let loss = (p[0] - 1).squared() + 10 * (p[1] + 2).squared() + p[0] * p[1]
      loss.backward()
      optimizer.step()
    }
    for (i, expected) in expected.enumerated() {
      expectClose(p[i].data, expected, "parameter \(i)", tolerance: 1e-12, sourceLocation: sourceLocation)
    }
  }

  @Test func gradientDescent() {
    expect({ SGD($0, learningRate: 0.02) }, [0.6860995223999999, -1.8523198592])
    expect({ SGD($0, learningRate: 0.02, momentum: 0.9) }, [1.0646798784000002, -3.6967252832])
    expect(
      { SGD($0, learningRate: 0.02, momentum: 0.9, isNesterov: true) }, [1.2890217469007759, -2.430042869277008])
    expect(
      { SGD($0, learningRate: 0.02, momentum: 0.9, weightDecay: 0.1) }, [1.050647961958624, -3.672355696521608])
  }

  @Test func adam() {
    expect({ Adam($0, learningRate: 0.1) }, [0.9873124810464022, -0.24765116360516803])
    expect(
      { Adam($0, learningRate: 0.1, weightDecay: .inGradient(0.1)) }, [0.9829898376547977, -0.24763676631970713])
    expect(
      { Adam($0, learningRate: 0.1, weightDecay: .decoupled(0.1)) }, [0.955753489794822, -0.24997006062781207])
  }

  #if os(Linux) || os(macOS)
    @Test func numbersThatMakeNoSense() async {
      await #expect(processExitsWith: .failure) { _ = SGD([], learningRate: 1, momentum: -1) }
      await #expect(processExitsWith: .failure) { _ = SGD([], learningRate: 1, weightDecay: .nan) }
      await #expect(processExitsWith: .failure) { _ = Adam([], betas: (0.9, 1)) }
      await #expect(processExitsWith: .failure) { _ = Adam([], epsilon: -1) }
      await #expect(processExitsWith: .failure) { _ = Adam([], weightDecay: .inGradient(-1)) }
    }
  #endif

  /// Without momentum nothing is remembered, not even an infinite gradient.
  @Test func plainDescentForgets() {
    let p = Value(1)
    var optimizer = SGD([p], learningRate: 0.5)
    p.grad = .infinity
    optimizer.step()
    (p.data, p.grad) = (1, 1)
    optimizer.step()
    #expect(p.data == 0.5)
  }

  @Test func theRateMayChangeBetweenSteps() {
    let p = Value(1)
    var optimizer = SGD([p], learningRate: 0.5)
    p.grad = 1
    optimizer.step()
    optimizer.learningRate = 0.25
    optimizer.step()
    #expect(p.data == 0.25)
  }
}

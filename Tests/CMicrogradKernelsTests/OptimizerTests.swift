import CMicrogradKernels
import MicrogradTestSupport
import Testing

@Suite struct OptimizerTests {
  @Test(arguments: [MGRule.descent, .momentum, .adam], [false, true])
  func descend(_ rule: MGRule, _ variant: Bool) {
    for (name, count) in instructionSets.flatMap({ name in [1, 7, 64, 99].map { (name, $0) } }) {
      let kernels = mg_kernels(name)!, seed = UInt64(count)
      var random = SplitMix(seed: seed)
      var scene = Scene(vector: Int(kernels.pointee.vectorOfDoubles))
      scene.optimizer = MGOptimizer(
        rule: rule, nesterov: variant, decoupled: variant, rate: 0.1, decay: 0.01, momentum: 0.9, beta1: 0.9,
        beta2: 0.99, epsilon: 1e-8, meanCorrection: 0.3, squareCorrection: 0.2)
      scene.block = [
        MGInstruction(
          .descend, .rows, inner: count, a: scene.place(count) { random.uniform() },
          b: scene.place(count) { random.uniform() }, c: scene.place(count) { random.uniform() },
          d: scene.place(count) { Swift.abs(random.uniform()) })
      ]
      let got = scene.run(in: Double.self, on: kernels, threads: 2), expected = scene.expected()
      let worst = zip(got, expected).map { Swift.abs($0 - $1) }.max()!
      #expect(
        worst <= 1e-15, "\(name), \(rule), variant \(variant), \(count) parameters: off by \(worst), seed \(seed)")
    }
  }
}

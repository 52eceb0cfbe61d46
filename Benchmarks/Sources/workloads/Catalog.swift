/// A workload by its name.
struct Entry: Sendable {
  let name: String
  let summary: String
  /// Makes the inputs, and the ways to compute.
  let prepare: @Sendable () -> [Variant]

  static let all = [
    Entry(name: "gmm-2-5", summary: "Gaussian mixture, 2 dimensions, 5 components, 1,000 points") {
      variants(of: GaussianMixture(dimensions: 2, components: 5, samples: 1000))
    },
    Entry(name: "gmm-10-25", summary: "the same, 10 dimensions, 25 components") {
      variants(of: GaussianMixture(dimensions: 10, components: 25, samples: 1000))
    },
    Entry(name: "gmm-20-25", summary: "the same, 20 dimensions") {
      variants(of: GaussianMixture(dimensions: 20, components: 25, samples: 1000))
    },
    Entry(name: "gmm-32-25", summary: "the same, 32 dimensions: 1.2 GB of values") {
      variants(of: GaussianMixture(dimensions: 32, components: 25, samples: 1000))
    },
    Entry(name: "llsq", summary: "polynomial of 128 coefficients, 1,024 points") {
      variants(of: LeastSquares(samples: 1024, coefficients: 128))
    },
    Entry(name: "lstm", summary: "recurrent network, 2 layers, 1,024 characters") {
      variants(of: LSTM(layers: 2, characters: 1024))
    },
    Entry(name: "ode-10", summary: "Runge–Kutta, 1,000 equations, 10 steps, the last one's gradient") {
      variants(of: ODE(equations: 1000, steps: 10, result: .last))
    },
    Entry(name: "ode-100", summary: "the same, 100 steps") {
      variants(of: ODE(equations: 1000, steps: 100, result: .last))
    },
    Entry(name: "ode-sum-10", summary: "Runge–Kutta, 10 steps, the gradient of the sum") {
      variants(of: ODE(equations: 1000, steps: 10, result: .sum))
    },
    Entry(name: "ode-sum-100", summary: "the same, 100 steps") {
      variants(of: ODE(equations: 1000, steps: 100, result: .sum))
    },
    Entry(name: "kmeans", summary: "1,000 points, 10 centres, 8 dimensions: gradient and Hessian's diagonal") {
      KMeans(points: 1000, centres: 10, dimensions: 8).variants
    },
    Entry(name: "ba", summary: "bundle adjustment, 31,843 observations: Jacobians of 2×15") {
      let workload = BundleAdjustment(cameras: 49, points: 7776, observations: 31843)
      return variants(of: workload) + [workload.compiled]
    },
    Entry(name: "hand", summary: "hand tracking: a Jacobian of 300×26") {
      let workload = HandTracking(measured: 100)
      return variants(of: workload) + [recorded(workload)]
    },
    Entry(name: "det", summary: "determinant of 8×8 by minors") { variants(of: Determinant(size: 8)) },
    Entry(name: "lse", summary: "log-sum-exp of 100,000 numbers") { variants(of: LogSumExp(count: 100_000)) },
  ]
}

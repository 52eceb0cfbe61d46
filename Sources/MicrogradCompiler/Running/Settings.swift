import MicrogradNetworks

/// How a program computes and moves its parameters: the user's choices, and those of tests.
struct Settings {
  var optimizer = UpdateRule.sgd()
  var precision = Precision.double
  /// The number of threads; nil: as many as the processor has, where steps are long enough to pay.
  var threads: Int? = 1
  var kernels = Kernels.best
  /// The most lanes of a block; nil: as many as suit the cache.
  var blockLimit: Int?
}

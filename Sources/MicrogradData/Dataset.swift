import MicrogradRandom
import MicrogradRequirement

/// A labelled point: the input of a network, and the class that it should predict.
public struct Sample: Sendable, Equatable {
  /// The features x₁, x₂, …
  public var input: [Double]
  /// The class: 0, 1, …
  public var label: Int

  /// Creates a sample.
  public init(input: [Double], label: Int) {
    self.input = input
    self.label = label
  }
}

/// Samples for classification: points with the same number of features, and the class of each point.
///
///     let moons = makeMoons(samples: 100, noise: 0.1, seed: 42)
///     moons.inputs[0]  // [1.582023079145042, -0.4458148298633392]
///     moons.labels[0]  // 1
///
/// A data set is also the collection of its ``Sample``s:
///
///     for sample in moons { print(sample.input, sample.label) }
public struct Dataset: Sendable, Equatable {
  /// The features of every sample.
  public let inputs: [[Double]]
  /// The class of every sample, in the order of ``inputs``.
  public let labels: [Int]

  /// Creates a data set from the features and the classes of its samples.
  ///
  /// - Precondition: there are as many labels as inputs, and all inputs have the same number of features.
  public init(inputs: [[Double]], labels: [Int]) {
    require(
      inputs.count == labels.count,
      "a data set needs one label for each input: it got \(inputs.count) inputs and \(labels.count) labels")
    for (index, input) in inputs.enumerated() {
      require(
        input.count == inputs[0].count,
        "input \(index) has \(input.count) features, but those before it have \(inputs[0].count)")
    }
    self.inputs = inputs
    self.labels = labels
  }

  /// Creates a data set from samples.
  ///
  /// - Precondition: all of them have the same number of features.
  public init(_ samples: some Sequence<Sample>) {
    let samples = Array(samples)
    self.init(inputs: samples.map { $0.input }, labels: samples.map { $0.label })
  }

  /// The number of features of each sample; 0 if there are no samples.
  public var featureCount: Int { inputs.first?.count ?? 0 }
}

extension Dataset: RandomAccessCollection {
  /// The position of the first sample, 0.
  public var startIndex: Int { 0 }
  /// The position after the last sample: the number of samples.
  public var endIndex: Int { inputs.count }

  /// The sample at a position.
  public subscript(position: Int) -> Sample { Sample(input: inputs[position], label: labels[position]) }
}

extension Dataset {
  /// Returns the samples in a random order: scikit-learn's `shuffle(inputs, labels, random_state=generator)`.
  ///
  /// - Complexity: O(n), where n is the number of samples.
  public func shuffled(using generator: inout NumPyRandom) -> Dataset {
    let order = generator.permutation(count)
    return selecting(order)
  }

  /// Returns the samples in a random order: scikit-learn's `shuffle(inputs, labels, random_state=seed)`, which is the
  /// order of NumPy's `RandomState(seed).permutation(count)`.
  ///
  /// - Parameter seed: The seed of the `NumPyRandom` from which the order is drawn.
  /// - Complexity: O(n), where n is the number of samples.
  public func shuffled(seed: UInt32) -> Dataset {
    var generator = NumPyRandom(seed: seed)
    return shuffled(using: &generator)
  }

  private func selecting(_ positions: some Sequence<Int>) -> Dataset { Dataset(positions.lazy.map { self[$0] }) }

  /// Returns the first `trainingCount` samples for training, and the others for testing.
  ///
  /// The order is kept. If samples of a class stand together, shuffle first.
  ///
  /// - Precondition: `trainingCount` is in 0 ... `count`.
  public func split(at trainingCount: Int) -> (training: Dataset, test: Dataset) {
    require(
      (0...count).contains(trainingCount), "\(count) samples cannot be split at \(trainingCount)")
    return (Dataset(prefix(trainingCount)), Dataset(dropFirst(trainingCount)))
  }

  /// Returns the first samples for training, and the others for testing. The number for training is `trainFraction` ·
  /// `count`, rounded to the nearest whole number.
  ///
  /// - Precondition: `trainFraction` is in 0 ... 1.
  public func split(trainFraction: Double) -> (training: Dataset, test: Dataset) {
    require(
      (0...1).contains(trainFraction), "trainFraction must be in 0...1, not \(trainFraction)")
    return split(at: Int((trainFraction * Double(count)).rounded()))
  }

  /// Returns random samples for testing, and the others for training: scikit-learn's
  /// `train_test_split(inputs, labels, test_size=testFraction, random_state=seed)`, sample for sample.
  ///
  /// The number for testing is `testFraction` · `count`, rounded up.
  ///
  /// - Parameters:
  ///   - testFraction: The share of the samples to test with.
  ///   - seed: The seed of the `NumPyRandom` that picks the samples.
  /// - Precondition: `testFraction` is in 0 ... 1.
  public func split(testFraction: Double, seed: UInt32) -> (training: Dataset, test: Dataset) {
    let split = trainTestSplit(count: count, testFraction: testFraction, seed: seed)
    return (selecting(split.training), selecting(split.test))
  }
}

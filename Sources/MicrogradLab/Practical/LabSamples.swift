public import Micrograd

/// Samples for the tasks: with two inputs each, and the classes 0 and 1.
public struct LabSamples: Sendable {
  let data: Dataset
  /// Whether they are the samples of the practical, whose numbers were published.
  let arePublished: Bool

  /// The 100 samples of the practical.
  public static let moons = LabSamples(
    data: makeMoons(samples: 100, noise: 0.1, seed: 42), arePublished: true)

  private init(data: Dataset, arePublished: Bool) {
    self.data = data
    self.arePublished = arePublished
  }

  /// Takes the user's own samples.
  ///
  /// - Throws: ``Unsuitable``, if they do not have what the tasks need.
  public init(_ data: Dataset) throws(Unsuitable) {
    guard data.count >= 2 else { throw Unsuitable("the tasks need at least 2 samples; there are \(data.count)") }
    guard data.featureCount == 2 else {
      throw Unsuitable("the tasks need 2 inputs for each sample, such as x1 and x2; there are \(data.featureCount)")
    }
    if let index = data.labels.firstIndex(where: { $0 != 0 && $0 != 1 }) {
      throw Unsuitable("the tasks need labels 0 and 1; that of sample \(index + 1) is \(data.labels[index])")
    }
    self.init(data: data, arePublished: false)
  }

  /// An error about samples that do not suit the tasks.
  public struct Unsuitable: Error, CustomStringConvertible {
    /// The requirement of the tasks, and how the samples differ from it.
    public let description: String

    init(_ description: String) { self.description = description }
  }
}

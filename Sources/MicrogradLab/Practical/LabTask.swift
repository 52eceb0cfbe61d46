public import Micrograd

/// A task of the practical: a short program that uses the library as a student would, and explains its results.
public struct LabTask: Sendable {
  /// The number in the practical.
  public let number: Int
  /// The title.
  public let title: Localized
  private let program: @Sendable (inout Chapter) -> Void

  /// The Swift file of the task, as it was compiled, up to what turns it into an exercise.
  public var source: String {
    let text = TaskSource.text(ofTask: number)
    return text.firstRange(of: "// MARK: - Exercise\n").map { String(text[..<$0.lowerBound]) } ?? text
  }

  init(_ number: Int, en: String, fr: String, program: @escaping @Sendable (inout Chapter) -> Void) {
    self.number = number
    title = Localized(en: en, fr: fr)
    self.program = program
  }

  /// Runs the task. Tasks 6 to 11 use the given samples.
  public func run(in language: Language, about samples: LabSamples = .moons) -> Chapter {
    var chapter = Chapter(self, in: language, about: samples)
    program(&chapter)
    return chapter
  }

  /// The ten tasks of the practical, and one that goes beyond it.
  public static let all: [LabTask] = [
    perceptron, sigmoidOutsideTheGraph, gradientGraph, readingTheGraph, updatingTheWeights, data, lossOfAModel,
    hiddenLayer, training, sixteenNeurons, threeWaysToLearn,
  ]
}

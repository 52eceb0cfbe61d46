/// The course of the training: a point for each step at first, then at distances that double, so that there are never more
/// points than a picture can show.
struct Curves: Sendable {
  /// The largest number of points.
  private static let capacity = 512

  private(set) var steps: [Double] = []
  private(set) var trainingLosses: [Double] = []
  private(set) var testLosses: [Double] = []
  private(set) var trainingAccuracies: [Double] = []
  private(set) var testAccuracies: [Double] = []
  /// The distance of the points, in steps.
  private(set) var distance = 1

  /// The step of the last point.
  var furthest: Int { steps.last.map { Int($0) } ?? -1 }

  /// Whether there should be a point of a step, and is none.
  func wants(_ step: Int) -> Bool { step % distance == 0 && step > furthest }

  /// The step of the last point that is not after a step.
  func lastPoint(upTo step: Int) -> Int { min(step - step % distance, furthest) }

  mutating func append(step: Int, _ training: Evaluation, _ test: Evaluation) {
    steps.append(Double(step))
    trainingLosses.append(training.loss)
    testLosses.append(test.loss)
    trainingAccuracies.append(training.accuracy)
    testAccuracies.append(test.accuracy)
    if steps.count > Self.capacity { thin() }
  }

  private mutating func thin() {
    distance *= 2
    let kept = steps.indices.filter { Int(steps[$0]) % distance == 0 }
    steps = kept.map { steps[$0] }
    trainingLosses = kept.map { trainingLosses[$0] }
    testLosses = kept.map { testLosses[$0] }
    trainingAccuracies = kept.map { trainingAccuracies[$0] }
    testAccuracies = kept.map { testAccuracies[$0] }
  }

  /// Steps, losses of training and test, accuracies of both.
  var columns: [[Double]] { [steps, trainingLosses, testLosses, trainingAccuracies, testAccuracies] }
}

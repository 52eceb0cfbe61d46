import ArgumentParser
import Micrograd

/// The losses, of which the first tells classes apart and the others are of numbers.
enum LossName: String, ExpressibleByArgument, CaseIterable {
  case crossEntropy = "cross-entropy"
  case squaredError = "squared-error"
  case absoluteError = "absolute-error"
  case huber

  var problem: Pipeline.Problem { self == .crossEntropy ? .classification : .regression }

  /// The loss; nil for the one that depends on the count of classes.
  var loss: Loss? {
    switch self {
    case .crossEntropy: nil
    case .squaredError: .meanSquaredError
    case .absoluteError: .meanAbsoluteError
    case .huber: .huber()
    }
  }
}

extension LossName {
  /// Throws an error if a kind of prediction is asked for that the loss is not for.
  func check(_ problem: Pipeline.Problem?) throws {
    if let problem, self.problem != problem {
      throw ValidationError("--loss \(rawValue) is for \(self.problem), and --problem is \(problem).")
    }
  }
}

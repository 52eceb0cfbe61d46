import Foundation
import MicrogradData
import MicrogradRandom
import Testing

// The random vectors of Tests/Facts/scikit-learn-facts.py, drawn in the same order from the same generator, and what
// scikit-learn gave for them.

/// Reads a file of results, a row for each case.
func results(_ name: String) throws -> [[Double]] {
  let url = try #require(Bundle.module.url(forResource: name, withExtension: "csv", subdirectory: "Facts"))
  let table = try Table(contentsOf: url.path)
  let columns = try table.columns.map { try #require($0.numbers) }
  return (0..<table.rowCount).map { row in columns.map { $0[row] } }
}

/// Returns a number that depends on all numbers and their order, and that `Double` can hold.
func digest(_ numbers: some Sequence<Int>) -> Double {
  Double(numbers.reduce(0) { ($0 * 31 + $1 + 1) % (1 << 31 - 1) })
}

/// Expects numbers that are equal to 1e-12, relative to numbers above 1, or that are both nan.
func expectEqual(
  _ got: [Double], _ expected: [Double], _ what: @autoclosure () -> String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let isEqual =
    got.count == expected.count
    && zip(got, expected).allSatisfy { $0.isNaN && $1.isNaN || abs($0 - $1) <= 1e-12 * max(1, abs($1)) }
  #expect(isEqual, "\(what()): got \(got), expected \(expected)", sourceLocation: sourceLocation)
}

/// Labels that are not in order.
let numbers = [3, -1, 10, 0, 2, 7]
let words = ["b", "B", "10", "9", "é", "a"]

/// Classes and predicted classes, of a random case.
struct ClassVectors {
  var targets: [Int] = []
  var predictions: [Int] = []
  let classes: Int

  init(case seed: Int) {
    var random = NumPyRandom(seed: UInt32(seed))
    let count = random.randint(1, 31)
    classes = random.randint(2, 7)
    let targetClasses = random.randint(1, classes + 1)
    let predictedClasses = random.randint(1, classes + 1)
    for _ in 0..<count {
      let target = random.randint(targetClasses)
      let isRight = random.random() < 0.5
      targets.append(target)
      predictions.append(isRight ? target : classes - 1 - random.randint(predictedClasses))
    }
  }
}

/// Classes and the probabilities of all classes, of a random case.
struct ProbabilityVectors {
  var targets: [Int] = []
  var rows: [[Double]] = []
  let classes: Int

  init(case seed: Int) {
    var random = NumPyRandom(seed: UInt32(seed))
    let count = random.randint(1, 61)
    let classes = random.randint(2, 7)
    let targetClasses = random.randint(4) == 0 ? random.randint(1, classes + 1) : classes
    let steps = random.randint(0, 5)
    for _ in 0..<count {
      targets.append(random.randint(targetClasses))
      var weights = (0..<classes).map { _ in random.random() }
      if steps > 0 { weights = weights.map { ($0 * Double(steps + 1)).rounded(.down) } }
      let total = weights.reduce(0, +)
      rows.append(total > 0 ? weights.map { $0 / total } : [1] + Array(repeating: 0, count: classes - 1))
    }
    self.classes = classes
  }
}

/// Numbers and predicted numbers, of a random case.
struct NumberVectors {
  let targets: [Double]
  let predictions: [Double]

  init(case seed: Int) {
    var random = NumPyRandom(seed: UInt32(seed))
    let count = random.randint(1, 31)
    let kind = random.randint(6)
    let spread = random.random() * 4
    targets = (0..<count).map { _ in kind < 2 ? 3 : random.random() * 10 - 5 }
    predictions = targets.map { $0 + (kind == 1 || kind == 2 ? 0 : (random.random() - 0.5) * spread) }
  }
}

/// Classes to be split, of a random case.
struct SplitVectors {
  let labels: [Int]
  let folds: Int
  let fraction: Double

  init(case seed: Int) {
    var random = NumPyRandom(seed: UInt32(seed))
    let count = random.randint(2, 61)
    let classes = random.randint(1, 7)
    folds = random.randint(2, 9)
    fraction = (random.random() * 90 + 5).rounded(.down) / 100
    labels = (0..<count).map { _ in min(random.randint(classes), random.randint(classes)) }
  }
}

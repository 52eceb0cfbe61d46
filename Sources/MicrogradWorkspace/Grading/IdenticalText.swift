import Micrograd
import MicrogradLab

/// A text that several students handed in, but for comments and white space.
///
/// It is pointed out, and not judged: short right answers are alike, and so only texts are compared in which enough is
/// written beyond what the task gives.
struct IdenticalText: Sendable {
  /// The part of the submissions that is the same.
  enum Part: Sendable, Equatable {
    case everything
    case task(Int)
  }

  let part: Part
  let names: [String]

  /// The number of characters, beyond the file that students begin with, from which a text says something.
  static let minimum = 200

  /// Finds the texts that several students share. Tasks are not listed again for those who share everything.
  static func all(in grades: [Grade], _ exercises: [Exercise]) -> [IdenticalText] {
    let stubs = exercises.map { $0.stub(in: .english).withoutCommentsAndSpaces }
    let handedIn = grades.map { grade in
      (name: grade.name, texts: exercises.map { grade.sources[$0.file]?.withoutCommentsAndSpaces ?? "" })
    }
    let whole = groups(handedIn.map { ($0.name, $0.texts) }) { texts in
      zip(texts, stubs).map { written($0, beyond: $1) }.reduce(0, +) >= minimum
    }
    var shared = whole.map { IdenticalText(part: .everything, names: $0) }
    for (index, exercise) in exercises.enumerated() {
      let names = groups(handedIn.map { ($0.name, $0.texts[index]) }) { written($0, beyond: stubs[index]) >= minimum }
      for names in names where !whole.contains(where: { Set(names).isSubset(of: $0) }) {
        shared.append(IdenticalText(part: .task(exercise.number), names: names))
      }
    }
    return shared
  }

  private static func written(_ text: String, beyond stub: String) -> Int {
    text == stub ? 0 : max(text.utf8.count - stub.utf8.count, 0)
  }

  /// Returns the names of those who have the same text, where it counts.
  private static func groups<Text: Hashable>(
    _ texts: [(name: String, text: Text)], counts: (Text) -> Bool
  ) -> [[String]] {
    var groups: [Text: [String]] = [:], order: [Text] = []
    for (name, text) in texts where counts(text) {
      if groups[text] == nil { order.append(text) }
      groups[text, default: []].append(name)
    }
    return order.compactMap { groups[$0] }.filter { $0.count > 1 }
  }
}

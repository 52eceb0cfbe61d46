import Micrograd
import MicrogradData
import MicrogradLab

extension Workspace {
  /// Returns the student's file and the reference side by side, or one below the other if the columns are too few.
  package func comparison(of exercise: Exercise, columns: Int) throws -> String {
    let yours = try TextFile.read(folder.appending(path: path(of: exercise)).path)
    let left = Self.code(yours), right = Self.code(exercise.referenceSource)
    let titles = (
      Localized(en: "Yours", fr: "La vôtre")(in: language),
      Localized(en: "Another solution", fr: "Une autre solution")(in: language)
    )
    let width = max(left.map(\.count).max() ?? 0, titles.0.count)
    guard width + 3 + (right.map(\.count).max() ?? 0) <= columns else {
      return "\(titles.0)\n\n\(left.joined(separator: "\n"))\n\n\(titles.1)\n\n\(right.joined(separator: "\n"))\n"
    }
    let rows = max(left.count, right.count)
    let lines = ([titles.0, ""] + left, [titles.1, ""] + right)
    return (0..<rows + 2).map { row in
      let one = row < lines.0.count ? lines.0[row] : "", other = row < lines.1.count ? lines.1[row] : ""
      return one + String(repeating: " ", count: width - one.count) + " │ " + other + "\n"
    }.joined()
  }

  /// Returns the lines of a program without those that are only comments or imports.
  private static func code(_ source: String) -> [String] {
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let kept = lines.filter { line in
      let text = line.drop { $0 == " " }
      return !text.hasPrefix("//") && !text.hasPrefix("import ")
    }
    return Array(kept.drop { $0.isEmpty }.reversed().drop { $0.isEmpty }.reversed())
  }
}

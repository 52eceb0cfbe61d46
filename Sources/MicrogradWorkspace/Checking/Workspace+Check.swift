import Foundation
import MicrogradData
import MicrogradLab

extension Workspace {
  /// Builds the library, if need be, and returns what checks the programs of this workspace.
  package func makeChecker() throws -> CheckSession {
    CheckSession(
      workspace: self,
      checker: try Checker(workbench: Workbench(package: folder, language: language), isolates: false))
  }
}

/// Checks of a workspace, one after the other.
package struct CheckSession {
  let workspace: Workspace
  let checker: Checker

  /// Checks tasks, and remembers which are done.
  package func check(_ exercises: [Exercise]) throws -> CheckReport {
    let results = try checker.check(workspace.readSources(), exercises: exercises, seed: Exercise.seed)
    let report = CheckReport(results: results, language: workspace.language, seed: Exercise.seed)
    let checked = Set(exercises.map(\.number))
    try workspace.remember(done: workspace.done.subtracting(checked).union(report.passed))
    return report
  }

  /// Calls a function with the tasks whose files have been saved, and those that use them, each time that it happens. It
  /// never returns.
  package func watch(_ exercises: [Exercise], onChange: ([Exercise]) throws -> Void) throws -> Never {
    var dates = workspace.dates, sources = try workspace.readSources()
    while true {
      usleep(200_000)
      guard workspace.dates != dates else { continue }
      // Editors write a file in several steps.
      usleep(100_000)
      dates = workspace.dates
      // A file that is half written cannot be read: it will change again.
      guard let now = try? workspace.readSources() else { continue }
      let changed = Set(Exercise.all.filter { now[$0.file] != sources[$0.file] }.map(\.number))
      sources = now
      let affected = exercises.filter { changed.contains($0.number) || !changed.isDisjoint(with: $0.allRequirements) }
      if !affected.isEmpty { try onChange(affected) }
    }
  }
}

extension Workspace {
  private static let doneFile = ".lab/done"

  /// The numbers of the tasks that were done when they were last checked.
  package var done: Set<Int> {
    let text = (try? TextFile.read(folder.appending(path: Self.doneFile).path)) ?? ""
    return Set(text.split(whereSeparator: \.isWhitespace).compactMap { Int($0) })
  }

  fileprivate func remember(done: Set<Int>) throws {
    try write(done.sorted().map(String.init).joined(separator: " ") + "\n", to: Self.doneFile)
  }

  /// The times at which the tasks' files, and the notebook, were last written.
  fileprivate var dates: [Date?] {
    (Exercise.all.map(path) + [NotebookSources.file]).map { path in
      let attributes = try? FileManager.default.attributesOfItem(atPath: folder.appending(path: path).path)
      return attributes?[.modificationDate] as? Date
    }
  }
}

import Foundation
import Micrograd
import MicrogradData

/// The folder with a class's submissions.
package struct SubmissionFolder {
  /// A file or folder in it.
  struct Entry: Sendable {
    let path: String
    /// The name of the submission: that of the entry without what only says its kind, unless two would be alike.
    let name: String
  }

  /// All of them, sorted by name. Hidden ones are not submissions.
  let entries: [Entry]

  /// Looks what is in a folder.
  ///
  /// - Parameter output: The folder for the results, which is no submission if it lies in this one.
  package init(_ path: String, output: String) throws {
    guard let all = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      throw FileError.unreadable(
        path: path, reason: FileKind(at: path) == nil ? "there is no such folder" : "it is no folder that can be read"
      )
    }
    if let sign = ["Package.swift", ".git"].first(where: all.contains) {
      throw WorkspaceError(
        "\(path) is one submission, since \(sign) is in it. Name the folder that the submissions lie in.")
    }
    let results = URL(filePath: output).resolvingSymlinksInPath().path
    let files = all.filter { name in
      !name.hasPrefix(".") && URL(filePath: "\(path)/\(name)").resolvingSymlinksInPath().path != results
    }
    if files.isEmpty { throw WorkspaceError("\(path) is empty. Put each student's submission into it.") }
    let stems = Dictionary(grouping: files, by: Self.stem)
    entries = files.map { file in
      let stem = Self.stem(file)
      return Entry(path: "\(path)/\(file)", name: stems[stem]?.count == 1 ? stem : file)
    }.sorted { $0.name.localizedStandardCompare($1.name) == .orderedAscending }
  }

  private static func stem(_ file: String) -> String {
    let endings = [".tar.gz", ".tar.xz", ".tar.bz2", ".tgz", ".txz", ".tbz2", ".tar", ".zip", ".git"]
    let ending = endings.first { file.lowercased().hasSuffix($0) && file.count > $0.count } ?? ""
    return String(file.dropLast(ending.count))
  }
}

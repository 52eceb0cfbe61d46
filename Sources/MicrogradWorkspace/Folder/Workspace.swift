import Foundation
import Micrograd
import MicrogradData
import MicrogradLab

/// The folder in which a student works: a Swift package with a file for each task.
package struct Workspace {
  /// The folder.
  package let folder: URL
  /// The language that the student has chosen.
  package let language: Language

  /// The folder of the Swift files.
  static let sources = "Sources/Gradient"
  /// The file that says that a folder is a workspace, and in which language.
  private static let mark = "lab.json"

  private struct Settings: Codable {
    var language: String
  }

  // MARK: Making and finding

  /// Makes a workspace in a folder that is new or empty.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - language: The language of the tasks.
  ///   - library: The library that its manifest names.
  ///   - notebook: Whether it gets a notebook with the same tasks.
  /// - Throws: ``WorkspaceError`` if there is something in the folder; `FileError` if it cannot be written.
  package static func make(
    at folder: URL, in language: Language, library: LibraryReference, notebook: Bool
  ) throws -> Workspace {
    let workspace = Workspace(folder: folder, language: language), files = FileManager.default
    let found = (try? files.contentsOfDirectory(atPath: folder.path)) ?? []
    // A repository that was just made or cloned has nothing but Git's own folder.
    guard found.allSatisfy({ $0 == ".git" }) else {
      throw WorkspaceError(
        "\(folder.path) is not empty: choose a new folder, so that none of your files is replaced. To begin a task again, use `lab reset`."
      )
    }
    let template = Template(language: language, library: library, hasNotebook: notebook)
    for (name, text) in template.files { try workspace.write(text, to: name) }
    try files.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder.appending(path: "lab").path)
    // At last: a folder with this file is complete.
    let settings = try JSONEncoder().encode(Settings(language: language.rawValue))
    try workspace.write(String(decoding: settings, as: UTF8.self) + "\n", to: mark)
    return workspace
  }

  /// Finds the workspace that a folder belongs to: the folder itself, or the nearest one above it.
  ///
  /// - Parameters:
  ///   - start: The folder.
  ///   - language: The language to speak, or nil for that of the workspace.
  /// - Throws: ``WorkspaceError`` if there is none.
  package static func find(from start: URL, language: Language?) throws -> Workspace {
    var folder = start.standardizedFileURL
    while true {
      let file = folder.appending(path: mark)
      if FileManager.default.fileExists(atPath: file.path) {
        guard let settings = try? JSONDecoder().decode(Settings.self, from: Data(contentsOf: file)),
          let chosen = Language(rawValue: settings.language)
        else {
          throw WorkspaceError(
            "\(file.path) should read {\"language\":\"en\"} or {\"language\":\"fr\"}, and does not.")
        }
        return Workspace(folder: folder, language: language ?? chosen)
      }
      let above = folder.deletingLastPathComponent().standardizedFileURL
      guard above != folder else { break }
      folder = above
    }
    throw WorkspaceError(
      "\(start.path) is not in a workspace of the lab. Make one with `micrograd lab init`, or go to its folder.")
  }

  // MARK: Files

  /// Returns the path of a task's file, relative to the folder.
  package func path(of exercise: Exercise) -> String { "\(Self.sources)/\(exercise.file)" }

  /// Returns the text of each task's file, by the file's name. Missing files are left out. What is only written in the
  /// notebook counts as well.
  func readSources() throws -> [String: String] {
    var files: [String: String] = [:]
    for exercise in Exercise.all {
      // Bytes that are no text are mistakes of this file for the compiler, and do not hide the others.
      let bytes = try? Data(contentsOf: folder.appending(path: path(of: exercise)))
      files[exercise.file] = bytes.map { String(decoding: $0, as: UTF8.self) }
    }
    let path = folder.appending(path: NotebookSources.file).path
    guard FileManager.default.fileExists(atPath: path) else { return files }
    guard let notebook = NotebookSources(try TextFile.read(path)) else {
      throw WorkspaceError("\(NotebookSources.file) is not a notebook: it was not saved completely. Save it again.")
    }
    return NotebookSources.merge(files: files, notebook: notebook)
  }

  /// Puts the stub in the place of a task's file, and moves the file to the folder `old`.
  ///
  /// - Returns: The path of the old file, relative to the folder, or nil if there was none.
  package func reset(_ exercise: Exercise) throws -> String? {
    let files = FileManager.default, file = folder.appending(path: path(of: exercise))
    var kept: String?
    if files.fileExists(atPath: file.path) {
      let name = exercise.file.replacing(".swift", with: "")
      let number = (1...).first { !files.fileExists(atPath: folder.appending(path: "old/\(name)-\($0).swift").path) }!
      kept = "old/\(name)-\(number).swift"
      try TextFile.makeFolder(folder.appending(path: "old").path)
      try files.moveItem(at: file, to: folder.appending(path: kept!))
    }
    try write(exercise.stub(in: language), to: path(of: exercise))
    return kept
  }

  func write(_ text: String, to name: String) throws {
    let file = folder.appending(path: name)
    try TextFile.makeFolder(file.deletingLastPathComponent().path)
    try TextFile.write(text, to: file.path)
  }

  // MARK: Hints

  /// Returns the next hint for a task, with its number: each call gives one more, up to the last.
  package func nextHint(for exercise: Exercise) throws -> (number: Int, text: String) {
    let path = folder.appending(path: ".lab/hints/\(exercise.number)").path
    let given = (try? TextFile.read(path)).flatMap { Int($0) } ?? 0
    let number = min(max(given, 0) + 1, exercise.hints.count)
    try write("\(number)", to: ".lab/hints/\(exercise.number)")
    return (number, exercise.hints[number - 1](in: language))
  }
}

// MARK: - Figures

extension Workspace {
  /// Writes pictures to the folder `figures`.
  package func write(_ illustrations: [Chapter.Illustration]) throws {
    for illustration in illustrations { try write(illustration.figure.svg(), to: "figures/\(illustration.name).svg") }
  }
}

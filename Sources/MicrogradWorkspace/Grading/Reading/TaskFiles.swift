import Micrograd
import MicrogradRequirement

/// The files of a submission that are named like those of tasks, and what was noticed on the way to them.
///
/// A reader asks for each member of a submission whether it is one of them, and only then reads it.
struct TaskFiles {
  /// The content of a member.
  enum Content {
    case text(String)
    case none(Problem)

    /// Reads bytes as text.
    init(_ bytes: [UInt8]) {
      let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
      self = String(validating: bytes.dropFirst(hasMark ? 3 : 0), as: UTF8.self).map(Content.text) ?? .none(.notText)
    }

    fileprivate func limited(to bytes: Int) -> Content {
      if case .text(let text) = self, text.utf8.count > bytes { .none(.tooLarge) } else { self }
    }
  }

  /// The reasons why a member has no text.
  enum Problem { case notAFile, tooLarge, notText, damaged }

  /// The place of a member.
  struct Path: Hashable {
    let folders: [String]
    let name: String

    var isNotebook: Bool { name == NotebookSources.file }
    var description: String { (folders + [name]).joined(separator: "/") }
  }

  private let names: Set<String>
  private var files: [(path: Path, content: Content)] = []
  private var straying: [String] = []

  /// Creates an empty collection for files of the given names, and for the notebook.
  init(named names: some Sequence<String>) { self.names = Set(names).union([NotebookSources.file]) }

  /// Returns the place of a member, if it should be read: it has the name of a task's file, and does not lead out of the
  /// submission. What hidden folders such as `.build` hold is not asked for.
  mutating func path(of member: String) -> Path? {
    let parts = member.split(separator: "/", omittingEmptySubsequences: true).map(String.init).filter { $0 != "." }
    if member.hasPrefix("/") || parts.contains("..") {
      straying.append(member)
      return nil
    }
    guard let name = parts.last, names.contains(name), parts.count <= ReadingLimits.depth else { return nil }
    if parts.contains(where: { $0.hasPrefix(".") || $0 == "__MACOSX" }) { return nil }
    return Path(folders: parts.dropLast(), name: name)
  }

  /// Adds a member that was asked for.
  mutating func add(_ content: Content, at path: Path) throws(SubmissionError) {
    files.append((path, content.limited(to: path.isNotebook ? ReadingLimits.memberBytes : ReadingLimits.fileBytes)))
    if files.count > ReadingLimits.taskFiles { throw .tooLarge }
  }

  /// Returns the texts of the tasks that were handed in, by the names of their files, and what there is to say about
  /// others. What is only written in the notebook counts as well.
  func submission() throws(SubmissionError) -> (sources: [String: String], remarks: [Localized]) {
    let notebooks = files.filter(\.path.isNotebook), others = files.filter { !$0.path.isNotebook }
    if files.isEmpty { throw .noTaskFiles }
    var (sources, remarks) = try Self.texts(of: others, in: Self.nearestFolder(of: others))
    let (texts, more) = try Self.texts(of: notebooks, in: Self.nearestFolder(of: notebooks))
    if let text = texts[NotebookSources.file] {
      let notebook = NotebookSources(text)
      if notebook == nil { remarks.append(Problem.damaged.remark(on: NotebookSources.file)) }
      sources = NotebookSources.merge(files: sources, notebook: notebook)
    }
    return (sources, strayRemarks + remarks + more)
  }

  /// Returns the folder that is nested least; one below a folder `Sources` comes first.
  private static func nearestFolder(of files: [(path: Path, content: Content)]) throws(SubmissionError) -> [String] {
    let folders = Set(files.map(\.path.folders)), inSources = folders.filter { $0.contains("Sources") }
    let candidates = inSources.isEmpty ? folders : inSources, depth = candidates.map(\.count).min()
    let nearest = candidates.filter { $0.count == depth }
    if nearest.count > 1 { throw .severalFolders(nearest.map { $0.joined(separator: "/") }.sorted()) }
    return nearest.first ?? []
  }

  private static func texts(
    of files: [(path: Path, content: Content)], in folder: [String]
  ) throws(SubmissionError) -> (texts: [String: String], remarks: [Localized]) {
    var texts: [String: String] = [:], seen: Set<String> = [], remarks: [Localized] = []
    for (path, content) in files where path.folders == folder {
      if !seen.insert(path.name).inserted { throw .repeatedFile(path.description) }
      switch content {
      case .text(let text): texts[path.name] = text
      case .none(let problem): remarks.append(problem.remark(on: path.name))
      }
    }
    return (texts, remarks)
  }

  /// The remarks on names that lead out of the submission.
  var strayRemarks: [Localized] {
    guard let first = straying.first else { return [] }
    let name = first.count > 80 ? first.prefix(80) + "…" : first
    let others = straying.count == 1 ? "" : " (\(straying.count))"
    return [
      Localized(
        en: "Ignored, since it leads out of the submission\(others): \(name)",
        fr: "Ignoré, car cela mène hors du rendu\(others) : \(name)")
    ]
  }
}

extension TaskFiles.Problem {
  fileprivate func remark(on name: String) -> Localized {
    switch self {
    case .notAFile:
      Localized(
        en: "\(name) is a link or a device, and was ignored.",
        fr: "\(name) est un lien ou un périphérique, et a été ignoré.")
    case .tooLarge:
      Localized(en: "\(name) is too large, and was ignored.", fr: "\(name) est trop volumineux, et a été ignoré.")
    case .notText:
      Localized(
        en: "\(name) is not text in UTF-8, and was ignored.",
        fr: "\(name) n'est pas du texte en UTF-8, et a été ignoré.")
    case .damaged:
      Localized(en: "\(name) is damaged, and was ignored.", fr: "\(name) est endommagé, et a été ignoré.")
    }
  }
}

public import Micrograd

/// The chapters of the given tasks, to be printed, written as HTML or as JSON.
public struct Report: Sendable {
  /// The language of all text.
  public let language: Language
  /// A chapter for each task, in the order in which the tasks were given.
  public let chapters: [Chapter]

  /// Runs the tasks. Tasks 6 to 11 use the given samples.
  public init(_ tasks: [LabTask], in language: Language, about samples: LabSamples = .moons) {
    self.language = language
    chapters = tasks.map { $0.run(in: language, about: samples) }
  }

  func words(en: String, fr: String) -> String { Localized(en: en, fr: fr)(in: language) }

  /// Writes `report.html`, which is complete in itself, and beside it each figure as SVG, and each graph as DOT and as
  /// a page to step through. Tasks that train a network have a playground too.
  ///
  /// Everything is drawn before the first file is written, and each file is written whole or not at all.
  ///
  /// - Returns: The path of `report.html`.
  public func write(to folder: String) throws(FileError) -> String {
    var files: [(name: String, text: String)] = []
    for illustration in chapters.flatMap(\.illustrations) {
      files.append((illustration.name + ".svg", illustration.figure.svg()))
      if let figure = illustration.figure as? GraphFigure, let page = figure.page {
        files.append((illustration.name + ".dot", figure.dot()))
        files.append((illustration.name + ".html", page.html()))
      }
    }
    for chapter in chapters {
      if let page = chapter.playground { files.append((chapter.playgroundFile, page.html())) }
    }
    // The report is written last, so that it is never older than the files beside it.
    files.append(("report.html", html()))
    try Self.prepare(folder: folder)
    for file in files { try TextFile.write(file.text, to: "\(folder)/\(file.name)") }
    return "\(folder)/report.html"
  }

  /// Makes the folder, and throws an error if a report cannot be written to it, so that the tasks need not run in vain.
  package static func prepare(folder: String) throws(FileError) {
    try TextFile.makeFolder(folder)
    try TextFile.checkWritable("\(folder)/report.html")
  }
}

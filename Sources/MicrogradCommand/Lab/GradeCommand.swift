import ArgumentParser
import Micrograd
import MicrogradLab
import MicrogradRequirement
import MicrogradWorkspace

struct GradeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grade",
    abstract: "Grade the submissions of a class.",
    discussion: """
      The folder holds a submission for each student: a folder, a Git repository, which is read at a tag, or an archive \
      (zip, tar, tar.gz, tar.xz, tar.bz2). Only the files of the tasks are taken from it. They are compiled with a package of \
      ours, and asked with a secret seed, so that nobody can know the questions.

      Programs run without network and without your files where Bubblewrap (`bwrap`) is installed. Elsewhere only their \
      time, memory and output are limited: then grade people whom you trust, or use a container.

      Three files are written: overview.html for people, grades.csv for spreadsheets, grades.json for scripts. The exit \
      status is 0 if the grading ran, whatever the grades are.

      Examples:
        micrograd lab grade submissions             the class in that folder
        micrograd lab grade submissions -o monday   with results in `monday`
        micrograd lab grade submissions --seed 12   an earlier run again
        micrograd lab grade clones --tag tp6-late   another tag
      """)

  @Argument(help: ArgumentHelp("The folder with the submissions.", valueName: "folder"))
  var folder: String

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("The seed of the questions. (default: a random one, which is printed)", valueName: "number"))
  var seed: Int?

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder for the results.", valueName: "folder"))
  var output = "micrograd-grades"

  @OptionGroup var speech: Speech

  @Option(name: .long, help: ArgumentHelp("The tag of Git with which students hand in.", valueName: "name"))
  var tag = "tp6"

  @Option(
    name: .shortAndLong, parsing: .unconditional,
    help: ArgumentHelp(
      "The number of submissions that are graded at a time. (default: that of the processors)", valueName: "number"))
  var jobs: Int?

  func validate() throws {
    if folder.isEmpty { throw ValidationError("The folder's name is empty.") }
    if output.isEmpty { throw ValidationError("--output is empty; it must be the name of a folder.") }
    if let jobs, jobs < 1 { throw ValidationError("--jobs is \(jobs); it must be at least 1.") }
    let isName = tag.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-/".contains($0)) }
    if !isName || tag.isEmpty || tag.contains("..") || tag.hasPrefix("/") || tag.hasPrefix("-") {
      throw ValidationError("--tag is \(tag), which is no name of a tag.")
    }
  }

  func run() throws {
    let seed = seed ?? .random(in: 0..<(1 << 48)), language = speech.language
    let submissions = try SubmissionFolder(folder, output: output)
    try Grades.prepare(folder: output)
    let grader = try Grader(submissions, seed: seed, tag: tag, in: language)
    if !grader.isIsolated { Terminal.note(Self.warning(in: language)) }
    let line = ProgressLine()
    let grades = grader.grade(jobs: jobs ?? Grader.defaultJobs) { progress in
      line.show("\(progress.done)/\(progress.count)  \(progress.name): \(progress.outcome(in: language))")
    }
    line.clear()
    let path = try grades.write(to: output, in: language)
    let count = Localized.counted(grades.count, en: "submission", fr: "rendu")(in: language)
    let text = Localized(
      en: "\(count), seed \(seed). Overview: \(path)", fr: "\(count), graine \(seed). Vue d'ensemble : \(path)")
    try TextFile.write(text(in: language) + "\n", to: TextFile.standardStream)
  }

  private static func warning(in language: Language) -> String {
    Localized(
      en: """
        warning: Bubblewrap (bwrap) is not installed, or may not be used here. Programs run with limits of time, memory and \
        output only: grade people whom you trust, or use a container.
        """,
      fr: """
        attention : Bubblewrap (bwrap) n'est pas installé, ou ne peut pas servir ici. Les programmes tournent seulement avec \
        des limites de temps, de mémoire et de sortie : notez des personnes de confiance, ou utilisez un conteneur.
        """)(in: language)
  }
}

/// A line on standard error: rewritten on a terminal, and elsewhere a new one each time.
private struct ProgressLine: Sendable {
  private let isRewritten = StandardStream.error.isTerminal

  func show(_ text: String) {
    // A file's name may contain codes for the terminal.
    let text = String(
      text.map { $0.unicodeScalars.contains { $0.properties.generalCategory == .control } ? "?" : $0 })
    // A line that is too long could not be rewritten.
    write(isRewritten ? "\r\u{1B}[K" + text.prefix(79) : text + "\n")
  }

  func clear() { if isRewritten { write("\r\u{1B}[K") } }

  // A failure is ignored: the grades are more important.
  private func write(_ text: String) { try? StandardStream.error.write(text) }
}

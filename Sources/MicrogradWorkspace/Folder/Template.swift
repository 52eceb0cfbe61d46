/// The files of a workspace that are the same for every task.
enum Template {
  /// The code that all tasks share.
  static let given = """
    import Foundation
    import Micrograd
    import MicrogradQuestions

    /// The sample of tasks 1 to 5, and its target.
    let sample = [0.888, 0.777], target = 1.0

    /// Writes a figure, such as a graph or a plot, to the folder `figures`.
    func save(_ figure: some Figure, as name: String) throws {
      try FileManager.default.createDirectory(atPath: "figures", withIntermediateDirectories: true)
      try figure.svg().write(toFile: "figures/\\(name).svg", atomically: true, encoding: .utf8)
    }

    /// Stands in a function that is still to be written.
    func notWritten(_ function: String = #function, file: String = #fileID, line: Int = #line) -> Never {
      MicrogradQuestions.notWritten(function, file: file, line: line)
    }

    """
}

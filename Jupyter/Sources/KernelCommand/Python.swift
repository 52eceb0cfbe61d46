import ArgumentParser
import CellExecution
import Foundation

/// The questions to Python: its folder, and whether Jupyter is installed. Nothing else in the kernel needs Python.
enum Python {
  /// The folder of the active environment.
  static func prefix() throws -> String {
    let environment = ProcessInfo.processInfo.environment
    if let folder = environment["VIRTUAL_ENV"] ?? environment["CONDA_PREFIX"] { return folder }
    guard let answer = answer(to: "import sys; print(sys.prefix)") else {
      throw ValidationError("There is no python3 on the PATH, so there is no environment; try --user.")
    }
    return answer
  }

  /// Whether Jupyter is likely to be installed.
  static var hasJupyter: Bool {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/jupyter") }
      || answer(to: "import jupyter_client") != nil
  }

  private static func answer(to code: String) -> String? {
    let process = Process(), pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", code]
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

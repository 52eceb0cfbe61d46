import Foundation

/// Opening files in the user's browser.
enum BrowserOpening {
  /// Opens a file in the browser, if there is one and somebody to look at it. Nothing is said where that fails: the file is
  /// there, and its name is printed.
  static func open(_ file: String) {
    guard let program else { return }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = [URL(filePath: file).path]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try? process.run()
  }

  /// The program that opens files as a double click does. It is nil where there is none, or no display.
  private static var program: String? {
    #if os(macOS)
      return "/usr/bin/open"
    #else
      let hasDisplay = ["DISPLAY", "WAYLAND_DISPLAY"].contains { Terminal.environment($0)?.isEmpty == false }
      guard hasDisplay else { return nil }
      let folders = (Terminal.environment("PATH") ?? "").split(separator: ":")
      return folders.map { "\($0)/xdg-open" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    #endif
  }
}

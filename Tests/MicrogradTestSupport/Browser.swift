import Foundation
package import Testing

/// A headless Chromium that opens a page, runs a script in it, and reports what the script returns.
package enum Browser {
  /// The program, if there is one: that of the environment variable `CHROMIUM`, or the first on the search path.
  package static let path: String? = {
    let environment = ProcessInfo.processInfo.environment
    if let given = environment["CHROMIUM"] { return given }
    // Some systems have a program of that name that only says how to install it.
    func works(_ path: String) -> Bool {
      guard FileManager.default.isExecutableFile(atPath: path) else { return false }
      return (try? output(of: path, ["--version"]).contains("Chrom")) ?? false
    }
    let folders = (environment["PATH"] ?? "").split(separator: ":")
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    let paths = folders.flatMap { folder in names.map { "\(folder)/\($0)" } }
    return paths.first(where: works)
  }()

  package static let reason: Comment = "no Chromium was found; install it, or set CHROMIUM to its path"

  /// Opens the page, runs a script in it, and returns the script's result as JSON decodes it.
  ///
  /// The script is added at the end of the page as the body of an asynchronous function, and its result read from the
  /// document: this needs no driver. The browser's time goes faster than that on the wall, and it stops when nothing is left
  /// to wait for; so the page compiles WebAssembly in the thread that waits.
  package static func run<Result: Decodable>(_ script: String, in html: String, as type: Result.Type) throws -> Result
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: "micrograd-page-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "page.html")
    let preparation = """
      <head><script>WebAssembly.compile = async bytes => new WebAssembly.Module(bytes);</script>
      """
    let reporter = """
      <script>
      { const report = content => {
          const output = document.createElement("output");
          output.textContent = "<<" + encodeURIComponent(JSON.stringify(content)) + ">>";
          document.body.append(output);
        };
        (async () => { \(script) })().then(value => report({ value }), error => report({ error: String(error.stack) })); }
      </script></body>
      """
    // A page's policy may forbid scripts: all but this one's.
    let policy = #/<meta http-equiv="Content-Security-Policy"[^>]*>/#
    try html.replacing(policy, with: "").replacing("<head>", with: preparation, maxReplacements: 1)
      .replacing("</body>", with: reporter).write(to: file, atomically: true, encoding: .utf8)

    let document = try dump(file, profile: folder)
    let start = try #require(document.range(of: "&lt;&lt;"), "no report in: \(document.prefix(2000))")
    let end = try #require(document.range(of: "&gt;&gt;", range: start.upperBound..<document.endIndex))
    let json = try #require(document[start.upperBound..<end.lowerBound].removingPercentEncoding)
    let report = try JSONDecoder().decode(Report<Result>.self, from: Data(json.utf8))
    return try #require(report.value, "the script failed: \(report.error ?? "without a word")")
  }

  private struct Report<Value: Decodable>: Decodable {
    let value: Value?
    let error: String?
  }

  private static func dump(_ file: URL, profile: URL) throws -> String {
    try output(
      of: try #require(path),
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(profile.path)", "--window-size=1200,800",
        "--virtual-time-budget=60000", "--dump-dom", file.absoluteString,
      ])
  }

  private static func output(of program: String, _ arguments: [String]) throws -> String {
    let process = Process(), output = Pipe()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: text, as: UTF8.self)
  }
}

import Foundation

/// Where a workspace finds the library: a checkout on the disk, or a URL.
package struct LibraryReference {
  /// The name by which the manifest calls the package.
  let package: String
  /// The line of the manifest.
  let dependency: String

  /// The folder of the checkout that this program was built from, if it is still there.
  static let checkout: URL? = {
    var folder = URL(filePath: #filePath)
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    return isLibrary(folder) ? folder : nil
  }()

  /// Returns that folder, or throws an error if it is gone.
  static func requiredCheckout() throws -> URL {
    if let checkout { return checkout }
    throw WorkspaceError(
      "The checkout that this program was built from is gone: build the program again with `swift build -c release`.")
  }

  private static func isLibrary(_ folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: "Sources/MicrogradQuestions").path)
  }

  /// Reads a reference as people write it: the path of a checkout, `URL` or `URL@VERSION`.
  ///
  /// - Parameters:
  ///   - text: The reference, or nil for the checkout that this program was built from.
  ///   - workspace: The folder of the workspace. Paths in its manifest are relative to it.
  /// - Throws: ``WorkspaceError`` if there is no such checkout.
  package init(_ text: String?, for workspace: URL) throws {
    if let text, text.contains("://") || text.contains("@"), !FileManager.default.fileExists(atPath: text) {
      self.init(remote: text)
      return
    }
    guard let folder = text.map({ URL(filePath: $0) }) ?? Self.checkout else {
      throw WorkspaceError(
        "The checkout that this program was built from is gone: say with --library where the library is, a folder or a URL."
      )
    }
    guard Self.isLibrary(folder) else {
      throw WorkspaceError("\(folder.path) is not a checkout of swift-micrograd: name its folder, or a URL.")
    }
    let path = Self.relative(folder.resolvingSymlinksInPath(), to: workspace.resolvingSymlinksInPath())
    self.init(package: "swift-micrograd", location: "name: \"swift-micrograd\", path: \(Self.quoted(path))")
  }

  private init(package: String, location: String) {
    self.package = package
    dependency = ".package(\(location))"
  }

  private init(remote text: String) {
    // Not the `@` of git@host:path: a version begins with a digit.
    let parts = text.split(separator: "@"),
      version = parts.last.flatMap { $0.first?.isNumber == true ? String($0) : nil }
    let url = version.map { String(text.dropLast($0.count + 1)) } ?? text
    let name = url.split(separator: "/").last.map(String.init) ?? url
    let requirement = version.map { "from: \(Self.quoted($0))" } ?? "branch: \"main\""
    self.init(
      package: name.hasSuffix(".git") ? String(name.dropLast(4)) : name,
      location: "url: \(Self.quoted(url)), \(requirement)")
  }

  private static func quoted(_ text: String) -> String {
    "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }

  /// Returns the path from one folder to another, so that both can be moved together.
  private static func relative(_ folder: URL, to base: URL) -> String {
    let to = folder.standardizedFileURL.pathComponents, from = base.standardizedFileURL.pathComponents
    let shared = zip(to, from).prefix { $0 == $1 }.count
    return (Array(repeating: "..", count: from.count - shared) + to[shared...]).joined(separator: "/")
  }
}

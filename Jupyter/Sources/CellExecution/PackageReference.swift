import Foundation

/// A package that a notebook asks for: `%package ../mine`, or `%package https://github.com/apple/swift-algorithms 1.2.1`.
public struct PackageReference: Hashable, Sendable, CustomStringConvertible {
  /// The path or the URL.
  let location: String
  /// The lowest version, or `branch:` and a name.
  let version: String?

  /// A request that cannot be understood.
  public struct Unclear: Error, CustomStringConvertible {
    /// The mistake, and how to write the request.
    public let description: String
  }

  /// Reads the text after `%package`.
  ///
  /// - Throws: ``Unclear``.
  public init(_ words: [String]) throws {
    guard (1...2).contains(words.count) else {
      throw Unclear(description: "%package wants the path or the URL of a package; after a URL, a version")
    }
    let isURL = words[0].contains("://") || words[0].hasPrefix("git@")
    guard isURL == (words.count == 2) else {
      throw Unclear(
        description: isURL
          ? "%package \(words[0]) wants a version, such as 1.2.0, or a branch, such as branch:main"
          : "%package \(words[0]) is a path, which takes no version")
    }
    location = isURL ? words[0] : URL(filePath: (words[0] as NSString).expandingTildeInPath).standardizedFileURL.path
    version = words.count == 2 ? words[1] : nil
    if !isURL && !FileManager.default.fileExists(atPath: location + "/Package.swift") {
      throw Unclear(description: "there is no package at \(location): it has no Package.swift")
    }
  }

  /// The package as it was asked for.
  public var description: String { ([location] + (version.map { [$0] } ?? [])).joined(separator: " ") }

  /// The name in the manifest.
  var name: String {
    let last = location.split(separator: "/").last.map(String.init) ?? location
    return last.hasSuffix(".git") ? String(last.dropLast(4)) : last
  }

  /// The line of the manifest.
  var dependency: String {
    guard let version else { return ".package(name: \(quoted(name)), path: \(quoted(location)))" }
    let requirement =
      version.hasPrefix("branch:")
      ? "branch: \(quoted(String(version.dropFirst(7))))" : "from: \(quoted(version))"
    return ".package(url: \(quoted(location)), \(requirement))"
  }
}

extension [PackageReference] {
  /// The packages as they were asked for.
  public var listed: String { map(\.description).joined(separator: ", ") }
}

/// A Swift literal.
func quoted(_ text: String) -> String { String(reflecting: text) }

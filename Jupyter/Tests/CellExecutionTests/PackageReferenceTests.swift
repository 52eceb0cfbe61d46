import Foundation
import Testing

@testable import CellExecution

@Suite struct PackageReferenceTests {
  @Test(arguments: [
    ("https://example.org/a.git 1.2.0", #".package(url: "https://example.org/a.git", from: "1.2.0")"#),
    ("https://example.org/a branch:main", #".package(url: "https://example.org/a", branch: "main")"#),
    ("git@example.org:b/a 2.0.0", #".package(url: "git@example.org:b/a", from: "2.0.0")"#),
  ])
  func urlsWantAVersionOrABranch(words: String, line: String) throws {
    let reference = try PackageReference(words.components(separatedBy: " "))
    #expect(reference.dependency == line, "\(words)")
    #expect(reference.name == "a", "\(words)")
  }

  @Test func pathsWantAManifest() throws {
    let folder = Environment.kernelPackage.path
    let reference = try PackageReference([folder + "/Sources/.."])
    #expect(reference.dependency == ".package(name: \"Jupyter\", path: \"\(folder)\")")
  }

  @Test(arguments: ["", "https://example.org/a", "/nowhere", "/nowhere 1.0.0", "a b c"])
  func othersAreRefused(words: String) {
    #expect(throws: PackageReference.Unclear.self, "\(words)") {
      try PackageReference(words.split(separator: " ").map(String.init))
    }
  }
}

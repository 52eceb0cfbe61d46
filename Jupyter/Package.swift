// swift-tools-version: 6.3

import Foundation
import PackageDescription

// MARK: SwiftSyntax

/// The folder in which a toolchain keeps the SwiftSyntax that its own macros use. `nil` if this one has none.
///
/// It is `lib/swift/host` beside the `lib/swift/pm/ManifestAPI` from which this manifest has loaded PackageDescription:
/// the `PATH` would not do, as `swift` there may be `xcrun`'s or `swiftly`'s. `dladdr` is asked for by name because Swift
/// does not see glibc's declaration.
let hostLibraries: String? = {
  typealias Locate = @convention(c) (UnsafeRawPointer, UnsafeMutableRawPointer) -> CInt
  var place: (file: UnsafePointer<CChar>?, base: Int, symbol: Int, address: Int) = (nil, 0, 0, 0)
  guard let locate = dlsym(dlopen(nil, RTLD_LAZY), "dladdr"),
    unsafeBitCast(locate, to: Locate.self)(unsafeBitCast(Package.self, to: UnsafeRawPointer.self), &place) != 0,
    let file = place.file
  else { return nil }
  let folder = URL(filePath: String(cString: file)).appending(path: "../../../host").standardizedFileURL.path
  let hasModules = FileManager.default.fileExists(atPath: "\(folder)/SwiftParserDiagnostics.swiftmodule")
  return hasModules ? folder : nil
}()

/// The toolchain's SwiftSyntax, because it takes minutes to build, and this one knows exactly the language of the compiler
/// that will compile the cells. Its modules say which libraries to link.
let (syntaxPackages, syntaxProducts): ([Package.Dependency], [Target.Dependency]) =
  hostLibraries != nil
  ? ([], [])
  : (
    [.package(url: "https://github.com/swiftlang/swift-syntax", from: "603.0.1")],
    ["SwiftDiagnostics", "SwiftParser", "SwiftParserDiagnostics", "SwiftSyntax"].map {
      .product(name: $0, package: "swift-syntax")
    }
  )

// MARK: The package

// A package of its own, so that people who use the library or run the lab neither fetch nor build what it depends on.
let package = Package(
  name: "Jupyter",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "micrograd-kernel", targets: ["KernelCommand"])],
  dependencies: [
    .package(name: "swift-micrograd", path: ".."),
    .package(name: "Notebook", path: "Notebook"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ] + syntaxPackages,
  targets: [
    // MARK: The wire
    .target(name: "ZMTP"),
    .target(name: "JSONValue"),
    .target(
      name: "MessageAuthentication",
      // Each message passes through it, and some are pictures.
      swiftSettings: [.unsafeFlags(["-O"])]),
    .target(name: "JupyterMessaging", dependencies: ["JSONValue", "MessageAuthentication", "ZMTP"]),

    // MARK: Cells
    .target(name: "CellSyntax", dependencies: syntaxProducts),
    .target(
      name: "CellExecution",
      dependencies: ["CellSyntax", .product(name: "NotebookChannel", package: "Notebook")]),
    .target(name: "LanguageServer", dependencies: ["JSONValue"]),

    // MARK: The kernel and its command
    .target(name: "JupyterKernel", dependencies: ["JupyterMessaging", "CellExecution", "LanguageServer"]),
    .executableTarget(
      name: "KernelCommand",
      dependencies: ["JupyterKernel", .product(name: "ArgumentParser", package: "swift-argument-parser")]),

    // MARK: Tests
    .testTarget(name: "CellSyntaxTests", dependencies: ["CellSyntax"]),
    .testTarget(name: "CellExecutionTests", dependencies: ["CellExecution"]),
    .testTarget(name: "ZMTPTests", dependencies: ["ZMTP"]),
    .testTarget(name: "MessageAuthenticationTests", dependencies: ["MessageAuthentication"]),
    .testTarget(name: "JupyterMessagingTests", dependencies: ["JSONValue", "JupyterMessaging"]),
    .testTarget(
      name: "MicrogradNotebookTests",
      dependencies: [
        .product(name: "MicrogradNotebook", package: "Notebook"),
        .product(name: "Notebook", package: "Notebook"),
        .product(name: "NotebookChannel", package: "Notebook"),
        .product(name: "Micrograd", package: "swift-micrograd"),
      ]),
  ]
)

// Who imports CellSyntax must be able to find the modules that it imports.
if let hostLibraries {
  for target in package.targets {
    target.swiftSettings = (target.swiftSettings ?? []) + [.unsafeFlags(["-I", hostLibraries])]
    target.linkerSettings = [.unsafeFlags(["-L", hostLibraries, "-Xlinker", "-rpath", "-Xlinker", hostLibraries])]
  }
}

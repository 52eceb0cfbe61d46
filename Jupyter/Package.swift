// swift-tools-version: 6.3

import PackageDescription

// A package of its own, so that people who use the library or run the lab neither fetch nor build what it depends on.
let package = Package(
  name: "Jupyter",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "micrograd-kernel", targets: ["KernelCommand"])],
  dependencies: [
    .package(name: "swift-micrograd", path: ".."),
    .package(name: "Notebook", path: "Notebook"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/swiftlang/swift-syntax", from: "603.0.1"),
  ],
  targets: [
    // MARK: The wire
    .target(
      name: "ZMTP",
      dependencies: [
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    .target(name: "JSONValue"),
    .target(
      name: "JupyterMessaging",
      dependencies: ["JSONValue", "ZMTP", .product(name: "Crypto", package: "swift-crypto")]),

    // MARK: Cells
    .target(
      name: "CellSyntax",
      dependencies: [
        .product(name: "SwiftDiagnostics", package: "swift-syntax"),
        .product(name: "SwiftParser", package: "swift-syntax"),
        .product(name: "SwiftParserDiagnostics", package: "swift-syntax"),
        .product(name: "SwiftSyntax", package: "swift-syntax"),
      ]),
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
    .testTarget(name: "ZMTPTests", dependencies: ["ZMTP", .product(name: "NIOCore", package: "swift-nio")]),
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

// swift-tools-version: 6.3

import PackageDescription

let package = Package(
  name: "swift-micrograd",
  platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
  products: [
    .library(name: "Micrograd", targets: ["Micrograd"]),
    .executable(name: "micrograd", targets: ["MicrogradCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    // MARK: The engine
    .target(name: "CMicrogradNode"),
    .target(
      name: "MicrogradEngine",
      dependencies: ["CMicrogradNode", .product(name: "RealModule", package: "swift-numerics")]),

    // MARK: The compiled path
    .target(name: "CMicrogradKernels"),

    // MARK: Networks, data and figures
    .target(
      name: "MicrogradRandom",
      dependencies: [.product(name: "RealModule", package: "swift-numerics")]),
    .target(
      name: "MicrogradNetworks",
      dependencies: [
        "MicrogradEngine", "MicrogradRandom", .product(name: "RealModule", package: "swift-numerics"),
      ]),
    .target(
      name: "MicrogradData",
      dependencies: ["MicrogradRandom", .product(name: "RealModule", package: "swift-numerics")]),
    .target(name: "MicrogradFigures", dependencies: ["MicrogradEngine", "MicrogradData"]),

    // MARK: The compiled path
    .target(
      name: "MicrogradCompiler",
      dependencies: ["MicrogradEngine", "MicrogradNetworks", "MicrogradRandom", "CMicrogradKernels"]),

    // MARK: What people import
    .target(
      name: "Micrograd",
      dependencies: [
        "MicrogradEngine", "MicrogradRandom", "MicrogradNetworks", "MicrogradData",
        "MicrogradFigures", "MicrogradCompiler",
      ]),

    // MARK: The lab and its command
    .target(
      name: "MicrogradLab",
      dependencies: ["Micrograd", .product(name: "RealModule", package: "swift-numerics")]),
    .executableTarget(
      name: "MicrogradCommand",
      dependencies: [
        "MicrogradLab", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // MARK: Tests
    .testTarget(name: "MicrogradEngineTests", dependencies: ["MicrogradEngine"]),
    .testTarget(name: "MicrogradRandomTests", dependencies: ["MicrogradRandom"]),
    .testTarget(name: "MicrogradNetworksTests", dependencies: ["MicrogradNetworks"]),
    .testTarget(
      name: "MicrogradDataTests", dependencies: ["MicrogradData", "MicrogradRandom"],
      resources: [.copy("Facts")]),
    .testTarget(name: "MicrogradFiguresTests", dependencies: ["MicrogradFigures"]),
    .testTarget(name: "MicrogradCompilerTests", dependencies: ["MicrogradCompiler", "MicrogradData"]),
    .testTarget(name: "MicrogradLabTests", dependencies: ["MicrogradLab"]),
    .testTarget(name: "MicrogradCommandTests", dependencies: ["MicrogradCommand"]),
  ]
)

// swift-tools-version: 6.3

import PackageDescription

let package = Package(
  name: "swift-micrograd",
  platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
  products: [
    .library(name: "MicrogradEngine", targets: ["MicrogradEngine"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1")
  ],
  targets: [
    // MARK: The engine
    .target(name: "CMicrogradNode"),
    .target(
      name: "MicrogradEngine",
      dependencies: ["CMicrogradNode", .product(name: "RealModule", package: "swift-numerics")]),

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

    // MARK: Tests
    .testTarget(name: "MicrogradEngineTests", dependencies: ["MicrogradEngine"]),
    .testTarget(name: "MicrogradRandomTests", dependencies: ["MicrogradRandom"]),
    .testTarget(name: "MicrogradNetworksTests", dependencies: ["MicrogradNetworks"]),
    .testTarget(
      name: "MicrogradDataTests", dependencies: ["MicrogradData", "MicrogradRandom"],
      resources: [.copy("Facts")]),
    .testTarget(name: "MicrogradFiguresTests", dependencies: ["MicrogradFigures"]),
  ]
)

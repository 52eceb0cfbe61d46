// swift-tools-version: 6.3

import PackageDescription

// A package of its own, so that people who use the library neither fetch nor build it.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "swift-micrograd", path: "..")
  ],
  targets: [
    .executableTarget(
      name: "engine",
      dependencies: [.product(name: "Micrograd", package: "swift-micrograd")]),
    .executableTarget(
      name: "figures",
      dependencies: [.product(name: "Micrograd", package: "swift-micrograd")]),
    .executableTarget(
      name: "compiled",
      dependencies: [.product(name: "Micrograd", package: "swift-micrograd")]),
    .executableTarget(
      name: "workloads",
      dependencies: [.product(name: "Micrograd", package: "swift-micrograd")]),
    .executableTarget(
      name: "gpt",
      dependencies: [.product(name: "Micrograd", package: "swift-micrograd")]),
  ]
)

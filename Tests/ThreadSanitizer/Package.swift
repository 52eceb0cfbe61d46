// swift-tools-version: 6.3

// The targets that have tests of threads, and what these need: ThreadSanitizer builds them in a minute or two, and the
// whole package in many.

import PackageDescription

let numerics = Target.Dependency.product(name: "RealModule", package: "swift-numerics")

let package = Package(
  name: "thread-sanitizer",
  platforms: [.macOS(.v15)],
  dependencies: [.package(url: "https://github.com/apple/swift-numerics", from: "1.1.1")],
  targets: [
    .target(name: "MicrogradPlatform"),
    .target(name: "MicrogradRequirement", dependencies: ["MicrogradPlatform"]),
    .target(name: "MicrogradLanguage", dependencies: ["MicrogradPlatform", "MicrogradRequirement"]),
    .target(name: "CMicrogradNode"),
    .target(
      name: "MicrogradEngine",
      dependencies: ["CMicrogradNode", "MicrogradPlatform", "MicrogradRequirement", numerics]),
    .target(name: "MicrogradRandom", dependencies: ["MicrogradRequirement", numerics]),
    .target(
      name: "MicrogradNetworks",
      dependencies: ["MicrogradEngine", "MicrogradRandom", "MicrogradRequirement", numerics]),
    .target(name: "CMicrogradKernels"),
    .target(
      name: "MicrogradCompiler",
      dependencies: [
        "CMicrogradKernels", "MicrogradEngine", "MicrogradLanguage", "MicrogradNetworks", "MicrogradPlatform",
        "MicrogradRequirement",
      ]),
    .target(name: "MicrogradTestSupport", path: "TestSupport"),
    .testTarget(
      name: "MicrogradEngineTests", dependencies: ["MicrogradEngine", "MicrogradTestSupport"], path: "EngineTests"),
    .testTarget(
      name: "CMicrogradKernelsTests",
      dependencies: [
        "CMicrogradKernels", "MicrogradCompiler", "MicrogradEngine", "MicrogradNetworks", "MicrogradTestSupport",
        numerics,
      ],
      path: "KernelsTests"),
  ]
)

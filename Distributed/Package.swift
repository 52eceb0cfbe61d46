// swift-tools-version: 6.3

import PackageDescription

/// Open MPI, or MPICH if the environment variable MICROGRAD_MPI is `mpich`. Each wants a `--scratch-path` of its own.
let isMPICH = Context.environment["MICROGRAD_MPI"] == "mpich"

// A package of its own, so that the main one neither needs nor mentions MPI.
let package = Package(
  name: "Distributed",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "MicrogradDistributed", targets: ["MicrogradDistributed"]),
    .executable(name: "micrograd-mpi", targets: ["micrograd-mpi"]),
  ],
  dependencies: [
    .package(name: "swift-micrograd", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CMPI",
      pkgConfig: isMPICH ? "mpich" : "ompi-c",
      providers: [
        .apt([isMPICH ? "libmpich-dev" : "libopenmpi-dev"]),
        .brew([isMPICH ? "mpich" : "open-mpi"]),
      ]),
    .target(name: "CMicrogradMPI", dependencies: ["CMPI"]),
    .target(
      name: "MicrogradDistributed",
      dependencies: ["CMicrogradMPI", .product(name: "Micrograd", package: "swift-micrograd")]),
    .executableTarget(
      name: "micrograd-mpi",
      dependencies: [
        "MicrogradDistributed",
        .product(name: "MicrogradCommand", package: "swift-micrograd"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    // What compare-data-parallel.py measures.
    .executableTarget(
      name: "data-parallel",
      dependencies: ["MicrogradDistributed", .product(name: "Micrograd", package: "swift-micrograd")],
      path: "Benchmarks/data-parallel"),

    // MARK: Tests, and the programs that they start on several ranks
    .target(
      name: "SweepExample", dependencies: [.product(name: "Micrograd", package: "swift-micrograd")],
      path: "Tests/SweepExample"),
    .executableTarget(
      name: "CommunicatorCheck", dependencies: ["MicrogradDistributed"], path: "Tests/CommunicatorCheck"),
    .executableTarget(
      name: "DataParallelCheck",
      dependencies: ["MicrogradDistributed", .product(name: "Micrograd", package: "swift-micrograd")],
      path: "Tests/DataParallelCheck"),
    .executableTarget(
      name: "SweepCheck", dependencies: ["MicrogradDistributed", "SweepExample"], path: "Tests/SweepCheck"),
    .testTarget(
      name: "MicrogradDistributedTests",
      dependencies: [
        "CommunicatorCheck", "DataParallelCheck", "SweepCheck", "SweepExample", "micrograd-mpi",
        .product(name: "MicrogradCommand", package: "swift-micrograd"),
      ]),
  ]
)

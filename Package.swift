// swift-tools-version: 6.3

import PackageDescription

let package = Package(
  name: "swift-micrograd",
  platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
  products: [
    .library(name: "Micrograd", targets: ["Micrograd"]),
    .library(name: "MicrogradLab", targets: ["MicrogradLab", "MicrogradQuestions"]),
    // What students' programs are built against when they are checked: a dynamic library, so that a check links in no time.
    .library(name: "MicrogradWorkbench", type: .dynamic, targets: ["Micrograd", "MicrogradQuestions"]),
    // The commands and their options, for programs that run them in another way.
    .library(name: "MicrogradCommand", targets: ["MicrogradCommand"]),
    .executable(name: "micrograd", targets: ["MicrogradMain"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    // MARK: The engine
    .target(name: "MicrogradPlatform"),
    .target(name: "MicrogradRequirement", dependencies: ["MicrogradPlatform"]),
    .target(name: "MicrogradLanguage", dependencies: ["MicrogradPlatform", "MicrogradRequirement"]),
    .target(name: "CMicrogradNode"),
    .target(
      name: "MicrogradEngine",
      dependencies: [
        "CMicrogradNode", "MicrogradPlatform", "MicrogradRequirement",
        .product(name: "RealModule", package: "swift-numerics"),
      ]),

    // MARK: What a graph looks like
    .target(name: "MicrogradGraph", dependencies: ["MicrogradEngine", "MicrogradLanguage", "MicrogradRequirement"]),

    // MARK: Networks, data and figures
    .target(
      name: "MicrogradRandom",
      dependencies: ["MicrogradRequirement", .product(name: "RealModule", package: "swift-numerics")]),
    .target(
      name: "MicrogradNetworks",
      dependencies: [
        "MicrogradEngine", "MicrogradRandom", "MicrogradRequirement",
        .product(name: "RealModule", package: "swift-numerics"),
      ]),
    .target(
      name: "MicrogradData",
      dependencies: [
        "MicrogradPlatform", "MicrogradRandom", "MicrogradRequirement",
        .product(name: "RealModule", package: "swift-numerics"),
      ]),
    .target(name: "MicrogradJSON", dependencies: ["MicrogradRequirement"]),
    .target(name: "CMicrogradPage"),
    .target(
      name: "MicrogradFigures",
      dependencies: [
        "CMicrogradPage", "MicrogradEngine", "MicrogradGraph", "MicrogradLanguage", "MicrogradData",
        "MicrogradJSON", "MicrogradPlatform", "MicrogradRequirement",
      ],
      exclude: ["Page/Web"]),
    .target(name: "MicrogradFormula", dependencies: ["MicrogradEngine"]),

    // MARK: The compiled path
    .target(name: "CMicrogradKernels"),
    .target(
      name: "MicrogradCompiler",
      dependencies: [
        "MicrogradEngine", "MicrogradLanguage", "MicrogradNetworks", "MicrogradPlatform", "MicrogradRequirement",
        "CMicrogradKernels",
      ]),
    .target(
      name: "MicrogradTraining",
      dependencies: [
        "MicrogradEngine", "MicrogradNetworks", "MicrogradCompiler", "MicrogradRandom", "MicrogradRequirement",
      ]),

    // MARK: Models of tables
    .target(
      name: "MicrogradModels",
      dependencies: [
        "MicrogradData", "MicrogradEngine", "MicrogradJSON", "MicrogradNetworks", "MicrogradRequirement",
      ]),
    .target(
      name: "MicrogradTabular",
      dependencies: [
        "MicrogradCompiler", "MicrogradData", "MicrogradModels", "MicrogradNetworks", "MicrogradRequirement",
        "MicrogradTraining",
      ]),
    .target(
      name: "MicrogradSweep",
      dependencies: [
        "MicrogradData", "MicrogradJSON", "MicrogradModels", "MicrogradNetworks",
        "MicrogradPlatform", "MicrogradRandom", "MicrogradRequirement", "MicrogradTabular", "MicrogradTraining",
      ]),
    .target(
      name: "MicrogradExport",
      dependencies: [
        "MicrogradData", "MicrogradEngine", "MicrogradFigures", "MicrogradJSON", "MicrogradModels",
        "MicrogradNetworks", "MicrogradRequirement",
      ]),

    // MARK: Models of texts
    .target(
      name: "MicrogradText",
      dependencies: [
        "MicrogradCompiler", "MicrogradData", "MicrogradEngine", "MicrogradJSON", "MicrogradModels",
        "MicrogradNetworks", "MicrogradRandom", "MicrogradRequirement",
      ]),

    // MARK: The playground
    .target(
      name: "MicrogradPlayground",
      dependencies: [
        "MicrogradData", "MicrogradEngine", "MicrogradExport", "MicrogradFigures", "MicrogradGraph", "MicrogradJSON",
        "MicrogradLanguage", "MicrogradModels", "MicrogradNetworks", "MicrogradRandom", "MicrogradRequirement",
        .product(name: "RealModule", package: "swift-numerics"),
      ],
      exclude: ["Web"]),
    .target(name: "CMicrogradPlayground"),

    // MARK: What people import
    .target(
      name: "Micrograd",
      dependencies: [
        "CMicrogradPlayground", "MicrogradLanguage", "MicrogradEngine", "MicrogradGraph", "MicrogradRandom",
        "MicrogradNetworks", "MicrogradData", "MicrogradFigures", "MicrogradFormula", "MicrogradCompiler",
        "MicrogradTraining", "MicrogradModels", "MicrogradTabular", "MicrogradExport", "MicrogradJSON",
        "MicrogradPlayground", "MicrogradRequirement", "MicrogradSweep", "MicrogradText",
      ]),

    // MARK: The lab and its command
    .target(
      name: "MicrogradQuestions",
      dependencies: ["Micrograd", "MicrogradData", "MicrogradPlatform", "MicrogradRequirement"]),
    // The tasks' files as text, for the report.
    .target(name: "CMicrogradTasks"),
    .target(
      name: "MicrogradLab",
      dependencies: [
        "CMicrogradTasks", "Micrograd", "MicrogradJSON", "MicrogradQuestions", "MicrogradRequirement",
        .product(name: "RealModule", package: "swift-numerics"),
      ]),
    .target(
      name: "MicrogradWorkspace",
      dependencies: [
        "Micrograd", "MicrogradData", "MicrogradFigures", "MicrogradJSON", "MicrogradLab", "MicrogradPlatform",
        "MicrogradQuestions", "MicrogradRequirement",
      ]),
    .target(
      name: "MicrogradCommand",
      dependencies: [
        "Micrograd", "MicrogradData", "MicrogradFigures", "MicrogradJSON", "MicrogradLab", "MicrogradModels",
        "MicrogradPlatform", "MicrogradRequirement", "MicrogradWorkspace",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "MicrogradMain", dependencies: ["MicrogradCommand"]),

    // MARK: Tests
    .target(name: "MicrogradTestSupport", path: "Tests/MicrogradTestSupport"),
    .testTarget(name: "MicrogradLanguageTests", dependencies: ["MicrogradLanguage"]),
    .testTarget(name: "MicrogradEngineTests", dependencies: ["MicrogradEngine", "MicrogradTestSupport"]),
    .testTarget(name: "GeneratedCodeTests", dependencies: ["MicrogradEngine", "MicrogradExport"]),
    .testTarget(name: "MicrogradGraphTests", dependencies: ["MicrogradGraph", "MicrogradTestSupport"]),
    .testTarget(
      name: "CMicrogradKernelsTests",
      dependencies: [
        "CMicrogradKernels", "MicrogradCompiler", "MicrogradEngine", "MicrogradNetworks", "MicrogradTestSupport",
        .product(name: "RealModule", package: "swift-numerics"),
      ]),
    .testTarget(name: "MicrogradRandomTests", dependencies: ["MicrogradRandom"]),
    .testTarget(name: "MicrogradNetworksTests", dependencies: ["MicrogradNetworks", "MicrogradTestSupport"]),
    .testTarget(
      name: "MicrogradDataTests", dependencies: ["MicrogradData", "MicrogradRandom"],
      resources: [.copy("Facts")]),
    .testTarget(
      name: "MicrogradCompilerTests",
      dependencies: [
        "MicrogradCompiler", "MicrogradData", "MicrogradRandom", "MicrogradTestSupport", "CMicrogradKernels",
      ]),
    .testTarget(name: "MicrogradTrainingTests", dependencies: ["MicrogradTraining", "MicrogradData"]),
    .testTarget(
      name: "MicrogradFiguresTests",
      dependencies: [
        "MicrogradFigures", "MicrogradFormula", "MicrogradJSON", "MicrogradNetworks", "MicrogradRandom",
        "MicrogradTestSupport",
        .product(name: "RealModule", package: "swift-numerics"),
      ]),
    .testTarget(name: "MicrogradJSONTests", dependencies: ["MicrogradJSON", "MicrogradTestSupport"]),
    .testTarget(
      name: "MicrogradModelsTests",
      dependencies: [
        "MicrogradData", "MicrogradEngine", "MicrogradModels", "MicrogradNetworks", "MicrogradTabular",
        "MicrogradTestSupport",
      ]),
    .testTarget(
      name: "MicrogradSweepTests",
      dependencies: [
        "MicrogradSweep", "MicrogradData", "MicrogradModels", "MicrogradNetworks", "MicrogradPlatform",
        "MicrogradRandom",
        "MicrogradTabular", "MicrogradTestSupport", "MicrogradTraining",
      ]),
    .testTarget(
      name: "MicrogradTextTests",
      dependencies: [
        "MicrogradEngine", "MicrogradModels", "MicrogradNetworks", "MicrogradRandom", "MicrogradText",
        "MicrogradTestSupport",
      ]),
    .testTarget(
      name: "MicrogradExportTests",
      dependencies: [
        "MicrogradExport", "MicrogradData", "MicrogradEngine", "MicrogradFormula", "MicrogradJSON", "MicrogradModels",
        "MicrogradNetworks", "MicrogradTestSupport",
      ]),
    .testTarget(
      name: "MicrogradPlaygroundTests",
      dependencies: [
        "MicrogradPlayground", "MicrogradData", "MicrogradEngine", "MicrogradExport", "MicrogradFigures",
        "MicrogradFormula", "MicrogradGraph", "MicrogradJSON", "MicrogradModels", "MicrogradNetworks",
        "MicrogradRandom", "MicrogradTestSupport", "MicrogradTraining",
      ]),
    .testTarget(name: "MicrogradFormulaTests", dependencies: ["MicrogradFormula"]),
    .testTarget(
      name: "MicrogradTests", dependencies: ["Micrograd", "MicrogradTestSupport"]),
    .testTarget(name: "DocumentationTests", dependencies: ["Micrograd", "MicrogradMain"]),
    .testTarget(
      name: "MicrogradLabTests", dependencies: ["MicrogradLab", "MicrogradQuestions", "MicrogradTestSupport"]),
    .testTarget(
      name: "MicrogradWorkspaceTests",
      dependencies: ["MicrogradWorkspace", "MicrogradLab", "MicrogradQuestions", "MicrogradTestSupport"]),
    .testTarget(
      name: "MicrogradCommandTests",
      dependencies: ["MicrogradCommand", "MicrogradMain", "Micrograd", "MicrogradPlatform"]),
  ]
)

// swift-tools-version: 6.3

import PackageDescription

// What runs beside a notebook's cells. It is built together with the packages that a notebook asks for, so it depends
// on nothing that those could depend on in another version.
let package = Package(
  name: "Notebook",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Notebook", targets: ["Notebook"]),
    .library(name: "MicrogradNotebook", targets: ["MicrogradNotebook"]),
    .library(name: "NotebookChannel", targets: ["NotebookChannel"]),
  ],
  dependencies: [
    .package(name: "swift-micrograd", path: "../..")
  ],
  targets: [
    .target(name: "CNotebook"),
    .target(name: "NotebookChannel"),
    .target(name: "Notebook", dependencies: ["CNotebook", "NotebookChannel"]),
    .target(
      name: "MicrogradNotebook",
      dependencies: [
        "Notebook", .product(name: "Micrograd", package: "swift-micrograd"),
        .product(name: "MicrogradLab", package: "swift-micrograd"),
      ]),
  ]
)

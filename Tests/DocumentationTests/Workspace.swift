import Foundation

/// A folder in which the commands and programs of a page run, one after the other, as those of its readers do.
struct Workspace: ~Copyable {
  struct Outcome {
    let status: Int32
    /// The lines, without blanks at their ends.
    let output: [String]
    let errors: [String]
  }

  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "micrograd-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Runs commands in a shell that finds `micrograd`.
  func run(_ commands: some StringProtocol) throws -> Outcome {
    let environment = ProcessInfo.processInfo.environment
    let path = "\(Self.products.path):\(environment["PATH"] ?? "/usr/bin:/bin")"
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-e", "-c", String(commands)]
    process.currentDirectoryURL = folder
    process.environment = environment.merging(["PATH": path, "LC_ALL": "C.UTF-8"]) { $1 }
    process.standardInput = FileHandle.nullDevice
    let files = [".output", ".errors"].map { folder.appending(path: $0) }
    for file in files { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    let lines = try files.map { file in
      try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
        .map { String($0.replacing(#/ +$/#, with: "")) }
    }
    return Outcome(status: process.terminationStatus, output: lines[0], errors: lines[1])
  }

  /// Compiles a `main.swift` and runs it: in the language mode and with the settings of the README's package, against
  /// the modules and objects that the tests were built with.
  func run(program: String) throws -> Outcome {
    let source = folder.appending(path: "program/main.swift")
    try FileManager.default.createDirectory(at: source.deletingLastPathComponent(), withIntermediateDirectories: true)
    try program.write(to: source, atomically: true, encoding: .utf8)
    let objects = folder.appending(path: "program/objects")
    try Self.objects.write(to: objects, atomically: true, encoding: .utf8)
    let moduleMaps = try Self.moduleMaps.map { "-Xcc '-fmodule-map-file=\($0.path)'" }.joined(separator: " ")
    let compilation = try run(
      """
      cd program
      swiftc -swift-version 6 -default-isolation MainActor -g -I '\(Self.products.path)/Modules' \(moduleMaps) \
        main.swift @objects -o main
      """)
    return compilation.status == 0 ? try run("program/main") : compilation
  }

  /// Where the package's programs are built: on Apple's systems beside the tests' bundle, elsewhere beside the tests.
  private static var products: URL {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL.deletingLastPathComponent()
    return (bundle ?? Bundle.main.bundleURL).resolvingSymlinksInPath()
  }

  /// What the program `micrograd` is linked from, without its own module.
  private static var objects: String {
    get throws {
      try String(contentsOf: products.appending(path: "micrograd.product/Objects.LinkFileList"), encoding: .utf8)
        .split(separator: "\n").filter { !$0.contains("/MicrogradMain.build/") }.joined(separator: "\n")
    }
  }

  /// Those of the modules in C: the package's own are made by the build, the one of swift-numerics is among its sources.
  private static var moduleMaps: [URL] {
    get throws {
      let folders = try FileManager.default.contentsOfDirectory(atPath: products.path).filter {
        $0.hasSuffix(".build")
      }
      let own = folders.sorted().map { products.appending(path: "\($0)/module.modulemap") }
      let shims = "../../checkouts/swift-numerics/Sources/_NumericsShims/include/module.modulemap"
      return own.filter { FileManager.default.fileExists(atPath: $0.path) } + [
        products.appending(path: shims).standardized
      ]
    }
  }
}

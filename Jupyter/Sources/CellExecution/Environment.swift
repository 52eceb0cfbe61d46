public import Foundation

/// The program that runs cells, and what the compiler must be told to compile against what is in it.
///
/// It is a package of the kernel's own making: one executable, linked with everything that notebooks may import, whose
/// symbols the libraries of the cells find when they are loaded. So each package is there once, in a version on which
/// SwiftPM and all packages agree, and optimized.
public struct Environment: Sendable {
  /// The program.
  let worker: URL
  /// The arguments that make its modules visible.
  let arguments: [String]
  /// The cache of the compiler for the headers of C.
  let moduleCache: URL
  /// The modules of the packages that the notebook has asked for.
  public let modules: [String]

  /// An error of fetching or building the packages.
  public struct BuildFailure: Error, CustomStringConvertible {
    /// The output of SwiftPM.
    public let description: String
  }

  /// The folder of the environments, in the user's folder for caches.
  public static var cache: URL {
    let environment = ProcessInfo.processInfo.environment
    if let folder = environment["MICROGRAD_KERNEL_CACHE"] { return URL(filePath: folder) }
    #if os(macOS)
      return URL.homeDirectory.appending(path: "Library/Caches/micrograd-kernel")
    #else
      let folder =
        environment["XDG_CACHE_HOME"].map { URL(filePath: $0) } ?? URL.homeDirectory.appending(path: ".cache")
      return folder.appending(path: "micrograd-kernel")
    #endif
  }

  /// Removes all environments.
  public static func removeAll() {
    let files = FileManager.default
    let found = try? files.contentsOfDirectory(at: cache, includingPropertiesForKeys: nil)
    for folder in found ?? [] where folder.lastPathComponent.hasPrefix(EnvironmentBuilder.prefix) {
      try? files.removeItem(at: folder)
    }
    rmdir(cache.path)  // if nothing else is in it
  }

  /// Waits until no other kernel builds anything.
  private static func lock() async throws -> FileLock {
    try FileManager.default.createDirectory(at: cache, withIntermediateDirectories: true)
    while true {
      if let lock = FileLock(cache) { return lock }
      try await Task.sleep(for: .milliseconds(200))
    }
  }

  /// The package `Notebook` of the checkout that this kernel was built from.
  static let notebookPackage = kernelPackage.appending(path: "Notebook")

  /// The package that this kernel was built from.
  public static let kernelPackage = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL

  /// The use of an environment that was built before.
  public enum Reuse: Sendable {
    /// It is used as it is.
    case asItIs
    /// Changed parts are built again.
    case updated
    /// Everything is built again.
    case never
  }

  /// Makes an environment ready.
  ///
  /// - Parameter terminal: The file to which SwiftPM prints its progress, if the user waits for it.
  /// - Throws: ``BuildFailure``.
  public init(
    packages: [PackageReference], toolchain: Toolchain, reuse: Reuse, printingTo terminal: FileHandle? = nil
  ) async throws {
    let builder = EnvironmentBuilder(packages: packages, toolchain: toolchain)
    if reuse != .asItIs || !builder.isBuilt {
      let lock = try await Self.lock()
      defer { withExtendedLifetime(lock) {} }
      if reuse == .never { try? FileManager.default.removeItem(at: builder.folder) }
      if reuse != .asItIs || !builder.isBuilt { try await builder.build(printingTo: terminal) }
    }
    (worker, moduleCache) = (builder.worker, builder.folder.appending(path: "ModuleCache"))
    (arguments, modules) = try builder.readResult()
  }
}

/// Writes the package of an environment, and builds it.
struct EnvironmentBuilder {
  let packages: [PackageReference]
  let toolchain: Toolchain
  let folder: URL

  static let prefix = "environment-"

  private struct Product {
    let name: String
    let package: String
    let modules: [String]
  }

  private struct BuildDescription: Decodable {
    struct Target: Decodable {
      let moduleName: String
      let importPath: String
      let otherArguments: [String]
    }
    let swiftCommands: [String: Target]
  }

  private struct Manifest: Decodable {
    struct Product: Decodable {
      let name: String
      let targets: [String]
      let type: [String: [String]?]
    }
    let products: [Product]
  }

  private struct Dependencies: Decodable {
    let identity: String
    let path: String
    let dependencies: [Dependencies]
  }

  init(packages: [PackageReference], toolchain: Toolchain) {
    self.packages = packages
    self.toolchain = toolchain
    let key =
      [toolchain.version, toolchain.programs.path, Environment.notebookPackage.path] + packages.map(\.description)
    folder = Environment.cache.appending(path: "\(Self.prefix)\(Self.hash(key.joined(separator: "\n")))")
  }

  /// The FNV-1a hash: a name that stays the same.
  private static func hash(_ text: String) -> String {
    let hash = text.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return String(hash, radix: 36)
  }

  private var products: URL { folder.appending(path: ".build/release") }
  private var modulesFile: URL { folder.appending(path: "modules.json") }
  var worker: URL { products.appending(path: "worker") }
  var isBuilt: Bool { FileManager.default.fileExists(atPath: modulesFile.path) }

  func build(printingTo terminal: FileHandle?) async throws {
    guard FileManager.default.fileExists(atPath: Environment.notebookPackage.path) else {
      throw Environment.BuildFailure(
        description: """
          The checkout that this kernel was installed from is no longer at \(Environment.notebookPackage.path). \
          Install the kernel once more from where it is now.
          """)
    }
    try FileManager.default.createDirectory(
      at: folder.appending(path: "Sources/worker"), withIntermediateDirectories: true)
    try write("import Notebook\n\nawait Worker.shared.run()\n", to: "Sources/worker/main.swift")
    try write(manifest(with: []), to: "Package.swift")
    let products = try await packages.isEmpty ? [] : findProducts()
    try write(manifest(with: products), to: "Package.swift")
    try await package("build", "--configuration", "release", "--product", "worker", printingTo: terminal)
    try JSONEncoder().encode(products.flatMap(\.modules)).write(to: modulesFile)
  }

  private func write(_ text: String, to name: String) throws {
    let file = folder.appending(path: name)
    // An unchanged file keeps its date, and is not compiled again.
    if (try? String(contentsOf: file, encoding: .utf8)) == text { return }
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  private func manifest(with products: [Product]) -> String {
    let dependencies =
      [".package(name: \"Notebook\", path: \(quoted(Environment.notebookPackage.path)))"] + packages.map(\.dependency)
    let all =
      ["Notebook", "MicrogradNotebook"].map { Product(name: $0, package: "Notebook", modules: []) } + products
    #if os(macOS)
      let exporting = "-export_dynamic"
    #else
      let exporting = "--export-dynamic"
    #endif
    return """
      // swift-tools-version: 6.3
      import PackageDescription

      let package = Package(
        name: "environment",
        platforms: [.macOS(.v15)],
        dependencies: [
          \(dependencies.joined(separator: ",\n    "))
        ],
        targets: [
          .executableTarget(
            name: "worker",
            dependencies: [
              \(all.map { ".product(name: \(quoted($0.name)), package: \(quoted($0.package)))" }.joined(separator: ",\n        "))
            ],
            linkerSettings: [.unsafeFlags(["-Xlinker", "\(exporting)"])])
        ]
      )

      """
  }

  /// Fetches the packages, and asks their manifests for libraries.
  private func findProducts() async throws -> [Product] {
    try await package("package", "resolve")
    let listing = try await package("package", "show-dependencies", "--format", "json")
    let dependencies = try Self.decode(Dependencies.self, from: listing).dependencies
    var products: [Product] = []
    for reference in packages {
      // Not by URL: SwiftPM may have spelled it differently, or have been told of a mirror.
      guard let found = dependencies.first(where: { $0.identity == reference.name.lowercased() }) else {
        throw Environment.BuildFailure(description: "SwiftPM does not list \(reference):\n\(listing)")
      }
      let dump = try await Command(
        toolchain.program("swift"), ["package", "--package-path", found.path, "dump-package"]
      ).run().output
      let manifest = try Self.decode(Manifest.self, from: dump)
      let libraries = manifest.products.filter { $0.type.keys.contains("library") }
      guard !libraries.isEmpty else {
        throw Environment.BuildFailure(description: "\(reference) has no library that could be imported.")
      }
      products += libraries.map { Product(name: $0.name, package: reference.name, modules: $0.targets) }
    }
    return products
  }

  /// Reads what SwiftPM prints between its warnings.
  private static func decode<T: Decodable>(_ type: T.Type, from output: String) throws -> T {
    let lines = output.split(separator: "\n")
    guard let start = lines.firstIndex(of: "{"), let end = lines.lastIndex(of: "}") else {
      throw Environment.BuildFailure(description: output)
    }
    return try JSONDecoder().decode(type, from: Data(lines[start...end].joined(separator: "\n").utf8))
  }

  @discardableResult
  private func package(_ arguments: String..., printingTo terminal: FileHandle? = nil) async throws -> String {
    let result = try await Command(
      toolchain.program("swift"), [arguments[0], "--package-path", folder.path] + arguments.dropFirst()
    ).run(printingTo: terminal)
    guard result.status == 0 else {
      throw Environment.BuildFailure(
        description: terminal == nil ? result.output : "SwiftPM could not build it, and has said why.")
    }
    return result.output
  }

  /// Returns the compiler's arguments for the worker that concern modules of packages, and the names of
  /// these modules.
  func readResult() throws -> (arguments: [String], modules: [String]) {
    let file = products.appending(path: "description.json")
    let description = try JSONDecoder().decode(BuildDescription.self, from: Data(contentsOf: file))
    guard let target = description.swiftCommands.values.first(where: { $0.moduleName == "worker" }) else {
      throw Environment.BuildFailure(description: "\(file.path) does not say how the worker was compiled.")
    }
    var arguments = ["-I", target.importPath], rest = target.otherArguments[...]
    while let option = rest.popFirst() {
      switch option {
      case "-Xcc", "-I", "-F", "-load-plugin-executable", "-load-plugin-library", "-plugin-path":
        guard let value = rest.popFirst() else { break }
        if value != "-g" { arguments += [option, value] }
      default: break
      }
    }
    return (arguments, try JSONDecoder().decode([String].self, from: Data(contentsOf: modulesFile)))
  }
}

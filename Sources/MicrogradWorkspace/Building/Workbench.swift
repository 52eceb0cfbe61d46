import Foundation
import Micrograd
import MicrogradPlatform
import MicrogradRequirement

/// The library, built as students' programs are compiled against it.
struct Workbench {
  /// The folder with the library.
  let products: URL
  /// The compiler's arguments that make its modules visible.
  let arguments: [String]

  /// The name of the dynamic library's product.
  static let product = "MicrogradWorkbench"

  /// The part of SwiftPM's description of a build that says how a module was compiled.
  private struct BuildDescription: Decodable {
    struct Command: Decodable {
      let moduleName: String
      let importPath: String
      let otherArguments: [String]
    }
    let swiftCommands: [String: Command]
  }

  /// Builds the library of a package, or of its dependency, in release mode.
  ///
  /// If the variable `MICROGRAD_WORKBENCH` names a folder of built products, nothing is built.
  ///
  /// - Parameters:
  ///   - package: The folder of the package.
  ///   - language: The language in which it says so if that takes long.
  init(package: URL, language: Language) throws {
    if let folder = ProcessInfo.processInfo.environment["MICROGRAD_WORKBENCH"] {
      try self.init(products: URL(filePath: folder))
      return
    }
    let swift = try Toolchain.program("swift")
    let options = ["--package-path", package.path, "-c", "release", "--product", Self.product]
    let modules = package.appending(path: ".build/release/Modules/MicrogradQuestions.swiftmodule").path
    if !FileManager.default.fileExists(atPath: modules) {
      let note = Localized(
        en: "Building the library; the first time, that takes some minutes.",
        fr: "La bibliothèque est compilée ; la première fois, cela prend quelques minutes.")
      try? StandardStream.error.write(note(in: language) + "\n")
    }
    let result = try ChildProcess(executable: swift, arguments: ["build"] + options, seconds: 3600).run()
    guard result.ending == .exited(status: 0) else {
      throw WorkspaceError("The library cannot be built in \(package.path):\n\(result.output)")
    }
    try self.init(products: package.appending(path: ".build/release"))
  }

  /// Reads how the modules in a folder of products were compiled.
  init(products: URL) throws {
    // The compiler takes a module cache by another path for another cache.
    let products = products.resolvingSymlinksInPath()
    self.products = products
    let file = products.appending(path: "description.json")
    guard FileManager.default.fileExists(atPath: products.appending(path: Self.library).path),
      let description = try? JSONDecoder().decode(BuildDescription.self, from: Data(contentsOf: file)),
      let command = description.swiftCommands.values.first(where: { $0.moduleName == "MicrogradQuestions" })
    else { throw WorkspaceError("\(products.path) has no \(Self.library) built by SwiftPM.") }
    var arguments = ["-I", command.importPath], rest = command.otherArguments[...]
    while let option = rest.popFirst() {
      guard ["-Xcc", "-I", "-F", "-sdk", "-target"].contains(option), let value = rest.popFirst() else { continue }
      // Options of the C compiler that concern code, not modules.
      if option != "-Xcc" || value != "-g" && !value.hasPrefix("-fno-") && value != "-fPIC" {
        arguments += [option, value]
      }
    }
    self.arguments = arguments
  }

  #if os(macOS)
    private static let library = "lib\(product).dylib"
  #else
    private static let library = "lib\(product).so"
  #endif

  /// The processor time that the compiler may take: forty times what it needs for the tasks.
  var compilerSeconds = 20

  private var compilerLimits: String {
    "ulimit -S -t \(compilerSeconds); ulimit -H -t \(compilerSeconds + 1); ulimit -v \(8 << 20) 2>/dev/null"
  }

  /// Compiles and links a program, without optimization: that is fastest, and traps say their line.
  ///
  /// - Returns: The compiler's messages if it does not compile, or nil.
  func compile(_ sources: [URL], to program: URL) throws -> String? {
    let compiler = try Toolchain.program("swiftc")
    let result = try ChildProcess(
      executable: "/bin/sh",
      // By the shell's limits, since the compiler's processes leave the group of this one, and could not be ended with it.
      arguments: ["-c", compilerLimits + "; exec \"$@\"", "sh", compiler] + [
        "-Onone", "-gline-tables-only", "-wmo", "-swift-version", "6", "-default-isolation", "MainActor",
        "-module-name", "Gradient", "-suppress-warnings", "-diagnostic-style", "llvm",
        "-module-cache-path", products.appending(path: "ModuleCache").path,
        "-L", products.path, "-l\(Self.product)", "-Xlinker", "-rpath", "-Xlinker", products.path,
        "-o", program.path,
      ] + arguments + sources.map(\.path),
      folder: program.deletingLastPathComponent(), seconds: 120, outputLimit: 1 << 20
    ).run()
    if result.ending == .exited(status: 0) { return nil }
    let isGivenUp = result.ending == .timeLimit || result.output.contains("failed due to signal")
    return isGivenUp ? "error: the compiler gave up; is there a very long expression or list?" : result.output
  }
}

import CellSyntax
import Foundation

/// Turns cells into libraries, with the toolchain's own compiler and linker.
struct CellCompiler: Sendable {
  let toolchain: Toolchain
  let environment: Environment
  /// The folder for sources, modules and libraries.
  let folder: URL

  /// The compiler's messages about a wrong cell.
  struct Rejection: Error {
    let messages: String
  }

  /// Compiles a cell.
  ///
  /// The compiler's front end is called directly: its driver takes longer to start than the front end to work.
  /// Debugging information is for the lines of a crash; testing opens declarations that are not public.
  ///
  /// - Throws: ``Rejection``.
  func compile(_ cell: Cell) async throws -> URL {
    let source = file(cell.module, "swift"), object = file(cell.module, "o"), library = file(cell.module, "so")
    try cell.source.write(to: source, atomically: false, encoding: .utf8)
    try await run(
      toolchain.program("swiftc"),
      ["-frontend", "-c", "-primary-file", source.path, "-module-name", cell.module, "-o", object.path]
        + ["-emit-module-path", file(cell.module, "swiftmodule").path] + arguments)
    try await link(object, to: library, linksImports: !cell.imports.isEmpty)
    return library
  }

  private var arguments: [String] {
    let plugins = toolchain.resources.appending(path: "host/plugins")
    let server = toolchain.resources.appending(path: "host/libSwiftInProcPluginServer.\(Self.librarySuffix)")
    return [
      "-parse-as-library", "-gline-tables-only", "-enable-testing", "-suppress-warnings", "-diagnostic-style", "llvm",
      "-plugin-path", plugins.path, "-in-process-plugin-server-path", server.path,
    ] + commonArguments
  }

  /// The arguments that affect the meaning of code, which a language server needs as well.
  var commonArguments: [String] {
    [
      "-Onone", "-swift-version", "5", "-enable-bare-slash-regex",
      "-module-cache-path", environment.moduleCache.path, "-I", folder.path,
    ] + (toolchain.sdk.map { ["-sdk", $0] } ?? []) + environment.arguments
  }

  #if os(macOS)
    private static let librarySuffix = "dylib"
  #else
    private static let librarySuffix = "so"
  #endif

  /// Links a cell. Symbols of other cells and of packages are found when it is loaded. Only an import can bring a library
  /// that is not loaded yet; only then is the driver needed, which reads from the object which ones.
  private func link(_ object: URL, to library: URL, linksImports: Bool) async throws {
    #if os(Linux)
      let linker = toolchain.program("ld.lld"), runtime = toolchain.resources.appending(path: "linux")
      if !linksImports, FileManager.default.isExecutableFile(atPath: linker.path) {
        return try await run(
          linker,
          ["-shared", "-o", library.path, object.path, "\(runtime.path)/\(toolchain.architecture)/swiftrt.o"]
            + ["-L", runtime.path, "-rpath", runtime.path, "-lswiftCore", "-lswiftSwiftOnoneSupport"])
      }
      try await run(toolchain.program("swiftc"), ["-emit-library", object.path, "-o", library.path])
    #else
      try await run(
        toolchain.program("swiftc"),
        ["-emit-library", object.path, "-o", library.path, "-Xlinker", "-undefined", "-Xlinker", "dynamic_lookup"])
    #endif
  }

  private func run(_ program: URL, _ arguments: [String]) async throws {
    let result = try await Command(program, arguments, in: folder).run()
    guard result.status == 0 else { throw Rejection(messages: result.output) }
  }

  private func file(_ module: String, _ suffix: String) -> URL { folder.appending(path: "\(module).\(suffix)") }
}

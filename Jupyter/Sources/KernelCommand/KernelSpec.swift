import ArgumentParser
import CellExecution
import Foundation

/// The folder in which Jupyter finds the kernel, and the files in it.
struct KernelSpec {
  static let name = "micrograd-swift"
  let folder: URL

  /// The options for the folder, as in Jupyter's own tools.
  struct Place: ParsableArguments {
    @Flag(help: "Into your own folder of Jupyter's data. This is the default.")
    var user = false

    @Flag(help: "Into the active Python environment: venv, conda, or that of the python3 on the PATH.")
    var sysPrefix = false

    @Option(help: "Into PREFIX/share/jupyter/kernels.")
    var prefix: String?

    func validate() throws {
      if [user, sysPrefix, prefix != nil].count(where: { $0 }) > 1 {
        throw ValidationError("Choose one of --user, --sys-prefix and --prefix.")
      }
    }
  }

  init(_ place: Place) throws {
    let data: URL
    if let prefix = place.prefix {
      data = URL(filePath: prefix).appending(path: "share/jupyter")
    } else if place.sysPrefix {
      data = URL(filePath: try Python.prefix()).appending(path: "share/jupyter")
    } else {
      data = Self.userData
    }
    folder = data.appending(path: "kernels/\(Self.name)")
  }

  /// Source: [Common directories and file locations](https://docs.jupyter.org/en/stable/use/jupyter-directories.html).
  private static var userData: URL {
    let environment = ProcessInfo.processInfo.environment
    if let folder = environment["JUPYTER_DATA_DIR"] { return URL(filePath: folder) }
    #if os(macOS)
      return URL.homeDirectory.appending(path: "Library/Jupyter")
    #else
      if let folder = environment["XDG_DATA_HOME"] { return URL(filePath: folder).appending(path: "jupyter") }
      return URL.homeDirectory.appending(path: ".local/share/jupyter")
    #endif
  }

  /// Starts the kernel: `start TOOLCHAIN CHECKOUT CONNECTION-FILE`.
  ///
  /// The program needs the toolchain's libraries, so without that toolchain it could not even report what is missing. A new
  /// toolchain in its place may lack symbols that only cells need, so `LD_BIND_NOW` resolves all symbols at once. The
  /// loader's messages are printed where the front end prints those of kernels.
  private static let start = """
    #!/bin/sh
    kernel=$(dirname "$0")/micrograd-kernel
    if ! reason=$(LD_BIND_NOW=1 "$kernel" --help 2>&1 >/dev/null); then
      echo "The Swift kernel cannot be started: $reason" >&2
      echo "It was built with the toolchain in $1. If that has been moved, removed or updated, install the kernel again:" >&2
      echo "swift run --package-path '$2' micrograd-kernel install   # and the option that you gave the first time" >&2
      exit 1
    fi
    exec "$kernel" run --toolchain "$1" "$3"

    """

  /// Writes the files, with a copy of this program.
  func write(toolchain: URL, version: String) throws {
    let files = FileManager.default
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    let program = folder.appending(path: "micrograd-kernel")
    guard let source = Bundle.main.executableURL else {
      throw ValidationError("The file of this program cannot be found; run it by its path.")
    }
    if program.resolvingSymlinksInPath() != source.resolvingSymlinksInPath() {
      let copy = folder.appending(path: ".micrograd-kernel-\(UUID().uuidString)")
      defer { try? files.removeItem(at: copy) }
      try files.copyItem(at: source, to: copy)
      guard rename(copy.path, program.path) == 0 else { throw ValidationError("\(program.path) cannot be replaced.") }
    }
    let start = folder.appending(path: "start")
    try Data(Self.start.utf8).write(to: start, options: .atomic)
    try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: start.path)
    let description = Description(
      argv: [start.path, toolchain.path, Environment.kernelPackage.path, "{connection_file}"],
      displayName: "Swift \(version)", language: "swift", interruptMode: "message")
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .withoutEscapingSlashes, .sortedKeys]
    try encoder.encode(description).write(to: folder.appending(path: "kernel.json"), options: .atomic)
  }

  private struct Description: Encodable {
    let argv: [String]
    let displayName: String
    let language: String
    let interruptMode: String
  }
}

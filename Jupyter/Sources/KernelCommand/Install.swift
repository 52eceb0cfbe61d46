import ArgumentParser
import CellExecution
import Foundation

struct Install: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Installs the kernel, and builds the library that notebooks import.")

  @OptionGroup var place: KernelSpec.Place

  func run() async throws {
    let spec = try KernelSpec(place)
    let toolchain = try await Toolchain(programs: nil)
    report(1, "Found Swift \(toolchain.version) in \(toolchain.programs.path).")
    report(2, "Building the library for notebooks, optimized, which takes a minute or two:")
    _ = try await Environment(packages: [], toolchain: toolchain, reuse: .never, printingTo: .standardError)
    report(3, "Running a first cell.")
    try await warmUp(toolchain)
    report(4, "Writing the kernel to \(spec.folder.path).")
    try spec.write(toolchain: toolchain.programs, version: toolchain.version)
    print("The kernel is installed in \(spec.folder.path).")
    if Python.hasJupyter {
      print("Start Jupyter (jupyter lab), and choose \"Swift \(toolchain.version)\" for a new notebook.")
    } else {
      print("Jupyter was not found. Install it (pip install jupyterlab); it will find the kernel.")
    }
  }

  /// Reports the current step.
  private func report(_ step: Int, _ text: String) {
    FileHandle.standardError.write(Data("[\(step)/4] \(text)\n".utf8))
  }

  /// Compiles a cell, so that the first one of a notebook finds the compiler's caches full.
  private func warmUp(_ toolchain: Toolchain) async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let session = CellSession(toolchain: toolchain, folder: folder) { _ in }
    do {
      _ = try await session.run("import Foundation\nimport Micrograd\nprint(Value(1))", file: "install")
    } catch let failure as CellSession.Failure {
      throw ValidationError("The first cell failed: \(failure.details.joined(separator: "\n"))")
    }
    await session.close()
  }
}

struct Uninstall: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Removes the kernel, and what was built for notebooks.")

  @OptionGroup var place: KernelSpec.Place

  func run() throws {
    let spec = try KernelSpec(place)
    guard FileManager.default.fileExists(atPath: spec.folder.path) else {
      throw ValidationError("There is no kernel in \(spec.folder.path).")
    }
    try FileManager.default.removeItem(at: spec.folder)
    Environment.removeAll()
    print("The kernel was removed from \(spec.folder.path).")
  }
}

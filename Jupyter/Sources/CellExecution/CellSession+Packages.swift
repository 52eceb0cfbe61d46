extension CellSession {
  /// Makes packages importable, besides those that already are. Cells that have run are run again.
  ///
  /// - Returns: The names of their modules, and what happened to the earlier cells, if any.
  /// - Throws: ``Failure``.
  public func add(_ added: [PackageReference]) async throws -> (modules: [String], consequence: String?) {
    isInterrupted = false
    let packages = self.packages + added.filter { !self.packages.contains($0) }
    do {
      environment = try await interruptible { [toolchain] in
        try await Environment(packages: packages, toolchain: toolchain, reuse: .updated)
      }
    } catch let error as Environment.BuildFailure {
      throw Failure(name: "PackageError", message: "\(added.listed) could not be built", details: [error.description])
    } catch is CancellationError {
      throw interruption("\(added.listed) has not been added.")
    }
    self.packages = packages
    worker?.kill()
    worker = nil
    return (environment!.modules, history.isEmpty ? nil : await replay())
  }

  func compiler() async throws -> CellCompiler {
    if environment == nil {
      if !EnvironmentBuilder(packages: packages, toolchain: toolchain).isBuilt {
        show(.text(stream: "stderr", "Building the library for this toolchain, once; it takes some minutes.\n"))
      }
      environment = try await interruptible { [packages, toolchain] in
        try await Environment(packages: packages, toolchain: toolchain, reuse: .asItIs)
      }
    }
    return CellCompiler(toolchain: toolchain, environment: environment!, folder: folder.url)
  }

  /// The compiler's arguments, and the imports of the names that earlier cells have declared, for language servers.
  public func languageServerContext() async -> (arguments: [String], imports: [String])? {
    guard EnvironmentBuilder(packages: packages, toolchain: toolchain).isBuilt, let compiler = try? await compiler()
    else { return nil }
    return (compiler.commonArguments, names.allImports)
  }
}

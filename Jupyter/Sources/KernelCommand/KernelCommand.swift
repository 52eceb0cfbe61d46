import ArgumentParser

/// The program: installs the kernel, removes it, and is what Jupyter starts.
@main
struct KernelCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "micrograd-kernel",
    abstract: "A Swift kernel for Jupyter, on the toolchain's own compiler.",
    subcommands: [Install.self, Uninstall.self, Run.self])
}

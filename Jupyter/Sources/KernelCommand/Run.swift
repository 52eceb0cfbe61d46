import ArgumentParser
import CellExecution
import Foundation
import JupyterKernel
import JupyterMessaging

struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs the kernel. Jupyter does this when a notebook is opened.")

  @Option(help: "The folder of the toolchain's programs.")
  var toolchain: String?

  @Argument(help: "The file in which Jupyter says where it is to be found.")
  var connectionFile: String

  func run() async throws {
    // Interrupts come as messages; the terminal's are meant for the front end.
    signal(SIGINT, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
    let folder = FileManager.default.temporaryDirectory.appending(path: "micrograd-kernel-\(UUID().uuidString)")
    let channels = try await Channels(ConnectionFile(at: connectionFile), session: UUID().uuidString)
    let kernel = try await Kernel(channels, toolchain: Toolchain(programs: toolchain), folder: folder)
    let parent = getppid()
    Task {
      // A front end that crashed says nothing; its kernels must not stay.
      while getppid() == parent { try await Task.sleep(for: .seconds(1)) }
      await kernel.close()
      Foundation.exit(0)
    }
    await kernel.run()
    // What has been sent is still on its way.
    try await Task.sleep(for: .milliseconds(100))
  }
}

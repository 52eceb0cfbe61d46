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

  @Argument(help: "The connection file, which Jupyter writes.")
  var connectionFile: String

  func run() async throws {
    // Interrupts come as messages; the terminal's are meant for the front end.
    signal(SIGINT, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
    let toolchain = try await Toolchain(programs: toolchain)
    let channels = try Channels(ConnectionFile(at: connectionFile), session: UUID().uuidString)
    let folder = try TemporaryFolder()
    let kernel = Kernel(channels, toolchain: toolchain, folder: folder)
    let terminations = Self.terminations()
    Task {
      for await _ in terminations {
        await kernel.close()
        folder.remove()
        Foundation.exit(0)
      }
    }
    await kernel.run()
    folder.remove()
    // Messages may still be on their way.
    try await Task.sleep(for: .milliseconds(100))
  }

  /// The events that end the kernel, apart from a message: a signal, or the end of the front end, which may have crashed.
  private static func terminations() -> AsyncStream<Void> {
    let parent = getppid()
    return AsyncStream { continuation in
      for number in [SIGTERM, SIGHUP] {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number)
        source.setEventHandler { withExtendedLifetime(source) { _ = continuation.yield() } }
        source.activate()
      }
      Task {
        while getppid() == parent { try await Task.sleep(for: .seconds(1)) }
        continuation.yield()
      }
    }
  }
}

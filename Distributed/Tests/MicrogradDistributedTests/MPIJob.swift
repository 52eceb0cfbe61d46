import Foundation

/// A program of this package, started by `mpirun` on ranks of this machine.
struct MPIJob {
  /// Whether the package was built for MPICH.
  static let isMPICH = ProcessInfo.processInfo.environment["MICROGRAD_MPI"] == "mpich"

  /// Debian's name, which tells the libraries apart, or the usual one.
  private static let mpirun: String = {
    let name = isMPICH ? "mpirun.mpich" : "mpirun.openmpi"
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") } ? name : "mpirun"
  }()

  /// The flags of `mpirun` for more ranks than cores, for root, and for no network.
  static let flags =
    isMPICH
    ? []
    : "--allow-run-as-root --oversubscribe --bind-to none --mca pml ob1 --mca btl self,vader".split(separator: " ")
      .map(String.init)

  /// The flags with which the other ranks live on when one dies.
  static let recoveryFlags =
    isMPICH ? ["-disable-auto-cleanup", "-genv", "UCX_ERROR_SIGNALS", ""] : ["--enable-recovery"]

  /// The signals to a worker that the other ranks survive with these flags.
  static let survivableSignals = isMPICH ? [SIGABRT, SIGILL] : [SIGILL, SIGTERM, SIGKILL]

  /// The numbers of ranks to test, in the environment variable MICROGRAD_RANKS if there are other ones.
  static let ranks =
    ProcessInfo.processInfo.environment["MICROGRAD_RANKS"]?.split(separator: " ").compactMap { Int($0) } ?? [1, 2, 4]

  let process = Process()
  private let output = Pipe(), errors = Pipe()
  /// Ends a job that does not end by itself.
  private let hang: DispatchWorkItem

  /// Starts a program.
  init(_ program: String, _ arguments: [String] = [], ranks: Int, flags: [String] = []) throws {
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      [Self.mpirun] + Self.flags + flags + ["-n", "\(ranks)"]
      + [Self.products.appending(path: program).path] + arguments
    process.standardOutput = output
    process.standardError = errors
    try Self.withoutBlockedSignals { [process] in try process.run() }
    let id = process.processIdentifier
    hang = DispatchWorkItem { kill(id, SIGTERM) }
    DispatchQueue.global().asyncAfter(deadline: .now() + 120, execute: hang)
  }

  /// Calls a function on a thread that blocks no signals, as those of tests do: a process inherits that.
  private static func withoutBlockedSignals(_ body: () throws -> Void) rethrows {
    var none = sigset_t(), blocked = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &blocked)
    defer { pthread_sigmask(SIG_SETMASK, &blocked, nil) }
    try body()
  }

  /// Waits for the end; returns the exit status and what all ranks have printed.
  func result() -> (status: Int32, output: String, errors: String) {
    let texts = [output, errors].map { pipe in
      String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }
    process.waitUntilExit()
    hang.cancel()
    return (process.terminationStatus, texts[0], texts[1])
  }

  /// The folder that this package's programs are built in: that of the tests.
  private static var products: URL {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL.deletingLastPathComponent()
    return bundle ?? Bundle.main.bundleURL
  }
}

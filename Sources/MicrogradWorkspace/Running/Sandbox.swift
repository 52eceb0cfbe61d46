import Foundation
import MicrogradPlatform

/// The walls around a student's program.
enum Sandbox {
  /// Limits of time, memory and output only. The program can read and write what its user can.
  case limits
  /// Bubblewrap as well: no network, no other process, and of the file system only the libraries that the program needs.
  case bubblewrap(path: String, filter: String?)

  /// The strongest sandbox that works on this machine.
  ///
  /// - Parameter folder: A folder for files of the sandbox, which must exist as long as it is used.
  static func strongest(using folder: URL) -> Sandbox {
    #if os(Linux)
      let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      for bin in folders where access("\(bin)/bwrap", X_OK) == 0 {
        let sandbox = bubblewrap(path: "\(bin)/bwrap", filter: makeFilter(in: folder))
        // It may be installed, and yet not be allowed to make namespaces, as in most containers.
        let trial = sandbox.command(["/bin/true"], reading: [], writing: nil, limits: Limits())
        if (try? trial.run().ending) == .exited(status: 0) { return sandbox }
      }
    #endif
    return .limits
  }

  #if os(Linux)
    private static func makeFilter(in folder: URL) -> String? {
      guard let program = SystemCallFilter.program else { return nil }
      let path = folder.appending(path: "system-calls").path
      return FileManager.default.createFile(atPath: path, contents: Data(program)) ? path : nil
    }
  #endif

  /// Returns a command that runs a program within the walls.
  ///
  /// - Parameters:
  ///   - command: The program and its arguments.
  ///   - readable: The folders that it may read besides those of the system.
  ///   - folder: The folder that it may write to, and in which it starts.
  func command(_ command: [String], reading readable: [String], writing folder: String?, limits: Limits)
    -> ChildProcess
  {
    // The shell's own limits: Foundation has none. Memory cannot be limited on Apple's systems.
    let script = """
      ulimit -c 0; ulimit -S -t \(limits.seconds); ulimit -H -t \(limits.seconds + 1); ulimit -f \(limits.outputBytes / 512); \
      ulimit -v \(limits.memoryBytes / 1024) 2>/dev/null; exec "$@"
      """
    var arguments = ["-c", script, "sh"]
    switch self {
    case .limits: arguments += command
    case .bubblewrap(let path, let filter):
      arguments.append(path)
      if let filter {
        arguments[1] += " 9<'\(filter)'"
        arguments += ["--seccomp", "9"]
      }
      arguments += Self.walls(reading: readable, writing: folder) + command
    }
    return ChildProcess(
      executable: "/bin/sh", arguments: arguments,
      // The backtracer would take seconds, and print what beginners cannot use.
      environment: [
        "PATH": "/usr/bin:/bin", "HOME": "/nowhere", "SWIFT_BACKTRACE": "enable=no", "LC_ALL": "C.UTF-8",
      ],
      folder: folder.map { URL(filePath: $0) }, seconds: 2 * limits.seconds, outputLimit: limits.outputBytes)
  }

  /// Returns how the program ended within the walls: Bubblewrap turns a signal into a status, as shells do.
  func ending(of result: ChildProcess.Result) -> ChildProcess.Ending {
    if case .bubblewrap = self, case .exited(let status) = result.ending, status > 128 {
      return .signalled(status - 128)
    }
    return result.ending
  }

  private static func walls(reading readable: [String], writing folder: String?) -> [String] {
    var walls = ["--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    for folder in ["/usr", "/bin", "/lib", "/lib64"] { walls += ["--ro-bind-try", folder, folder] }
    walls += ["--proc", "/proc", "--dev", "/dev", "--size", "\(16 << 20)", "--tmpfs", "/tmp"]
    for folder in readable { walls += ["--ro-bind", folder, folder] }
    if let folder { walls += ["--bind", folder, folder, "--chdir", folder] }
    return walls
  }
}

/// The limits of a student's program.
struct Limits {
  /// The processor time in seconds. The program may take twice as long by the clock.
  var seconds = 10
  /// The address space.
  var memoryBytes = 2 << 30
  /// The bytes that it may print, and the size of a file that it writes.
  var outputBytes = 4 << 20
}

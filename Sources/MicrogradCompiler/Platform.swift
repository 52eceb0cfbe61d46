// Everything that the compiler asks of a platform.

import MicrogradPlatform

enum Platform {
  static func environmentVariable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// The number of processors to run on.
  static var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif
import Foundation

/// The machine of a rank, as its process sees it.
struct Host: Hashable {
  let name: String
  /// The cores that the process may use, a bit each.
  let cores: [UInt8]

  /// That of this process.
  static var current: Host { Host(name: hostName, cores: allowedCores) }

  init(name: String, cores: [UInt8]) {
    (self.name, self.cores) = (name, cores)
  }

  /// Reads what `encoded` has written.
  init(encoded: [UInt8]) {
    let parts = encoded.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    self.init(name: String(decoding: parts[0], as: UTF8.self), cores: parts.count > 1 ? Array(parts[1]) : [])
  }

  var encoded: [UInt8] { Array(name.utf8) + [0] + cores }

  /// The number of cores that at least one of some processes may use.
  static func coreCount(_ hosts: [Host]) -> Int {
    let length = hosts.map(\.cores.count).max() ?? 0
    return (0..<length).reduce(0) { sum, index in
      sum + hosts.reduce(0 as UInt8) { index < $1.cores.count ? $0 | $1.cores[index] : $0 }.nonzeroBitCount
    }
  }

  private static var hostName: String {
    var bytes = [CChar](repeating: 0, count: 256)
    guard gethostname(&bytes, bytes.count - 1) == 0 else { return "" }
    return String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static var allowedCores: [UInt8] {
    // Linux writes hexadecimal digits, with commas: Cpus_allowed: ff,ffffffff.
    let name = "Cpus_allowed:"
    if let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix(name) })
    {
      return line.dropFirst(name.count).reversed().compactMap { $0.hexDigitValue.map(UInt8.init) }
    }
    return [UInt8](repeating: 1, count: ProcessInfo.processInfo.activeProcessorCount)
  }
}

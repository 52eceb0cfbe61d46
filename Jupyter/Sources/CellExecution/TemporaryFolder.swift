public import Foundation

/// A folder for the files of one kernel, which nobody else can read.
public final class TemporaryFolder: Sendable {
  /// The path of the folder.
  public let url: URL
  private let lock: FileLock?

  private static let prefix = "micrograd-kernel-"
  /// The least age of folders to remove. The makers of younger ones may not have locked them yet.
  private static let grace: TimeInterval = 60

  /// Makes a folder, and removes those that killed kernels have left behind.
  public init() throws {
    Self.removeAbandoned()
    url = FileManager.default.temporaryDirectory.appending(path: Self.prefix + UUID().uuidString)
    try FileManager.default.createDirectory(
      at: url, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    lock = FileLock(url)
  }

  /// Removes the folder with everything in it.
  public func remove() { try? FileManager.default.removeItem(at: url) }

  private static func removeAbandoned() {
    let files = FileManager.default
    let found = try? files.contentsOfDirectory(
      at: files.temporaryDirectory, includingPropertiesForKeys: [.contentModificationDateKey])
    for folder in found ?? [] where folder.lastPathComponent.hasPrefix(prefix) {
      let changed = try? folder.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate
      guard let changed, changed.timeIntervalSinceNow < -grace, let lock = FileLock(folder) else { continue }
      withExtendedLifetime(lock) { try? files.removeItem(at: folder) }
    }
  }
}

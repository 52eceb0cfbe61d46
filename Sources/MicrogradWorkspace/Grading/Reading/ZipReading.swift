import Foundation
import MicrogradPlatform

extension TaskFiles {
  /// Adds the files of a zip archive.
  ///
  /// The archive's table is read here, and not by the program `unzip`, so that no name in it is ever given to a program
  /// or to the file system. Only the members that are needed are unpacked, each up to the size that it may have.
  mutating func addZip(_ file: borrowing OpenFile, until deadline: ContinuousClock.Instant) throws(SubmissionError) {
    for member in try ZipTable(file).members {
      guard let path = path(of: member.name), !member.isFolder else { continue }
      try add(try member.content(in: file, until: deadline), at: path)
    }
  }
}

/// The table at the end of a zip archive.
private struct ZipTable {
  private static let (endSize, commentSize, tableSize) = (22, 0xFFFF, 16 << 20)
  let members: [ZipMember]

  init(_ file: borrowing OpenFile) throws(SubmissionError) {
    let tailSize = min(file.size, Self.endSize + Self.commentSize)
    let tail = try file.bytes(at: file.size - tailSize, count: tailSize)
    guard tail.count >= Self.endSize,
      let end = (0...(tail.count - Self.endSize)).last(where: { tail.number(at: $0, 4) == 0x0605_4B50 })
    else { throw .unreadable }
    let size = tail.number(at: end + 12, 4), start = tail.number(at: end + 16, 4)
    guard size <= Self.tableSize else { throw .tooLarge }
    var table = try file.bytes(at: start, count: size)[...], members: [ZipMember] = []
    while table.count >= ZipMember.fixedSize, table.number(at: 0, 4) == 0x0201_4B50 {
      let member = ZipMember(table)
      members.append(member)
      table = table.dropFirst(member.entrySize)
    }
    guard table.isEmpty else { throw .unreadable }
    self.members = members
  }
}

/// A row of the table.
private struct ZipMember {
  static let fixedSize = 46

  let name: String
  let isFolder: Bool
  /// The size of the row.
  let entrySize: Int
  private let flags, method, checksum, packedSize, size, start: Int
  private let isLink: Bool

  init(_ entry: ArraySlice<UInt8>) {
    let nameSize = entry.number(at: 28, 2)
    // Some programs on Windows write backslashes.
    let rawName = String(decoding: entry.dropFirst(Self.fixedSize).prefix(nameSize), as: UTF8.self)
    name = String(rawName.map { $0 == "\\" ? "/" : $0 })
    isFolder = name.hasSuffix("/")
    entrySize = Self.fixedSize + nameSize + entry.number(at: 30, 2) + entry.number(at: 32, 2)
    (flags, method, checksum) = (entry.number(at: 8, 2), entry.number(at: 10, 2), entry.number(at: 16, 4))
    (packedSize, size, start) = (entry.number(at: 20, 4), entry.number(at: 24, 4), entry.number(at: 42, 4))
    // The upper half of the attributes is the mode, if the archive was made on a system with modes.
    let kind = entry.number(at: 40, 2) & Int(S_IFMT)
    isLink = kind != 0 && kind != Int(S_IFREG)
  }

  func content(
    in file: borrowing OpenFile, until deadline: ContinuousClock.Instant
  ) throws(SubmissionError) -> TaskFiles.Content {
    if isLink { return .none(.notAFile) }
    if flags & 1 != 0 { throw .encrypted }
    if size > ReadingLimits.memberBytes || packedSize > ReadingLimits.memberBytes { return .none(.tooLarge) }
    do {
      let header = try file.bytes(at: start, count: 30)
      guard header.count == 30, header.number(at: 0, 4) == 0x0403_4B50 else { return .none(.damaged) }
      let place = start + 30 + header.number(at: 26, 2) + header.number(at: 28, 2)
      let packed = try file.bytes(at: place, count: packedSize)
      switch method {
      case 0: return packed.count == size ? TaskFiles.Content(packed) : .none(.damaged)
      case 8: return TaskFiles.Content(try unpacked(packed, until: deadline))
      default: return .none(.damaged)
      }
    } catch {
      switch error {
      case .tooLarge: return .none(.tooLarge)
      case .unreadable: return .none(.damaged)
      default: throw error
      }
    }
  }

  /// Unpacks by `gzip`: its files are the same packed bytes between a head and the same checksum and size.
  private func unpacked(_ packed: [UInt8], until deadline: ContinuousClock.Instant) throws(SubmissionError) -> [UInt8]
  {
    let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
    let tail = [checksum, size].flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
    let input = try NamelessFile(head + packed + tail)
    return try SystemTool(name: "gzip", arguments: ["-dc"]).output(
      input: input.descriptor, limit: ReadingLimits.memberBytes, until: deadline)
  }
}

/// A file for the input of a program, which no folder shows.
private struct NamelessFile: ~Copyable {
  let descriptor: Int32

  init(_ bytes: [UInt8]) throws(SubmissionError) {
    var path = Array("\(FileManager.default.temporaryDirectory.path)/micrograd-XXXXXX".utf8CString)
    descriptor = mkstemp(&path)
    guard descriptor >= 0 else { throw .unreadable }
    unlink(path)
    let count = pwrite(descriptor, bytes, bytes.count, 0)
    guard count == bytes.count else { throw .unreadable }
  }

  deinit { close(descriptor) }
}

extension Collection<UInt8> where Index == Int {
  /// The number in `count` bytes, the lowest first, or 0 beyond the end.
  fileprivate func number(at offset: Int, _ count: Int) -> Int {
    let bytes = dropFirst(offset).prefix(count)
    return bytes.count < count ? 0 : bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}

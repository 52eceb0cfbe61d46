extension TaskFiles {
  /// Adds the files of a tar archive.
  ///
  /// The archive is read here, and not by the program `tar`, so that no name in it is ever given to a program or to the
  /// file system. Formats: POSIX (ustar and pax) and GNU.
  mutating func addTar(_ stream: ByteStream) throws(SubmissionError) {
    var longName: String?
    while let header = try TarHeader(stream) {
      switch header.kind {
      case .longName:
        longName = try Self.text(of: header, stream)
        continue
      case .attributes:
        longName = Self.path(inAttributes: try Self.extra(of: header, stream)) ?? longName
        continue
      case .file, .link, .other: break
      }
      let path = path(of: longName ?? header.name)
      longName = nil
      switch (header.kind, path) {
      case (.file, let path?) where header.size <= ReadingLimits.memberBytes:
        try add(Content(try Self.extra(of: header, stream)), at: path)
        continue
      case (.file, let path?): try add(.none(.tooLarge), at: path)
      case (.link, let path?): try add(.none(.notAFile), at: path)
      default: break
      }
      if try !stream.skip(header.paddedSize) { throw .unreadable }
    }
  }

  /// Reads the content that follows a header.
  private static func extra(of header: TarHeader, _ stream: ByteStream) throws(SubmissionError) -> [UInt8] {
    guard header.size <= ReadingLimits.memberBytes else { throw .tooLarge }
    let bytes = try stream.read(header.paddedSize)
    guard bytes.count == header.paddedSize else { throw .unreadable }
    return Array(bytes.prefix(header.size))
  }

  private static func text(of header: TarHeader, _ stream: ByteStream) throws(SubmissionError) -> String {
    String(decoding: try extra(of: header, stream).prefix { $0 != 0 }, as: UTF8.self)
  }

  /// Returns the path in the attributes of pax: lines of "length key=value", where the length counts the whole line.
  private static func path(inAttributes bytes: [UInt8]) -> String? {
    var rest = bytes[...], path: String?
    while let space = rest.firstIndex(of: UInt8(ascii: " ")),
      let length = Int(String(decoding: rest[..<space], as: UTF8.self)), length > space - rest.startIndex,
      length <= rest.count
    {
      let line = rest[(space + 1)..<(rest.startIndex + length)]
      let parts = line.split(separator: UInt8(ascii: "="), maxSplits: 1)
      if parts.count == 2, parts[0].elementsEqual("path".utf8) {
        path = String(decoding: parts[1].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
      }
      rest = rest.dropFirst(length)
    }
    return path
  }
}

/// The header of a member of a tar archive.
struct TarHeader {
  enum Kind { case file, link, longName, attributes, other }

  static let blockSize = 512

  let name: String
  let size: Int
  let kind: Kind

  /// The size with what fills the last block.
  var paddedSize: Int { (size + Self.blockSize - 1) / Self.blockSize * Self.blockSize }

  /// Reads a header, or returns nil at the end of the archive.
  init?(_ stream: ByteStream) throws(SubmissionError) {
    let block = try stream.read(Self.blockSize)
    if block.isEmpty || block.count == Self.blockSize && block.allSatisfy({ $0 == 0 }) { return nil }
    guard block.count == Self.blockSize, let size = Self.number(block[124..<136]), size >= 0, size < 1 << 50,
      Self.number(block[148..<156]) == Self.sum(of: block)
    else { throw .unreadable }
    self.size = size
    let prefix = block[257..<263].elementsEqual("ustar\0".utf8) ? Self.text(block[345..<500]) : ""
    name = (prefix.isEmpty ? "" : prefix + "/") + Self.text(block[0..<100])
    switch Character(Unicode.Scalar(block[156])) {
    case "0", "\0", "7": kind = .file
    case "1", "2": kind = .link
    case "L": kind = .longName
    case "x": kind = .attributes
    default: kind = .other
    }
  }

  /// Returns whether a block is a header.
  static func isHeader(_ block: [UInt8]) -> Bool {
    block.count == blockSize && number(block[148..<156]) == sum(of: block) && block[0] != 0
  }

  private static func text(_ field: ArraySlice<UInt8>) -> String {
    String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// The sum of the bytes, those of the sum itself taken for spaces.
  private static func sum(of block: [UInt8]) -> Int {
    block.enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 32 : Int($1.element)) }
  }

  /// Reads a number: octal digits, or big-endian bytes behind a first bit of 1.
  private static func number(_ field: ArraySlice<UInt8>) -> Int? {
    if let first = field.first, first & 0x80 != 0 {
      let bytes = field.dropFirst()
      guard first == 0x80, bytes.dropLast(7).allSatisfy({ $0 == 0 }) else { return nil }
      return bytes.suffix(7).reduce(0) { $0 << 8 | Int($1) }
    }
    let digits = text(field).split(separator: " ").first ?? "0"
    return Int(digits, radix: 8)
  }
}

import MicrogradPlatform
import MicrogradRequirement

/// A table in parts, any of which can be read without the others: what the processes of a job share among them.
///
///     let parts = try TableParts(path: "rows.csv", count: 16)
///     let first = try parts.table(0)
///
/// A CSV file is divided into parts of consecutive rows, of about as many bytes each. Where a part begins depends on the file and
/// on the number of parts alone. All parts have the columns of the file, of the same kinds. A part may be empty, if there are few
/// rows. Several files are a part each.
public struct TableParts: Sendable {
  /// The number of parts.
  public var count: Int { parts.count }
  private let format: Table.Format
  private let parts: [Part]

  /// Some rows of a file.
  private struct Part {
    let path: String
    /// The places behind the file's first record, before the part's first row and behind its last one.
    let firstRecord, start, end: CSVScan.Place
    var isFirst: Bool { start.offset == 0 }
  }

  /// Looks for the rows of a file at which parts begin: it is read once, not parsed.
  ///
  /// - Throws: ``FileError`` if the file cannot be read, is no file but a pipe or a device, or does not begin with the names of
  ///   its columns.
  /// - Precondition: There is at least one part.
  /// - Complexity: Linear in the length of the file, about a nanosecond a byte.
  public init(path: String, count: Int, format: Table.Format = Table.Format()) throws(FileError) {
    require(count > 0, "a table of \(count) parts")
    self.format = try Self.decided(format, path)
    let scan = try CSVScan(path, parts: count)
    parts = zip(scan.starts, scan.starts.dropFirst()).map {
      Part(path: path, firstRecord: scan.firstRecord, start: $0, end: $1)
    }
  }

  /// Takes several files as parts. Kinds of columns are those of the first one.
  ///
  /// - Throws: ``FileError`` if the first file cannot be read, or does not begin with the names of its columns.
  /// - Precondition: There is at least one file.
  public init(paths: [String], format: Table.Format = Table.Format()) throws(FileError) {
    require(!paths.isEmpty, "a table of no files")
    self.format = try Self.decided(format, paths[0])
    let start = CSVScan.Place(), end = CSVScan.Place(offset: .max, line: 1)
    parts = paths.map { Part(path: $0, firstRecord: start, start: start, end: end) }
  }

  /// Reads a part.
  ///
  /// - Throws: ``FileError`` with the path and the reason. For a mistake in the text it names the line.
  /// - Precondition: `index` is from 0 to `count` - 1.
  public func table(_ index: Int) throws(FileError) -> Table {
    require(parts.indices.contains(index), "part \(index) of a table of \(count) parts")
    let part = parts[index], file = try FileSource(part.path)
    // The first record, by which columns and delimiter are known, and then the part.
    let first = part.isFirst ? 0..<0 : 0..<part.firstRecord.offset
    var ranges = [first, part.start.offset..<part.end.offset].filter { !$0.isEmpty }
    var mistake: CSVError?
    var table: Table?
    do {
      var reader = try TableReader(format) { Self.next($0, of: &ranges, file) }
      table = try reader.rest()
    } catch {
      mistake = error
    }
    if let failure = file.failure { throw .unreadable(path: part.path, reason: "\(failure)") }
    let shift = part.isFirst ? 0 : part.start.line - part.firstRecord.line
    if var mistake {
      if mistake.line >= part.firstRecord.line { mistake.line += shift }
      throw .malformed(path: part.path, mistake)
    }
    let read = table!, beginsWithFirstRow = !first.isEmpty && format.columnNames != nil
    let rows = beginsWithFirstRow ? read.selecting(Array(1..<read.rowCount)) : read
    return Table(rows.columns, lines: rows.lines.map { $0 + shift })
  }

  private static func next(_ count: Int, of ranges: inout [Range<Int>], _ file: FileSource) -> [UInt8] {
    guard let range = ranges.first else { return [] }
    file.seek(to: range.lowerBound)
    let bytes = file.read(min(count, range.count))
    let rest = range.lowerBound + bytes.count..<range.upperBound
    ranges[0] = rest
    if rest.isEmpty || bytes.isEmpty { ranges.removeFirst() }
    return bytes
  }

  /// The format with the kinds that the beginning of the file gives its columns.
  private static func decided(_ format: Table.Format, _ path: String) throws(FileError) -> Table.Format {
    guard case .inferred = format.kinds else { return format }
    var stream = try TableStream(path: path, format: format), decided = format
    guard let head = try stream.next(1000) else { return format }
    decided.kinds = .only(
      Dictionary(uniqueKeysWithValues: head.columns.map { ($0.name, $0.numbers == nil ? .texts : .numbers) }))
    return decided
  }
}

/// The places at which the parts of a CSV file begin.
private struct CSVScan {
  struct Place {
    /// Bytes before it.
    var offset = 0
    /// Its line, counted from 1.
    var line = 1
  }

  /// The place behind the first record that is not blank.
  private(set) var firstRecord = Place()
  /// The start of each part, and the end of the last one.
  private(set) var starts = [Place()]

  private var place = Place()
  private var isQuoted = false
  private var hasContent = false
  private var last: UInt8 = 0

  init(_ path: String, parts: Int) throws(FileError) {
    let file = try FileSource(path)
    guard let size = file.size else {
      throw .unreadable(path: path, reason: "parts can be read of a file alone, not of a pipe or a device")
    }
    let goals = (1..<parts).map { size / parts * $0 + size % parts * $0 / parts }
    while true {
      let block = file.read(1 << 20)
      if block.isEmpty { break }
      for byte in block { take(byte, goals) }
    }
    if let failure = file.failure { throw .unreadable(path: path, reason: "\(failure)") }
    if last == CSVByte.carriageReturn { endLine(goals) }
    if firstRecord.offset == 0 { firstRecord = place }
    while starts.count <= parts { starts.append(place) }
  }

  /// A record ends with a line that ends outside quotes: a quote inside a field is an error, or written twice.
  @inline(__always) private mutating func take(_ byte: UInt8, _ goals: [Int]) {
    // CR LF is one line's end.
    if last == CSVByte.carriageReturn, byte != CSVByte.lineFeed { endLine(goals) }
    place.offset += 1
    switch byte {
    case CSVByte.quote:
      isQuoted.toggle()
      hasContent = true
    case CSVByte.lineFeed: endLine(goals)
    case CSVByte.carriageReturn, UInt8(ascii: " "), UInt8(ascii: "\t"), 0xEF, 0xBB, 0xBF: break
    default: hasContent = true
    }
    last = byte
  }

  private mutating func endLine(_ goals: [Int]) {
    place.line += 1
    if isQuoted { return }
    if hasContent, firstRecord.offset == 0 { firstRecord = place }
    guard firstRecord.offset > 0 else { return }
    while starts.count <= goals.count, place.offset >= goals[starts.count - 1] { starts.append(place) }
  }
}

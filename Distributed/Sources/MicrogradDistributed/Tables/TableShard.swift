public import MicrogradData
import MicrogradModels

/// The rows of a table that a rank holds: some of its parts, which follow each other.
public struct TableShard: Sendable {
  /// The rows of this rank's parts.
  public let table: Table
  /// The count of rows of each part, in their order.
  public let partSizes: [Int]

  /// Reads this rank's share of a table: parts of one file, or files of their own.
  ///
  /// - Parameters:
  ///   - paths: One file, which is divided into parts of about as many bytes (`TableParts`), or several: then each is a part, and a
  ///     rank reads those that follow each other.
  ///   - partCount: The number of parts of one file. Results depend on it, and not on the number of ranks.
  ///   - format: The format of the files.
  ///   - communicator: The ranks.
  /// - Throws: ``RankFailure``, on all ranks, if one cannot read its share, or there are more ranks than parts.
  public init(
    contentsOf paths: [String], partCount: Int = 16, format: Table.Format = Table.Format(),
    on communicator: Communicator
  ) throws {
    let parts = try communicator.agreeing {
      guard let first = paths.first else { throw DataParallelError("no table is given") }
      let parts =
        try paths.count == 1
        ? TableParts(path: first, count: partCount, format: format) : TableParts(paths: paths, format: format)
      let count = parts.count
      guard communicator.count <= count else {
        throw DataParallelError(
          "there are \(communicator.count) ranks, and parts of the table: \(count). Take at most as many ranks, or more parts"
        )
      }
      let own = communicator.rank * count / communicator.count..<(communicator.rank + 1) * count / communicator.count
      return try own.map { try parts.table($0) }
    }
    partSizes = parts.map(\.rowCount)
    table = try communicator.agreeing { try Self.joined(parts) }
  }

  /// One table with the rows of several.
  private static func joined(_ parts: [Table]) throws -> Table {
    guard let first = parts.first else { throw DataParallelError("a rank without parts") }
    return Table(
      try first.columns.map { column in
        let columns = try parts.map { part in
          guard let other = part[column: column.name], part.columns.count == first.columns.count else {
            throw DataParallelError(
              "parts of the table have different columns: \(part.columnNames), \(first.columnNames)")
          }
          return other
        }
        if column.numbers != nil {
          return Table.Column(column.name, numbers: columns.flatMap { $0.numbers ?? [] })
        }
        return Table.Column(column.name, texts: columns.flatMap(\.texts))
      })
  }
}

extension Pipeline {
  /// Learns the rules from the rows of all ranks: the same on each, and those that one process learns from the whole table, to the
  /// last bit.
  ///
  /// One column after the other is gathered by all ranks, so that none needs memory for more than one.
  ///
  /// - Parameters: As those of `init(learning:target:problem:excluding:)`.
  /// - Throws: ``RankFailure``, on all ranks, for what that initializer throws.
  /// - Complexity: Linear in the count of all rows, on each rank, which receives all of their fields.
  public init(
    learning shard: TableShard, target: String, problem: Problem? = nil, excluding excluded: Set<String> = [],
    on communicator: Communicator
  ) throws {
    let names = shard.table.columnNames
    try communicator.agreeing {
      if let name = ([target] + excluded.sorted()).first(where: { !names.contains($0) }) {
        throw DataParallelError("there is no column “\(name)”, only \(names.joined(separator: ", "))")
      }
      if names.allSatisfy({ $0 == target || excluded.contains($0) }) {
        throw DataParallelError("there is no column to predict “\(target)” from")
      }
    }
    var features: [Feature] = [], learntTarget: Target?
    for column in shard.table.columns where !excluded.contains(column.name) {
      let whole = try communicator.gathered(column)
      // The initializer learns features and a target: beside the column stands one that means nothing.
      let other = Table.Column(
        column.name + " ", numbers: (0..<whole.count).map { Double($0 % 2) })
      try communicator.agreeing {
        let table = Table([whole, other])
        if column.name == target {
          learntTarget = try Pipeline(learning: table, target: target, problem: problem).target
        } else {
          features += try Pipeline(learning: table, target: other.name, problem: .regression).features
        }
      }
    }
    guard let learntTarget else { throw DataParallelError("there is no column “\(target)”") }
    self.init(features: features, target: learntTarget)
  }
}

extension Communicator {
  /// Returns a column with the rows of all ranks, in their order.
  func gathered(_ column: Table.Column) throws -> Table.Column {
    if let numbers = column.numbers {
      let all = try allgather(numbers.withUnsafeBytes { Array($0) })
      return Table.Column(
        column.name, numbers: all.flatMap { bytes in bytes.withUnsafeBytes { Array($0.bindMemory(to: Double.self)) } }
      )
    }
    // No text of a table has a zero byte.
    let all = try allgather(column.texts.flatMap { Array($0.utf8) + [0] })
    return Table.Column(
      column.name,
      texts: all.flatMap { bytes in
        bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast().map {
          String(decoding: $0, as: UTF8.self)
        }
      })
  }
}

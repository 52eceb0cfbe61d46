import ArgumentParser
import Micrograd
import MicrogradData

/// The way in which a command reads a CSV file.
struct TableOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The character between fields: comma, semicolon or tab. (default: the one that the first line has most of)",
      valueName: "name"))
  var delimiter: Table.Delimiter?

  @Option(
    name: .long,
    help: ArgumentHelp("The names of the columns, if the file does not begin with them.", valueName: "a,b,…"))
  var columns: String?

  func validate() throws {
    if let names = columns?.listed, names.contains("") || Set(names).count != names.count {
      throw ValidationError("--columns is “\(columns ?? "")”; it must be names, all different, such as x1,x2,label.")
    }
  }

  func format(_ kinds: Table.Format.Kinds) -> Table.Format {
    Table.Format(delimiter: delimiter, columnNames: columns?.listed, kinds: kinds)
  }
}

/// The CSV file of a command, and how it is to be read.
struct TableInput: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "The table: CSV in UTF-8, whose first line names the columns; - is standard input.", valueName: "data"))
  var path: String

  @OptionGroup var options: TableOptions

  /// The file's name, for messages.
  var name: String { TextFile.inputName(path) }

  func format(_ kinds: Table.Format.Kinds) -> Table.Format { options.format(kinds) }

  func table(_ kinds: Table.Format.Kinds) throws -> Table {
    try Table(contentsOf: path, format: format(kinds))
  }

  /// Throws an error if a file to write is the table, which would be lost.
  func check(output: String?, of option: String) throws {
    if let output, TextFile.isSameFile(output, path) {
      throw ValidationError("\(option) is \(output), the table itself, which would be replaced; give another name.")
    }
  }

  func naming<Result>(_ body: () throws -> Result) throws -> Result { try Self.naming(path, body) }

  /// Names the file in errors about its content.
  static func naming<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as CSVError {
      throw FileError.malformed(path: path, error)
    } catch let error as SplitError {
      throw Failure("\(TextFile.inputName(path)): \(error)")
    }
  }
}

extension Table.Delimiter: ExpressibleByArgument {}

extension String {
  /// The parts of a list such as `a,b`, without blanks around them.
  var listed: [String] {
    split(separator: ",", omittingEmptySubsequences: false).map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }
}

import Micrograd

// Questions and answers as text: words between spaces, one item a line. Numbers are bit patterns, so that they arrive
// exactly, and nan and infinity too; text is in hexadecimal UTF-8.

/// Writes words.
struct WordWriter {
  private(set) var text = ""

  mutating func write(_ word: String) {
    if !text.isEmpty { text += " " }
    text += word
  }
  mutating func write(_ number: Int) { write("\(number)") }
  mutating func write(_ number: Double) { write(String(number.bitPattern, radix: 16)) }
  mutating func write(text: String) {
    write("x" + text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
  }
  mutating func write<T>(_ list: [T], _ element: (inout WordWriter, T) -> Void) {
    write(list.count)
    for item in list { element(&self, item) }
  }
}

/// Reads words. The text may come from a program that somebody else wrote, so each word may be missing or wrong.
struct WordReader {
  /// An error for text that no ``WordWriter`` wrote.
  struct Malformed: Error {}
  private var words: ArraySlice<Substring>

  init(_ line: some StringProtocol) { words = String(line).split(separator: " ")[...] }

  mutating func word() throws(Malformed) -> Substring {
    guard let word = words.popFirst() else { throw Malformed() }
    return word
  }
  mutating func integer() throws(Malformed) -> Int {
    guard let number = Int(try word()) else { throw Malformed() }
    return number
  }
  mutating func number() throws(Malformed) -> Double {
    guard let bits = UInt64(try word(), radix: 16) else { throw Malformed() }
    return Double(bitPattern: bits)
  }
  mutating func text() throws(Malformed) -> String {
    let digits = Array(try word().utf8.dropFirst())
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count - 1, by: 2) {
      guard let byte = UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16) else {
        throw Malformed()
      }
      bytes.append(byte)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw Malformed() }
    return text
  }
  mutating func list<T>(_ element: (inout WordReader) throws(Malformed) -> T) throws(Malformed) -> [T] {
    let count = try integer()
    // Not more elements than words: a false count must not take all memory.
    guard (0...words.count).contains(count) else { throw Malformed() }
    var list: [T] = []
    for _ in 0..<count { list.append(try element(&self)) }
    return list
  }
}

// MARK: - Questions

extension Question {
  /// The question as a line.
  public var line: String {
    var writer = WordWriter()
    writer.write(text: function)
    writer.write(propagates ? 1 : 0)
    writer.write(comparesGradients ? 1 : 0)
    writer.write(arguments) { writer, argument in
      writer.write(text: argument.name)
      argument.argument.write(to: &writer)
    }
    return writer.text
  }

  /// Reads the question from a line, or returns nil if the line is none.
  public init?(line: some StringProtocol) {
    var reader = WordReader(line)
    do {
      let function = try reader.text(), propagates = try reader.integer() == 1
      let comparesGradients = try reader.integer() == 1
      let arguments = try reader.list { (reader) throws(WordReader.Malformed) in
        NamedArgument(name: try reader.text(), argument: try Argument(from: &reader))
      }
      self.init(
        function: function, arguments: arguments, propagates: propagates, comparesGradients: comparesGradients)
    } catch {
      return nil
    }
  }
}

extension Argument {
  fileprivate func write(to writer: inout WordWriter) {
    switch self {
    case .number(let number):
      writer.write("number")
      writer.write(number)
    case .integer(let number):
      writer.write("integer")
      writer.write(number)
    case .numbers(let numbers):
      writer.write("numbers")
      writer.write(numbers) { $0.write($1) }
    case .integers(let numbers):
      writer.write("integers")
      writer.write(numbers) { $0.write($1) }
    case .rows(let rows):
      writer.write("rows")
      writer.write(rows) { $0.write($1) { $0.write($1) } }
    case .data(let data):
      writer.write("data")
      writer.write(data.inputs) { $0.write($1) { $0.write($1) } }
      writer.write(data.labels) { $0.write($1) }
    case .value(let number):
      writer.write("value")
      writer.write(number)
    case .network(let inputs, let sizes, let parameters, let gradients):
      writer.write("network")
      writer.write(inputs)
      writer.write(sizes) { $0.write($1) }
      writer.write(parameters) { $0.write($1) }
      writer.write(gradients) { $0.write($1) }
    }
  }

  fileprivate init(from reader: inout WordReader) throws(WordReader.Malformed) {
    func integers() throws(WordReader.Malformed) -> [Int] {
      try reader.list { (reader) throws(WordReader.Malformed) in try reader.integer() }
    }
    func numbers() throws(WordReader.Malformed) -> [Double] {
      try reader.list { (reader) throws(WordReader.Malformed) in try reader.number() }
    }
    func rows() throws(WordReader.Malformed) -> [[Double]] {
      try reader.list { (reader) throws(WordReader.Malformed) in
        try reader.list { (reader) throws(WordReader.Malformed) in try reader.number() }
      }
    }
    switch try reader.word() {
    case "number": self = .number(try reader.number())
    case "integer": self = .integer(try reader.integer())
    case "numbers": self = .numbers(try numbers())
    case "integers": self = .integers(try integers())
    case "rows": self = .rows(try rows())
    case "data": self = .data(Dataset(inputs: try rows(), labels: try integers()))
    case "value": self = .value(try reader.number())
    case "network":
      self = .network(
        inputs: try reader.integer(), sizes: try integers(), parameters: try numbers(), gradients: try numbers())
    default: throw WordReader.Malformed()
    }
  }
}

// MARK: - Answers

extension Answer.Observation {
  /// The observation as a line.
  var line: String {
    var writer = WordWriter()
    writer.write(text: name)
    switch content {
    case .number(let number):
      writer.write("number")
      writer.write(number)
    case .text(let text):
      writer.write("text")
      writer.write(text: text)
    case .figure(let svg):
      writer.write("figure")
      writer.write(text: svg)
    }
    return writer.text
  }

  /// Reads the observation from a line, or returns nil if the line is none.
  init?(line: some StringProtocol) {
    var reader = WordReader(line)
    do {
      let name = try reader.text()
      switch try reader.word() {
      case "number": self.init(name, .number(try reader.number()))
      case "text": self.init(name, .text(try reader.text()))
      case "figure": self.init(name, .figure(try reader.text()))
      default: return nil
      }
    } catch {
      return nil
    }
  }
}

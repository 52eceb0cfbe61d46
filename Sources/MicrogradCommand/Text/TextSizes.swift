import ArgumentParser

/// The sizes of a GPT that is made anew.
struct TextSizes: ParsableArguments {
  @Option(name: .long, parsing: .unconditional, help: "The count of numbers for each letter. (default: 16)")
  var width: Int?

  @Option(name: .long, parsing: .unconditional, help: "The heads of attention; they divide the width. (default: 4)")
  var heads: Int?

  @Option(name: .long, parsing: .unconditional, help: "The blocks of attention and network. (default: 1)")
  var layers: Int?

  @Option(
    name: .long, parsing: .unconditional,
    help: "The most letters that a prediction sees, and a sample has. (default: 16)")
  var context: Int?

  private var all: [(option: String, number: Int?)] {
    [("--width", width), ("--heads", heads), ("--layers", layers), ("--context", context)]
  }

  /// The names of the options that are there.
  var given: [String] { all.filter { $0.number != nil }.map(\.option) }

  func validate() throws {
    for (option, number) in all {
      if let number, number < 1 { throw ValidationError("\(option) is \(number); it must be at least 1.") }
    }
  }

  /// Checks that the heads divide the width.
  func checkHeads() throws {
    let width = width ?? 16, heads = heads ?? 4
    if width % heads != 0 {
      throw ValidationError(
        "A width of \(width) cannot be divided among \(heads) heads; --width must be a multiple of --heads.")
    }
  }
}

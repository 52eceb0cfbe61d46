/// Lines that a page says a program prints.
///
/// `…` stands for what is left out: within a line for some of it, alone on a line for some lines.
struct Promise {
  let place: String
  let lines: [String]

  init(_ place: String, _ lines: [Substring]) {
    self.place = place
    self.lines = lines.map {
      // The reader's file lies elsewhere and has other lines.
      String($0.replacing(#/ +$/#, with: "").replacing(/^main\.swift:\d+/, with: "…main.swift:…"))
    }
  }

  /// The output behind what is promised, if that occurs in it.
  func fulfilled(by output: ArraySlice<String>) -> ArraySlice<String>? {
    output.indices.lazy.compactMap { Self.match(lines[...], output[$0...]) }.first
  }

  private static func match(_ lines: ArraySlice<String>, _ output: ArraySlice<String>) -> ArraySlice<String>? {
    guard let line = lines.first else { return output }
    let others = lines.dropFirst()
    if line == "…" {
      return (output.startIndex...output.endIndex).lazy.compactMap { match(others, output[$0...]) }.first
    }
    guard let first = output.first, agree(line, first) else { return nil }
    return match(others, output.dropFirst())
  }

  private static func agree(_ line: String, _ output: String) -> Bool {
    let parts = line.split(separator: "…", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return line == output }
    guard output.hasPrefix(parts[0]), output.dropFirst(parts[0].count).hasSuffix(parts[parts.count - 1]) else {
      return false
    }
    var rest = output.dropFirst(parts[0].count).dropLast(parts[parts.count - 1].count)
    for part in parts.dropFirst().dropLast() {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }

  // MARK: In code

  /// What the comments of Swift code promise: those behind `print(…)`, or, if nothing stands there, on the lines below
  /// it; and those that are diagnostics of a line.
  static func promises(in block: Page.Block) -> [Promise] {
    let lines = block.lines.map { $0.drop { $0 == " " } }
    return lines.indices.compactMap { index in
      let place = "\(block.place.prefix { $0 != ":" }):\(block.start + index + 1)"
      let comment = lines[index].firstRange(of: " // ").map { lines[index][$0.upperBound...] }
      if let comment, comment.hasPrefix("main.swift:") { return Promise(place, [comment]) }
      guard lines[index].hasPrefix("print(") else { return nil }
      if let comment { return Promise(place, [comment]) }
      let below = lines[(index + 1)...].prefix { $0.hasPrefix("// ") }.map { $0.dropFirst(3) }
      return below.isEmpty ? nil : Promise(place, below)
    }
  }
}

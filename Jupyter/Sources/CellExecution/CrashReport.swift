import Foundation

/// The report of the Swift runtime's backtracer about a crash.
struct CrashReport {
  /// The cause, such as `Illegal instruction`.
  let reason: String?
  /// The functions that were running, the innermost first: those of cells, with file and line.
  let frames: [String]

  init(_ text: String) {
    let lines = text.split(separator: "\n").map(String.init)
    reason = lines.first { $0.contains("Program crashed: ") }.map { line in
      line.drop { $0 != ":" }.trimmingCharacters(in: [" ", "*", ":"]).components(separatedBy: " at 0x")[0]
    }
    frames = lines.compactMap(Self.frame)
  }

  /// `3 deep(_:) + 108 in libCell1.so at /folder/In[3]:3:11` becomes `In[3]:3:11 deep(_:)`.
  private static func frame(_ line: String) -> String? {
    guard let at = line.range(of: " at /", options: .backwards) else { return nil }
    let place = line[at.upperBound...].split(separator: "/").last.map(String.init) ?? ""
    guard place.hasPrefix("In[") else { return nil }
    var name = line[..<at.lowerBound].drop { $0 == " " || $0.isNumber }
    for end in [" + ", " in "] {
      if let range = name.range(of: end, options: .backwards) { name = name[..<range.lowerBound] }
    }
    return "\(place) \(name.contains("_cell()") || name == "closure #1" ? "(the cell)" : String(name))"
  }

  /// The innermost line of a cell.
  func place(in file: String) -> String? {
    (frames.first { $0.hasPrefix(file) } ?? frames.first)?.split(separator: " ").first.map(String.init)
  }
}

/// The text that a process writes to standard error before it dies: the reason of a trap, and the beginning of the
/// backtracer's output. It is held back, since the error that is reported says it better.
struct LastWords {
  /// The text that is held back, in case the process continues.
  private(set) var held = ""

  /// The reason of the trap, such as `Fatal error: Index out of range`.
  var reason: String? {
    held.firstMatch(of: #/Fatal error.*/#).map { String($0.output) }
  }

  /// Returns the part of the text that is to be shown.
  mutating func take(_ text: String) -> String {
    // `Cell3/In[3]:1` is how the runtime calls a place in a cell.
    let text = text.replacing(#/\bCell\d+\/In\[/#, with: "In[")
    guard held.isEmpty else {
      held += text
      return ""
    }
    guard let start = text.firstMatch(of: #/[^\n]*Fatal error|\n?\*\*\* Signal /#) else { return text }
    held = String(text[start.range.lowerBound...])
    return String(text[..<start.range.lowerBound])
  }
}

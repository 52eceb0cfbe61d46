/// The compiler's messages.
enum Diagnostics {
  /// The messages about code of cells. Those about what the kernel has written around it only follow from them.
  static func ofCells(_ messages: String) -> String {
    var kept: [Substring] = [], isKept = true
    for line in messages.split(separator: "\n", omittingEmptySubsequences: false) {
      if let match = line.prefixMatch(of: #/(.+?):\d+:\d+: (error|warning|note|remark): /#) {
        isKept = match.1.hasPrefix("In[")
      }
      if isKept { kept.append(line) }
    }
    let text = kept.joined(separator: "\n")
    return text.contains(": error: ") ? text : messages
  }
}

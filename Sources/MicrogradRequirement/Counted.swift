/// Returns a number with its noun, in the plural where needed: "1 number", "2,000 numbers".
package func counted(_ count: Int, _ noun: String) -> String {
  "\(count.grouped(by: ",")) \(count == 1 ? noun : noun + "s")"
}

extension Int {
  /// Returns the number in digits, with a separator between groups of three.
  package func grouped(by separator: Character) -> String {
    var text = "", digits = 0
    for digit in String(magnitude).reversed() {
      if digits > 0 && digits % 3 == 0 { text = String(separator) + text }
      text = String(digit) + text
      digits += 1
    }
    return self < 0 ? "-" + text : text
  }
}

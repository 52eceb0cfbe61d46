/// Texts between quotation marks in source code. Their names and categories are the user's, and must not end a literal or a
/// comment.
enum Quotation {
  /// A text between quotation marks, with backslashes in front of marks and backslashes.
  ///
  /// - Parameter escape: Returns what the language writes instead of a scalar; nil for the scalar itself.
  static func quoted(_ text: String, _ escape: (Unicode.Scalar) -> String?) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" {
        result += "\\\(scalar)"
      } else if scalar == "\n" {
        result += "\\n"
      } else if let escaped = escape(scalar) {
        result += escaped
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// A text between quotation marks, with all that cannot be seen as `\u{…}`: a literal of Swift.
  static func swift(_ text: String) -> String { quoted(text) { $0.isVisible ? nil : number(of: $0) } }

  /// A text between quotation marks, in a comment of any language. No trigraph of C and no tag of HTML is left of it.
  static func comment(_ text: String) -> String {
    quoted(text) { $0.isVisible && $0 != "?" && $0 != "<" ? nil : number(of: $0) }
  }

  /// A text in UTF-8 as a literal of C, in which octal numbers have three digits at most.
  static func c(_ text: String) -> String {
    quoted(text) { scalar in
      if scalar == "?" { return "\\?" }
      if scalar.isASCII && scalar.isVisible { return nil }
      return String(scalar).utf8.map { "\\" + String(0o1000 + Int($0), radix: 8).dropFirst() }.joined()
    }
  }

  private static func number(of scalar: Unicode.Scalar) -> String {
    "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
  }
}

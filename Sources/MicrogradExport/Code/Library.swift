/// Functions that the formulas of rules call and a language lacks. Code brings along those that it calls.
struct Library {
  struct Function {
    let name: String
    let code: String
  }
  let functions: [Function]

  /// The code of the functions that some code calls, directly or by another of them, in their order.
  func functions(calledBy code: String) -> [String] {
    var called: Set<String> = [], texts = [code]
    while let text = texts.popLast() {
      let names = Self.callees(of: text)
      for function in functions where names.contains(function.name) && called.insert(function.name).inserted {
        texts.append(function.code)
      }
    }
    return functions.filter { called.contains($0.name) }.map { $0.code }
  }

  /// The names in front of a bracket.
  private static func callees(of code: String) -> Set<String> {
    Set(
      code.utf8.split(separator: UInt8(ascii: "("), omittingEmptySubsequences: false).dropLast().map { part in
        let end = part.reversed().prefix {
          $0.isLetter || $0.isDigit || [UInt8(ascii: "_"), UInt8(ascii: ".")].contains($0)
        }
        return String(decoding: end.reversed(), as: UTF8.self)
      })
  }
}

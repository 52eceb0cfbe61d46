import MicrogradEngine

/// The terms of an expression: its numbers, names and calls, operands first, so that the last term is the whole
/// expression.
///
/// It is a list and not a tree of enums, because a tree is visited and released by recursion, and a sum of a million terms
/// is a million levels deep.
struct TermList {
  enum Term {
    case number(Double)
    case name(String, Range<Int>)
    /// A call whose operands are given by their positions in the list.
    case call(Operation, [Int])
  }

  private(set) var terms: [Term] = []
  /// The number of each term, or nil if it depends on names.
  private(set) var constants: [Double?] = []

  /// All names, in order, each as often as it occurs.
  var names: some Sequence<String> {
    terms.lazy.compactMap { if case .name(let name, _) = $0 { name } else { nil } }
  }

  /// Adds a term, and returns its position.
  mutating func append(_ term: Term) -> Int {
    terms.append(term)
    switch term {
    case .number(let number): constants.append(number)
    case .name: constants.append(nil)
    case .call(let operation, let operands):
      let numbers = operands.compactMap { constants[$0] }
      let isConstant = numbers.count == operands.count
      constants.append(isConstant ? operation.value(numbers[0], numbers.dropFirst().first ?? 0) : nil)
    }
    return terms.count - 1
  }

  /// Replaces the last terms, those from `first` on, by a number, and returns its position.
  mutating func replaceTerms(from first: Int, by number: Double) -> Int {
    terms.removeLast(terms.count - first)
    constants.removeLast(constants.count - first)
    return append(.number(number))
  }
}

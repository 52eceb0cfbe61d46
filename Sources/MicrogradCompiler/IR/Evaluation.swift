import MicrogradEngine

extension IR {
  /// Returns the numbers of nodes that depend on columns alone, for a given number of samples.
  ///
  /// - Parameter columns: The numbers of each column, one for each sample; derived ones are not looked at.
  func evaluated(_ wanted: [ID], columns: [[Double]], samples: Int) -> [[Double]] {
    var known: [ID: [Double]] = [:]
    func numbers(_ id: ID) -> [Double] {
      if let numbers = known[id] { return numbers }
      let numbers = compute(id)
      known[id] = numbers
      return numbers
    }
    func compute(_ id: ID) -> [Double] {
      switch kinds[id] {
      case .constant(let number): return Array(repeating: number.value, count: samples)
      case .laneMask: return Array(repeating: 1, count: samples)
      case .column(let index): return columns[index]
      case .apply(let operation, let a, let b):
        let x = numbers(a), y = b.map { numbers($0) }
        return (0..<samples).map { operation.value(x[$0], y?[$0] ?? 0) }
      case .sum(let terms, let constant):
        return terms.reduce(Array(repeating: constant.value, count: samples)) { sums, term in
          let x = numbers(term.a), y = term.b.map { numbers($0) }
          return (0..<samples).map { sums[$0] + term.factor.value * x[$0] * (y?[$0] ?? 1) }
        }
      case .parameter, .maximum, .vjp, .reduction, .dense, .denseInputs, .row:
        preconditionFailure("a node that depends on parameters is not data")
      }
    }
    return wanted.map { numbers($0) }
  }
}

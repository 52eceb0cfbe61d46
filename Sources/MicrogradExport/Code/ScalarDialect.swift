import MicrogradEngine

/// A language that computes with one number at a time, and has C's operators.
package protocol ScalarDialect: Dialect {
  /// The sign between numbers that are compared for equality.
  var equality: String { get }
  /// A condition that holds if the number is NaN.
  func isNaN(_ number: String) -> String
}

extension ScalarDialect {
  /// Against a number, a comparison in which NaN counts takes no test of its own.
  package func condition(
    _ a: String, _ relation: Expression.Condition.Relation, _ b: Expression, _ bText: String
  ) -> String {
    switch relation {
    case .larger: b.isNumber ? "!(\(a) <= \(bText))" : "(\(isNaN(a)) || \(a) > \(bText))"
    case .smaller: b.isNumber ? "!(\(a) >= \(bText))" : "(\(isNaN(a)) || \(a) < \(bText))"
    case .equal: "\(a) \(equality) \(bText)"
    case .atLeast: "\(a) >= \(bText)"
    }
  }

  package func both(_ first: String, _ second: String) -> String { "\(first) && \(second)" }

  package func choice(_ condition: String, _ x: Expression, _ xText: String, _ y: Expression, _ yText: String)
    -> String
  {
    "(\(condition) ? \(xText) : \(yText))"
  }
}

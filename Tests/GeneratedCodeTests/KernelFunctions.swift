import MicrogradEngine
import MicrogradExport

/// C for vectors, in terms of Vectors.h and of the elementary functions.
struct VectorC: Dialect {
  /// The elementary functions that the kernels have, such as `vectorExp`.
  let functions: Set<String>

  func number(_ number: Double) -> String {
    Int(exactly: number).map { "\($0)" } ?? "(Number)\(number)"
  }

  func call(_ function: Expression.Function, _ arguments: [String]) -> String? {
    switch function {
    case .infinity: return "(Number)INFINITY"
    case .twoOverRootPi: return "(Number)\(Double.twoOverRootPi)"
    default:
      let name = "vector" + function.rawValue.capitalizedFirst
      return functions.contains(name) ? "\(name)(\(arguments.joined(separator: ", ")))" : nil
    }
  }

  /// A NaN on the left is both larger and smaller than anything. Against a number, that takes one comparison.
  func condition(
    _ a: String, _ relation: Expression.Condition.Relation, _ b: Expression, _ bText: String
  ) -> String {
    switch relation {
    case .larger: b.isNumber ? "~(\(a) <= \(bText))" : "((\(a) != \(a)) | (\(a) > \(bText)))"
    case .smaller: b.isNumber ? "~(\(a) >= \(bText))" : "((\(a) != \(a)) | (\(a) < \(bText)))"
    case .equal: "(\(a) == \(bText))"
    case .atLeast: "(\(a) >= \(bText))"
    }
  }

  func both(_ first: String, _ second: String) -> String { "(\(first) & \(second))" }

  func choice(_ condition: String, _ x: Expression, _ xText: String, _ y: Expression, _ yText: String)
    -> String
  {
    func vector(_ expression: Expression, _ text: String) -> String { expression.isNumber ? "splat(\(text))" : text }
    if y == 0 { return "where(\(condition), \(vector(x, xText)))" }
    if x == 0 { return "where(~\(condition), \(vector(y, yText)))" }
    return "select(\(condition), \(vector(x, xText)), \(vector(y, yText)))"
  }
}

/// The functions of the kernels: those operations whose rules need elementary functions that the kernels have.
struct KernelFunctions {
  private struct Row {
    let operation: Operation, name: String
    let value: String, left: String, right: String?
  }
  private let rows: [Row]

  init(elementary: String) {
    let c = VectorC(functions: Set(elementary.matches(of: /INLINE Vector (vector\w+)\(/).map { String($0.1) }))
    rows = Operation.allCases.compactMap { operation in
      let rule = operation.ruleOfGradient
      if operation == .leaf { return Row(operation: operation, name: "Identity", value: "a", left: "d", right: nil) }
      guard !rule.partials.isEmpty, operation != .straightThrough, let value = c.code(rule.value) else {
        return nil
      }
      let partials = rule.partials.compactMap { c.code($0) }
      guard partials.count == rule.partials.count else { return nil }
      return Row(
        operation: operation, name: "\(operation)".capitalizedFirst, value: value, left: partials[0],
        right: partials.dropFirst().first)
    }
  }

  private static let origin = """
    // Written by GeneratedCodeTests from the engine's table of operations, Rules.swift. To change it, change the table, or
    // add a function beside those of Elementary.h, and run MICROGRAD_REGENERATE=1 swift test --filter GeneratedCodeTests

    """

  /// include/MGFunction.h
  var header: String {
    """
    \(Self.origin)#pragma once
    #include <stdbool.h>
    #include <stdint.h>

    // Operations that have a kernel, by the engine's numbers for them.
    typedef enum __attribute__((enum_extensibility(closed))) MGFunction : uint8_t {
    \(rows.map { "  MGFunction\($0.name) = \($0.operation.rawValue),\n" }.joined())} MGFunction;

    static inline bool mg_has_kernel(uint8_t operation) {
      switch (operation) {
    \(rows.map { "    case MGFunction\($0.name):\n" }.joined())      return true;
        default: return false;
      }
    }

    """
  }

  /// Functions.h
  var functions: String {
    func list(_ rows: [Row]) -> String { rows.map { "X(\($0.name))" }.joined(separator: " ") }
    func cases(_ rows: [Row], _ code: (Row) -> String?) -> String {
      rows.compactMap { row in code(row).map { "    case MGFunction\(row.name): return \($0);\n" } }.joined()
    }
    let unary = rows.filter { $0.right == nil }, binary = rows.filter { $0.right != nil }
    return """
      \(Self.origin)
      // Calls X(name) for the functions of one and of two operands that a gradient flows into.
      #define UNARY_FUNCTIONS(X) \(list(unary))
      #define BINARY_FUNCTIONS(X) \(list(binary))

      // `function` is a constant where this is called, and one line of the switch is left.
      INLINE Vector value(const MGFunction function, Vector a, Vector b) {
        switch (function) {
      \(cases(rows) { $0.value })  }
      }

      // d · ∂y/∂a. What lets nothing through selects 0 instead of multiplying by it, which for an infinite d would be NaN.
      INLINE Vector vjpLeft(const MGFunction function, Vector d, Vector a, Vector b, Vector y) {
        switch (function) {
      \(cases(rows) { $0.left })  }
      }

      // d · ∂y/∂b
      INLINE Vector vjpRight(const MGFunction function, Vector d, Vector a, Vector b, Vector y) {
        switch (function) {
      \(cases(binary) { $0.right })    default: return d;
        }
      }

      """
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

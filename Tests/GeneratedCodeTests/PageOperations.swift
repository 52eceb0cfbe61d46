import MicrogradEngine
import MicrogradExport

/// operations.js
func pageOperations() -> String {
  let rows = Operation.allCases.compactMap { operation -> String? in
    let rule = operation.ruleOfGradient
    if rule.partials.isEmpty { return nil }
    let parts = rule.partials.map { JavaScript().code($0)! }.joined(separator: ", ")
    return
      "  \(operation): { value: (a, b) => \(JavaScript().code(rule.value)!), parts: (d, a, b, y) => [\(parts)] },\n"
  }
  return """
    // Written by GeneratedCodeTests from the engine's table of operations, Rules.swift, for the page to compute anew when a
    // leaf is edited. To change it, change the table and run MICROGRAD_REGENERATE=1 swift test --filter GeneratedCodeTests

    const operations = {
    \(rows.joined())};

    """
}

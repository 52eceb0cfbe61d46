/// Returns a number with its noun: `1 rank`, `4 ranks`.
package func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

import MicrogradFigures

/// The scale of bars on a page that go to both sides of 0.
struct BarScale {
  private let low: Double
  private let width: Double

  init(_ amounts: [Double]) {
    let finite = amounts.filter(\.isFinite)
    low = min(finite.min() ?? 0, 0)
    let width = max(finite.max() ?? 0, 0) - low
    self.width = width > 0 && width.isFinite ? width : 1
  }

  func bar(_ amount: Double) -> String {
    guard amount.isFinite else { return "" }
    func percent(_ number: Double) -> String { "\((100 * number / width).fixed(1))%" }
    let style = "margin-left:\(percent(min(amount, 0) - low));width:\(percent(amount.magnitude))"
    return "<span\(amount < 0 ? " class=\"negative\"" : "") style=\"\(style)\"></span>"
  }
}

extension TextStyle {
  /// Returns a bar for a terminal, whose length is the magnitude of an amount, and its look the sign.
  ///
  /// - Parameters:
  ///   - amounts: The amounts of all bars.
  ///   - room: The length of the longest bar.
  func bar(_ amount: Double, of amounts: [Double], room: Int) -> String {
    let largest = amounts.map(\.magnitude).filter(\.isFinite).max() ?? 0
    guard amount.isFinite, largest > 0, room > 0 else { return "" }
    let length = Int((amount.magnitude / largest * Double(room)).rounded())
    let mark = characters == .ascii ? (amount < 0 ? "-" : "+") : (amount < 0 ? "░" : "█")
    return colored(String(repeating: mark, count: length), asClass: amount < 0 ? 1 : 0)
  }
}

extension Double {
  /// The number in three digits, with its sign.
  var signed: String { (self > 0 ? "+" : "") + short(digits: 3) }
}

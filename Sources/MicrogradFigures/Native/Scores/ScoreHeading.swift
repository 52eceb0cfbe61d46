/// The top of a picture of scores: its title, and the key to the colours.
struct ScoreHeading {
  static let margin = 18.0

  private let lines: [String]
  private let width: Double

  /// - Parameter width: The width of the whole picture.
  init(_ title: String, width: Double) {
    self.width = width - 2 * Self.margin
    lines = Font.title.wrapped(title, to: self.width)
  }

  private var keyTop: Double { Self.margin + Double(lines.count) * PlotFrame.titleHeight }

  var bottom: Double { keyTop + ScoreColors.keyHeight }

  func elements(_ colors: ScoreColors, _ score: String) -> [SVGElement] {
    let title = lines.enumerated().map { index, line in
      let y = Self.margin + (Double(index) + 0.5) * PlotFrame.titleHeight - 3
      return SVGElement.text(line, at: Point(Self.margin, y), .text, font: .title)
    }
    return title + colors.key(score, at: Point(Self.margin, keyTop), width: width)
  }
}

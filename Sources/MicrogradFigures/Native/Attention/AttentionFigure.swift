public import MicrogradLanguage
import MicrogradRequirement

/// A picture of what attention looks at from one position: a cell for each head and each position before it, darker for a
/// greater weight, with the weight as a number.
///
/// ```swift
/// let figure = AttentionFigure(heads: [[0.1, 0.9], [0.5, 0.5]], labels: ["a", "b"], title: "Attention")
/// try figure.svg().write(toFile: "attention.svg", atomically: true, encoding: .utf8)  // import Foundation
/// ```
///
/// Positions are rows and heads are columns, since there may be many positions.
public struct AttentionFigure: Figure {
  /// For each head, the weight of each position.
  public let heads: [[Double]]
  /// The name of each position, such as its letter.
  public let labels: [String]
  /// The title above the picture.
  public var title: String
  /// The language of the other words.
  public var language: Language

  /// Creates a picture.
  ///
  /// - Precondition: There is at least one head, and each has a weight for each label.
  public init(heads: [[Double]], labels: [String], title: String = "", language: Language = .english) {
    require(
      !heads.isEmpty && heads.allSatisfy { $0.count == labels.count },
      "attention of \(counted(heads.count, "head")) to \(heads.map(\.count)) positions with \(counted(labels.count, "label"))"
    )
    self.heads = heads
    self.labels = labels
    self.title = title
    self.language = language
  }

  /// The heading of a head's column.
  func heading(_ head: Int) -> String { Localized(en: "head \(head + 1)", fr: "tête \(head + 1)")(in: language) }

  /// The largest number of positions whose weights are read to those who cannot see the picture.
  private static let mostRowsInSummary = 32

  /// A description of the picture for those who cannot see it.
  var summary: String {
    let positions = Localized.counted(labels.count, en: "position", fr: "position")(in: language)
    let count = Localized.counted(heads.count, en: "head", fr: "tête")(in: language)
    let rows = labels.indices.prefix(Self.mostRowsInSummary).map { row in
      "\(labels[row]): \(heads.map { $0[row].fixed(2) }.joined(separator: ", "))"
    }
    let rest = labels.count > rows.count ? "; …" : ""
    return Localized(
      en: "The weights of \(positions) in \(count). \(rows.joined(separator: "; "))\(rest).",
      fr: "Les poids de \(positions) dans \(count). \(rows.joined(separator: "; "))\(rest).")(in: language)
  }
}

// MARK: - SVG

extension AttentionFigure {
  private static let margin = 12.0
  private static let cell = Size(width: 52, height: 24)
  private static let gap = 2.0
  private static let widestLabel = 120.0
  /// The opacity of the weight 1. It leaves the ink of the number readable in both themes.
  private static let strongest = 0.6

  /// Returns the picture as SVG.
  public func svg(theme: Theme) -> String {
    let shown = labels.map { Font.normal.shortened($0, to: Self.widestLabel) }
    let left = Self.margin + (shown.map(Font.normal.width).max() ?? 0) + 8
    let titleWidth = title.isEmpty ? 0 : Font.title.width(of: title)
    let width = max(left + Double(heads.count) * Self.cell.width, Self.margin + titleWidth) + Self.margin
    let top = Self.margin + (title.isEmpty ? 0 : 28) + 20
    var content: [SVGElement] = []
    if !title.isEmpty {
      content.append(.text(title, at: Point(Self.margin, Self.margin + 10), .text, font: .title))
    }
    for head in heads.indices {
      let middle = left + (Double(head) + 0.5) * Self.cell.width
      content.append(
        .text(heading(head), at: Point(middle, top - 10), .secondaryText, font: .small, anchor: .middle))
    }
    for (row, label) in shown.enumerated() {
      let y = top + Double(row) * Self.cell.height
      content.append(.text(label, at: Point(left - 8, y + Self.cell.height / 2), .text, font: .normal, anchor: .end))
      for head in heads.indices {
        content += cell(heads[head][row], x: left + Double(head) * Self.cell.width, y: y)
      }
    }
    let height = top + Double(labels.count) * Self.cell.height + Self.margin
    return SVGDocument(
      size: Size(width: width, height: height), title: title.isEmpty ? summary : title, description: summary,
      content: content
    ).text(theme: theme)
  }

  /// A weight between 0 and 1; 0 for one that is not finite.
  static func share(_ weight: Double) -> Double { weight.isFinite ? min(max(weight, 0), 1) : 0 }

  private func cell(_ weight: Double, x: Double, y: Double) -> [SVGElement] {
    let frame = Rectangle(
      x: x + Self.gap / 2, y: y + Self.gap / 2, width: Self.cell.width - Self.gap,
      height: Self.cell.height - Self.gap)
    var shade = SVGElement.rectangle(frame, .weight, radius: 3)
    shade.attributes.append(("fill-opacity", (Self.strongest * Self.share(weight)).pixels))
    return [
      .rectangle(frame, .grid, radius: 3), shade,
      .text(weight.fixed(2), at: Point(frame.midX, frame.midY), .text, font: .normal, anchor: .middle),
    ]
  }
}

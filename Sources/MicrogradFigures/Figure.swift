/// A picture that can be written as SVG.
///
/// The SVG is complete in itself: it needs no script, no other file and no particular font. Several of them can stand
/// in one HTML page.
public protocol Figure: Sendable {
  /// What stands above the picture, and what it is called by those who cannot see it.
  var title: String { get }

  /// The picture as SVG, in UTF-8 and without an XML declaration, so that it is a file as well as a part of a page.
  func svg(theme: Theme) -> String
}

extension Figure {
  /// The picture as SVG in light colours, and in dark ones where the reader prefers them.
  public func svg() -> String { svg(theme: .automatic) }
}

/// The colours that a figure is drawn in.
public enum Theme: String, CaseIterable, Sendable {
  /// Dark on white.
  case light
  /// Light on dark.
  case dark
  /// Light, and dark where the reader's system or browser asks for it (`prefers-color-scheme`).
  case automatic
}

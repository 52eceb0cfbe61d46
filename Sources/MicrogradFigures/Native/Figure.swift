/// A picture that can be written as SVG.
///
/// The SVG is complete: it needs no script, no other file and no particular font. Several figures can stand in one HTML
/// page.
public protocol Figure: Sendable {
  /// The title above the picture. Screen readers announce it.
  var title: String { get }

  /// Returns the picture as SVG in UTF-8, without an XML declaration, so that it can be a file or a part of a page.
  func svg(theme: Theme) -> String
}

extension Figure {
  /// Returns the picture as SVG in light colours, or in dark ones for readers who prefer them.
  public func svg() -> String { svg(theme: .automatic) }
}

/// The colours of a figure.
public enum Theme: String, CaseIterable, Sendable {
  /// Dark on white.
  case light
  /// Light on dark.
  case dark
  /// Light, or dark if the reader's system or browser asks for it (`prefers-color-scheme`).
  case automatic
}

extension Plot {
  /// Returns the picture as text for a terminal.
  ///
  /// ```
  /// print(Plot.scatter(moons).text(columns: 60, rows: 16), terminator: "")
  /// ```
  ///
  /// Control characters in labels and names are left out, so that they cannot command the terminal.
  ///
  /// - Parameters:
  ///   - columns: The width of the whole picture in characters, from 30 to 1000.
  ///   - rows: The height in lines, from 10 to 500. The picture is higher if title and legend leave no room for the data.
  ///   - style: The characters to draw with, and whether they are coloured.
  public func text(columns: Int = 72, rows: Int = 20, style: TextStyle = TextStyle()) -> String {
    let text = PlotText(
      self, PlotContent(layers), columns: min(max(columns, 30), 1000), rows: min(max(rows, 10), 500), style: style)
    return text.lines.map { $0 + "\n" }.joined()
  }
}

/// A whole picture: its size, its title and description for those who cannot see it, and its elements.
struct SVGDocument {
  var size: Size
  var title: String
  var description: String
  var content: [SVGElement]

  /// Returns the SVG. It has no ids, and its class names mean the same in every figure of the same theme, so that figures
  /// do not affect each other in a page.
  func text(theme: Theme) -> String {
    let drawn = [background] + content
    var styles: Set<Style> = []
    for element in drawn { element.collectStyles(into: &styles) }
    let root = SVGElement(
      "svg", nil,
      [
        "xmlns": "http://www.w3.org/2000/svg", "role": "img", "aria-label": title,
        "viewBox": "0 0 \(size.width.pixels) \(size.height.pixels)",
        "width": size.width.pixels, "height": size.height.pixels,
        "font-family": Font.family, "font-size": Font.base.pixels,
      ],
      [
        SVGElement("title", text: title), SVGElement("desc", text: description),
        SVGElement("style", text: Style.sheet(for: styles, theme: theme)),
      ] + drawn)
    var output = ""
    root.write(to: &output, classes: Dictionary(uniqueKeysWithValues: styles.map { ($0, $0.className(theme)) }))
    return output + "\n"
  }

  private var background: SVGElement {
    .rectangle(Rectangle(x: 0, y: 0, width: size.width, height: size.height), .background)
  }
}

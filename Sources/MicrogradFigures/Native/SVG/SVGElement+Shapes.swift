/// The shapes that the figures are made of.
extension SVGElement {
  static func group(
    _ style: Style? = nil, _ attributes: KeyValuePairs<String, String> = [:], _ children: [SVGElement]
  )
    -> SVGElement
  {
    SVGElement("g", style, attributes, children)
  }

  static func rectangle(_ frame: Rectangle, _ style: Style, radius: Double = 0) -> SVGElement {
    var element = SVGElement(
      "rect", style,
      [
        "x": frame.x.pixels, "y": frame.y.pixels, "width": frame.width.pixels, "height": frame.height.pixels,
      ])
    if radius > 0 { element.attributes.append(("rx", radius.pixels)) }
    return element
  }

  static func line(from start: Point, to end: Point, _ style: Style) -> SVGElement {
    SVGElement(
      "line", style,
      ["x1": start.x.pixels, "y1": start.y.pixels, "x2": end.x.pixels, "y2": end.y.pixels])
  }

  static func circle(_ center: Point, radius: Double, _ style: Style? = nil) -> SVGElement {
    SVGElement("circle", style, ["cx": center.x.pixels, "cy": center.y.pixels, "r": radius.pixels])
  }

  static func path(_ path: PathData, _ style: Style? = nil, dash: String? = nil) -> SVGElement {
    var element = SVGElement("path", style, ["d": path.description])
    if let dash { element.attributes.append(("stroke-dasharray", dash)) }
    return element
  }

  enum Anchor: String {
    case start, middle, end
  }

  /// Returns a line of text whose letters are centred vertically on `y`.
  ///
  /// The baseline is computed, since not every renderer supports `dominant-baseline`.
  static func text(
    _ text: String, at place: Point, _ style: Style, font: Font, anchor: Anchor = .start, turned: Bool = false
  ) -> SVGElement {
    let baseline = font.size * 0.36
    var element = SVGElement(
      "text", style,
      turned ? ["x": "0", "y": baseline.pixels] : ["x": place.x.pixels, "y": (place.y + baseline).pixels],
      text: text)
    if font.size != Font.base { element.attributes.append(("font-size", font.size.pixels)) }
    if font.isBold { element.attributes.append(("font-weight", "600")) }
    if anchor != .start { element.attributes.append(("text-anchor", anchor.rawValue)) }
    if turned {
      element.attributes.append(("transform", "translate(\(place.x.pixels) \(place.y.pixels)) rotate(-90)"))
    }
    return element
  }
}

extension Double {
  /// A coordinate, to a hundredth of a pixel and without trailing zeros.
  var pixels: String {
    let hundredths = Int((Swift.max(-1e9, Swift.min(1e9, self)) * 100).rounded())
    let (whole, fraction) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    let sign = hundredths < 0 ? "-" : ""
    if fraction == 0 { return "\(sign)\(whole)" }
    if fraction % 10 == 0 { return "\(sign)\(whole).\(fraction / 10)" }
    return "\(sign)\(whole).\(fraction < 10 ? "0" : "")\(fraction)"
  }
}

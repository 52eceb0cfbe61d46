/// What a thing in a figure is, as far as its looks are concerned. Becomes a class in the SVG and a rule in its sheet.
///
/// A class means the same in all figures: whatever differs between two figures, such as a place, is an attribute.
enum Style: Hashable {
  case background, text, secondaryText
  case grid, frame, boundary
  case leaf, computed, result, operation, separator, edge, arrowHead
  case group, openGroup, sign
  /// What the step of an explanation is about.
  case active, activeEdge, activeHead
  /// By the position of the class or series among those of the figure.
  case marker(Int), line(Int), region(Int)

  private var name: String {
    switch self {
    case .marker(let index): "marker\(index % Palette.classes.count)"
    case .line(let index): "line\(index % Palette.classes.count)"
    case .region(let index): "region\(index % Palette.classes.count)"
    default: "\(self)"
    }
  }

  func className(_ theme: Theme) -> String {
    switch theme {
    case .light: "mgl-\(name)"
    case .dark: "mgd-\(name)"
    case .automatic: "mga-\(name)"
    }
  }

  private var colors: (fill: Tone?, stroke: Tone?) {
    switch self {
    case .background: (Palette.background, nil)
    case .text: (Palette.ink, nil)
    case .secondaryText: (Palette.secondaryInk, nil)
    case .grid: (nil, Palette.grid)
    case .frame, .separator: (nil, Palette.frame)
    case .boundary: (nil, Palette.ink)
    case .leaf: (Palette.leaf, Palette.leafFrame)
    case .computed: (Palette.background, Palette.frame)
    case .result: (Palette.result, Palette.resultFrame)
    case .operation: (Palette.operation, Palette.frame)
    case .edge: (nil, Palette.edge)
    case .arrowHead: (Palette.edge, nil)
    case .group: (Palette.group, Palette.frame)
    case .openGroup: (Palette.inside, Palette.frame)
    case .sign: (Palette.background, Palette.grid)
    case .active: (Palette.active, Palette.activeFrame)
    case .activeEdge: (nil, Palette.activeFrame)
    case .activeHead: (Palette.activeFrame, nil)
    case .marker(let index): (Palette.class(index), Palette.background)
    case .line(let index): (nil, Palette.class(index))
    case .region(let index): (Palette.region(index), nil)
    }
  }

  private var strokeWidth: Double {
    switch self {
    case .result, .line, .active, .activeEdge: 2
    case .edge: 1.2
    default: 1
    }
  }

  private func rule(_ theme: Theme, colors choose: (Tone) -> RGB) -> String {
    let (fill, stroke) = colors
    var rule = ".\(className(theme)){fill:\(fill.map { choose($0).css } ?? "none")"
    if let stroke { rule += ";stroke:\(choose(stroke).css);stroke-width:\(strokeWidth.pixels)" }
    return rule + "}"
  }

  /// The rules for the styles of a figure.
  static func sheet(for styles: Set<Style>, theme: Theme) -> String {
    let sorted = styles.sorted { $0.name < $1.name }
    func rules(_ choose: (Tone) -> RGB) -> String {
      sorted.map { $0.rule(theme, colors: choose) }.uniqued().joined()
    }
    switch theme {
    case .light: return rules(\.light)
    case .dark: return rules(\.dark)
    case .automatic:
      return rules(\.light) + "@media (prefers-color-scheme:dark){\(rules(\.dark))}"
    }
  }
}

extension Sequence where Element: Hashable {
  /// The elements in their order, each only once.
  func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

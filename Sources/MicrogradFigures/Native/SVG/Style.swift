/// The kind of an element, which determines its looks. It becomes a class in the SVG and a rule in its style sheet.
///
/// A class means the same in all figures. Anything that differs between figures, such as a position, is an attribute.
enum Style: Hashable {
  case background, text, secondaryText
  case grid, frame, boundary
  case leaf, computed, result, operation, separator, edge, arrowHead
  /// The container of appearing elements, whose animation stops while the pointer is over it.
  case moving
  /// An element that appears after the given number of thousandths of the animation's duration.
  case appearing(Int)
  case group, openGroup, sign
  /// The values and edges of the current step of an explanation.
  case active, activeEdge, activeHead
  /// The shade of a weight, whose opacity is an attribute.
  case weight
  /// Classes and curves, by their position among those of the figure.
  case marker(Int), line(Int), region(Int, DecisionRegions.Shade)
  /// Areas, numbers on them, and lines, by the level of their score.
  case score(Int), scoreText(Int), scoreLine(Int)
  /// The line and the outline of the best score, and the gap that parts the line from others.
  case bestLine, bestFrame, halo
  /// Numbers over lines, which they interrupt.
  case numberOverLines

  private var name: String {
    switch self {
    case .marker(let index): "marker\(index % Palette.classes.count)"
    case .line(let index): "line\(index % Palette.classes.count)"
    case .region(let index, .medium): "region\(index % Palette.classes.count)"
    case .region(let index, let shade): "region\(index % Palette.classes.count)\(shade)"
    case .appearing(let time): "from\(time)"
    case .score(let level): "score\(level)"
    case .scoreText(let level): "scoreText\(level)"
    case .scoreLine(let level): "scoreLine\(level)"
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
    case .weight: (Palette.class(0), nil)
    case .marker(let index): (Palette.class(index), Palette.background)
    case .line(let index): (nil, Palette.class(index))
    case .moving, .appearing: (nil, nil)
    case .region(let index, let shade): (Palette.region(index, shade), nil)
    case .score(let level): (Palette.scores[level], Palette.background)
    case .scoreText(let level): (Palette.scoreInk(level), nil)
    case .scoreLine(let level): (nil, Palette.scores[level])
    case .bestLine: (nil, Palette.scores.last)
    case .bestFrame: (nil, Palette.scoreInk(ScoreColors.top))
    case .halo: (nil, Palette.background)
    case .numberOverLines: (Palette.ink, Palette.background)
    }
  }

  private var strokeWidth: Double {
    switch self {
    case .halo: 9
    case .bestLine: 4
    case .numberOverLines: 3
    case .bestFrame: 1.5
    case .result, .line, .active, .activeEdge: 2
    case .scoreLine: 1.5
    case .edge: 1.2
    default: 1
    }
  }

  /// Returns the rule that animates an element. Readers who have asked for less motion, and programs that do not support
  /// animations, see all elements at once, with the last one in front.
  private func motion(_ theme: Theme) -> String? {
    let name = className(theme)
    switch self {
    case .moving: return ".\(name):hover>*{animation-play-state:paused}"
    case .appearing(let time):
      // The duration is an attribute of the element.
      return ".\(name){animation:\(name) 0s step-end infinite}"
        + "@keyframes \(name){0%{visibility:hidden}\((Double(time) / 10).pixels)%{visibility:visible}}"
    default: return nil
    }
  }

  private func rule(_ theme: Theme, colors choose: (Tone) -> RGB) -> String {
    let (fill, stroke) = colors
    var rule = ".\(className(theme)){fill:\(fill.map { choose($0).css } ?? "none")"
    if let stroke { rule += ";stroke:\(choose(stroke).css);stroke-width:\(strokeWidth.pixels)" }
    // The stroke is behind the letters.
    if self == .numberOverLines { rule += ";paint-order:stroke" }
    return rule + "}"
  }

  /// Returns the style sheet for the styles of a figure.
  static func sheet(for styles: Set<Style>, theme: Theme) -> String {
    let sorted = styles.sorted { $0.name < $1.name }
    func rules(_ choose: (Tone) -> RGB) -> String {
      sorted.filter { $0.motion(theme) == nil }.map { $0.rule(theme, colors: choose) }.uniqued().joined()
    }
    let motions = sorted.compactMap { $0.motion(theme) }.joined()
    let motion = motions.isEmpty ? "" : "@media (prefers-reduced-motion:no-preference){\(motions)}"
    switch theme {
    case .light: return rules(\.light) + motion
    case .dark: return rules(\.dark) + motion
    case .automatic:
      return rules(\.light) + "@media (prefers-color-scheme:dark){\(rules(\.dark))}" + motion
    }
  }
}

extension Sequence where Element: Hashable {
  /// Returns the elements in their order, each only once.
  func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

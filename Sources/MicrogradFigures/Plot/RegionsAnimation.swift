import MicrogradEngine

/// How decision regions change, such as over a training: a plot whose ground moves.
///
/// ```swift
/// var frames: [RegionsAnimation.Frame] = []
/// for step in 0..<100 {
///   …
///   let regions = DecisionRegions(probability: { … }, x: x, y: y, resolution: 60)
///   frames.append(.init(caption: "step \(step)", regions: regions))
/// }
/// RegionsAnimation(Plot.scatter(samples), frames: frames).svg()
/// ```
///
/// The SVG needs no script: it moves by CSS, also as an image in a page, over and over, with a rest at the end; it stands
/// still while the pointer is on it. Those who ask their system for less motion, and programs that show no motion, see
/// the last frame.
public struct RegionsAnimation: Figure {
  /// Decision regions, with the words that say which.
  public struct Frame: Sendable {
    /// What stands above the regions, such as the step of the training.
    public var caption: String
    /// The regions.
    public var regions: DecisionRegions

    /// Creates a frame.
    public init(caption: String, regions: DecisionRegions) {
      self.caption = caption
      self.regions = regions
    }
  }

  /// What stands still, in front of the regions: samples, title, names.
  public var plot: Plot
  /// The regions, one after the other.
  public var frames: [Frame]
  /// For how long each frame is seen, in seconds; the last one for as long as ten.
  public var secondsPerFrame: Double

  /// Creates an animation.
  public init(_ plot: Plot, frames: [Frame], secondsPerFrame: Double = 0.25) {
    self.plot = plot
    self.frames = frames
    self.secondsPerFrame = secondsPerFrame
  }

  /// What stands above the picture.
  public var title: String { plot.title }

  /// The picture as SVG.
  public func svg(theme: Theme) -> String {
    let content = PlotContent(frames.map { .regions($0.regions) } + plot.layers)
    let drawing = PlotDrawing(plot, content, hasCaption: true)
    let still = content.items.dropFirst(frames.count).flatMap(drawing.elements)
    let moving = frames.indices.map { element($0, drawing) }
    return drawing.document([.group(.moving, [:], moving + still)], description: summary).text(theme: theme)
  }

  // MARK: Frames

  private static let rest = 10

  private var duration: Double {
    let seconds = secondsPerFrame.isFinite ? min(max(secondsPerFrame, 0.02), 60) : 0.25
    return seconds * Double(frames.count - 1 + Self.rest)
  }

  /// A frame hides the one before, which stays there.
  private func element(_ index: Int, _ drawing: PlotDrawing) -> SVGElement {
    let area = drawing.frame.area, height = PlotFrame.captionHeight
    let line = Rectangle(x: area.x, y: area.y - height - 6, width: area.width, height: height)
    let caption = Font.normal.shortened(frames[index].caption, to: area.width)
    let elements =
      [
        .rectangle(line, .background),
        .text(caption, at: Point(line.x, line.midY), .text, font: .normal),
      ] + drawing.elements(frames[index].regions)
    guard index > 0 else { return .group(nil, [:], elements) }
    return .group(
      .appearing(1000 * index / (frames.count - 1 + Self.rest)),
      ["style": "animation-duration:\(duration.pixels)s"], elements)
  }

  private var summary: String {
    guard let first = frames.first, let last = frames.last else { return plot.summary(PlotContent(plot.layers)) }
    let end = plot.summary(PlotContent([.regions(last.regions)] + plot.layers))
    return Localized(
      en: "\(frames.count) frames, from “\(first.caption)” to “\(last.caption)”. At the end: \(end)",
      fr: "\(frames.count) images, de « \(first.caption) » à « \(last.caption) ». À la fin : \(end)"
    )(in: plot.language)
  }
}

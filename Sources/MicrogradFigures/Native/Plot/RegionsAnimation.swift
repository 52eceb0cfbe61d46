import MicrogradEngine
import MicrogradGraph
import MicrogradLanguage

/// An animation of decision regions, such as those of a network during its training.
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
/// The SVG needs no script: it is animated by CSS, even as an image in a page. It repeats, with a pause at the end, and
/// stands still while the pointer is over it. Readers who have asked their system for less motion see the last frame, as do
/// programs that show no animations.
public struct RegionsAnimation: Figure {
  /// Decision regions with a caption.
  public struct Frame: Sendable {
    /// The caption above the regions, such as the step of the training.
    public var caption: String
    /// The regions.
    public var regions: DecisionRegions

    /// Creates a frame.
    public init(caption: String, regions: DecisionRegions) {
      self.caption = caption
      self.regions = regions
    }
  }

  /// The still part in front of the regions: samples, title, names.
  public var plot: Plot
  /// The regions, one after the other.
  public var frames: [Frame]
  /// The duration of each frame in seconds. The last one is shown ten times as long.
  public var secondsPerFrame: Double

  /// Creates an animation.
  public init(_ plot: Plot, frames: [Frame], secondsPerFrame: Double = 0.25) {
    self.plot = plot
    self.frames = frames
    self.secondsPerFrame = secondsPerFrame
  }

  /// The title above the picture.
  public var title: String { plot.title }

  /// Returns the animation as SVG.
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

  /// Returns a frame. It covers the frames before, which stay visible behind it.
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
    let count = Localized.counted(frames.count, en: "frame", fr: "image")(in: plot.language)
    return Localized(
      en: "\(count), from “\(first.caption)” to “\(last.caption)”. At the end: \(end)",
      fr: "\(count), de « \(first.caption) » à « \(last.caption) ». À la fin : \(end)"
    )(in: plot.language)
  }
}

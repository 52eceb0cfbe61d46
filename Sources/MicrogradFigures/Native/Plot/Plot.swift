import MicrogradData
import MicrogradEngine
import MicrogradGraph
import MicrogradLanguage

/// A picture of data: samples by class, decision regions, curves.
///
/// ```swift
/// Plot.scatter(moons, title: "Two moons").svg()
/// Plot.decisionRegions(of: { x, y in y > x ? 1 : 0 }, samples: moons).svg()
/// Plot.curves([Series("error", values: errors), Series("rate", values: rates, scale: .right)]).svg()
/// ```
///
/// These three are shorthands for plots of certain layers. Layers can be combined freely, as in
/// `Plot(layers: [.samples(data), .curve(fit)])`. Classes differ in the colour and shape of their markers, curves in
/// colour and dashes, so that a reader need not tell colours apart.
///
/// Numbers that cannot be drawn, such as NaN and infinity, are left out, and the figure's description says how many.
public struct Plot: Figure {
  /// A layer between the axes, drawn over the layers before it.
  public enum Layer: Sendable {
    /// Samples as markers, at the values of two of their inputs. For samples with one input, the second value is 0.
    case samples(Dataset, inputs: (x: Int, y: Int) = (0, 1))
    /// The plane coloured by class.
    case regions(DecisionRegions)
    /// A line through points.
    case curve(Series)
  }

  /// The title above the picture. If it is empty, there is none.
  public var title: String
  /// The layers, from back to front.
  public var layers: [Layer]
  /// The name of the horizontal axis.
  public var xLabel: String
  /// The name of the left axis. If it is empty, the names of its curves take its place.
  public var yLabel: String
  /// The name of the right axis for percentages. If it is empty, the names of its curves take its place.
  public var percentLabel: String
  /// The name of the right axis that adapts to its values. If it is empty, the names of its curves take its place.
  public var rightLabel: String
  /// The names of the classes in the legend. Without a name, they are "class 0", "class 1" and so on.
  public var classNames: [Int: String]
  /// The width of the whole picture in pixels; at least 240.
  public var width: Double
  /// The height of the whole picture in pixels; at least 200.
  public var height: Double
  /// The language of the description and of names that are not given.
  public var language: Language

  /// Creates a plot from layers.
  public init(
    title: String = "", layers: [Layer] = [], xLabel: String = "", yLabel: String = "",
    percentLabel: String = "", rightLabel: String = "", classNames: [Int: String] = [:], width: Double = 640,
    height: Double = 460,
    language: Language = .english
  ) {
    self.title = title
    self.layers = layers
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.percentLabel = percentLabel
    self.rightLabel = rightLabel
    self.classNames = classNames
    self.width = width
    self.height = height
    self.language = language
  }

  /// Returns a plot of samples by two of their inputs, with a marker for each class.
  ///
  /// If the samples have more inputs, the horizontal axis says so.
  ///
  /// - Parameters:
  ///   - data: The samples.
  ///   - inputs: The positions of the inputs to draw, from 0.
  ///   - title: The title above the plot.
  ///   - xLabel: The name of the horizontal axis, by default `x` and the number of the input, counted from 1.
  ///   - yLabel: The name of the vertical axis, likewise.
  ///   - classNames: The names of classes in the legend. Others are called by their number.
  public static func scatter(
    _ data: Dataset, inputs: (x: Int, y: Int) = (0, 1), title: String = "", xLabel: String? = nil,
    yLabel: String? = nil, classNames: [Int: String] = [:]
  ) -> Plot {
    Plot(
      title: title, layers: [.samples(data, inputs: inputs)], xLabel: xLabel ?? "x\(inputs.x + 1)",
      yLabel: yLabel ?? "x\(inputs.y + 1)", classNames: classNames)
  }

  /// Returns a plot of the regions into which a classifier divides the plane around some samples, and of the samples.
  ///
  /// - Parameters:
  ///   - classify: Returns the class of a point.
  ///   - samples: The samples. They are drawn over the regions, and determine the part of the plane that is shown.
  ///   - title: The title above the plot.
  ///   - resolution: The number of steps in each direction at which the classifier is called. Between them, boundaries are
  ///     found by bisection. Regions that are thinner than a step can be missed.
  ///   - margin: The margin around the samples, as a fraction of their extent.
  ///   - xLabel: The name of the horizontal axis.
  ///   - yLabel: The name of the vertical axis.
  ///   - classNames: The names of classes in the legend. Others are called by their number.
  /// - Complexity: `classify` is called slightly more than `resolution²` times.
  public static func decisionRegions(
    of classify: (_ x: Double, _ y: Double) -> Int, samples: Dataset, title: String = "",
    resolution: Int = 120,
    margin: Double = 0.12, xLabel: String = "x1", yLabel: String = "x2", classNames: [Int: String] = [:]
  ) -> Plot {
    let (x, y) = plane(around: samples, margin: margin)
    let regions = DecisionRegions(of: classify, x: x, y: y, resolution: resolution)
    return Plot(
      title: title, layers: [.regions(regions), .samples(samples)], xLabel: xLabel, yLabel: yLabel,
      classNames: classNames)
  }

  /// Returns a plot of the probability of two classes around some samples, and of the samples. The surer the classifier, the
  /// deeper the colour.
  ///
  /// - Parameters:
  ///   - probability: Returns the probability of class 1 at a point. The boundary is where it is 0.5; shades change where it
  ///     is 0.1, 0.25, 0.75 and 0.9.
  ///   - samples: The samples. They are drawn over the regions, and determine the part of the plane that is shown.
  ///   - title: The title above the plot.
  ///   - resolution: The number of steps in each direction at which the classifier is called.
  ///   - margin: The margin around the samples, as a fraction of their extent.
  ///   - xLabel: The name of the horizontal axis.
  ///   - yLabel: The name of the vertical axis.
  ///   - classNames: The names of classes in the legend. Others are called by their number.
  /// - Complexity: `probability` is called slightly more than `resolution²` times.
  public static func decisionRegions(
    probability: (_ x: Double, _ y: Double) -> Double, samples: Dataset, title: String = "",
    resolution: Int = 120, margin: Double = 0.12, xLabel: String = "x1", yLabel: String = "x2",
    classNames: [Int: String] = [:]
  ) -> Plot {
    let (x, y) = plane(around: samples, margin: margin)
    let regions = DecisionRegions(probability: probability, x: x, y: y, resolution: resolution)
    return Plot(
      title: title, layers: [.regions(regions), .samples(samples)], xLabel: xLabel, yLabel: yLabel,
      classNames: classNames)
  }

  /// Returns the part of the plane that contains the samples, by the first two of their inputs, with a margin.
  ///
  /// - Parameters:
  ///   - samples: The samples.
  ///   - margin: The margin at each side, as a fraction of the samples' extent.
  public static func plane(around samples: Dataset, margin: Double = 0.12)
    -> (x: ClosedRange<Double>, y: ClosedRange<Double>)
  {
    let points = SamplePoints(samples, inputs: (0, 1)).points.map(\.point)
    return (Scale.domain(of: points.map(\.x), margin: margin), Scale.domain(of: points.map(\.y), margin: margin))
  }

  /// Returns a plot of curves over a common horizontal axis, such as the loss and the accuracy at each step of a training.
  public static func curves(
    _ series: [Series], title: String = "", xLabel: String = "", yLabel: String = "",
    percentLabel: String = "", rightLabel: String = ""
  ) -> Plot {
    Plot(
      title: title, layers: series.map { .curve($0) }, xLabel: xLabel, yLabel: yLabel,
      percentLabel: percentLabel, rightLabel: rightLabel)
  }
}

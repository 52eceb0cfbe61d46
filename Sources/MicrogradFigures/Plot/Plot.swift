import MicrogradData
import MicrogradEngine

/// A picture of data: samples by class, decision regions, curves.
///
/// ```swift
/// Plot.scatter(moons, title: "Two moons").svg()
/// Plot.decisionRegions(of: { x, y in y > x ? 1 : 0 }, samples: moons).svg()
/// Plot.curves([Series("error", values: errors), Series("rate", values: rates, scale: .right)]).svg()
/// ```
///
/// These three are short for the layers that they consist of; others can be put together:
/// `Plot(layers: [.samples(data), .curve(fit)])`. Classes differ by colour and shape of their markers, curves by colour
/// and dashes: nobody has to tell colours apart.
///
/// Numbers that cannot be drawn, such as NaN and infinity, are left out, and the figure's description says how many.
public struct Plot: Figure {
  /// What is drawn into the axes, one over the other.
  public enum Layer: Sendable {
    /// Samples as markers, at the values of two of their inputs. Of samples with one input, the second is 0.
    case samples(Dataset, inputs: (x: Int, y: Int) = (0, 1))
    /// The plane coloured by class.
    case regions(DecisionRegions)
    /// A line through points.
    case curve(Series)
  }

  /// What stands above the picture; nothing if empty.
  public var title: String
  /// What is drawn, from back to front.
  public var layers: [Layer]
  /// What stands at the horizontal axis.
  public var xLabel: String
  /// What stands at the left axis. If empty, the names of the curves that it belongs to.
  public var yLabel: String
  /// What stands at the right axis that runs in percent. If empty, the names of the curves that it belongs to.
  public var percentLabel: String
  /// What stands at the right axis that adapts itself. If empty, the names of the curves that it belongs to.
  public var rightLabel: String
  /// What the legend calls the classes. Those without a name are called "class 0" and so on.
  public var classNames: [Int: String]
  /// The width of the whole picture in pixels; at least 240.
  public var width: Double
  /// The height of the whole picture in pixels; at least 200.
  public var height: Double
  /// The language of the description and of what has not been named.
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

  /// The samples, by two of their inputs, with a marker for each class.
  ///
  /// Of samples with more inputs the horizontal axis says how many are not drawn.
  ///
  /// - Parameters:
  ///   - inputs: The positions of the inputs to draw, from 0.
  ///   - xLabel: What stands at the horizontal axis; nil: `x` and the number of the input, from 1. `yLabel` likewise.
  public static func scatter(
    _ data: Dataset, inputs: (x: Int, y: Int) = (0, 1), title: String = "", xLabel: String? = nil,
    yLabel: String? = nil, classNames: [Int: String] = [:]
  ) -> Plot {
    Plot(
      title: title, layers: [.samples(data, inputs: inputs)], xLabel: xLabel ?? "x\(inputs.x + 1)",
      yLabel: yLabel ?? "x\(inputs.y + 1)", classNames: classNames)
  }

  /// How a classifier divides the plane around some samples, and the samples.
  ///
  /// - Parameters:
  ///   - classify: Gives the class of a point.
  ///   - samples: Are drawn over the regions, and say how much of the plane is shown.
  ///   - resolution: The classifier is asked at that many steps in each direction; between them, boundaries are
  ///     searched for by halving. Regions thinner than a step can be missed.
  ///   - margin: What is shown around the samples, as a fraction of their extent.
  /// - Complexity: `classify` is called some more than `resolution²` times.
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

  /// How sure a classifier is of two classes around some samples, and the samples: the surer, the deeper the colour.
  ///
  /// - Parameters:
  ///   - probability: Gives that of class 1 at a point. The boundary is where it is 0.5; shades change where it is 0.1,
  ///     0.25, 0.75 and 0.9.
  ///   - samples: Are drawn over the regions, and say how much of the plane is shown.
  ///   - resolution: The classifier is asked at that many steps in each direction.
  ///   - margin: What is shown around the samples, as a fraction of their extent.
  /// - Complexity: `probability` is called some more than `resolution²` times.
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

  /// The part of the plane that samples lie in, by the first two of their inputs, with some room around them.
  ///
  /// - Parameter margin: The room at each side, as a fraction of the samples' extent.
  public static func plane(around samples: Dataset, margin: Double = 0.12)
    -> (x: ClosedRange<Double>, y: ClosedRange<Double>)
  {
    let points = SamplePoints(samples, inputs: (0, 1)).points.map(\.point)
    return (Scale.domain(of: points.map(\.x), margin: margin), Scale.domain(of: points.map(\.y), margin: margin))
  }

  /// Curves over a common horizontal axis, such as the error and the accuracy over the steps of a training.
  public static func curves(
    _ series: [Series], title: String = "", xLabel: String = "", yLabel: String = "",
    percentLabel: String = "", rightLabel: String = ""
  ) -> Plot {
    Plot(
      title: title, layers: series.map { .curve($0) }, xLabel: xLabel, yLabel: yLabel,
      percentLabel: percentLabel, rightLabel: rightLabel)
  }
}

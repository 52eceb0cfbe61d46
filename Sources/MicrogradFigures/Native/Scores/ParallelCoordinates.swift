public import MicrogradLanguage
import MicrogradRequirement

/// A picture of settings and their scores: an axis for each parameter and one for the score, and a line for each setting,
/// in the colour of its score.
///
/// ```swift
/// let figure = ParallelCoordinates(
///   axes: [.init("hidden", categories: ["8", "8", "16"]), .init("rate", values: [0.01, 0.1, 0.1], scale: .logarithmic)],
///   score: .init("accuracy", values: [0.8, 0.95, 0.97]))
/// try figure.svg().write(toFile: "sweep.svg", atomically: true, encoding: .utf8)  // import Foundation
/// ```
///
/// The best line is drawn thick, over the others, with a dot at each axis. Lines with a number that cannot be drawn, such
/// as NaN, are left out, and the figure's description says how many.
public struct ParallelCoordinates: Figure {
  /// An axis, with its number for each line.
  public struct Axis: Sendable, Equatable {
    /// The places of numbers on an axis.
    public enum Scale: Sendable, Equatable {
      /// Equal distances for equal differences.
      case linear
      /// Equal distances for equal ratios. Numbers that are not positive cannot be drawn.
      case logarithmic
      /// Places for texts. The number of a line is the index of its text.
      case categories([String])
    }

    /// The name above the axis.
    public var name: String
    /// The places of the numbers.
    public let scale: Scale
    /// The number of each line.
    public let values: [Double]

    /// Creates an axis of numbers, one for each line.
    public init(_ name: String, values: [Double], scale: Scale = .linear) {
      self.name = name
      self.values = values
      self.scale = scale
    }

    /// Creates an axis of texts, one for each line.
    ///
    /// - Parameters:
    ///   - name: The name of the axis.
    ///   - texts: The text of each line.
    ///   - order: The order of their places, from below; those that it does not have follow as they first appear.
    public init(_ name: String, categories texts: [String], order: [String] = []) {
      let used = Set(texts), categories = (order.filter(used.contains) + texts).uniqued()
      let places = Dictionary(uniqueKeysWithValues: categories.enumerated().map { ($1, Double($0)) })
      self.init(name, values: texts.map { places[$0] ?? .nan }, scale: .categories(categories))
    }

    /// Returns whether the number of a line can be drawn.
    func canShow(_ line: Int) -> Bool {
      let value = values[line]
      return MicrogradFigures.Scale.canShow(value) && (scale != .logarithmic || value > 0)
    }

    /// Returns the number of a line as text.
    func text(_ line: Int) -> String {
      if case .categories(let texts) = scale { return texts[Int(values[line])] }
      return values[line].short()
    }
  }

  /// The axes of the parameters, from left to right.
  public let axes: [Axis]
  /// The axis of the score, on the right.
  public let score: Axis
  /// Whether the lowest score is the best, as for a loss.
  public let prefersLow: Bool
  /// The title above the picture. If it is empty, there is none.
  public var title: String
  /// The width of the whole picture in pixels; at least 240.
  public var width: Double
  /// The height of the whole picture in pixels; at least 200.
  public var height: Double
  /// The language of the description.
  public var language: Language

  /// Creates a picture.
  ///
  /// - Precondition: All axes have a number for each line.
  public init(
    axes: [Axis], score: Axis, prefersLow: Bool = false, title: String = "", width: Double = 640,
    height: Double = 400, language: Language = .english
  ) {
    require(
      axes.allSatisfy { $0.values.count == score.values.count },
      "axes of \(axes.map(\.values.count)) numbers, and \(counted(score.values.count, "score"))")
    self.axes = axes
    self.score = score
    self.prefersLow = prefersLow
    self.title = title
    self.width = width
    self.height = height
    self.language = language
  }

  /// All axes.
  var allAxes: [Axis] { axes + [score] }

  /// The lines that can be drawn, from the worst to the best. Of equal ones, the first is the better.
  var lines: [Int] {
    score.values.indices.filter { line in allAxes.allSatisfy { $0.canShow(line) } }.sorted {
      let (one, other) = (score.values[$0], score.values[$1])
      return one == other ? $0 > $1 : (one < other) != prefersLow
    }
  }
}

// MARK: - For those who cannot see it

extension ParallelCoordinates {
  /// A description of the picture.
  var summary: String {
    let shown = lines, omitted = score.values.count - shown.count
    let axes = allAxes.map { "\($0.name) (\(extent(of: $0, shown)))" }.joined(separator: ", ")
    let count = Localized.counted(shown.count, en: "line", fr: "ligne")(in: language)
    var sentences = [Localized(en: "\(count) over \(axes).", fr: "\(count) sur \(axes).")(in: language)]
    if let best = shown.last {
      let settings = allAxes.map { "\($0.name) \($0.text(best))" }.joined(separator: ", ")
      sentences.append(
        Localized(en: "The best one: \(settings).", fr: "La meilleure : \(settings).")(in: language))
    }
    if omitted > 0 { sentences.append(omission(omitted)) }
    return sentences.joined(separator: " ")
  }

  private func extent(of axis: Axis, _ lines: [Int]) -> String {
    if case .categories(let texts) = axis.scale {
      return texts.prefix(24).joined(separator: ", ") + (texts.count > 24 ? ", …" : "")
    }
    let values = lines.map { axis.values[$0] }
    guard let low = values.min(), let high = values.max() else { return "–" }
    if low == high { return low.short() }
    return Localized(en: "\(low.short()) to \(high.short())", fr: "\(low.short()) à \(high.short())")(in: language)
  }

  private func omission(_ count: Int) -> String {
    Localized(
      en: count == 1
        ? "1 line is left out because one of its numbers cannot be drawn."
        : "\(count) lines are left out because one of their numbers cannot be drawn.",
      fr: count == 1
        ? "1 ligne est omise parce qu'un de ses nombres ne peut être dessiné."
        : "\(count) lignes sont omises parce qu'un de leurs nombres ne peut être dessiné.")(in: language)
  }
}

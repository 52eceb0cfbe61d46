import MicrogradData
import MicrogradRequirement

extension Sweep {
  /// A parameter: a name, and the settings that it can have.
  public struct Parameter: Sendable, Equatable {
    /// The settings to choose from.
    public enum Domain: Sendable, Equatable {
      /// A list of settings.
      case choices([Setting])
      /// The numbers from one to another. A grid takes a given number of points, equally far from each other on the scale,
      /// the first and the last included. Random search draws uniformly on the scale.
      case numbers(from: Double, to: Double, scale: Scale = .linear, points: Int = 5)
      /// The whole numbers from one to another, both included. A grid takes all of them.
      case integers(from: Int, to: Int, scale: Scale = .linear)
    }

    /// The name.
    public var name: String
    /// The settings to choose from.
    public var domain: Domain

    /// Creates a parameter.
    public init(_ name: String, _ domain: Domain) {
      self.name = name
      self.domain = domain
    }
  }

  /// The measure by which numbers are spread over a range.
  public enum Scale: String, Sendable, CaseIterable {
    /// By their differences.
    case linear
    /// By their ratios; both ends are positive.
    case logarithmic
  }

  /// A value of a parameter.
  public enum Setting: Sendable, Hashable {
    /// A number.
    case number(Double)
    /// A whole number.
    case integer(Int)
    /// A text.
    case text(String)
  }
}

extension Sweep.Parameter.Domain: CustomStringConvertible {
  /// The settings in a line: `8, 16, 32`, or `from 0.001 to 0.1, logarithmic`.
  public var description: String {
    switch self {
    case .choices(let choices): choices.map(\.description).joined(separator: ", ")
    case .numbers(let low, let high, let scale, let points):
      "from \(low.shortText) to \(high.shortText), \(scale), \(counted(points, "point"))"
    case .integers(let low, let high, let scale): "whole numbers from \(low) to \(high), \(scale)"
    }
  }
}

extension Sweep.Setting: CustomStringConvertible {
  /// The number with the fewest digits that give exactly this number, or the text.
  public var description: String {
    switch self {
    case .number(let number): number.shortText
    case .integer(let number): "\(number)"
    case .text(let text): text
    }
  }
}

extension Sweep.Setting: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
  /// Creates a number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// Creates a whole number.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// Creates a text.
  public init(stringLiteral value: String) { self = .text(value) }
}

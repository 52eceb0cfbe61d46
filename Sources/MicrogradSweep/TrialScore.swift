/// The score of a trial, which decides, and figures beside it, which only inform.
public struct TrialScore: Sendable {
  /// A named number.
  public struct Figure: Sendable {
    /// The name.
    public let name: String
    /// The number; it may be nan.
    public let value: Double

    /// Creates a figure.
    public init(_ name: String, _ value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// The score.
  public var value: Double
  /// The figures beside it, with different names.
  public var figures: [Figure]

  /// Creates a score.
  public init(_ value: Double, figures: [Figure] = []) {
    self.value = value
    self.figures = figures
  }

  /// The figure of a name; nil if there is none.
  public subscript(name: String) -> Double? { figures.first { $0.name == name }?.value }
}

extension TrialScore: Equatable {
  /// Returns whether scores and figures are equal to the last bit.
  public static func == (left: TrialScore, right: TrialScore) -> Bool {
    isSame(left.value, right.value) && left.figures == right.figures
  }
}

extension TrialScore.Figure: Equatable {
  /// Returns whether names are equal, and numbers to the last bit; nan equals nan.
  public static func == (left: Self, right: Self) -> Bool {
    left.name == right.name && isSame(left.value, right.value)
  }
}

private func isSame(_ left: Double, _ right: Double) -> Bool {
  left.bitPattern == right.bitPattern || left.isNaN && right.isNaN
}

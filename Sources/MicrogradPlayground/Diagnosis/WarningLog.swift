/// Remembers at which points of the curves each warning applied, to say since when it does.
struct WarningLog: Sendable {
  private var streaks: [String: [ClosedRange<Int>]] = [:]
  private var last = -1

  /// Notes the warnings of a point, which comes after those before.
  mutating func note(_ keys: [String], at step: Int) {
    for key in keys {
      var ranges = streaks[key] ?? []
      if let range = ranges.last, range.upperBound == last {
        ranges[ranges.count - 1] = range.lowerBound...step
      } else {
        ranges.append(step...step)
      }
      streaks[key] = ranges
    }
    last = step
  }

  /// The first step of the points in a row at which the warning of a key has applied up to a step.
  ///
  /// - Parameter point: The step of the last point that is not after the step. Between two points a warning has applied since
  ///   the one before, if it did there.
  func since(_ key: String, at step: Int, point: Int) -> Int {
    guard let streak = streaks[key]?.last(where: { $0.lowerBound <= step }), streak.upperBound >= point else {
      return step
    }
    return streak.lowerBound
  }
}

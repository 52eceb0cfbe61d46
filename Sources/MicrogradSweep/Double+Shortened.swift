extension Double {
  /// Returns the number with the fewest decimals, up to 22, that differs by no more than a tolerance, relative to the
  /// number; itself if there is none.
  func shortened(within tolerance: Double) -> Double {
    var power = 1.0
    for _ in 0...22 {
      let candidate = (self * power).rounded() / power
      if (candidate - self).magnitude <= magnitude * tolerance { return candidate }
      power *= 10
    }
    return self
  }
}

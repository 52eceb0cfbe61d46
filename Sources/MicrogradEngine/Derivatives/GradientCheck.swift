import MicrogradRequirement
import RealModule

/// The result of comparing gradients with differences of the function itself.
public struct GradientCheck: Sendable {
  /// The derivative with respect to one input.
  public struct Entry: Sendable {
    /// The index of the input.
    public let index: Int
    /// The input.
    public let input: Double
    /// The derivative that `backward` gives.
    public let got: Double
    /// The derivative from central differences; at a kink, the number closest to `got` between the one-sided ones.
    public let expected: Double
    /// Whether the derivatives from the left and from the right differ, as those of ReLU do at 0. Any number between
    /// them is right there.
    public let isKink: Bool

    /// `|got - expected|`, or 0 if both are the same infinity or not a number.
    public var absoluteError: Double {
      got == expected || (got.isNaN && expected.isNaN) ? 0 : abs(got - expected)
    }
    /// The absolute error divided by the larger of both derivatives.
    public var relativeError: Double {
      absoluteError == 0 ? 0 : absoluteError / Swift.max(abs(got), abs(expected))
    }
  }

  /// One entry for each input.
  public let entries: [Entry]
  /// The error up to which derivatives agree: absolute for derivatives below 1, relative above.
  public let tolerance: Double

  /// Whether all derivatives agree.
  public var passes: Bool { entries.allSatisfy { deviation($0) <= tolerance } }

  /// The input whose derivative is farthest off; nil if there are no inputs.
  public var worst: Entry? {
    // NaN is farther off than any number.
    entries.max { a, b in !deviation(a).isNaN && !(deviation(a) >= deviation(b)) }
  }

  /// NaN if only one of both is not a number.
  private func deviation(_ entry: Entry) -> Double { Swift.min(entry.absoluteError, entry.relativeError) }
}

extension GradientCheck: CustomStringConvertible {
  /// One line: whether it passes, and the worst input with both derivatives and both errors.
  public var description: String {
    guard let worst else { return "gradient check: no inputs" }
    let kink = worst.isKink ? ", a kink" : ""
    return """
      gradient check \(passes ? "passed" : "FAILED"): worst input \(worst.index) at \(worst.input.text)\(kink): \
      got \(worst.got.text), expected \(worst.expected.text) \
      (absolute error \(worst.absoluteError.text), relative \(worst.relativeError.text), tolerance \(tolerance.text))
      """
  }
}

/// Compares the gradient of a function with central differences, input by input.
///
/// ```swift
/// print(gradientCheck(at: [0.5, -2]) { x in (x[0] * x[1]).tanh() })
/// ```
///
/// The differences are those of steps h and h/2, extrapolated, so that their error is of the order of h⁴. A kink is
/// told from a bend by the one-sided derivatives: halving the step halves their distance at a bend, not at a kink.
///
/// - Parameters:
///   - point: The inputs at which to compare.
///   - step: The step h for an input of 1; it grows with larger inputs. The default, the fifth root of the precision,
///     balances rounding against truncation.
///   - tolerance: The error to accept: absolute for derivatives below 1, relative above.
///   - function: The function of the inputs. It is called anew for each difference.
/// - Complexity: That of one gradient, and of four values of the function for each input.
public func gradientCheck(
  at point: [Double], step: Double = 7.4e-4, tolerance: Double = 1e-6, of function: ([Value]) throws -> Value
) rethrows -> GradientCheck {
  let (value, got) = try valueWithGradient(at: point, of: function)
  let entries = try point.indices.map { index in
    let differences = try Differences(at: point[index], step: step, center: value) { moved in
      var inputs = point
      inputs[index] = moved
      return try function(inputs.map { Value($0) }).data
    }
    return differences.entry(index: index, input: point[index], got: got[index], tolerance: tolerance)
  }
  return GradientCheck(entries: entries, tolerance: tolerance)
}

/// Differences of a function of one number with a step and half of it.
private struct Differences {
  let right: Double, left: Double
  let rightOfHalf: Double, leftOfHalf: Double

  init(at x: Double, step: Double, center: Double, of function: (Double) throws -> Double) rethrows {
    let h = step * Swift.max(abs(x), 1)
    right = (try function(x + h) - center) / h
    left = (center - (try function(x - h))) / h
    rightOfHalf = (try function(x + h / 2) - center) / (h / 2)
    leftOfHalf = (center - (try function(x - h / 2))) / (h / 2)
  }

  /// Extrapolated to a step of 0.
  private var central: Double { (4 * (rightOfHalf + leftOfHalf) - (right + left)) / 6 }

  private func isKink(_ tolerance: Double) -> Bool {
    let gap = abs(right - left), gapOfHalf = abs(rightOfHalf - leftOfHalf)
    let scale = Swift.max(abs(right), abs(left), 1)
    return gap > 100 * tolerance * scale && gapOfHalf > 0.75 * gap
  }

  func entry(index: Int, input: Double, got: Double, tolerance: Double) -> GradientCheck.Entry {
    guard isKink(tolerance) else {
      return .init(index: index, input: input, got: got, expected: central, isKink: false)
    }
    // Extrapolated likewise, each from its side.
    let sides = [2 * leftOfHalf - left, 2 * rightOfHalf - right].sorted()
    return .init(
      index: index, input: input, got: got, expected: Swift.min(Swift.max(got, sides[0]), sides[1]), isKink: true)
  }
}

import MicrogradRequirement
import RealModule

// Numbers of distributions that are drawn until one is accepted. Where the last digit of the platform's functions differs,
// so may the last digits of a number. A candidate on the very edge of acceptance, one of some 10^15, could then be
// refused here and not there, after which all numbers are different ones.

extension PythonRandom {
  /// Returns a normally distributed number: Python's `random.normalvariate(mu, sigma)`.
  ///
  /// Unlike ``gauss(mean:standardDeviation:)`` it keeps nothing for the next call. It draws z = 4 e^(-1/2) / √2 ·
  /// (u - 1/2) / (1 - v) until z² / 4 ≤ -log(1 - v). The platform's log and exp may differ in the last digit.
  ///
  /// Source: A. J. Kinderman, J. F. Monahan, "Computer generation of random variables using the ratio of uniform
  /// deviates", ACM TOMS 3 (1977), [doi:10.1145/355744.355750](https://doi.org/10.1145/355744.355750).
  public mutating func normalvariate(mean: Double = 0, standardDeviation: Double = 1) -> Double {
    let factor = 4 * Double.exp(-0.5) / Double.sqrt(2)
    while true {
      let u = random(), v = 1 - random()
      let z = factor * (u - 0.5) / v
      if z * z / 4 <= -Double.log(v) { return mean + z * standardDeviation }
    }
  }

  /// Returns a number whose logarithm is normally distributed: Python's `random.lognormvariate(mu, sigma)`.
  ///
  /// It is e to the power of ``normalvariate(mean:standardDeviation:)``, to whose arguments `mean` and
  /// `standardDeviation` belong. A result that is too large is infinite, and an `OverflowError` in Python.
  public mutating func lognormvariate(mean: Double = 0, standardDeviation: Double = 1) -> Double {
    Double.exp(normalvariate(mean: mean, standardDeviation: standardDeviation))
  }

  /// Returns an angle from 0 to 2π of the von Mises distribution, the normal distribution of the circle: Python's
  /// `random.vonmisesvariate(mu, kappa)`.
  ///
  /// With concentration 0 all angles are equally likely. The platform's cos, acos and exp may differ in the last digit.
  ///
  /// Source: D. J. Best, N. I. Fisher, "Efficient simulation of the von Mises distribution", Applied Statistics 28
  /// (1979), [doi:10.2307/2346732](https://doi.org/10.2307/2346732).
  ///
  /// - Precondition: `concentration` is not negative.
  public mutating func vonmisesvariate(mean: Double, concentration: Double) -> Double {
    require(
      concentration >= 0, "the concentration of vonmisesvariate must be 0 or larger, not \(concentration)")
    guard concentration > 1e-6 else { return 2 * Double.pi * random() }
    let cosine = cosineOfDeviation(concentration)
    let angle = random() > 0.5 ? mean + Double.acos(cosine) : mean - Double.acos(cosine)
    let rest = angle.truncatingRemainder(dividingBy: 2 * Double.pi)
    return rest < 0 ? rest + 2 * Double.pi : rest.magnitude
  }

  /// Returns the cosine of the distance between an angle of the von Mises distribution and its mean.
  private mutating func cosineOfDeviation(_ concentration: Double) -> Double {
    let s = 0.5 / concentration, r = s + Double.sqrt(1 + s * s)
    while true {
      let z = Double.cos(Double.pi * random()), d = z / (r + z), u = random()
      if u < 1 - d * d || u <= (1 - d) * Double.exp(d) {
        let q = 1 / r
        return (q + z) / (1 + q * z)
      }
    }
  }

  /// Returns a number of the gamma distribution, with mean shape · scale: Python's
  /// `random.gammavariate(shape, scale)`.
  ///
  /// The platform's log, exp and power function may differ in the last digit.
  ///
  /// Sources: for shapes above 1, R. C. H. Cheng, "The generation of gamma variables with non-integral shape parameter",
  /// Applied Statistics 26 (1977), [doi:10.2307/2346871](https://doi.org/10.2307/2346871); below 1, algorithm GS of
  /// J. H. Ahrens, U. Dieter, "Computer methods for sampling from gamma, beta, Poisson and binomial distributions",
  /// Computing 12 (1974), [doi:10.1007/BF02293108](https://doi.org/10.1007/BF02293108).
  ///
  /// - Precondition: `shape` and `scale` are positive.
  public mutating func gammavariate(shape: Double, scale: Double) -> Double {
    require(
      shape > 0 && scale > 0,
      "the shape and the scale of gammavariate must be positive, not \(shape) and \(scale)")
    if shape > 1 { return gammaAboveOne(shape) * scale }
    if shape == 1 { return -Double.log(1 - random()) * scale }
    return gammaBelowOne(shape) * scale
  }

  private mutating func gammaAboveOne(_ shape: Double) -> Double {
    let inverse = Double.sqrt(2 * shape - 1), b = shape - Double.log(4), c = shape + inverse
    while true {
      let u = random()
      guard 1e-7 < u, u < 0.9999999 else { continue }
      let v = Double.log(u / (1 - u)) / inverse, w = 1 - random()
      let x = shape * Double.exp(v)
      let z = u * u * w, r = b + c * v - x
      if r + (1 + Double.log(4.5)) - 4.5 * z >= 0 || r >= Double.log(z) { return x }
    }
  }

  private mutating func gammaBelowOne(_ shape: Double) -> Double {
    let e = Double.exp(1), b = (e + shape) / e
    while true {
      let p = b * random()
      let x = p <= 1 ? Double.pow(p, 1 / shape) : -Double.log((b - p) / shape)
      let limit = p > 1 ? Double.pow(x, shape - 1) : Double.exp(-x)
      if random() <= limit { return x }
    }
  }

  /// Returns a number in 0 ... 1 of the beta distribution: Python's `random.betavariate(alpha, beta)`.
  ///
  /// It is y / (y + z), where y and z are numbers of the gamma distribution with the shapes `alpha` and `beta`.
  ///
  /// - Precondition: `alpha` and `beta` are positive.
  public mutating func betavariate(_ alpha: Double, _ beta: Double) -> Double {
    require(
      alpha > 0 && beta > 0, "the parameters of betavariate must be positive, not \(alpha) and \(beta)")
    let y = gammavariate(shape: alpha, scale: 1)
    return y == 0 ? 0 : y / (y + gammavariate(shape: beta, scale: 1))
  }
}

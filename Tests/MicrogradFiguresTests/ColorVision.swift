import RealModule

@testable import MicrogradFigures

/// How people see colours.
///
/// The matrices turn linear sRGB into what the colour looks like to somebody without one kind of cones.
/// Source: Machado, Oliveira and Fernandes, *A physiologically-based model for simulation of color vision deficiency*,
/// IEEE TVCG 15 (2009), [doi:10.1109/TVCG.2009.113](https://doi.org/10.1109/TVCG.2009.113), severity 1.
enum ColorVision: CaseIterable {
  case normal, protanopia, deuteranopia, tritanopia

  private var matrix: [[Double]] {
    switch self {
    case .normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .protanopia:
      [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    case .deuteranopia:
      [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    case .tritanopia:
      [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    }
  }

  func callAsFunction(_ color: RGB) -> Lab {
    Lab(
      linear: matrix.map { row in
        min(max(zip(row, color.linear).reduce(0) { $0 + $1.0 * $1.1 }, 0), 1)
      })
  }
}

extension RGB {
  /// Red, green and blue in proportion to the light (IEC 61966-2-1).
  var linear: [Double] {
    [16, 8, 0].map { (shift: UInt32) in
      let level = Double(hex >> shift & 0xFF) / 255
      return level <= 0.04045 ? level / 12.92 : .pow((level + 0.055) / 1.055, 2.4)
    }
  }

  /// From 1, no contrast, to 21 ([WCAG 2.2](https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)).
  func contrast(to other: RGB) -> Double {
    func luminance(_ color: RGB) -> Double {
      zip([0.2126, 0.7152, 0.0722], color.linear).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let pair = [luminance(self), luminance(other)]
    return (pair.max()! + 0.05) / (pair.min()! + 0.05)
  }
}

/// A colour of the space CIE 1976 L*a*b*, for white D65.
struct Lab {
  var lightness: Double
  var a: Double
  var b: Double

  init(_ lightness: Double, _ a: Double, _ b: Double) {
    self.lightness = lightness
    self.a = a
    self.b = b
  }

  init(linear: [Double]) {
    let matrix = [
      [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041],
    ]
    let f = zip(matrix, [0.95047, 1, 1.08883]).map { row, white in
      let t = zip(row, linear).reduce(0) { $0 + $1.0 * $1.1 } / white
      return t > 216.0 / 24389 ? Double.root(t, 3) : (24389.0 / 27 * t + 16) / 116
    }
    self.init(116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2]))
  }

  /// The difference CIEDE2000.
  ///
  /// Source: Sharma, Wu and Dalal, *The CIEDE2000 color-difference formula*, Color Research and Application 30 (2005),
  /// [doi:10.1002/col.20070](https://doi.org/10.1002/col.20070).
  func difference(to other: Lab) -> Double {
    let degrees = Double.pi / 180
    func saturation(_ chroma: Double) -> Double {
      (.pow(chroma, 7) / (.pow(chroma, 7) + .pow(25, 7))).squareRoot()
    }
    let stretch = 1.5 - 0.5 * saturation((Double.hypot(a, b) + .hypot(other.a, other.b)) / 2)
    func polar(_ color: Lab) -> (chroma: Double, hue: Double) {
      let x = color.a * stretch, angle = x == 0 && color.b == 0 ? 0 : Double.atan2(y: color.b, x: x) / degrees
      return (.hypot(x, color.b), angle < 0 ? angle + 360 : angle)
    }
    let one = polar(self), two = polar(other), isGrey = one.chroma * two.chroma == 0
    let gap = two.hue - one.hue
    let turn = isGrey ? 0 : gap > 180 ? gap - 360 : gap < -180 ? gap + 360 : gap
    let sum = one.hue + two.hue
    let hue = isGrey ? sum : abs(gap) <= 180 ? sum / 2 : sum < 360 ? sum / 2 + 180 : sum / 2 - 180
    let chroma = (one.chroma + two.chroma) / 2
    let fromMiddle = (lightness + other.lightness) / 2 - 50
    func cosine(_ angle: Double) -> Double { .cos(angle * degrees) }

    let t =
      1 - 0.17 * cosine(hue - 30) + 0.24 * cosine(2 * hue) + 0.32 * cosine(3 * hue + 6)
      - 0.2 * cosine(4 * hue - 63)
    let light =
      (other.lightness - lightness)
      / (1 + 0.015 * fromMiddle * fromMiddle / (20 + fromMiddle * fromMiddle).squareRoot())
    let colorful = (two.chroma - one.chroma) / (1 + 0.045 * chroma)
    let turned =
      2 * (one.chroma * two.chroma).squareRoot() * .sin(turn / 2 * degrees) / (1 + 0.015 * chroma * t)
    let blue = (hue - 275) / 25
    let rotation = -2 * saturation(chroma) * .sin(60 * .exp(-blue * blue) * degrees)
    return (light * light + colorful * colorful + turned * turned + rotation * colorful * turned).squareRoot()
  }
}

/// A colour of the sRGB space.
struct RGB {
  let hex: UInt32

  init(_ hex: UInt32) { self.hex = hex }

  var css: String {
    let digits = String(hex, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// Returns this colour laid over another one.
  func over(_ other: RGB, opacity: Double) -> RGB {
    var result: UInt32 = 0
    for shift: UInt32 in [16, 8, 0] {
      let mine = Double(hex >> shift & 0xFF), theirs = Double(other.hex >> shift & 0xFF)
      result |= UInt32((mine * opacity + theirs * (1 - opacity)).rounded()) << shift
    }
    return RGB(result)
  }
}

/// The colour of one use, on a light and on a dark background.
struct Tone {
  let light: RGB
  let dark: RGB

  init(_ light: UInt32, _ dark: UInt32) { self.init(light: RGB(light), dark: RGB(dark)) }

  init(light: RGB, dark: RGB) {
    self.light = light
    self.dark = dark
  }
}

/// The colours of all figures.
enum Palette {
  static let background = Tone(0xFFFFFF, 0x14181D)
  static let ink = Tone(0x1F2328, 0xE6EDF3)
  static let secondaryInk = Tone(0x59636E, 0xA3ADB8)
  static let grid = Tone(0xE4E8EC, 0x2B323A)
  static let frame = Tone(0x8C959F, 0x6E7781)
  static let edge = Tone(0x6E7781, 0x8C959F)
  static let leaf = Tone(0xE3EEF9, 0x1C2D40)
  static let leafFrame = Tone(0x4A78A8, 0x6F9BC8)
  static let operation = Tone(0xEEF0F2, 0x2B323A)
  static let result = Tone(0xFFF1CC, 0x40330F)
  static let resultFrame = Tone(0x9A6700, 0xD4A72C)

  static let group = Tone(0xF3EEFA, 0x2C2440)
  static let inside = Tone(0xF6F8FA, 0x1A2027)
  static let active = Tone(0xFFE3D3, 0x4A2510)
  static let activeFrame = Tone(0xC2410C, 0xF2884B)

  /// The colours of graphs, by their names in the page's style sheet.
  static let ofGraphs: KeyValuePairs<String, Tone> = [
    "background": background, "ink": ink, "secondaryInk": secondaryInk, "grid": grid, "frame": frame, "edge": edge,
    "leaf": leaf, "leafFrame": leafFrame, "operation": operation, "result": result, "resultFrame": resultFrame,
    "group": group, "inside": inside, "active": active, "activeFrame": activeFrame,
  ]

  /// The colours of classes and curves, which people with any kind of colour blindness can tell apart (`PaletteTests`
  /// simulates it). Yellow, which is invisible on white, is left out, and grey replaces black. For the dark theme they are
  /// lightened, within 12° of the hue, such that the two most similar ones differ as much as possible.
  ///
  /// Source: Okabe and Ito, [Color Universal Design](https://jfly.uni-koeln.de/color/), 2008.
  static let classes = [
    Tone(0x0072B2, 0x4E8BDB), Tone(0xD55E00, 0xEB7A36), Tone(0x009E73, 0x49BF8E), Tone(0xCC79A7, 0xC28FAF),
    Tone(0xE69F00, 0xFFCC5E), Tone(0x56B4E9, 0xA6D4FE), Tone(0x4D4D4D, 0xD8DCE0),
  ]

  static func `class`(_ index: Int) -> Tone { classes[index % classes.count] }

  /// The colours of scores from the worst to the best, which stands out most from the background. People with any kind of
  /// colour blindness see them in this order, since their lightness changes evenly.
  ///
  /// Source: viridis by van der Walt and Smith, [matplotlib](https://bids.github.io/colormap/), 2015, at seven places.
  static let scores = [
    Tone(0x9AD83C, 0x3E4887), Tone(0x4ABF6D, 0x2F6B8D), Tone(0x249F87, 0x2A9796), Tone(0x287D8E, 0x26AA82),
    Tone(0x375A8C, 0x58C665), Tone(0x45317C, 0xA7DB34), Tone(0x440154, 0xFDE725),
  ]

  /// Returns the ink of a number on the colour of a score.
  static func scoreInk(_ level: Int) -> Tone {
    let dark = background.dark, white = background.light
    return Tone(light: level < 3 ? dark : white, dark: level < 2 ? white : dark)
  }

  /// Returns the colour of a class's region: that of the class, much lighter (or darker in the dark theme).
  static func region(_ index: Int, _ shade: DecisionRegions.Shade) -> Tone {
    let tone = self.class(index), opacity = [0.1, 0.2, 0.32][shade.rawValue]
    return Tone(
      light: tone.light.over(background.light, opacity: opacity),
      dark: tone.dark.over(background.dark, opacity: opacity * 1.1))
  }
}

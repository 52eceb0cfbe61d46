import Foundation
import MicrogradData
import Testing

@testable import MicrogradFigures

@Suite struct PlotTests {
  static let samples = Dataset(
    inputs: [[0, 0], [1, 0.5], [2, 1], [0.5, 2], [1.5, 1.5]], labels: [0, 1, 1, 0, 7])

  @Test func classesDifferByShapeAndColor() throws {
    let parsed = try ParsedSVG(
      Plot.scatter(Self.samples, title: "Samples", classNames: [7: "the seventh"]).svg())
    #expect(parsed.texts.contains("class 0") && parsed.texts.contains("class 1"))
    #expect(parsed.texts.contains("the seventh") && parsed.texts.contains("Samples"))
    #expect(parsed.all("circle").count == 2 + 1, "two samples, one in the legend")
    #expect(
      Set(["marker0", "marker1", "marker2"].map { parsed.styled($0).count }) == [2], "legend and samples")
    #expect(parsed.summary == "5 samples: 2 × class 0, 2 × class 1, 1 × the seventh.")
  }

  /// Inputs that a plane has no room for are not dropped in silence, and can be chosen.
  @Test func ofManyInputsTwoAreDrawn() throws {
    let data = Dataset(inputs: [[0, 1, 2], [3, 5, 4]], labels: [0, 1])
    var plot = Plot.scatter(data, inputs: (0, 2))
    let svg = try ParsedSVG(plot.svg())
    #expect(svg.texts.contains("x1 (2 of 3 inputs are drawn)") && svg.texts.contains("x3"), "\(svg.texts)")
    #expect(svg.summary.hasSuffix("The samples have 3 inputs, two of which are drawn."), "\(svg.summary)")
    #expect(plot.text().contains("x1 (2 of 3 inputs are drawn)"), "\(plot.text())")
    plot.language = .french
    #expect(plot.text().contains("x1 (2 des 3 entrées sont dessinées)"), "\(plot.text())")
    #expect(!Plot.scatter(Self.samples).text().contains("inputs"))
  }

  @Test func manyClassesKeepApart() {
    let looks = Set(
      (0..<42).map { index in
        let style = Style.marker(index)
        var text = ""
        Marker.element(index, at: Point(0, 0), radius: 4, style)
          .write(to: &text, classes: [style: style.className(.light)])
        return text
      })
    #expect(looks.count == 42)
  }

  @Test func samplesAreWhereTheyBelong() throws {
    let data = Dataset(inputs: [[0, 10], [4, 30], [1, 20]], labels: [0, 0, 0])
    let circles = try ParsedSVG(Plot.scatter(data).svg()).all("circle").dropFirst()
    let places = circles.map { (Double($0.attributes["cx"]!)!, Double($0.attributes["cy"]!)!) }
    #expect(places.count == 3)
    #expect(abs((places[2].0 - places[0].0) / (places[1].0 - places[0].0) - 0.25) < 1e-3, "\(places)")
    #expect(abs((places[2].1 - places[0].1) / (places[1].1 - places[0].1) - 0.5) < 1e-3, "\(places)")
    #expect(places[1].0 > places[0].0 && places[1].1 < places[0].1, "to the right and up: \(places)")
  }

  @Test func errorAndAccuracy() throws {
    let plot = Plot.curves(
      [Series("error", values: [0.25, 0.2, 0.1]), Series("accuracy", values: [50, 80, 90], scale: .percent)],
      xLabel: "step")
    let parsed = try ParsedSVG(plot.svg())
    for text in ["error", "accuracy", "step", "0 %", "100 %", "0.25", "0.00"] {
      #expect(parsed.texts.contains(text), "\(text) in \(parsed.texts)")
    }
    let dashes = [0, 1].map { parsed.styled("line\($0)").last?.attributes["stroke-dasharray"] }
    #expect(dashes[0] == nil && dashes[1] != nil)
    #expect(parsed.summary.contains("accuracy: 3 values, from 50 % to 90 %."))
  }

  /// Three curves of three sizes, each at an axis of its own, which do not touch each other.
  @Test func rateAtAnAxisOfItsOwn() throws {
    let plot = Plot.curves(
      [
        Series("error", values: [0.25, 0.1]), Series("accuracy", values: [50, 90], scale: .percent),
        Series("rate", values: [1000, 2000], scale: .right),
      ], rightLabel: "learning rate")
    let parsed = try ParsedSVG(plot.svg())
    for text in ["0.25", "100 %", "2000", "learning rate"] {
      #expect(parsed.texts.contains(text), "\(text) in \(parsed.texts)")
    }
    Self.checkPlaces(parsed, "three axes")
    func places(_ suffix: String, from start: Double) -> [Double] {
      parsed.all("text").filter { $0.text.hasSuffix(suffix) }.compactMap { Double($0.attributes["x"] ?? "") }
        .filter { $0 > start }
    }
    let percent = try #require(places("0 %", from: 0).max()), rate = try #require(places("2000", from: 0).max())
    #expect(rate > percent + Font.normal.width(of: "100 %"), "rate at \(rate), percentages at \(percent)")
    #expect(parsed.summary.contains("rate: 2 values, from 1000 to 2000."))
  }

  @Test func linesAreInterruptedWhereThereIsNoNumber() throws {
    let plot = Plot.curves([Series("a", values: [1, 2, .nan, 3, .infinity, 4, 5])])
    let parsed = try ParsedSVG(plot.svg())
    let path = try #require(parsed.styled("line0").first?.attributes["d"])
    #expect(path.count { $0 == "M" } == 2, "\(path)")
    #expect(parsed.all("circle").count == 1, "the 3 stands alone")
    #expect(parsed.summary.contains("2 points are left out"))
  }

  @Test func frenchWords() throws {
    var plot = Plot.scatter(Dataset(inputs: [[1, 2], [.nan, 0]], labels: [3, 3]))
    plot.language = .french
    let parsed = try ParsedSVG(plot.svg())
    #expect(parsed.title == "Graphique" && parsed.texts.contains("classe 3"))
    #expect(parsed.summary.contains("1 point est omis"), "\(parsed.summary)")
  }

  static let awkward: [(String, Dataset, omitted: Int)] = [
    ("empty", Dataset(inputs: [], labels: []), 0),
    ("one point", Dataset(inputs: [[3, 4]], labels: [0]), 0),
    ("equal points", Dataset(inputs: [[0, 0], [0, 0]], labels: [0, 1]), 0),
    ("not numbers", Dataset(inputs: [[.nan, 0], [1, .infinity], [2, 2]], labels: [0, 1, 0]), 2),
    ("only not numbers", Dataset(inputs: [[.nan, 0]], labels: [0]), 1),
    ("huge", Dataset(inputs: [[-1e300, 1e299], [1e300, 0], [1.7e308, 0]], labels: [0, 1, 0]), 1),
    (
      "tiny",
      Dataset(
        inputs: [[.leastNonzeroMagnitude, -.leastNormalMagnitude / 8], [0, 2e-305]], labels: [0, 1]), 0
    ),
    ("far from 0", Dataset(inputs: [[1e15, 1e15], [1e15 + 1, 1e15 + 2]], labels: [0, 1]), 0),
    ("one input", Dataset(inputs: [[1], [2]], labels: [0, 1]), 0),
    ("no inputs", Dataset(inputs: [[], []], labels: [0, 1]), 2),
    ("odd classes", Dataset(inputs: [[1, 1], [2, 2]], labels: [.min, .max]), 0),
    ("many classes", Dataset(inputs: (0..<90).map { [Double($0), 1] }, labels: Array(0..<90)), 0),
  ]

  @Test(arguments: awkward.indices)
  func awkwardData(_ index: Int) throws {
    let (name, data, omitted) = Self.awkward[index]
    let plots = [
      Plot.scatter(data, title: name),
      Plot.decisionRegions(of: { x, _ in x > 1 ? 1 : 0 }, samples: data, resolution: 7),
    ]
    for plot in plots {
      let parsed = try ParsedSVG(plot.svg())
      let expected =
        omitted == 0 ? "" : omitted == 1 ? "1 point is left out" : "\(omitted) points are left out"
      #expect(parsed.summary.contains("left out") == (omitted > 0), "\(name): \(parsed.summary)")
      #expect(omitted == 0 || parsed.summary.contains(expected), "\(name): \(parsed.summary)")
      Self.checkPlaces(parsed, name)
    }
  }

  @Test(
    arguments: [
      [], [.nan], [7], [0, 0, 0], [-5, -5], [1e300, -1e300], [.leastNonzeroMagnitude, 0], [1e12, 1e12 + 1],
    ] as [[Double]])
  func awkwardCurves(_ values: [Double]) throws {
    for scale in Series.Scale.allCases {
      let plot = Plot.curves(
        [Series(String(repeating: "name ", count: 40), values: values, scale: scale)], xLabel: "x")
      Self.checkPlaces(try ParsedSVG(plot.svg()), "\(values)")
    }
  }

  @Test func sizesThatAreNone() throws {
    for size in [-1, 0, 1, .nan, .infinity, 4000] {
      var plot = Plot.scatter(Self.samples, title: "A title of several words")
      (plot.width, plot.height) = (size, size)
      Self.checkPlaces(try ParsedSVG(plot.svg()), "\(size)")
    }
  }

  /// All that has a place is inside of the picture.
  static func checkPlaces(_ parsed: ParsedSVG, _ name: String) {
    let size = parsed.elements[0].attributes["viewBox"]!.split(separator: " ").map { Double($0)! }
    for element in parsed.elements {
      for (keys, limit) in [(["x", "cx", "x1", "x2"], size[2]), (["y", "cy", "y1", "y2"], size[3])] {
        for key in keys {
          guard let text = element.attributes[key] else { continue }
          let value = Double(text)
          #expect(
            value.map { $0 >= -0.01 && $0 <= limit + 0.01 } ?? false,
            "\(name): \(element.name) \(key)=\(text)")
        }
      }
    }
  }

  @Test func numbersAtTheAxisDoNotOverlap() throws {
    for exponent in stride(from: -20, through: 20, by: 1) {
      for offset in [0, 1, 12345.678] {
        let unit = Double("1e\(exponent)")!
        let data = Dataset(inputs: [[offset * unit, 0], [(offset + 0.01) * unit, 1]], labels: [0, 0])
        let content = PlotContent([.samples(data)])
        let frame = PlotFrame(
          content, size: Size(width: 320, height: 240), title: "", legend: [],
          labels: PlotLabels())
        let widths = frame.xTicks.labels.map(Font.normal.width),
          places = frame.xTicks.values.map { frame.x($0) }
        for index in places.indices.dropFirst() {
          let gap = places[index] - places[index - 1] - (widths[index] + widths[index - 1]) / 2
          #expect(gap > 4, "\(frame.xTicks.labels)")
        }
      }
    }
  }
}

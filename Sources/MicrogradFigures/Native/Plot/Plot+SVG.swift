import MicrogradEngine
import MicrogradGraph
import MicrogradLanguage

extension Plot {
  /// Returns the picture as SVG.
  public func svg(theme: Theme) -> String {
    let content = PlotContent(layers), drawing = PlotDrawing(self, content)
    return drawing.document(content.items.flatMap(drawing.elements), description: summary(content)).text(theme: theme)
  }

  func labels(_ content: PlotContent) -> PlotLabels {
    func names(_ scale: Series.Scale) -> String { content.curves(scale).map(\.name).joined(separator: ", ") }
    return PlotLabels(
      x: [xLabel, inputNote(content)].filter { !$0.isEmpty }.joined(separator: " "),
      left: yLabel.isEmpty ? names(.left) : yLabel,
      percent: percentLabel.isEmpty ? names(.percent) : percentLabel,
      right: rightLabel.isEmpty ? names(.right) : rightLabel)
  }

  /// Returns a note if the samples have more inputs than the plane shows, and otherwise an empty text.
  private func inputNote(_ content: PlotContent) -> String {
    guard content.inputCount > 2 else { return "" }
    return Localized(
      en: "(2 of \(content.inputCount) inputs are drawn)", fr: "(2 des \(content.inputCount) entrées sont dessinées)"
    )(in: language)
  }

  func className(_ label: Int) -> String {
    classNames[label] ?? Localized(en: "class \(label)", fr: "classe \(label)")(in: language)
  }

  /// Returns the classes, if there are any, and the curves, unless a single curve is all that there is.
  func legend(_ content: PlotContent) -> [Legend.Entry] {
    let classes = content.classes.enumerated().map { index, label in
      Legend.Entry(name: className(label), sign: .marker(index, shades: content.shades(of: label)))
    }
    let curves = content.items.compactMap { item -> Legend.Entry? in
      guard case .curve(let series, let index, _) = item else { return nil }
      return .init(name: series.name, sign: .line(index))
    }
    return classes + (classes.count + curves.count > 1 ? curves : [])
  }
}

/// The colours of figures as variables of a page's style sheet.
package enum PageColors {
  /// The variables of graphs: `--ink`, `--background` and others.
  package static var ofGraphs: String { rules(Array(Palette.ofGraphs)) }

  /// The variables of graphs, and those of classes and curves: `--class0` and its region `--region0`, and so on.
  package static var ofPlots: String {
    let classes = Palette.classes.indices.flatMap { index in
      [("class\(index)", Palette.class(index)), ("region\(index)", Palette.region(index, .medium))]
    }
    return rules(Palette.ofGraphs.map { ($0.key, $0.value) } + classes)
  }

  private static func rules(_ tones: [(key: String, value: Tone)]) -> String {
    func declarations(_ choose: (Tone) -> RGB) -> String {
      tones.map { "--\($0.key): \(choose($0.value).css);" }.joined(separator: " ")
    }
    return """
      :root { color-scheme: light dark; \(declarations(\.light)) }
      @media (prefers-color-scheme: dark) { :root { \(declarations(\.dark)) } }

      """
  }
}

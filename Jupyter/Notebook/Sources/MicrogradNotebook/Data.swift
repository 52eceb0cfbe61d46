public import Micrograd
public import Notebook

extension Table: Displayable {
  /// The first rows.
  public var representations: Representations {
    let counts = [
      Localized.counted(rowCount, en: "row", fr: "ligne"), .counted(columnNames.count, en: "column", fr: "colonne"),
    ]
    let size = counts.map { $0(in: language) }.joined(separator: ", "), texts = columns.map(\.texts)
    return [
      .html: HTMLTable(
        caption: size, headings: columnNames, rows: (0..<rowCount).lazy.map { row in texts.map { $0[row] } }
      ).markup,
      .plainText: "Table: \(size): \(columnNames.joined(separator: ", "))",
    ]
  }
}

extension Dataset: Displayable {
  /// The samples in the plane if they have two features, and otherwise the first of them.
  public var representations: Representations {
    let counts = [
      Localized.counted(count, en: "sample", fr: "échantillon"),
      .counted(featureCount, en: "feature", fr: "variable"),
    ]
    let size = counts.map { $0(in: language) }.joined(separator: ", ")
    var representations: Representations = [.plainText: "Dataset: \(size)"]
    if featureCount == 2 {
      var plot = Plot.scatter(self, title: size)
      plot.language = language
      representations[.svg] = fitted(plot.svg())
    } else {
      representations[.html] =
        HTMLTable(
          caption: size, headings: (0..<featureCount).map { "x\($0 + 1)" } + [words(en: "label", fr: "classe")],
          rows: lazy.map { sample in sample.input.map { "\($0)" } + ["\(sample.label)"] }
        ).markup
    }
    return representations
  }
}

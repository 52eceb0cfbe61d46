public import Micrograd
public import Notebook

extension Table: Displayable {
  /// The first rows.
  public var representations: Representations {
    let size = "\(rows.count) rows, \(columnNames.count) columns"
    return [
      .html: HTMLTable(
        caption: size, headings: columnNames, rows: rows.lazy.map { $0.map { "\($0)" } }
      ).markup,
      .plainText: "Table of \(size): \(columnNames.joined(separator: ", "))",
    ]
  }
}

extension Dataset: Displayable {
  /// The samples in the plane if they have two features, and otherwise the first of them.
  public var representations: Representations {
    let size = "\(count) samples with \(featureCount) features"
    var representations: Representations = [.plainText: "Dataset of \(size)"]
    if featureCount == 2 {
      representations[.svg] = Plot.scatter(self, title: size).svg()
    } else {
      representations[.html] =
        HTMLTable(
          caption: size, headings: (0..<featureCount).map { "x\($0 + 1)" } + ["label"],
          rows: lazy.map { sample in sample.input.map { "\($0)" } + ["\(sample.label)"] }
        ).markup
    }
    return representations
  }
}

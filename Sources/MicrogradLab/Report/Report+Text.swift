public import Micrograd

extension Report {
  /// Returns the report for a terminal: wrapped text, aligned numbers, plots, and the paths of the figures.
  ///
  /// - Parameters:
  ///   - folder: The folder of the figures, or nil if they are not written.
  ///   - isStyled: Whether headings are bold and plots are coloured, by the escape codes of terminals.
  ///   - characters: The characters of plots.
  public func text(figuresIn folder: String?, isStyled: Bool, characters: TextStyle.Characters = .unicode) -> String {
    let style = TextStyle(characters, isColored: isStyled)
    return chapters.map { chapter in
      let heading = "\(chapter.task.number). \(chapter.task.title(in: language))"
      let parts = groups(of: chapter.blocks).map { text($0, figuresIn: folder, style) }.filter { !$0.isEmpty }
      let playground = folder.flatMap { chapter.playground == nil ? nil : "  → \($0)/\(chapter.playgroundFile)" }
      let all = [isStyled ? "\u{1B}[1m\(heading)\u{1B}[0m" : heading] + parts + (playground.map { [$0] } ?? [])
      return all.joined(separator: "\n\n")
    }.joined(separator: "\n\n") + "\n"
  }

  /// Returns the blocks in groups: consecutive results, and consecutive list items, form one group.
  private func groups(of blocks: [Chapter.Block]) -> [[Chapter.Block]] {
    blocks.reduce(into: []) { groups, block in
      if let last = groups.last?.last, last.continues(into: block) {
        groups[groups.count - 1].append(block)
      } else {
        groups.append([block])
      }
    }
  }

  private func text(_ blocks: [Chapter.Block], figuresIn folder: String?, _ style: TextStyle) -> String {
    let width = blocks.map { nameWidth(of: $0) }.max() ?? 0
    return blocks.compactMap { block in
      switch block {
      case .text(let text): wrapped(text.filter { $0 != "`" })
      case .result(let result): "  " + result.name(in: language).padded(to: width) + "  " + result.text
      case .table(let table): aligned(table)
      case .figure(let illustration): text(illustration, in: folder, style)
      }
    }.joined(separator: "\n")
  }

  /// Returns a plot as text, and the path of the file.
  private func text(_ illustration: Chapter.Illustration, in folder: String?, _ style: TextStyle) -> String? {
    let plot = (illustration.figure as? Plot)?.text(columns: 78, rows: 18, style: style)
    let picture = plot?.split(separator: "\n").map { "  \($0)\n" }.joined()
    let path = folder.map { "  → \($0)/\(illustration.name).svg" }
    return picture == nil && path == nil ? nil : (picture ?? "") + (path ?? "")
  }

  private func nameWidth(of block: Chapter.Block) -> Int {
    if case .result(let result) = block { result.name(in: language).count } else { 0 }
  }

  private func wrapped(_ text: String, width: Int = 80) -> String {
    var lines: [String] = [], line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty && line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return (lines + [line]).joined(separator: "\n")
  }

  private func aligned(_ table: Chapter.NamedTable) -> String {
    let lines = [table.headings.map { $0(in: language) }] + table.rows
    let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { cells in
      "  " + zip(cells, widths).map { $0.leftPadded(to: $1) }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}

extension Chapter.Block {
  fileprivate func continues(into next: Chapter.Block) -> Bool {
    switch (self, next) {
    case (.result, .result): true
    case (.figure, .figure(let other)): !(other.figure is Plot)
    case (.text(let item), .text(let other)): item.hasPrefix("•") && other.hasPrefix("•")
    default: false
    }
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
  fileprivate func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}

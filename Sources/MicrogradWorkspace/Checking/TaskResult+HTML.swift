import Foundation
import Micrograd
import MicrogradLab

extension TaskResult {
  /// The limits of a student's figures on a page, so that a browser can open the page of a large class.
  private static let shownBytes = 1 << 20, shownFigures = 6

  /// Returns the feedback as a part of a page.
  func feedbackHTML(in language: Language) -> String {
    feedback(in: language).html
  }

  /// Returns the student's pictures as images, in which no script runs and which load nothing.
  func figuresHTML(in language: Language) -> String {
    let shown = figures.filter { $0.utf8.count <= Self.shownBytes }.prefix(Self.shownFigures)
    var parts = shown.enumerated().map { index, svg in
      let alternative = "Figure \(index + 1), \(exercise.title(in: language))"
      return """
        <figure><img alt="\(alternative.escaped)" src="data:image/svg+xml;base64,\(Data(svg.utf8).base64EncodedString())">\
        </figure>
        """
    }
    if shown.count < figures.count {
      let rest = Localized.counted(figures.count - shown.count, en: "figure", fr: "figure")(in: language)
      parts.append(
        "<p class=\"remark\">\(Localized(en: "Not shown: \(rest).", fr: "Sans affichage : \(rest).")(in: language))</p>"
      )
    }
    return parts.joined(separator: "\n")
  }
}

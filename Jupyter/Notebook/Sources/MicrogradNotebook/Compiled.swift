public import Micrograd
public import Notebook

// A notebook shows the layers that the compiler has found in a program, and the curves of a training.

extension Program: Displayable {
  /// The number of lines up to which code is shown.
  static let shownLines = 200

  /// The layers found in the recorded graph, and the code of one sample, which can be unfolded.
  public var representations: Representations {
    var markup = "<p>\(escaped(summary(in: language)))</p>"
    if let code = dump(after: .dense), code.utf8.count(where: { $0 == UInt8(ascii: "\n") }) <= Self.shownLines {
      markup +=
        "<details><summary>\(words(en: "The code of one sample", fr: "Le code d'un échantillon"))</summary><pre>\(escaped(code))</pre></details>"
    }
    return [.html: markup, .plainText: description]
  }
}

extension History: Displayable {
  /// The curves of loss and accuracy, and the last epoch in words.
  public var representations: Representations {
    var representations: Representations = [.plainText: description]
    if epochs.count > 1 { representations[.svg] = fitted(Plot.curves(self, language: language).svg()) }
    return representations
  }
}

extension Feedback {
  /// The text as a part of a page (``HTMLPage``). Facts that follow each other are one list, whose columns are aligned.
  package var html: String {
    paragraphs.map(\.html).joined(separator: "\n").replacing("</dl>\n<dl>", with: "\n")
  }
}

extension Feedback.Paragraph {
  fileprivate var html: String {
    switch self {
    case .prose(let text): "<p>\(text.prose)</p>"
    case .question(let text): "<p class=\"question\">\(text.prose)</p>"
    case .fact(let name, let value): "<dl><dt>\(name.escaped)</dt><dd>\(value.escaped)</dd></dl>"
    case .code(let text): "<pre class=\"scrolls\" tabindex=\"0\">\(text.escaped)</pre>"
    }
  }
}

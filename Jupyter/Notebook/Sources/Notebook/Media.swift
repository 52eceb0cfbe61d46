/// A part of an HTML page, to be shown as such.
public struct HTML: Displayable, Sendable {
  /// The markup.
  public var markup: String
  /// Creates it from its markup.
  public init(_ markup: String) { self.markup = markup }
  /// The markup.
  public var representations: Representations { [.html: markup] }
}

/// Text in Markdown, to be shown as such.
public struct Markdown: Displayable, Sendable {
  /// The text.
  public var text: String
  /// Creates it from its text.
  public init(_ text: String) { self.text = text }
  /// The text, which can be read as it is too.
  public var representations: Representations { [.markdown: text, .plainText: text] }
}

/// A formula in LaTeX, without delimiters.
public struct LaTeX: Displayable, Sendable {
  /// The formula.
  public var formula: String
  /// Creates it from its formula.
  public init(_ formula: String) { self.formula = formula }
  /// The formula on a line of its own.
  public var representations: Representations { [.latex: "$$\(formula)$$", .plainText: formula] }
}

/// A drawing in SVG.
public struct SVG: Displayable, Sendable {
  /// The SVG.
  public var markup: String
  /// Creates it from its text.
  public init(_ markup: String) { self.markup = markup }
  /// The drawing.
  public var representations: Representations { [.svg: markup, .plainText: "SVG"] }
}

/// A picture in a format of pixels.
public struct Image: Displayable, Sendable {
  /// The bytes of the file.
  public var bytes: [UInt8]
  /// The format.
  public var type: MIMEType
  /// Creates it from the bytes of a file.
  public init(_ bytes: some Sequence<UInt8>, type: MIMEType = .png) {
    self.bytes = Array(bytes)
    self.type = type
  }
  /// The picture.
  public var representations: Representations {
    var representations: Representations = [.plainText: "Image (\(type.rawValue), \(bytes.count) bytes)"]
    representations.add(bytes, as: type)
    return representations
  }
}

public import Micrograd
public import Notebook

// Figures show themselves as SVG, and as their titles where there are no pictures.

extension Displayable where Self: Figure {
  /// The picture, and its title for front ends without pictures.
  public var representations: Representations {
    [.svg: fitted(svg()), .plainText: title.isEmpty ? "\(Self.self)" : "\(Self.self): \(title)"]
  }
}

extension GraphFigure: Displayable {}
extension Plot: Displayable {}
extension RegionsAnimation: Displayable {}

extension DecisionRegions: Displayable {
  /// The regions as a picture.
  public var representations: Representations {
    var representations = Plot(layers: [.regions(self)]).representations
    representations[.plainText] = "DecisionRegions of the classes \(classes.map(String.init).joined(separator: ", "))"
    return representations
  }
}

extension ComputationGraph: Displayable {
  /// The largest graph that is drawn without being asked: beyond, nobody can read it.
  static let drawnNodes = 150

  /// The number of its nodes, and, if people can read it, the graph as a picture.
  public var representations: Representations {
    var representations: Representations = [.plainText: "ComputationGraph of \(nodes.count) nodes"]
    if (2...Self.drawnNodes).contains(nodes.count) { representations[.svg] = fitted(GraphFigure(self).svg()) }
    return representations
  }
}

extension Value: Displayable {
  /// The number and its gradient, and, if people can read it, the graph behind it as a picture.
  public var representations: Representations {
    var representations = graph().representations
    representations[.plainText] = description
    return representations
  }
}

/// The width that a notebook has for a picture, in pixels.
private let pageWidth = 840.0

/// A picture that is somewhat too wide for a notebook, made narrower; wider ones are better scrolled than too small to read.
func fitted(_ svg: String) -> String {
  guard let size = svg.firstMatch(of: #/width="([0-9.]+)" height="([0-9.]+)"/#),
    let width = Double(size.1), let height = Double(size.2), width > pageWidth, width < 1.6 * pageWidth
  else { return svg }
  let scaled = "width=\"\(pageWidth)\" height=\"\((height * pageWidth / width).rounded())\""
  var svg = svg
  svg.replaceSubrange(size.range, with: scaled)
  return svg
}

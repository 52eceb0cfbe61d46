public import Micrograd
public import Notebook

// Figures are shown as SVG, or as their titles by front ends without pictures.

extension Displayable where Self: Figure {
  /// The picture, and its title for front ends without pictures.
  public var representations: Representations {
    [.svg: fitted(svg()), .plainText: title.isEmpty ? "\(Self.self)" : "\(Self.self): \(title)"]
  }
}

extension AttentionFigure: Displayable {}
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
  /// The number of nodes up to which a graph is drawn. Larger ones cannot be read.
  static let drawnNodes = 150

  /// The number of its nodes, and, if people can read it, the graph as a picture.
  public var representations: Representations {
    var representations: Representations = [.plainText: "ComputationGraph of \(nodes.count) nodes"]
    if (2...Self.drawnNodes).contains(nodes.count) {
      representations[.svg] = fitted(GraphFigure(self, language: language).svg())
    }
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

/// Returns a picture that is never wider than the notebook: larger ones are scaled down, and nothing is cut off.
func fitted(_ svg: String) -> String {
  svg.hasPrefix("<svg ") ? "<svg style=\"max-width: 100%; height: auto\" " + svg.dropFirst("<svg ".count) : svg
}

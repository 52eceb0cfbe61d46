public import Micrograd
public import Notebook

// Figures show themselves as SVG, and as their titles where there are no pictures.

extension Displayable where Self: Figure {
  /// The picture, and its title for front ends without pictures.
  public var representations: Representations {
    [.svg: svg(), .plainText: title.isEmpty ? "\(Self.self)" : "\(Self.self): \(title)"]
  }
}

extension GraphFigure: Displayable {}
extension Plot: Displayable {}

extension ComputationGraph: Displayable {
  /// The largest graph that is drawn without being asked: beyond, nobody can read it.
  static let drawnNodes = 150

  /// The number of its nodes, and, if people can read it, the graph as a picture.
  public var representations: Representations {
    var representations: Representations = [.plainText: "ComputationGraph of \(nodes.count) nodes"]
    if (2...Self.drawnNodes).contains(nodes.count) { representations[.svg] = GraphFigure(self).svg() }
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

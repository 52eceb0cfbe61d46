public import Micrograd

/// A type that functions of a solution may return.
public protocol Reportable: ValueHolder {
  /// Reports what can be compared, and what can be shown.
  func report(as name: String, to answer: inout Answer)
  /// The value from which `backward()` can start, if there is one.
  var root: Value? { get }
}

extension Reportable {
  /// None.
  public var root: Value? { nil }
}

extension Double: Reportable {
  /// Reports the number.
  public func report(as name: String, to answer: inout Answer) { answer.add(self, as: name) }
}

extension Int: Reportable {
  /// Reports the number as text, since it is exact.
  public func report(as name: String, to answer: inout Answer) { answer.add("\(self)", as: name) }
}

extension Array: Reportable where Element: Reportable {
  /// Reports the count and the elements.
  public func report(as name: String, to answer: inout Answer) {
    count.report(as: "\(name).count", to: &answer)
    for (index, element) in enumerated() { element.report(as: "\(name)[\(index)]", to: &answer) }
  }
}

extension Value: Reportable {
  /// The number of nodes up to which a graph is drawn.
  private static let drawnNodes = 60

  /// Reports number and gradient, and draws a small graph.
  public func report(as name: String, to answer: inout Answer) {
    answer.add(data, as: "\(name).data")
    answer.add(grad, as: "\(name).grad")
    let graph = graph()
    if (4...Self.drawnNodes).contains(graph.nodes.count) { answer.add(figure: GraphFigure(graph).svg(), as: name) }
  }
  /// The value itself.
  public var root: Value? { self }
}

extension MLP: Reportable {
  /// Reports the description, the parameters and their gradients.
  public func report(as name: String, to answer: inout Answer) {
    answer.add(description, as: "\(name).description")
    reportState(as: name, to: &answer)
  }
}

extension Neuron: Reportable {
  /// Reports the description and the parameters.
  public func report(as name: String, to answer: inout Answer) {
    answer.add(description, as: "\(name).description")
    for (index, parameter) in parameters.enumerated() {
      parameter.report(as: "\(name).parameters[\(index)]", to: &answer)
    }
  }
  /// The parameters.
  public var heldValues: [Value] { parameters }
}

extension Dataset: Reportable {
  /// Reports the inputs and the labels.
  public func report(as name: String, to answer: inout Answer) {
    inputs.report(as: "\(name).inputs", to: &answer)
    labels.report(as: "\(name).labels", to: &answer)
  }
}

extension Plot: Reportable {
  /// Reports the number of samples of each class and the classes of regions, and draws the plot.
  public func report(as name: String, to answer: inout Answer) {
    for layer in layers { layer.report(as: name, to: &answer) }
    answer.add(figure: svg(), as: name)
  }
}

extension Plot.Layer: Reportable {
  /// Reports what it shows, if it shows samples or regions.
  public func report(as name: String, to answer: inout Answer) {
    switch self {
    case .samples(let data, _):
      for label in Set(data.labels).sorted() {
        data.labels.count { $0 == label }.report(as: "\(name).samples[\(label)]", to: &answer)
      }
    case .regions(let regions): regions.classes.report(as: "\(name).regions", to: &answer)
    case .curve: break
    }
  }
}

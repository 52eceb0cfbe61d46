import MicrogradEngine
import MicrogradGraph
import MicrogradJSON
import MicrogradLanguage
import MicrogradRequirement

/// The picture and the words of a session, for a page.
///
/// A moment is an object of `step` and `steps`, the number of the step and of all of them; `stop`, the index of the box of
/// the step, or -1; `progress` and `sentence`, texts; and `lines`, a list of texts. Its three buffers are indices: of the
/// boxes of the step, of other boxes that hold its operands, and of the lines that it goes along.
///
/// A picture comes with its moment, and with two buffers more at the end, the boxes and the lines. A box is ``boxLength``
/// numbers: its kind (``Kind``), its value or group, x, y, width and height, and for values the width of the operation and
/// of the name. A line is a 1 for an edge, which ends in an arrow, or a 0; the count of its points, and x and y of each.
/// The member `picture` is an object of `width` and `height`; `first`, the indices of the box of the first step, and of those
/// of its operands that are values; `groups`, for each group that is visible, open or closed, the
/// index of its box, the title and the words on its contents; `leaves`, for each visible leaf, the node, the name and the
/// number; and `more`, a text on the leaves that are left out, or null.
final class SteppingAnswer {
  private static let mostLeaves = 100

  private let session: SteppingSession
  private let now: SteppingMoment

  init(_ session: SteppingSession) {
    self.session = session
    now = SteppingMoment(session)
  }

  /// The kinds of boxes, as stepper-picture.js has them.
  private enum Kind: Int {
    case leaf, computed, result, sign, closedGroup, openGroup
  }

  // MARK: Moments

  var moment: Reply { Reply(.object([("moment", words)]), buffers: marks) }

  private var words: JSON {
    let (sentence, lines) = now.words
    return .object([
      ("step", .integer(session.step)), ("steps", .integer(session.stepCount)),
      ("stop", .integer(session.stop?.box ?? -1)), ("progress", .text(now.progress)), ("sentence", .text(sentence)),
      ("lines", .texts(lines)),
    ])
  }

  private var marks: [[Double]] {
    let (active, touched, lines) = now.marks
    return [active, touched, lines].map { indices in indices.map { Double($0) } }
  }

  // MARK: Pictures

  /// Returns the picture and the moment, and before them some members of the caller's own.
  func picture(_ members: [(String, JSON)] = []) -> Reply {
    let visible = session.visible, leaves = session.leaves
    let shown = leaves.prefix(Self.mostLeaves), rest = leaves.count - shown.count
    let picture: [(String, JSON)] = [
      ("width", .number(visible.size.width)), ("height", .number(visible.size.height)),
      ("first", .integers(firstBoxes)), ("groups", .array(groups)), ("leaves", .array(shown.map(leaf))),
      ("more", rest > 0 ? .text(Phrase.more.filled(session.language, ["count": "\(rest)"])) : .null),
    ]
    return Reply(
      .object(members + [("picture", .object(picture)), ("moment", words)]), buffers: marks + [boxes, lines])
  }

  private func leaf(_ id: Int) -> JSON {
    let node = session.graph.nodes[id]
    return .array([.integer(id), .text(node.name), .number(node.data)])
  }

  private var groups: [JSON] {
    session.visible.boxes.enumerated().compactMap { index, box in
      guard case .group(let id) = box.item else { return nil }
      return .array([
        .integer(index), .text(session.name(of: box.item)),
        .text(session.outline.groups[id].contents(in: session.language)),
      ])
    }
  }

  private var firstBoxes: [Int] {
    let boxes = session.visible.boxes
    guard let first = session.visible.stops.first else { return [] }
    let operands = Set(session.graph.operands(of: boxes[first].nodes))
    return [first]
      + boxes.indices.filter { if case .node(let id) = boxes[$0].item { operands.contains(id) } else { false } }
  }

  private var boxes: [Double] {
    var numbers: [Double] = []
    numbers.reserveCapacity(8 * session.visible.boxes.count)
    for box in session.visible.boxes {
      let (kind, id) = kind(of: box), frame = box.frame
      var widths = (operation: 0.0, name: 0.0)
      if case .node(let id) = box.item { widths = session.widths(of: id) }
      numbers += [
        Double(kind.rawValue), Double(id), frame.x, frame.y, frame.width, frame.height, widths.operation, widths.name,
      ]
    }
    return numbers
  }

  private func kind(of box: VisibleGraph.Box) -> (Kind, id: Int) {
    switch box.item {
    case .nodeOutside(let id), .groupOutside(let id): (.sign, id)
    case .group(let id): (box.isOpen ? .openGroup : .closedGroup, id)
    case .node(let id):
      (id == session.graph.nodes.count - 1 ? .result : session.graph.nodes[id].isLeaf ? .leaf : .computed, id)
    }
  }

  private var lines: [Double] {
    var numbers: [Double] = []
    for line in session.visible.lines {
      numbers.append(line.edge == nil ? 0 : 1)
      numbers.append(Double(line.points.count))
      for point in line.points {
        numbers.append(point.x)
        numbers.append(point.y)
      }
    }
    return numbers
  }

  // MARK: Texts

  /// Returns the texts of boxes: of a value its name, its operation's sign, its data and gradient, and all of their digits;
  /// of others the name.
  func texts(_ boxes: [Int]) -> Reply {
    let visible = session.visible.boxes
    let texts = boxes.filter { visible.indices.contains($0) }.map { index -> JSON in
      guard case .node(let id) = visible[index].item else { return .texts([session.name(of: visible[index].item)]) }
      let node = session.graph.nodes[id], data = now.data(of: id), grad = now.gradient(of: id)
      return .texts([
        node.name, node.symbol, "data \(data?.inFigure ?? "·")", "grad \(grad?.inFigure ?? "·")",
        "\(node.name): data \(data?.text ?? "·"), grad \(grad?.text ?? "·")",
      ])
    }
    return Reply(.object([("texts", .array(texts))]))
  }
}

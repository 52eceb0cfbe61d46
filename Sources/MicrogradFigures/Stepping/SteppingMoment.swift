import MicrogradEngine
import MicrogradGraph
import MicrogradLanguage

/// The state after some steps of a walk: the known values and gradients, the subject of the last step, and its words.
final class SteppingMoment {
  private static let mostOperands = 12

  private let session: SteppingSession
  /// The box of the step that was just taken; nil at the beginning.
  private let stop: SteppingSession.Stop?
  private let range: Range<Int>
  private let pass: BackwardPass?

  /// - Complexity: Linear in the nodes and edges.
  init(_ session: SteppingSession) {
    self.session = session
    stop = session.stop
    range = stop.map { session.visible.boxes[$0.box].nodes } ?? 0..<0
    if stop?.direction == .backward {
      var pass = BackwardPass(session.graph)
      pass.visit(range.lowerBound..<session.graph.nodes.count)
      self.pass = pass
    } else {
      pass = nil
    }
  }

  // MARK: Numbers

  /// The number of a node; nil if it has not been computed yet.
  func data(of id: Int) -> Double? {
    let node = session.graph.nodes[id], isKnown = node.isLeaf || pass != nil || id < range.upperBound
    return isKnown ? node.data : nil
  }

  /// The gradient of a node so far; nil if nothing has arrived.
  func gradient(of id: Int) -> Double? {
    guard let pass, pass.isReached[id] else { return nil }
    return pass.gradients[id]
  }

  // MARK: Marks

  /// The boxes of the step, the other boxes that hold its operands, and the lines that it goes along, by their indices.
  var marks: (active: [Int], touched: [Int], lines: [Int]) {
    // The count of operands before each node: those in a range take one subtraction.
    var counts = Array(repeating: 0, count: session.graph.nodes.count + 1)
    for operand in session.graph.operands(of: range) { counts[operand + 1] = 1 }
    for id in counts.indices.dropFirst() { counts[id] += counts[id - 1] }
    func isTouched(_ nodes: Range<Int>) -> Bool { counts[nodes.upperBound] > counts[nodes.lowerBound] }

    let boxes = session.visible.boxes, lines = session.visible.lines
    var active: [Int] = [], touched: [Int] = []
    for (index, box) in boxes.enumerated() where !box.isOpen {
      if !box.item.isOutside, box.nodes.overlaps(range) {
        active.append(index)
      } else if isTouched(box.nodes) {
        touched.append(index)
      }
    }
    let taken = lines.indices.filter { index in
      lines[index].edge.map { $0.to.overlaps(range) && isTouched($0.from) } ?? false
    }
    return (active, touched, taken)
  }

  // MARK: Words

  /// The number of the step, and the pass: `Step 3 of 12: forward`.
  var progress: String {
    let language = session.language
    let place = Phrase.progress.filled(
      language, ["step": "\(session.step)", "total": "\(session.stepCount)"])
    guard let stop else { return place }
    let direction = stop.direction == .forward ? Phrase.forward : .backward
    return place + Phrase.colon.filled(language) + direction.filled(language)
  }

  /// The sentence and the lines of arithmetic of the step.
  var words: (sentence: String, lines: [String]) {
    var (sentence, lines) = wordsOfStep
    if stop != nil, session.step == session.stepCount {
      sentence += (sentence.isEmpty ? "" : " ") + Phrase.done.filled(session.language)
    }
    return (sentence, lines)
  }

  private var wordsOfStep: (sentence: String, lines: [String]) {
    guard let stop else { return (Phrase.start.filled(session.language), []) }
    guard case .node(let id) = session.visible.boxes[stop.box].item else { return wordsOfGroup(stop) }
    let narration = Narration(session.graph, in: session.language), step = step(id, stop.direction)
    return (narration.sentence(step), narration.arithmetic(step))
  }

  private func step(_ id: Int, _ direction: Explanation.Step.Direction) -> Explanation.Step {
    guard direction == .backward else { return Explanation.forward(id, in: session.graph) }
    var before = BackwardPass(session.graph)
    before.visit(id + 1..<session.graph.nodes.count)
    return before.step(id)
  }

  private func wordsOfGroup(_ stop: SteppingSession.Stop) -> (sentence: String, lines: [String]) {
    let language = session.language, nodes = session.graph.nodes
    let count = range.count { !nodes[$0].isLeaf }
    let sentence =
      session.name(of: session.visible.boxes[stop.box].item) + Phrase.colon.filled(language)
      + Phrase.inside.filled(language, ["count": "\(count)"])
    guard stop.direction == .backward else { return (sentence, []) }
    let operands = session.graph.operands(of: range)
    var lines = operands.prefix(Self.mostOperands).map { id in
      Phrase.hands.filled(language, ["name": nodes[id].name, "number": (gradient(of: id) ?? 0).inStep])
    }
    if operands.count > lines.count {
      lines.append(Phrase.more.filled(language, ["count": "\(operands.count - lines.count)"]))
    }
    return (sentence, lines)
  }
}

extension ComputationGraph {
  /// Returns the nodes before a range that are used inside, each once.
  func operands(of range: Range<Int>) -> [Int] {
    var seen: Set<Int> = [], operands: [Int] = []
    for id in range {
      for operand in nodes[id].operands where operand < range.lowerBound {
        if seen.insert(operand).inserted { operands.append(operand) }
      }
    }
    return operands
  }
}

import CMicrogradKernels
import MicrogradEngine

extension MachineCode {
  /// The instructions as text: `m8` is element 8 of the memory, `d8` that of the block's data; a row begins there.
  var listing: String {
    let sections = [("once", prologue), ("each block", block), ("at the end", epilogue)]
    return sections.filter { !$0.1.isEmpty }.map { name, list in
      "\(name):\n" + list.map { "  \(text(of: $0))" }.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private func text(of instruction: MGInstruction) -> String {
    let flags = Flags(rawValue: instruction.flags), function = instruction.name
    let a = location(instruction.a), b = location(instruction.b), d = location(instruction.d),
      y = location(instruction.y)
    let size = "\(instruction.rows)×\(instruction.inner)" + positions(instruction)
    let target = "\(location(instruction.c)) \(flags.contains(.accumulates) ? "+=" : "=")"
    switch instruction.kind {
    case .map, .tableMap: return "\(target) \(function) \(joined(a, b))" + rows(instruction)
    case .vjpLeft, .tableVjpLeft:
      return "\(target) vjp \(function) left \(d) with \(joined(a, b, y))" + rows(instruction)
    case .vjpRight, .tableVjpRight:
      return "\(target) vjp \(function) right \(d) with \(joined(a, b, y))" + rows(instruction)
    case .sum: return "\(target) \(sum(instruction))" + rows(instruction)
    case .maximum: return "\(target) maximum of \(operands(instruction))" + rows(instruction)
    case .reduce: return "\(target) reduction of \(factor(instruction.x))\(product(a, b, d))" + rows(instruction)
    case .dense:
      return "\(target) dense \(size)\(flags.contains(.relu) ? " relu" : ""), weights \(a), inputs \(b)\(biases(y))"
    case .denseInputs:
      let mask = flags.contains(.masked) ? ", where \(b) is positive" : ""
      return "\(target) dense transposed \(size), weights \(a), gradients \(d)\(mask)"
    case .denseWeights:
      let factors = "gradients \(d) × inputs \(b) over the lanes"
      guard flags.contains(.updates) else { return "\(target) dense weights \(size)\(biases(y)): \(factors)" }
      let decay = instruction.x == 0 ? "" : ", decay \(instruction.x)"
      return "move \(location(instruction.c)) dense weights \(size)\(biases(y)): \(factors)\(decay)"
    case .zero: return "\(target) 0, \(instruction.inner) numbers"
    case .squares: return "\(target) \(factor(instruction.x))sum of squares of \(instruction.inner) numbers at \(a)"
    case .scale: return "\(target) \(factor(instruction.x))\(a), \(instruction.inner) numbers"
    case .move:
      let state = joined(b, d).isEmpty ? "" : ", state \(joined(b, d))"
      return "move \(instruction.inner) numbers at \(location(instruction.c)) by gradients \(a)\(state)"
    case .barrier: return "wait for all threads"
    }
  }

  private func location(_ operand: MGOperand) -> String {
    operand == MGOperand(MG_NONE) ? "" : operand < 0 ? "d\(~operand)" : "m\(operand)"
  }

  private func joined(_ locations: String...) -> String { locations.filter { !$0.isEmpty }.joined(separator: " ") }

  private func product(_ locations: String...) -> String { locations.filter { !$0.isEmpty }.joined(separator: "·") }

  private func factor(_ x: Double) -> String { x == 1 ? "" : "\(x)·" }

  private func biases(_ location: String) -> String { location.isEmpty ? "" : ", biases \(location)" }

  private func rows(_ instruction: MGInstruction) -> String {
    let rows = instruction.rows == 1 ? "" : ", \(instruction.rows) rows"
    return rows + (instruction.times > 1 ? ", \(instruction.times) times" : "")
  }

  private func positions(_ instruction: MGInstruction) -> String {
    instruction.times > 1 ? " at \(instruction.times) positions" : ""
  }

  private func operands(_ instruction: MGInstruction) -> String {
    let first = Int(instruction.inner)
    return terms[first..<first + Int(instruction.terms)].map { location($0.a) }.joined(separator: " ")
  }

  private func sum(_ instruction: MGInstruction) -> String {
    let first = Int(instruction.inner)
    var text = instruction.x == 0 ? "" : "\(instruction.x)"
    for term in terms[first..<first + Int(instruction.terms)] {
      let sign = term.factor < 0 ? (text.isEmpty ? "-" : " - ") : (text.isEmpty ? "" : " + ")
      text += sign + factor(term.factor.magnitude) + product(location(term.a), location(term.b))
    }
    return text
  }
}

extension MGInstruction {
  /// The name of the function.
  fileprivate var name: String {
    switch kind {
    case .tableMap, .tableVjpLeft, .tableVjpRight:
      return Operation(rawValue: function).map { "\($0.name) (no kernel)" } ?? ""
    default:
      let operation = function == Operation.leaf.rawValue ? nil : Operation(rawValue: function)
      return operation?.name ?? "copy"
    }
  }
}

import CMicrogradKernels
import MicrogradEngine

extension Code {
  /// The instructions as text: `m8` is element 8 of the memory, `d8` that of the block's data; a row begins there.
  var listing: String {
    let sections = [("once", prologue), ("each block", block), ("at the end", epilogue)]
    return sections.filter { !$0.1.isEmpty }.map { name, list in
      "\(name):\n" + list.map { "  \(text(of: $0))" }.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private func text(of instruction: MGInstruction) -> String {
    let flags = Flags(rawValue: instruction.flags), function = instruction.name
    let a = place(instruction.a), b = place(instruction.b), d = place(instruction.d), y = place(instruction.y)
    let size = "\(instruction.rows)×\(instruction.inner)"
    let target = "\(place(instruction.c)) \(flags.contains(.accumulates) ? "+=" : "=")"
    switch instruction.kind {
    case .map, .tableMap: return "\(target) \(function) \(joined(a, b))" + rows(instruction)
    case .pullLeft, .tablePullLeft:
      return "\(target) pull \(function) left \(d) with \(joined(a, b, y))" + rows(instruction)
    case .pullRight, .tablePullRight:
      return "\(target) pull \(function) right \(d) with \(joined(a, b, y))" + rows(instruction)
    case .sum: return "\(target) \(sum(instruction))"
    case .reduce: return "\(target) total of \(factor(instruction.x))\(product(a, b, d))" + rows(instruction)
    case .dense:
      return "\(target) dense \(size)\(flags.contains(.relu) ? " relu" : ""), weights \(a), inputs \(b)\(biases(y))"
    case .denseInputs:
      let mask = flags.contains(.masked) ? ", where \(b) is positive" : ""
      return "\(target) dense transposed \(size), weights \(a), gradients \(d)\(mask)"
    case .denseWeights:
      let factors = "gradients \(d) × inputs \(b) over the samples"
      guard flags.contains(.updates) else { return "\(target) dense weights \(size)\(biases(y)): \(factors)" }
      let decay = instruction.x == 0 ? "" : ", decay \(instruction.x)"
      return "move \(place(instruction.c)) dense weights \(size)\(biases(y)): \(factors)\(decay)"
    case .zero: return "\(target) 0, \(instruction.inner) numbers"
    case .squares: return "\(target) \(factor(instruction.x))sum of squares of \(instruction.inner) numbers at \(a)"
    case .scale: return "\(target) \(factor(instruction.x))\(a), \(instruction.inner) numbers"
    case .descend:
      let state = joined(b, d).isEmpty ? "" : ", state \(joined(b, d))"
      return "move \(instruction.inner) numbers at \(place(instruction.c)) by gradients \(a)\(state)"
    case .barrier: return "wait for all threads"
    }
  }

  private func place(_ operand: MGOperand) -> String {
    operand == MGOperand(MG_NONE) ? "" : operand < 0 ? "d\(~operand)" : "m\(operand)"
  }

  private func joined(_ places: String...) -> String { places.filter { !$0.isEmpty }.joined(separator: " ") }

  private func product(_ places: String...) -> String { places.filter { !$0.isEmpty }.joined(separator: "·") }

  private func factor(_ x: Double) -> String { x == 1 ? "" : "\(x)·" }

  private func biases(_ place: String) -> String { place.isEmpty ? "" : ", biases \(place)" }

  private func rows(_ instruction: MGInstruction) -> String {
    instruction.rows == 1 ? "" : ", \(instruction.rows) rows"
  }

  private func sum(_ instruction: MGInstruction) -> String {
    let first = Int(instruction.inner)
    var text = instruction.x == 0 ? "" : "\(instruction.x)"
    for term in terms[first..<first + Int(instruction.rows)] {
      let sign = term.factor < 0 ? (text.isEmpty ? "-" : " - ") : (text.isEmpty ? "" : " + ")
      text += sign + factor(term.factor.magnitude) + product(place(term.a), place(term.b))
    }
    return text
  }
}

extension MGInstruction {
  /// What the function is called.
  fileprivate var name: String {
    switch kind {
    case .tableMap, .tablePullLeft, .tablePullRight:
      return Operation(rawValue: function).map { "\($0.name) (no kernel)" } ?? ""
    default:
      let operation = function == Operation.leaf.rawValue ? nil : Operation(rawValue: function)
      return operation?.name ?? "copy"
    }
  }
}

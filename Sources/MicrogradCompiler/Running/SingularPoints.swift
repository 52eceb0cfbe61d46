import MicrogradEngine

/// The points at which a value that depends on parameters alone, such as 1/p, is not finite or has a derivative that is
/// not.
///
/// In the graph, each sample may compute such a value for itself and has a gradient of its own for it. The program computes
/// it once, with the sum of these gradients. Both give the same while derivatives are finite. Where the derivative of √p is
/// infinite, the gradients 1 and -1 of two samples give NaN in the graph, but their sum is 0 and propagates nothing.
struct SingularPoints {
  private let ir: IR
  /// The nodes that must be computed, in their order.
  private let nodes: [IR.ID]

  init(_ ir: IR) {
    self.ir = ir
    let uses = ir.useCounts()
    var dependsOnParametersAlone = [Bool](repeating: false, count: ir.kinds.count)
    var isNeeded = dependsOnParametersAlone
    for (id, kind) in ir.kinds.enumerated() where uses[id] > 0 {
      switch kind {
      case .constant, .parameter: dependsOnParametersAlone[id] = true
      case .apply, .sum:
        dependsOnParametersAlone[id] = IR.operands(of: kind).allSatisfy { dependsOnParametersAlone[$0] }
      default: break
      }
    }
    for id in ir.kinds.indices.reversed() where dependsOnParametersAlone[id] {
      if case .apply(let operation, _, _) = ir.kinds[id], operation.isSingularSomewhere { isNeeded[id] = true }
      if isNeeded[id] { IR.forEachOperand(of: ir.kinds[id]) { isNeeded[$0] = true } }
    }
    nodes = ir.kinds.indices.filter { isNeeded[$0] }
  }

  /// Whether the parameters are at such a point.
  ///
  /// Complexity: linear in the number of nodes that an operation with singular points depends on. Most programs have none.
  func contains(_ parameters: [Double]) -> Bool {
    guard let last = nodes.last else { return false }
    var numbers = [Double](repeating: 0, count: last + 1)
    for id in nodes {
      switch ir.kinds[id] {
      case .constant(let number): numbers[id] = number.value
      case .parameter(let index): numbers[id] = parameters[index]
      case .sum(let terms, let constant):
        numbers[id] = terms.reduce(constant.value) {
          $0 + $1.factor.value * numbers[$1.a] * ($1.b.map { numbers[$0] } ?? 1)
        }
      case .apply(let operation, let a, let b):
        let x = numbers[a], z = b.map { numbers[$0] } ?? 0, y = operation.value(x, z)
        numbers[id] = y
        if operation.isSingular(x, z, y) { return true }
      default: preconditionFailure("a node that depends on more than parameters")
      }
    }
    return false
  }
}

extension Operation {
  fileprivate func isSingular(_ a: Double, _ b: Double, _ y: Double) -> Bool {
    let parts = parts(of: 1, a, b, y)
    return !(y.isFinite && parts.toA.isFinite && parts.toB?.isFinite ?? true)
  }

  /// Whether the result or a derivative is not finite for some of the numbers that are tried.
  fileprivate var isSingularSomewhere: Bool { Operation.singular.contains(self) }

  private static let singular: Set<Operation> = {
    let right: [Double] = [0, -0.5, 0.5, -1, 1, -2, 2], left = right + [-1000, 1000, -1e300, 1e300]
    return Set(
      allCases.filter { operation in
        left.contains { a in right.contains { b in operation.isSingular(a, b, operation.value(a, b)) } }
      })
  }()
}

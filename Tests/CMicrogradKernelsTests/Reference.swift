import CMicrogradKernels
import MicrogradEngine

/// What each kernel does, by naive loops over the formulas of CMicrogradKernels.h.
extension Scene {
  /// The memory after a step.
  func expected() -> [Double] {
    var reference = Reference(scene: self, memory: memory)
    for i in 0..<blocks {
      reference.offset = i * blockStride
      for instruction in block { reference.carryOut(instruction) }
    }
    reference.offset = 0
    for instruction in epilogue { reference.carryOut(instruction) }
    return reference.memory
  }
}

private struct Reference {
  var scene: Scene
  var memory: [Double]
  /// Where the block's data begin.
  var offset = 0

  func number(_ operand: MGOperand, _ i: Int = 0) -> Double {
    operand >= 0 ? memory[Int(operand) + i] : scene.data[offset + Int(~operand) + i]
  }

  mutating func put(_ x: Double, _ instruction: MGInstruction, _ i: Int) {
    let place = Int(instruction.c) + i
    memory[place] = instruction.has(MGFlagAccumulates) ? memory[place] + x : x
  }

  mutating func carryOut(_ i: MGInstruction) {
    if i.has(MGFlagStepped) { return carryOutStepped(i) }
    // All positions of a layer count as lanes.
    let times = max(Int(i.times), 1), lanes = times == 1 ? scene.lanes : times * scene.stride
    let rows = Int(i.rows), inner = Int(i.inner), stride = times * scene.stride
    switch i.kind {
    case .map, .vjpLeft, .vjpRight, .tableMap, .tableVjpLeft, .tableVjpRight:
      // Uniforms are a vector wide, and lie without gaps.
      for element in 0..<rows * (i.span == .once ? scene.vector : stride)
      where i.span == .once || element % stride < lanes { put(function(i, element), i, element) }
    case .sum:
      for lane in 0..<(i.span == .once ? scene.vector : lanes) { put(sum(i, lane), i, lane) }
    case .maximum: for lane in 0..<lanes { put(greatest(i, lane), i, lane) }
    case .reduce:
      for row in 0..<rows { put(i.x * (0..<lanes).reduce(0) { $0 + product(i, row, $1) }, i, row) }
    case .dense:
      for row in 0..<rows {
        for lane in 0..<lanes {
          let x = (0..<inner).reduce(i.y == none ? 0 : number(i.y, row)) {
            $0 + number(i.a, row * inner + $1) * number(i.b, $1 * stride + lane)
          }
          put(i.has(MGFlagRelu) ? max(x, 0) : x, i, row * stride + lane)
        }
      }
    case .denseInputs:
      for k in 0..<inner * stride where k % stride < lanes {
        let x = (0..<rows).reduce(0) {
          $0 + number(i.a, $1 * inner + k / stride) * number(i.d, $1 * stride + k % stride)
        }
        put(i.has(MGFlagMasked) && number(i.b, k) <= 0 ? 0 : x, i, k)
      }
    case .denseWeights:
      for row in 0..<rows {
        for k in 0..<inner {
          let x = (0..<lanes).reduce(0) { sum, lane in
            let d = number(i.d, row * stride + lane)
            return d == 0 ? sum : sum + d * number(i.b, k * stride + lane)
          }
          putWeight(x, i, Int(i.c) + row * inner + k)
        }
        guard i.y != none else { continue }
        putWeight((0..<lanes).reduce(0) { $0 + number(i.d, row * stride + $1) }, i, Int(i.y) + row)
      }
    case .zero: for k in 0..<inner { memory[Int(i.c) + k] = 0 }
    case .squares: put(i.x * (0..<inner).reduce(0) { $0 + number(i.a, $1) * number(i.a, $1) }, i, 0)
    case .scale: for k in 0..<inner { put(i.x * number(i.a, k), i, k) }
    case .move: for k in 0..<inner { move(i, k) }
    case .barrier: break
    }
  }

  /// Row by row, each as an instruction of its own.
  private mutating func carryOutStepped(_ instruction: MGInstruction) {
    for time in 0..<instruction.times {
      for row in 0..<instruction.rows {
        var one = instruction
        func move(_ field: WritableKeyPath<MGInstruction, MGOperand>, _ step: KeyPath<MGSteps, Int32>) {
          guard one[keyPath: field] != none else { return }
          let elements = row * one.row[keyPath: step] + time * one.time[keyPath: step]
          one[keyPath: field] += one[keyPath: field] < 0 ? -elements : elements
        }
        move(\.a, \.a)
        move(\.b, \.b)
        move(\.c, \.c)
        move(\.d, \.d)
        move(\.y, \.y)
        if one.kind == .reduce { one.c = instruction.c + row }
        (one.flags, one.rows) = (one.flags & ~UInt8(MGFlagStepped.rawValue), 1)
        let terms = scene.terms
        for index in terms.indices {
          scene.terms[index].a +=
            (terms[index].a < 0 ? -1 : 1) * (row * terms[index].aRow + time * terms[index].aTime)
          if terms[index].b == none { continue }
          scene.terms[index].b +=
            (terms[index].b < 0 ? -1 : 1) * (row * terms[index].bRow + time * terms[index].bTime)
        }
        one.times = 1
        carryOut(one)
        scene.terms = terms
      }
    }
  }

  private func function(_ i: MGInstruction, _ element: Int) -> Double {
    let b = i.b == none ? 0 : number(i.b, i.has(MGFlagRightUniform) ? 0 : element)
    let a = number(i.a, i.has(MGFlagLeftUniform) ? 0 : element)
    let operation = Operation(rawValue: i.function)!
    if i.kind == .map || i.kind == .tableMap { return operation.value(a, b) }
    let d = number(i.d, element), right = i.kind == .vjpRight || i.kind == .tableVjpRight
    if operation == .leaf { return d }
    return part(operation, of: d, a, b, i.y == none ? 0 : number(i.y, element), right: right)
  }

  private func sum(_ i: MGInstruction, _ lane: Int) -> Double {
    scene.terms[Int(i.inner)..<Int(i.inner + i.terms)].reduce(i.x) { sum, term in
      let a = number(term.a, term.leftUniform ? 0 : lane)
      if term.skipsZeros && a == 0 { return sum }
      return sum + term.factor * a * (term.b == none ? 1 : number(term.b, term.rightUniform ? 0 : lane))
    }
  }

  private func greatest(_ i: MGInstruction, _ lane: Int) -> Double {
    scene.terms[Int(i.inner)..<Int(i.inner + i.terms)].map { number($0.a, lane) }.max()!
  }

  private func product(_ i: MGInstruction, _ row: Int, _ lane: Int) -> Double {
    let a = i.has(MGFlagLeftUniform) ? number(i.a) : number(i.a, row * scene.stride + lane)
    let b = i.b == none ? 1 : number(i.b, i.has(MGFlagRightUniform) ? 0 : lane)
    if (i.has(MGFlagMasked) ? b : a) == 0 { return 0 }
    return a * b * (i.d == none ? 1 : number(i.d, lane))
  }

  private mutating func putWeight(_ x: Double, _ i: MGInstruction, _ place: Int) {
    let rate = scene.optimizer.rate
    memory[place] =
      i.has(MGFlagUpdates)
      ? memory[place] * (1 - rate * i.x) - rate * x : i.has(MGFlagAccumulates) ? memory[place] + x : x
  }

  private mutating func move(_ i: MGInstruction, _ k: Int) {
    let o = scene.optimizer, p = Int(i.c) + k, v = Int(i.b) + k, s = Int(i.d) + k
    var g = number(i.a, k)
    switch o.rule {
    case .sgd: memory[p] -= o.rate * (g + o.decay * memory[p])
    case .momentum:
      g += o.decay * memory[p]
      memory[v] = o.momentum * memory[v] + g
      memory[p] -= o.rate * (o.nesterov ? g + o.momentum * memory[v] : memory[v])
    case .adam:
      if o.decoupled { memory[p] *= 1 - o.rate * o.decay } else { g += o.decay * memory[p] }
      memory[v] = o.beta1 * memory[v] + (1 - o.beta1) * g
      memory[s] = o.beta2 * memory[s] + (1 - o.beta2) * g * g
      memory[p] -=
        o.rate * memory[v] / o.meanCorrection / ((memory[s] / o.squareCorrection).squareRoot() + o.epsilon)
    }
  }
}

// MARK: - Functions

/// The part of a gradient that goes to one operand. A gradient of 0 hands nothing on.
private func part(_ operation: Operation, of d: Double, _ a: Double, _ b: Double, _ y: Double, right: Bool) -> Double
{
  let parts = operation.parts(of: d, a, b, y)
  return d == 0 ? 0 : right ? parts.toB! : parts.toA
}

extension Operation {
  /// Whether its derivative is b·aᵇ⁻¹.
  var subtractsOneFromB: Bool { self == .power || self == .constantPower }

  static let withKernel = allCases.filter { mg_has_kernel($0.rawValue) }

  var isBinary: Bool { partialFormulas.count == 2 }
}

/// The table for functions without a kernel: straight to the engine.
func callTable(
  operation: UInt8, which: UInt8, isDouble: Bool, count: Int32, a: UnsafeRawPointer, strideA: Int32,
  b: UnsafeRawPointer?, strideB: Int32, y: UnsafeRawPointer?, d: UnsafeRawPointer?, c: UnsafeMutableRawPointer,
  accumulates: Bool
) {
  func call<N: BinaryFloatingPoint>(_: N.Type) {
    func number(_ p: UnsafeRawPointer?, _ i: Int) -> Double {
      p.map { Double($0.assumingMemoryBound(to: N.self)[i]) } ?? 0
    }
    let operation = Operation(rawValue: operation)!, result = c.assumingMemoryBound(to: N.self)
    for i in 0..<Int(count) {
      let a = number(a, i * Int(strideA)), b = number(b, i * Int(strideB)), d = number(d, i)
      let x =
        which == 0
        ? operation.value(a, b) : part(operation, of: d, a, b, number(y, i), right: which == 2)
      result[i] = accumulates ? result[i] + N(x) : N(x)
    }
  }
  isDouble ? call(Double.self) : call(Float.self)
}

import CMicrogradKernels
import MicrogradEngine
import MicrogradTestSupport
import Testing

/// Every kernel function's value and derivatives against numbers of 40 digits, in Float and in Double.
@Suite struct AccuracyTests {
  private struct Bounds {
    let value: ErrorBound
    let partials: [ErrorBound]
    init(_ value: ErrorBound, _ partials: ErrorBound...) { (self.value, self.partials) = (value, partials) }
  }

  /// What each function is allowed; nil for what computes nothing.
  private static func bounds(_ function: Operation) -> Bounds? {
    let exact = ErrorBound.ulps(0.5)
    // y·(1 - y) and 1 - y² are off by as much as y is rounded, which shows where y is close to ±1.
    let everywhere = -Double.infinity ... .infinity
    let ofResult = "another exponential function would take as long as the rest of a step of a small net"
    return switch function {
    case .leaf: nil
    case .add, .subtract, .multiply, .maximum, .minimum: Bounds(exact, exact, exact)
    case .divide: Bounds(exact, exact, .ulps(2))
    case .negate, .relu, .leakyReLU, .abs: Bounds(exact, exact)
    case .elu: Bounds(.ulps(4), .ulps(4))
    case .silu:
      Bounds(
        .ulps(4),
        .ulps(8, orOfOne: 0.5, for: -1.5 ... -1.05, since: "the derivative is 0 at -1.28, where its terms cancel"))
    case .softplus: Bounds(.ulps(4), .ulps(4))
    // The rounding of 1 + |a|, squared.
    case .softsign: Bounds(.ulps(1), .ulps(3))
    case .logSigmoid: Bounds(.ulps(4), .ulps(4))
    case .sigmoid: Bounds(.ulps(4), .ulps(4, orOfOne: 1, for: everywhere, since: ofResult))
    case .tanh: Bounds(.ulps(4), .ulps(4, orOfOne: 1, for: everywhere, since: ofResult))
    case .exp: Bounds(.ulps(2), .ulps(0.5))
    case .expMinusOne: Bounds(.ulps(3), .ulps(2))
    case .log: Bounds(.ulps(2), exact)
    case .logOnePlus: Bounds(.ulps(3), .ulps(1))
    case .sqrt: Bounds(exact, .ulps(1))
    case .power: Bounds(.ulps(2), .ulps(3), .ulps(4))
    case .constantPower: Bounds(.ulps(2), .ulps(3))
    case .sin, .cos: Bounds(.ulps(2.5), .ulps(2.5))
    case .arctangent: Bounds(.ulps(2), .ulps(2))
    case .erf: Bounds(.ulps(3), .ulps(3))
    case .erfc: Bounds(.ulps(7), .ulps(3))
    case .gelu:
      Bounds(.ulps(9), .ulps(9, orOfOne: 4, for: -2...0, since: "the terms cancel where the derivative is 0"))
    default: fatalError("no bound for \(function)")
    }
  }

  @Test(arguments: instructionSets, Operation.withKernel) func isWithinItsBound(_ name: String, _ function: Operation)
  {
    guard let bounds = Self.bounds(function) else { return }
    let facts = OperationFact.all["\(function)"] ?? []
    #expect(facts.count >= 6, "\(function) has \(facts.count) facts")
    check(function, facts, bounds, Double.self, name)
    // The rounding of b - 1, which derivatives of powers take, would add up to |log a| units.
    let single = facts.filter {
      Double(Float($0.a)) == $0.a && (!function.subtractsOneFromB || Double(Float($0.b) - 1) == $0.b - 1)
    }
    check(function, single, bounds, Float.self, name)
  }

  private func check<N: BinaryFloatingPoint>(
    _ function: Operation, _ facts: [OperationFact], _ bounds: Bounds, _: N.Type, _ name: String
  ) {
    let kernels = mg_kernels(name)!
    let vector = Int(N.self == Double.self ? kernels.pointee.vectorOfDoubles : kernels.pointee.vectorOfFloats)
    var scene = Scene(vector: vector, vectors: (facts.count + vector - 1) / vector)
    func row(_ number: (OperationFact) -> Double) -> MGOperand {
      var i = 0
      return scene.place(scene.stride) {
        defer { i += 1 }
        return number(facts[i % facts.count])
      }
    }
    let a = row(\.a), b = row(\.b), y = row { Double(N($0.value)) }, d = row { _ in 1 }
    scene.block = [MGInstruction(.map, function: function, a: a, b: b, c: row { _ in 0 })]
    for kind in [MGKind.vjpLeft, .vjpRight].prefix(bounds.partials.count) {
      scene.block.append(MGInstruction(kind, function: function, a: a, b: b, c: row { _ in 0 }, d: d, y: y))
    }
    let got = scene.run(in: N.self, on: kernels)
    let expected = [\OperationFact.value, \.partials[0], \.partials[1]]
    for (instruction, (bound, right)) in zip(scene.block, zip([bounds.value] + bounds.partials, expected)) {
      for (lane, fact) in facts.enumerated() where N(fact[keyPath: right]).isFinite {
        let got = got[Int(instruction.c) + lane], right = fact[keyPath: right]
        #expect(
          bound.holds(got, for: right, at: fact.a),
          """
          \(name) \(N.self) \(instruction.kind) of \(function) at (\(fact.a), \(fact.b)): got \(got), expected \
          \(N(right))
          """)
      }
    }
  }
}

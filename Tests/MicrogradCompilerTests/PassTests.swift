import MicrogradEngine
import MicrogradNetworks
import MicrogradTestSupport
import Testing

@testable import MicrogradCompiler

/// The passes over the code, each by itself.
@Suite struct PassTests {
  private func rolled(_ loss: Value, _ parameters: [Value]) throws -> Rerolling {
    let graph = FlatGraph(of: loss, locating: parameters)
    let sums = FlattenedSums(graph), coloring = try Coloring(sums, parameters: graph.located)
    return try Rerolling(sums, coloring, Lanes(sums, coloring), inputs: [:], declared: 0)
  }

  private func code(_ loss: Value, _ parameters: [Value]) throws -> IR { try rolled(loss, parameters).ir }

  private func count(_ ir: IR, _ isWanted: (IR.Kind) -> Bool) -> Int {
    zip(ir.kinds, ir.useCounts()).filter { $1 > 0 && isWanted($0) }.count
  }

  private func isTanh(_ kind: IR.Kind) -> Bool { if case .apply(.tanh, _, _) = kind { true } else { false } }
  private func isRelu(_ kind: IR.Kind) -> Bool { if case .apply(.relu, _, _) = kind { true } else { false } }

  /// After each pass, the loss and the gradients are still the values' own.
  @Test func noPassChangesANumber() throws {
    let first = newSeed()
    for seed in first..<first + 25 {
      let net = RandomNet(seed: seed), loss = net.record()
      guard let rolled = try? rolled(loss, net.parameters) else { continue }
      let code = rolled.ir, lanes = rolled.sampleOfLane.count
      let numbers = net.parameters.map(\.data), expected = eager(loss, net.parameters)
      let inlined = code.inlined(), dense = inlined.withDenseLayers()
      let stacked = dense.stacked()
      for (name, ir) in [
        ("code", code), ("inlining", inlined), ("dense", dense), ("stacking", stacked), ("fusion", stacked.fused()),
      ] {
        let got = Interpreter(ir, parameters: numbers, lanes: lanes).loss
        expectClose([got], [expected[0]], "loss after \(name), \(net.name)")
      }
      let differentiated = stacked.differentiated(parameters: numbers.count)
      for (name, ir) in [
        ("differentiation of the code", code.differentiated(parameters: numbers.count)),
        ("differentiation", differentiated), ("fusion of both", differentiated.fused()),
      ] {
        let run = Interpreter(ir, parameters: numbers, lanes: lanes)
        expectClose([run.loss] + run.gradients, expected, "after \(name), \(net.name)")
      }
    }
  }

  @Test func gradientsAreCentralDifferences() throws {
    let model = MLP(2, [3, 2], activation: .tanh, output: .sigmoid, seed: 4)
    let loss = (0..<5).map { x in model([Double(x) / 5, 0.3]).map { $0.squared() }.sum() }.mean()
    let dense = try code(loss, model.parameters).inlined().withDenseLayers()
    let numbers = model.parameters.map(\.data)
    let gradients = Interpreter(
      dense.differentiated(parameters: numbers.count), parameters: numbers, lanes: 5
    ).gradients
    for index in numbers.indices {
      let sides = [1e-5, -1e-5].map { step in
        var moved = numbers
        moved[index] += step
        return Interpreter(dense, parameters: moved, lanes: 5).loss
      }
      expectClose([gradients[index]], [(sides[0] - sides[1]) / 2e-5], "parameter \(index)", tolerance: 1e-8)
    }
  }

  // MARK: Folding

  @Test func constantsAreFoldedAndEqualNodesShared() {
    var ir = IR()
    let a = ir.intern(.parameter(0)), two = ir.constant(2)
    #expect(ir.apply(.multiply, two, ir.constant(3)) == ir.constant(6))
    #expect(ir.apply(.add, a, ir.constant(0)) == a)
    #expect(ir.apply(.multiply, a, ir.constant(1)) == a)
    #expect(ir.sum(inAnyOrder: [.init(1, a), .init(1, a)]) == ir.apply(.multiply, a, two))
    #expect(ir.sum(inAnyOrder: [.init(1, a), .init(-1, a)]) == ir.constant(0))
    #expect(ir.sum([.init(1, ir.constant(1)), .init(1, two), .init(1, a)]) == ir.sum([.init(1, a)], constant: 3))
    #expect(ir.sum([.init(1, a), .init(1, two)]) != ir.sum([.init(1, a)], constant: 2))
    #expect(ir.apply(.tanh, a) == ir.apply(.tanh, a))
    #expect(ir.apply(.constantPower, a, two) == ir.apply(.multiply, a, a))
    #expect(ir.apply(.constantPower, a, ir.constant(1)) == a)
    #expect(ir.apply(.divide, a, two) == ir.apply(.multiply, a, ir.constant(0.5)))
    #expect(ir.constant(0) != ir.constant(-0.0))
    #expect(ir.constant(.nan) == ir.constant(.nan))
  }

  // MARK: Inlining and layers

  @Test func neuronsWrittenInAnyWayAreOneLayer() throws {
    let w = (0..<2).map { i in (0..<3).map { Value(Double(i + $0) / 7) } }, b = [Value(0.1), Value(0.2)]
    let parameters = w.flatMap { $0 } + b
    let neurons: [([Value], Value, [Value]) -> Value] = [
      { dot($0, $2, bias: $1) }, { zip($0, $2).map { $0 * $1 }.sum() + $1 },
      { weights, bias, x in zip(weights, x).reduce(bias) { $0 + $1.1 * $1.0 } },
    ]
    for neuron in neurons {
      let loss = (0..<4).map { x in
        let inputs = [Value(x), Value(x * x), Value(1 - x)].map { $0 * 1 }
        return zip(w, b).map { neuron($0, $1, inputs).tanh() }.sum()
      }.mean()
      let dense = try code(loss, parameters).inlined().withDenseLayers()
      #expect(dense.matrices == [IR.Matrix(weights: [[0, 1, 2], [3, 4, 5]], biases: [6, 7])], "\(dense.text)")
    }
  }

  @Test func aParameterIsInOneMatrixOnly() throws {
    let w = (0..<4).map { Value(Double($0) / 5 - 0.3) }
    // A matrix, and its transpose, which stays in sums.
    let loss = (0..<4).map { x in
      let inputs = [Value(x), Value(x * x)]
      let hidden = [dot([w[0], w[1]], inputs).tanh(), dot([w[2], w[3]], inputs).tanh()]
      return dot([w[0], w[2]], hidden).squared() + dot([w[1], w[3]], hidden).squared()
    }.mean()
    let dense = try code(loss, w).inlined().withDenseLayers()
    #expect(dense.matrices == [IR.Matrix(weights: [[0, 1], [2, 3]], biases: nil)], "\(dense.text)")
  }

  // MARK: Fusion and hoisting

  @Test func reluIsPartOfItsLayerIfAllRowsGoThroughIt() throws {
    for (activations, left) in [([Activation.relu, .relu], 0), ([.relu, .tanh], 1)] {
      let neurons = zip(activations, [1.0, 2]).map {
        Neuron(weights: [Value($1), Value(-$1)], bias: 0.5, activation: $0)
      }
      let loss = (0..<4).map { x in
        let inputs = [Value(x), Value(1 - x)]
        return neurons.map { neuron in neuron(inputs) }.sum()
      }.mean()
      let parameters = neurons.flatMap(\.parameters)
      let fused = try code(loss, parameters).inlined().withDenseLayers().fused()
      #expect(count(fused, isRelu) == left, "\(fused.text)")
    }
  }

  @Test func whatDependsOnDataAloneIsAColumn() throws {
    let w = Value(0.5)
    let loss = [1.0, 2, 3].map { x in (w * (Value(x) * x + Value(x).tanh())).exp() }.mean()
    let code = try code(loss, [w]).inlined(), hoisted = code.hoisted()
    #expect(hoisted.columns.count == code.columns.count + 1)
    guard case .derived(let id)? = hoisted.columns.last?.source else {
      Issue.record("\(hoisted.text)")
      return
    }
    let numbers = code.evaluated([id], columns: code.columns.map(\.numbers), samples: 3)[0]
    expectClose(numbers, [1.0, 2, 3].map { $0 * $0 + Value($0).tanh().data }, "x² + tanh x")
    #expect(count(hoisted, isTanh) == 0)
  }

  // MARK: Text

  @Test func theSmallestNetInWords() throws {
    let model = MLP(2, [2, 1], seed: 1)
    let loss = zip([[1.0, 2], [3, 4], [5, 6]], [1.0, -1, 1]).map { hingeLoss(model($0)[0], label: $1) }.mean()
    let program = try Program(loss, parameters: model.parameters)
    let expected = """
      matrix 0: 2 × 2 and biases
      matrix 1: 1 × 2 and biases
      %2· = column 0
      %3· = column 1
      %5· = dense matrix 0 [%2 %3]
      %6· = row 0 of %5
      %7· = relu %6
      %11· = row 1 of %5
      %12· = relu %11
      %16· = dense matrix 1 [%7 %12]
      %17· = row 0 of %16
      %18· = column 2
      %19· = 1.0 - %17·%18
      %20· = relu %19
      %21· = lane mask
      %22 = reduction over the lanes of %21·%20
      %23 = 0.3333333333333333·%22
      loss %23
      """
    let text = program.dump(after: .dense) ?? "none"
    #expect(text == expected, "\(text)")
    #expect("\(program)" == "76 values → 3 samples × dense 2→2 relu, dense 2→1, 2 other rows")
    for pass in Pass.allCases { #expect(program.dump(after: pass)?.isEmpty == false, "\(pass)") }
  }
}

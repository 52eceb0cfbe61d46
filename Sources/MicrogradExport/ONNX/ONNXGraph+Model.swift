import MicrogradData
import MicrogradEngine
import MicrogradModels
import MicrogradNetworks

// MARK: - Preprocessing

extension ONNXGraph {
  /// Declares an input for each column, and adds what makes the network's inputs of them. Returns their name.
  mutating func addPreprocessing(_ features: [Pipeline.Feature]) -> String {
    let columns = features.map { ($0, name($0.name.isEmpty ? "column" : $0.name)) }
    for (feature, name) in columns {
      addInput(name, feature.kind == .texts ? .string : precision.onnx, [.rows, .count(1)])
    }
    var parts: [String] = [], run: [(name: String, mean: Double, deviation: Double)] = []
    for (feature, name) in columns {
      switch feature.encoding {
      case .standardized(let mean, let deviation): run.append((name, mean, deviation))
      case .oneHot(let categories):
        if !run.isEmpty { parts.append(standardized(run)) }
        run = []
        parts.append(oneHot(name, categories))
      }
    }
    if !run.isEmpty { parts.append(standardized(run)) }
    return node("Concat", parts, [.integer("axis", 1)], output: name("inputs"))
  }

  /// Neighbouring columns of numbers, as one matrix: `(x - mean) / deviation`, and 0 where x is missing.
  private mutating func standardized(_ columns: [(name: String, mean: Double, deviation: Double)]) -> String {
    func row(_ wish: String, _ numbers: [Double], _ graph: inout Self) -> String {
      graph.tensor(wish, numbers, shape: [1, numbers.count])
    }
    let x = node("Concat", columns.map { $0.name }, [.integer("axis", 1)])
    let means = columns.map { $0.mean }
    var difference = node("Sub", [x, row("mean", means, &self)])
    if precision == .float {
      // What a Float does not hold of a mean may be much of a deviation: a year is 2000 and more, give or take five.
      let rests = means.map { $0 - Double(Float($0)) }
      difference = node("Sub", [difference, row("mean.rest", rests, &self)])
    }
    let z = node("Div", [difference, row("deviation", columns.map { $0.deviation }, &self)])
    return node("Where", [node("IsNaN", [x]), constant(0), z])
  }

  /// A column of texts as a column of numbers for each category; all of them are 0 for other texts.
  private mutating func oneHot(_ column: String, _ categories: [String]) -> String {
    let attributes: [Attribute] = [.strings("cats_strings", categories), .integer("zeros", 1)]
    let encoded = node("OneHotEncoder", [column], attributes, domain: "ai.onnx.ml")
    let flat = node("Squeeze", [encoded, tensor("axes", [1])])
    return precision == .float ? flat : node("Cast", [flat], [.integer("to", precision.onnx.rawValue)])
  }
}

// MARK: - The network

extension ONNXGraph {
  /// Adds a fully connected layer. Returns the name of its outputs.
  mutating func add(_ layer: TabularModel.Layer, number: Int, input: String) -> String {
    let weights = tensor(
      "layers.\(number).weight", layer.weights.flatMap { $0 }, shape: [layer.outputCount, layer.inputCount])
    let biases = tensor("layers.\(number).bias", layer.biases, shape: [layer.outputCount])
    let sums = node("Gemm", [input, weights, biases], [.integer("transB", 1)])
    return add(layer.activation, of: sums)
  }

  private mutating func add(_ activation: Activation, of sums: String) -> String {
    switch activation.definition! {
    case .identity: return sums
    // An operator of its own, which the tools for ONNX know, and the same as the formula's choice.
    case .operation(.relu, _): return node("Relu", [sums])
    case .operation(let operation, let constant):
      var formula = FormulaWriter(a: sums, b: constant, in: &self)
      return formula.write(operation.rule.value, to: &self)
    }
  }
}

// MARK: - Predictions

extension ONNXGraph {
  /// Adds what makes predictions of the network's outputs, and declares the outputs of the graph.
  mutating func addPredictions(_ output: TabularModel.Output, of outputs: String) {
    switch output {
    case .logistic(let classes):
      let both = [node("Sigmoid", [node("Neg", [outputs])]), node("Sigmoid", [outputs])]
      addProbabilities(classes) { $0.node("Concat", both, [.integer("axis", 1)], output: $1) }
    case .softmax(let classes):
      addProbabilities(classes) { $0.node("Softmax", [outputs], [.integer("axis", 1)], output: $1) }
    case .number(let mean, let deviation):
      let prediction = name("prediction")
      let scaled = node("Mul", [outputs, constant(deviation)])
      node("Add", [scaled, constant(mean)], output: prediction)
      addOutput(prediction, precision.onnx, [.rows, .count(1)])
    }
  }

  private mutating func addProbabilities(_ classes: [String], _ compute: (inout Self, String) -> String) {
    let probabilities = compute(&self, name("probabilities")), label = name("label")
    addOutput(probabilities, precision.onnx, [.rows, .count(classes.count)])
    let index = node("ArgMax", [probabilities], [.integer("axis", 1), .integer("keepdims", 0)])
    node("Gather", [tensor("classes", classes), index], output: label)
    addOutput(label, .string, [.rows])
  }
}

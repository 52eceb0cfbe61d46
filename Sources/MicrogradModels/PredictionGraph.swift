public import MicrogradData
public import MicrogradEngine
import MicrogradNetworks
import MicrogradRequirement

/// One prediction as a graph of values, from the fields of the row to the result, and the contribution of each field to it.
///
/// The result is a number in the unit of the target; or for classes the log-odds of the most probable one, log(p / (1 - p)),
/// which unlike a probability does not saturate.
public struct PredictionGraph {
  /// The contribution of a column to a prediction.
  public struct Contribution: Equatable {
    /// The name of the column.
    public let column: String
    /// The field of the row.
    public let field: String
    /// Gradient × input, where the input is the standardized number, or 1 for the field's category: to first order, what the
    /// field adds to the result beyond an average number, or beyond no category.
    public let amount: Double
  }

  /// The name of the predicted column.
  public let target: String
  /// The predicted class; nil if a number is predicted.
  public let predictedClass: String?
  /// The probability of the class; or the number.
  public let prediction: Double
  /// The result, with its graph and its gradients. Leaves have the names of columns.
  public let result: Value
  /// The contributions of the columns, in the order of the model.
  public let contributions: [Contribution]
}

extension TabularModel {
  /// Records the prediction for one row, and its gradients.
  ///
  /// - Parameters:
  ///   - table: The table with the row.
  ///   - row: The position of the row, from 0.
  /// - Throws: `CSVError` if the row does not fit to the model.
  /// - Precondition: The table has such a row.
  public func graph(of table: Table, row: Int) throws(CSVError) -> PredictionGraph {
    require(
      (0..<table.rowCount).contains(row), "row \(row) of a table with \(counted(table.rowCount, "row"))")
    let table = table.selecting([row]), numbers = try pipeline.inputs(of: table)[0]
    let inputs = recorded(numbers, of: table), network = network()
    network.labelParameters()
    let outputs = network(inputs)
    let prediction = output.prediction(outputs).map { $0.data }
    let best = indexOfLargest(prediction)
    let result = output.result(outputs, of: best).labelled(label(of: best))
    result.backward()
    return PredictionGraph(
      target: pipeline.target.name, predictedClass: output.classes?[best], prediction: prediction[best],
      result: result,
      contributions: contributions(inputs, table))
  }

  private func label(of index: Int) -> String {
    output.classes.map { "log-odds of \($0[index])" } ?? pipeline.target.name
  }

  /// Records the inputs of the network: standardized numbers as computed from the raw ones, and a missing one from the mean.
  private func recorded(_ numbers: [Double], of table: Table) -> [Value] {
    var inputs: [Value] = []
    for feature in pipeline.features {
      switch feature.encoding {
      case .standardized(let mean, let deviation):
        let raw = table[column: feature.name]?.numbers?[0] ?? .nan
        inputs.append((Value(raw.isNaN ? mean : raw, label: feature.name) - mean) / deviation)
      case .oneHot(let categories):
        let fields = numbers[inputs.count..<inputs.count + categories.count]
        inputs += zip(categories, fields).map { Value($1, label: "\(feature.name) = \($0)") }
      }
    }
    return inputs
  }

  private func contributions(_ inputs: [Value], _ table: Table) -> [PredictionGraph.Contribution] {
    var first = 0
    return pipeline.features.map { feature in
      defer { first += feature.width }
      return PredictionGraph.Contribution(
        column: feature.name, field: table[column: feature.name]?.texts[0] ?? "",
        amount: inputs[first..<first + feature.width].reduce(0) { $0 + $1.grad * $1.data })
    }
  }
}

extension TabularModel.Output {
  /// The log-odds of a class, or the predicted number.
  fileprivate func result(_ outputs: [Value], of index: Int) -> Value {
    switch self {
    case .logistic: index == 1 ? outputs[0] : -outputs[0]
    case .softmax:
      outputs[index] - logSumExp(outputs.indices.filter { $0 != index }.map { outputs[$0] })
    case .number: prediction(outputs)[0]
    }
  }
}

import MicrogradCompiler
public import MicrogradData
public import MicrogradModels

/// A model that is compiled for many rows.
///
///     let predictor = try model.predictor()
///     while let rows = try stream.next(10_000) { print(try predictor(rows)) }
public final class TabularPredictor {
  /// The model.
  public let model: TabularModel
  private let predictor: Predictor

  /// Compiles the network of a model. Preprocessing remains as it is.
  ///
  /// - Throws: `ProgramError` if the model cannot be compiled.
  public init(_ model: TabularModel) throws(ProgramError) {
    self.model = model
    let network = model.network(), output = model.output
    predictor = try Predictor(inputs: model.pipeline.inputCount, parameters: network.parameters) {
      output.prediction(network($0))
    }
  }

  /// Returns the predictions for raw rows.
  ///
  /// - Throws: `CSVError` if a column is missing, has a text in place of a number, or an infinite number.
  public func callAsFunction(_ table: Table) throws(CSVError) -> Predictions {
    let results = predictor(try model.pipeline.inputs(of: table))
    return switch model.output {
    case .logistic(let classes), .softmax(let classes): .classes(classes, probabilities: results)
    case .number: .numbers(results.map { $0[0] })
    }
  }
}

extension TabularModel {
  /// Compiles the model for many rows.
  ///
  /// - Throws: `ProgramError` if the model cannot be compiled.
  public func predictor() throws(ProgramError) -> TabularPredictor { try TabularPredictor(self) }

  /// Returns the predictions for raw rows.
  ///
  /// - Throws: `CSVError` if a column is missing, has a text in place of a number, or an infinite number.
  /// - Complexity: Linear in the count of rows. The model is compiled at each call: for many tables, make a
  ///   ``predictor()``.
  public func predict(_ table: Table) throws -> Predictions { try predictor()(table) }
}

public import MicrogradModels

extension TabularModel {
  /// Returns the model as a Core ML file, `.mlmodel`, for apps on Apple's systems from iOS 13 and macOS 10.15 on.
  ///
  /// It takes raw rows, one at a time. There is an input for each column, of its name: a `String` for categories, and
  /// a `Double` for the others, where NaN is a missing number. A category that the model has not seen is no error;
  /// see `Pipeline.Feature.Encoding`. The outputs are
  ///
  /// - for classes the most probable one, a `String` by the name of the target column, and a dictionary of the
  ///   probabilities, whose name has `Probability` at its end: `species` and `speciesProbability`;
  /// - for numbers the prediction, a `Double` in the unit of the target, by the name of the target column.
  ///
  /// An output whose name is that of a column has a number after its name. A column without a name is called
  /// `column`, a target without one `target`.
  ///
  /// The file is a pipeline: one-hot encoders, a feature vectorizer, an imputer and a scaler, which compute in
  /// Double; a neural network, whose weights are 32-bit floats, and which Core ML may compute in lower precision on
  /// some processors; and for numbers a linear regressor, in Double. Activations that Core ML does not have are
  /// composed of layers that it has.
  ///
  /// The library's checks compute what the parts of the file say; Core ML itself is on Apple's systems only.
  ///
  /// Source: the comments of <https://github.com/apple/coremltools/tree/main/mlmodel/format>.
  ///
  /// - Complexity: Linear in the number of weights.
  public func coreML() -> [UInt8] {
    var pipeline = CoreMLPipeline(self)
    return pipeline.file().message.bytes
  }
}

public import MicrogradModels

extension TabularModel {
  /// Returns the model as an ES module without dependencies, for Node.js and browsers.
  ///
  /// It exports `columns`, `classes` (if classes are predicted), and `predict(row)`. A row is an object with a field for
  /// each column, under the name that the column has in the table; numbers may be texts, as forms give them. What is missing
  /// or no number counts as a missing number. `predict` returns `{ class, probabilities }`, with the probability of each
  /// class under its name; or the number, if a number is predicted.
  ///
  /// - Complexity: Linear in the number of weights.
  public func javaScript() -> String { JavaScriptModule(model: self).text }
}

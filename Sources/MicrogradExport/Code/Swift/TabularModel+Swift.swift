public import MicrogradModels

extension TabularModel {
  /// Returns the model as a file of Swift, which needs no package: a type with a structure `Input`, which has a property
  /// for each column, and a function `predict(_:)`.
  ///
  /// `nil` stands for a missing field. If classes are predicted, the function returns their probabilities and the label of
  /// the most probable one; otherwise, the number. The first lines of the file show how to call it.
  ///
  /// The weights are texts, read when they are needed for the first time: the compiler takes minutes for
  /// array literals of 100,000 numbers.
  ///
  /// - Parameter name: The name of the type. Letters of the Latin alphabet and digits remain of it, and it begins with a
  ///   capital letter.
  /// - Complexity: Linear in the number of weights.
  public func swift(name: String) -> String { SwiftFile(self, name: name).text }
}

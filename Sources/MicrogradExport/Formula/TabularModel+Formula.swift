public import MicrogradModels

extension TabularModel {
  /// Returns the model as formulas with its numbers, one a line, in the order of computing.
  ///
  /// ```
  /// h1 = tanh(0.53·x1 − 1.2·x2 + 0.1)
  /// h2 = tanh(0.9·x1 − 0.31)
  /// y = 2.1·h1 − 0.4·h2
  /// p_no = sigmoid(−y)
  /// p_yes = sigmoid(y)
  /// ```
  ///
  /// - A column has its name, of which letters of the Latin alphabet and digits remain; standardized, if it is, it is called
  ///   `z_` and its name. A category is a number, `[color = "red"]`: 1 if the column has this text, otherwise 0.
  /// - Hidden neurons are called `h1`, `h2` and so on, or `h2_1`, the first neuron of the second layer, if there are several
  ///   hidden layers. Outputs are called `y`, or `y1` and `y2`; probabilities `p_` and the class.
  /// - Terms whose factor is 0 are left out.
  ///
  /// But for the lines of categories, `Formula` reads them. A missing number counts as the mean, which no line says.
  ///
  /// - Parameter digits: The significant digits of each number; nil for as many as give exactly this number when read.
  /// - Precondition: `digits` is at least 1.
  /// - Complexity: Linear in the number of weights.
  public func formula(digits: Int? = nil) -> String {
    formulas(digits: digits).map { "\($0.name) = \($0.text)\n" }.joined()
  }

  /// Returns the lines of ``formula(digits:)``, each with the name of the number that it computes.
  package func formulas(digits: Int?) -> [(name: String, text: String)] {
    NamedFormulas(self, digits: digits).lines
  }
}

import MicrogradData
public import MicrogradModels
public import MicrogradNetworks

extension TabularModel {
  /// Returns the model as a header in C99: its weights, a structure with a member for each column, and a function
  /// `NAME_predict`.
  ///
  /// The header needs `math.h` and `string.h`, takes no memory from the heap, and can be included in any number of
  /// files of C or C++17. `NAN` stands for a missing number, and `NULL` for a missing text. Texts are UTF-8, and compared
  /// byte by byte. The first lines of the header show how to call it.
  ///
  /// - If classes are predicted, `NAME_predict(const NAME_input *, double *probabilities)` writes the probabilities of
  ///   `NAME_classes`, and `NAME_classify(const NAME_input *)` returns the index of the most probable one.
  /// - If a number is predicted, `NAME_predict(const NAME_input *)` returns it.
  ///
  /// - Parameters:
  ///   - name: The name that all declarations begin with, and that of the file: `iris` for `iris.h`. Letters of the Latin
  ///     alphabet and digits remain of it.
  ///   - precision: The type of all numbers. Microcontrollers often have instructions for `float` alone.
  /// - Complexity: Linear in the number of weights.
  public func c(name: String, precision: Precision = .double) -> String {
    CHeader(self, name: name, precision: precision).text
  }
}

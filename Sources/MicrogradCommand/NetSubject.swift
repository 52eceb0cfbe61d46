import ArgumentParser
import Micrograd
import MicrogradRequirement

/// A network to draw: its output, or its loss.
struct NetSubject {
  /// The greatest number of parameters that can be drawn.
  private static let mostParameters = 200_000

  private let model: MLP
  private let sizes: [Int]
  private let options: Subject

  init(sizes text: String, _ options: Subject) throws {
    // A number that is too large for an integer is reported as too large, and not as no number.
    let sizes = text.split(separator: ",", omittingEmptySubsequences: false).map {
      Int($0) ?? (Double($0) ?? 0 > 1e18 ? .max : 0)
    }
    guard sizes.count >= 2, sizes.allSatisfy({ $0 >= 1 }) else {
      throw ValidationError("--net is “\(text)”; it must be two or more whole numbers, such as 2,16,1.")
    }
    let parameters = zip(sizes, sizes.dropFirst()).reduce(0.0) { $0 + (Double($1.0) + 1) * Double($1.1) }
    guard parameters <= Double(Self.mostParameters) else {
      let count = parameters < 1e15 ? "\(Int(parameters))" : "too many"
      throw ValidationError("--net \(text) has \(count) parameters; at most \(Self.mostParameters) can be drawn.")
    }
    self.sizes = sizes
    self.options = options
    model = MLP(sizes[0], Array(sizes.dropFirst()), seed: options.seed)
    model.labelParameters()
  }

  func value() throws -> Value {
    if let data = options.data { return try loss(of: data) }
    guard let text = options.input else {
      throw ValidationError("--net needs --input, such as --input \(sizes[0] == 2 ? "1,-1" : "1"), or --data.")
    }
    let input = try numbers(text, count: sizes[0], "--input", "input")
    let outputs = model(input.enumerated().map { Value($1, label: "x\($0 + 1)") })
    guard let target = options.target else {
      guard outputs.count == 1 else {
        throw ValidationError(
          "A network with \(outputs.count) outputs needs --target, with a number for each output.")
      }
      return outputs[0].labelled("output")
    }
    let targets = try numbers(target, count: outputs.count, "--target", "output")
    return loss(outputs, targets).labelled("loss")
  }

  private func loss(_ outputs: [Value], _ targets: [Double]) -> Value {
    let isSingle = outputs.count == 1
    let errors = zip(outputs, targets).enumerated().map { index, pair in
      let number = isSingle ? "" : "\(index + 1)"
      let target = Value(pair.1, label: "target\(number)")
      return pow(pair.0.labelled("output\(number)") - target, 2)
    }
    return isSingle ? errors[0] : errors.mean()
  }

  /// Returns the mean squared error over the samples of a file.
  private func loss(of file: String) throws -> Value {
    let samples = try Dataset(contentsOf: file)
    guard samples.featureCount == sizes[0], sizes.last == 1, samples.count > 0 else {
      throw Failure(
        "\(TextFile.inputName(file)): samples with \(counted(samples.featureCount, "input")) do not fit a network with \(counted(sizes[0], "input")) "
          + "and \(counted(sizes[sizes.count - 1], "output")); it needs as many inputs as they have, and one output")
    }
    return samples.map { squaredError(model($0.input)[0], Double($0.label)) }.mean().labelled("loss")
  }

  private func numbers(_ text: String, count: Int, _ option: String, _ what: String) throws -> [Double] {
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    guard numbers.allSatisfy({ $0 != nil }) else {
      throw ValidationError("\(option) is “\(text)”; it must be numbers separated by commas.")
    }
    guard numbers.count == count else {
      throw ValidationError(
        "\(option) has \(counted(numbers.count, "number")), but the network has \(counted(count, what)).")
    }
    return numbers.compactMap { $0 }
  }
}

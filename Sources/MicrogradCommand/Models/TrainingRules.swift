import ArgumentParser
import Micrograd

/// The settings of a training as options give them.
enum TrainingRules {
  /// Returns the neurons of each hidden layer.
  static func layers(_ text: String) throws -> [Int] {
    let sizes = text.listed.map { Int($0) ?? -1 }
    if sizes == [0] { return [] }
    guard sizes.allSatisfy({ (1...10_000).contains($0) }) else {
      throw ValidationError("--hidden is “\(text)”; it must be whole numbers from 1 to 10000, such as 16,16, or 0.")
    }
    return sizes
  }

  /// Returns the activation of a name.
  static func activation(_ name: String) throws -> Activation {
    guard let activation = Activation(identifier: name) else {
      let names = Activation.identifiers.joined(separator: ", ")
      throw ValidationError("There is no activation “\(name)”; choose from \(names).")
    }
    return activation
  }

  /// Returns a count of epochs or rows.
  static func count(_ number: Int, of option: String) throws -> Int {
    guard (1...1_000_000_000).contains(number) else {
      throw ValidationError("\(option) is \(number); it must be a whole number from 1 on.")
    }
    return number
  }

  /// Returns a learning rate.
  static func rate(_ number: Double, of option: String) throws -> Double {
    guard number > 0, number.isFinite else {
      throw ValidationError("\(option) is \(number); it must be a positive number, such as 0.01.")
    }
    return number
  }

  /// Returns a weight decay.
  static func decay(_ number: Double, of option: String) throws -> Double {
    guard number >= 0, number.isFinite else {
      throw ValidationError("\(option) is \(number); it must be 0 or larger.")
    }
    return number
  }
}

import ArgumentParser
import Micrograd
import MicrogradFigures
import MicrogradPlatform

/// The way in which options name the settings of a parameter: as values, or as a range `a..b`.
struct OptionValues {
  /// A word of an option.
  enum Part {
    case choice(Sweep.Setting)
    /// A range of numbers; of such that are positive, by their ratios.
    case numbers(Double, Double)
    case integers(Int, Int)
  }

  let isGrid: Bool
  /// The number of values that a grid takes from a range.
  let points: Int

  /// Returns the parameter of an option; nil if the option is not given.
  func parameter(_ name: String, _ words: [String], _ read: (String) throws -> Part) throws -> Sweep.Parameter? {
    if words.isEmpty { return nil }
    let parts = try words.map(read)
    let choices = parts.compactMap { part in if case .choice(let setting) = part { setting } else { nil } }
    if choices.count == parts.count {
      if let (index, _) = choices.enumerated().first(where: { choices[..<$0].contains($1) }) {
        throw ValidationError("--\(name) has “\(words[index])” twice; give each value once.")
      }
      return Sweep.Parameter(name, .choices(choices))
    }
    guard parts.count == 1 else {
      throw ValidationError("--\(name) has a range among others; give one range, such as \(words[0]), or values.")
    }
    return Sweep.Parameter(name, domain(of: parts[0]))
  }

  private func domain(of part: Part) -> Sweep.Parameter.Domain {
    switch part {
    case .choice(let setting): .choices([setting])
    case .numbers(let low, let high):
      isGrid
        ? .choices(steps(low, high).map { .number($0) })
        : .numbers(from: low, to: high, scale: low > 0 ? .logarithmic : .linear)
    case .integers(let low, let high):
      isGrid
        ? .choices(Set(steps(Double(low), Double(high)).map { Int($0.rounded()) }).sorted().map { .integer($0) })
        : .integers(from: low, to: high, scale: .logarithmic)
    }
  }

  /// Returns the ends of a range and numbers of three digits between them, with about the same ratios if all are positive.
  private func steps(_ low: Double, _ high: Double) -> [Double] {
    let inner = (1..<points - 1).compactMap { index in
      let share = Double(index) / Double(points - 1)
      let number = low > 0 ? low * pow(high / low, share) : low + (high - low) * share
      return Double(number.short(digits: 3))
    }
    return Set([low, high] + inner.filter { low < $0 && $0 < high }).sorted()
  }

  /// Reads a number or a range of such.
  func number(_ word: String, of option: String, _ check: (Double, String) throws -> Double) throws -> Part {
    switch try split(word, of: option, "such as 0.01 or 0.01..0.3", { Double($0) }) {
    case (let number, nil): return .choice(.number(try check(number, option)))
    case (let low, let high?): return .numbers(try check(low, option), try check(high, option))
    }
  }

  /// Reads a whole number or a range of such.
  func integer(_ word: String, of option: String, _ check: (Int, String) throws -> Int) throws -> Part {
    switch try split(word, of: option, "whole numbers such as 16 or 8..64", { Int($0) }) {
    case (let number, nil): return .choice(.integer(try check(number, option)))
    case (let low, let high?): return .integers(try check(low, option), try check(high, option))
    }
  }

  /// Returns the number of a word, or both ends of its range.
  private func split<Number: Comparable>(
    _ word: String, of option: String, _ example: String, _ read: (Substring) -> Number?
  ) throws -> (Number, Number?) {
    let ends = word.split(separator: "..", omittingEmptySubsequences: false).map(read)
    guard let low = ends[0], ends.count <= 2, let high = ends.count == 2 ? ends[1] : low else {
      throw ValidationError("\(option) is “\(word)”; its values must be numbers, \(example).")
    }
    guard ends.count == 2 else { return (low, nil) }
    guard low < high else {
      throw ValidationError("\(option) is “\(word)”; a range goes from a smaller number to a larger one.")
    }
    return (low, high)
  }
}

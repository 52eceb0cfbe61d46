import MicrogradRequirement

extension Sweep {
  /// A setting for each parameter of a sweep.
  public struct Configuration: Sendable, Hashable {
    /// The number of the configuration in its sweep, counted from 0.
    public let number: Int
    /// The names of the parameters, in the order of the sweep.
    public let names: [String]
    /// The settings, in the order of the names.
    public let settings: [Setting]

    init(number: Int, names: [String], settings: [Setting]) {
      self.number = number
      self.names = names
      self.settings = settings
    }

    /// The setting of the parameter of a name; nil if there is none.
    public subscript(name: String) -> Setting? { names.firstIndex(of: name).map { settings[$0] } }

    /// Returns the setting of a parameter that is a number, whole or not.
    ///
    /// - Throws: ``SweepError`` if there is no such parameter, or its setting is a text.
    public func number(_ name: String) throws(SweepError) -> Double {
      switch try setting(name) {
      case .number(let number): return number
      case .integer(let number): return Double(number)
      case .text(let text): throw SweepError("the parameter “\(name)” is \(quoted(text)), and not a number")
      }
    }

    /// Returns the setting of a parameter that is a whole number.
    ///
    /// - Throws: ``SweepError`` if there is no such parameter, or its setting is not a whole number.
    public func integer(_ name: String) throws(SweepError) -> Int {
      switch try setting(name) {
      case .integer(let number): return number
      case let other: throw SweepError("the parameter “\(name)” is \(other), and not a whole number")
      }
    }

    /// Returns the setting of a parameter as text.
    ///
    /// - Throws: ``SweepError`` if there is no such parameter.
    public func text(_ name: String) throws(SweepError) -> String { try setting(name).description }

    private func setting(_ name: String) throws(SweepError) -> Setting {
      guard let setting = self[name] else {
        throw SweepError("the sweep has no parameter “\(name)”, only \(names.joined(separator: ", "))")
      }
      return setting
    }
  }
}

extension Sweep.Configuration: CustomStringConvertible {
  /// The names and settings in a line: `rate 0.01, width 16`.
  public var description: String { zip(names, settings).map { "\($0) \($1)" }.joined(separator: ", ") }
}

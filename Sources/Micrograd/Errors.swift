#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif
public import MicrogradCompiler
public import MicrogradData
public import MicrogradFormula
public import MicrogradModels
public import MicrogradSweep
public import MicrogradText

// `localizedDescription` gives the description of the package's errors. They conform here, because most modules that
// they come from do without Foundation.

extension CSVError: LocalizedError {
  /// The description.
  public var errorDescription: String? { description }
}

extension FileError: LocalizedError {
  /// The description.
  public var errorDescription: String? { description }
}

extension FormulaError: LocalizedError {
  /// The description.
  public var errorDescription: String? { description }
}

extension ProgramError: LocalizedError {
  /// The description.
  public var errorDescription: String? { description }
}

extension ModelFileError: LocalizedError {
  /// The description.
  public var errorDescription: String? { description }
}

extension SafetensorsError: LocalizedError {
  /// The description.
  public var errorDescription: String? { description }
}

extension SplitError: LocalizedError {
  /// The description.
  public var errorDescription: String? { description }
}

extension SweepError: LocalizedError {
  /// The description.
  public var errorDescription: String? { description }
}

extension PlaygroundPageError: LocalizedError {
  /// The description.
  public var errorDescription: String? { description }
}

extension TextError: LocalizedError {
  /// The description.
  public var errorDescription: String? { description }
}

import MicrogradRequirement

/// The rules that turn raw rows of a table into the numbers that a network computes with, and its outputs back into
/// classes or numbers.
///
/// They are learnt from the training rows alone, and belong to the model: whoever uses it gives raw rows.
public struct Pipeline: Sendable, Equatable {
  /// A column that predictions are made from.
  public struct Feature: Sendable, Equatable {
    /// The rule that makes numbers of a field.
    public enum Encoding: Sendable, Equatable {
      /// `(x - mean) / deviation`, one number. A missing number counts as the mean. The deviation of a constant column is 1.
      case standardized(mean: Double, deviation: Double)
      /// One number for each of the categories, in their order: 1 for that of the field, and 0 for the others. A blank is a
      /// category if there was one in the training rows. Of a text that is none of the categories, all are 0.
      case oneHot([String])
    }

    /// The name of the column.
    public let name: String
    /// The rule that makes numbers of a field.
    public let encoding: Encoding

    /// Creates a feature.
    public init(name: String, encoding: Encoding) {
      self.name = name
      self.encoding = encoding
    }

    /// The kind of the column's fields.
    package var kind: Table.Column.Kind {
      switch encoding {
      case .standardized: .numbers
      case .oneHot: .texts
      }
    }

    /// The count of numbers that a field becomes.
    public var width: Int {
      switch encoding {
      case .standardized: 1
      case .oneHot(let categories): categories.count
      }
    }
  }

  /// The column that is predicted.
  public struct Target: Sendable, Equatable {
    /// The kind of prediction.
    public enum Encoding: Sendable, Equatable {
      /// One of at least two classes, in this order. Two classes are told apart by one output, the logit of the second;
      /// more of them by a logit for each.
      case classes([String])
      /// A number, `mean + deviation · output`.
      case standardized(mean: Double, deviation: Double)
    }

    /// The name of the column.
    public let name: String
    /// The kind of prediction.
    public let encoding: Encoding

    /// Creates a target.
    public init(name: String, encoding: Encoding) {
      self.name = name
      self.encoding = encoding
    }

    /// The count of outputs of the network.
    public var width: Int {
      switch encoding {
      case .classes(let classes): classes.count == 2 ? 1 : classes.count
      case .standardized: 1
      }
    }
  }

  /// The columns that predictions are made from, in the order of the network's inputs.
  public let features: [Feature]
  /// The column that is predicted.
  public let target: Target

  /// Creates a pipeline from known rules.
  public init(features: [Feature], target: Target) {
    self.features = features
    self.target = target
  }

  /// The count of the network's inputs.
  public var inputCount: Int { features.reduce(0) { $0 + $1.width } }
}

/// The observations of a call: its result, and the state of the arguments afterwards.
public struct Answer: Sendable, Equatable {
  /// A part of an answer.
  public struct Observation: Sendable, Equatable {
    /// The kinds of content.
    public enum Content: Sendable, Equatable {
      /// A number.
      case number(Double)
      /// A text, such as the description of a model.
      case text(String)
      /// A picture in SVG. Pictures are shown, and not compared.
      case figure(String)
    }

    /// The expression that was observed, such as `result.grad`.
    public let name: String
    /// The content that was observed.
    public let content: Content

    /// Creates a part of an answer.
    public init(_ name: String, _ content: Content) {
      self.name = name
      self.content = content
    }
  }

  /// The parts, in order.
  public private(set) var observations: [Observation]

  /// Creates an answer.
  public init(_ observations: [Observation] = []) { self.observations = observations }

  /// Adds a number.
  public mutating func add(_ number: Double, as name: String) { add(Observation(name, .number(number))) }
  /// Adds a text.
  public mutating func add(_ text: String, as name: String) { add(Observation(name, .text(text))) }
  /// Adds a picture in SVG.
  public mutating func add(figure: String, as name: String) { add(Observation(name, .figure(figure))) }
  /// Adds a part.
  public mutating func add(_ observation: Observation) { observations.append(observation) }
}

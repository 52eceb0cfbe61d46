import Micrograd

/// A function of a solution, called with arguments that are described as data.
public struct Function {
  /// The name by which questions call it.
  public let name: String
  private let call: (Question) -> Answer?

  /// Makes a function callable by questions.
  ///
  /// - Parameters:
  ///   - name: The name by which questions call it.
  ///   - body: The function.
  public init<each A: Askable, R: Reportable>(_ name: String, _ body: @escaping (repeat each A) -> R) {
    self.init(name, reporting: { (arguments: repeat each A) in [("result", body(repeat each arguments))] })
  }

  /// Makes a function with two results callable by questions.
  ///
  /// - Parameters:
  ///   - name: The name by which questions call it.
  ///   - results: The names of its results.
  ///   - body: The function.
  public init<each A: Askable, R: Reportable, S: Reportable>(
    _ name: String, results: (String, String) = ("result.0", "result.1"),
    _ body: @escaping (repeat each A) -> (R, S)
  ) {
    self.init(
      name,
      reporting: { (arguments: repeat each A) in
        let (first, second) = body(repeat each arguments)
        return [(results.0, first), (results.1, second)]
      })
  }

  /// Makes a function with any result callable by questions. A result that cannot be reported, alone or as an element of a
  /// tuple, counts as one that the task does not describe.
  ///
  /// - Parameters:
  ///   - name: The name by which questions call it.
  ///   - results: The names of its results, if there are several.
  ///   - body: The function.
  public init<each A: Askable, R>(
    _ name: String, results names: [String] = [], returningAny body: @escaping (repeat each A) -> R
  ) {
    self.init(
      name, reporting: { (arguments: repeat each A) in Self.results(of: body(repeat each arguments), names) })
  }

  /// Returns a result with its name, or those of a tuple, or nil if one of them cannot be reported.
  private static func results(
    of result: Any, _ names: [String]
  ) -> [(name: String, result: any Reportable)]? {
    if let result = result as? any Reportable { return [("result", result)] }
    let parts = Mirror(reflecting: result)
    guard parts.displayStyle == .tuple else { return nil }
    var results: [(name: String, result: any Reportable)] = []
    for (index, part) in parts.children.enumerated() {
      guard let part = part.value as? any Reportable else { return nil }
      results.append((index < names.count ? names[index] : "result.\(index)", part))
    }
    return results
  }

  private init<each A: Askable>(
    _ name: String, reporting body: @escaping (repeat each A) -> [(name: String, result: any Reportable)]?
  ) {
    self.name = name
    call = { question in
      var reader = ArgumentReader(question)
      guard let arguments: (repeat each A) = reader.read() else { return nil }
      var held: [Value] = []
      for argument in repeat each arguments { held += argument.heldValues }
      guard let results = body(repeat each arguments) else { return nil }
      if question.propagates, let root = results.lazy.compactMap(\.result.root).first { root.backward() }
      var answer = Answer()
      for (name, result) in results {
        result.report(as: name, to: &answer)
        answer.addSharing(of: result.heldValues, with: held)
      }
      var names = question.arguments.map(\.name)[...]
      for argument in repeat each arguments { argument.reportState(as: names.removeFirst(), to: &answer) }
      return answer
    }
  }

  /// Calls the function, or returns nil if the question's arguments are not those of the function.
  public func answer(_ question: Question) -> Answer? { call(question) }
}

/// Makes the arguments of a question, one after the other.
private struct ArgumentReader {
  private var rest: ArraySlice<Question.NamedArgument>
  private struct Mismatch: Error {}

  init(_ question: Question) { rest = question.arguments[...] }

  /// Returns all arguments, or nil if their number or a type is not that of the function.
  mutating func read<each A: Askable>() -> (repeat each A)? {
    do {
      let arguments = (repeat try next((each A).self))
      return rest.isEmpty ? arguments : nil
    } catch {
      return nil
    }
  }

  private mutating func next<A: Askable>(_: A.Type) throws(Mismatch) -> A {
    guard let argument = rest.popFirst()?.argument, let made = A.make(from: argument) else { throw Mismatch() }
    return made
  }
}

extension Answer {
  /// The name of the observation that says how many values of a result are also values of the arguments.
  public static let sharing = "shared values"

  mutating func addSharing(of values: [Value], with held: [Value]) {
    guard !values.isEmpty, !held.isEmpty else { return }
    values.count { value in held.contains { $0 === value } }.report(as: Self.sharing, to: &self)
  }
}

public import Micrograd
public import MicrogradQuestions
import MicrogradRequirement

/// A task as students do it: the functions to write, the questions that test them, and the thoughts behind wrong answers.
public struct Exercise: Sendable {
  /// A function to write.
  public struct Declaration: Sendable {
    /// The first line, without the brace: `func binary(_ output: Double) -> Int`.
    public let signature: String
    /// The purpose of the function, as a sentence.
    public let purpose: Localized

    init(_ signature: String, en: String, fr: String) {
      self.signature = signature
      purpose = Localized(en: en, fr: fr)
    }

    /// The names of the results, if there are several: `error` and `accuracy` of `-> (error: Value, accuracy: Double)`.
    public var resultNames: [String] {
      guard let start = signature.firstRange(of: "-> (") else { return [] }
      return signature[start.upperBound...].split(separator: ", ").map { String($0.prefix { $0 != ":" }) }
    }

    /// The name, as questions call it.
    public var name: String { String(signature.dropFirst("func ".count).prefix { $0 != "(" }) }
  }

  /// A thought that leads to wrong answers, and the wrong answers.
  public struct Misconception: Sendable {
    /// The name in tables, such as `gradients-not-zeroed`.
    public let name: String
    /// The thought, as a sentence about the program.
    public let thought: Localized
    /// The question that leads out of it.
    public let question: Localized
    /// The functions as somebody who has this thought writes them.
    let functions: @Sendable () -> [Function]

    init(
      _ name: String, en: (thought: String, question: String), fr: (thought: String, question: String),
      _ functions: @escaping @Sendable () -> [Function]
    ) {
      self.init(Thought(name, en: en, fr: fr), functions)
    }

    init(_ thought: Thought, _ functions: @escaping @Sendable () -> [Function]) {
      name = thought.name
      self.thought = thought.sentence
      question = thought.question
      self.functions = functions
    }
  }

  /// The number of the task.
  public let number: Int
  /// The title.
  public let title: Localized
  /// The name of the file that students write.
  public var file: String { "Task\(number < 10 ? "0" : "")\(number).swift" }
  /// The text of the task, in paragraphs. Names from the program are in backticks.
  public let statement: Localized
  /// The functions to write, in the order in which they are checked.
  public let declarations: [Declaration]
  /// The tasks whose functions this one uses.
  public let requirements: [Int]
  /// Three hints, from a question to nearly the answer.
  public let hints: [Localized]
  /// The known thoughts that lead to wrong answers.
  public let misconceptions: [Misconception]
  /// Lines of Swift with which students can try their functions. The last is an expression that shows what they give.
  public let trial: String?
  /// The largest difference of two numbers that are taken for equal, relative to the larger one or to 1.
  let tolerance: Double
  private let makeQuestions: @Sendable (inout PythonRandom) -> [Question]
  private let makeReference: @Sendable () -> [Function]

  init(
    _ task: LabTask, statement: Localized, requirements: [Int] = [], declarations: [Declaration],
    hints: [Localized], trial: String? = nil, tolerance: Double = 1e-9,
    reference: @escaping @Sendable () -> [Function],
    questions: @escaping @Sendable (_ random: inout PythonRandom) -> [Question], misconceptions: [Misconception]
  ) {
    number = task.number
    title = task.title
    self.statement = statement
    self.declarations = declarations
    self.requirements = requirements
    self.hints = hints
    self.misconceptions = misconceptions
    self.trial = trial
    self.tolerance = tolerance
    makeQuestions = questions
    makeReference = reference
  }

  /// The reference solution, callable.
  var reference: [Function] { makeReference() }

  /// The functions of somebody with a misconception: the reference, except for those that the misconception replaces.
  func functions(of misconception: Misconception) -> [Function] {
    let wrong = misconception.functions()
    return reference.map { right in wrong.first { $0.name == right.name } ?? right }
  }

  /// The seed with which students check: always the same, so that an answer does not change by itself.
  public static let seed = 42

  /// Returns the questions for a seed: those with published answers, and random ones.
  public func questions(seed: Int) -> [Question] {
    var random = PythonRandom(seed: seed)
    return makeQuestions(&random)
  }

  /// The reference solution as text: the part of the task's file below `// MARK: - Reference`.
  public var referenceSource: String {
    let lines = TaskSource.text(ofTask: number).split(separator: "\n", omittingEmptySubsequences: false)
    let start = lines.firstIndex(of: "// MARK: - Reference").map { $0 + 1 } ?? lines.endIndex
    let body = lines[start...].prefix { !$0.hasPrefix("// MARK: - ") }
    return body.joined(separator: "\n").trimmed + "\n"
  }

  /// All tasks that students do, in order.
  public static let all: [Exercise] = [
    .perceptron, .sigmoidOutsideTheGraph, .gradientGraph, .readingTheGraph, .updatingTheWeights, .data, .lossOfAModel,
    .hiddenLayer, .training, .sixteenNeurons,
  ]
}

extension Exercise {
  /// The tasks whose functions this one uses, directly or through others.
  package var allRequirements: Set<Int> {
    requirements.reduce(into: Set(requirements)) { all, number in
      if let exercise = Self.all.first(where: { $0.number == number }) { all.formUnion(exercise.allRequirements) }
    }
  }
}

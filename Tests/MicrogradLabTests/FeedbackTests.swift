import Micrograd
import MicrogradQuestions
import Testing

@testable import MicrogradLab

@Suite struct FeedbackTests {
  private let exercise = Exercise.updatingTheWeights

  private func outcome(of functions: [Function]) -> Outcome {
    let verdict = exercise.verdict(on: Transcript(exercise.questions(seed: 3), with: functions), seed: 3)
    return Outcome(verdict, endedBy: .exited(status: 0))
  }

  private func text(_ outcome: Outcome, _ language: Language) -> String {
    let feedback = Feedback(outcome, of: exercise, in: language)
    return "\(feedback.headline)\n\(feedback.paragraphs)\n\(feedback.next ?? "-")"
  }

  @Test func aDoneTaskSaysWhatIsNext() {
    let feedback = Feedback(outcome(of: exercise.reference), of: exercise, in: .english)
    #expect(feedback.isPassed && feedback.headline == "Task 5: done")
    #expect(feedback.next != nil)
  }

  @Test func aMisconceptionIsNamedAndQuestioned() throws {
    for misconception in exercise.misconceptions {
      let outcome = outcome(of: exercise.functions(of: misconception))
      #expect(outcome.misconception?.name == misconception.name)
      let feedback = Feedback(outcome, of: exercise, in: .french)
      #expect(feedback.headline == "Tâche 5 : pas encore" && feedback.next == nil)
      #expect(feedback.paragraphs[0] == .prose(misconception.thought(in: .french)))
      #expect(feedback.paragraphs[1] == .question(misconception.question(in: .french)))
    }
  }

  @Test func anotherAnswerIsShownBesideTheExpectedOne() {
    let functions = [Function("binary") { (_: Double) in 7 }] + exercise.reference.dropFirst()
    let feedback = Feedback(outcome(of: functions), of: exercise, in: .english)
    #expect(
      feedback.paragraphs.dropFirst() == [
        .fact(name: "call", value: exercise.questions(seed: 3)[0].description),
        .fact(name: "observed", value: "result"),
        .fact(name: "got", value: "7"), .fact(name: "expected", value: "0"),
      ])
  }

  @Test func theNextFunctionIsExplained() {
    let own = text(.judged(.notWritten(function: "update")), .english)
    #expect(own.contains("func update(_ model: MLP, input:") && own.contains("Does one update for a sample"))
    #expect(text(.judged(.notWritten(function: "other")), .french).contains("`other` est encore à écrire"))
  }

  @Test func otherTypesAreToldFromTheSignature() {
    let functions = [Function("binary", returningAny: { (_: Double) in "1" })] + exercise.reference.dropFirst()
    #expect(text(outcome(of: functions), .english).contains("func binary(_ output: Double) -> Int"))
  }

  @Test(arguments: [
    ("Swift/Array.swift:1: Fatal error: Index out of range\n", "\"Fatal error: Index", "`count - 1`"),
    ("a\nTask05.swift:3: Fatal error: no\n", "Task05.swift:3: Fatal error: no", "no"),
    ("", "Segmentation fault", "calls itself"),
  ])
  func trapsAreExplained(printed: String, message: String, explanation: String) {
    let stop = Outcome.Stop.trapped(printing: printed, signal: "Segmentation fault")
    let question = exercise.questions(seed: 1)[0], text = text(.stopped(stop, at: question), .english)
    #expect(text.contains(message) && text.contains(explanation) && text.contains(question.description), "\(text)")
  }

  @Test func allOtherOutcomesHaveTextInBothLanguages() {
    let outcomes: [Outcome] = [
      .missing, .notCompiling("x"), .stopped(.exited(status: 3), at: nil), .stopped(.timeLimit(seconds: 1), at: nil),
      .stopped(.outputLimit(bytes: 1 << 20), at: nil),
    ]
    for outcome in outcomes { #expect(text(outcome, .english) != text(outcome, .french)) }
    #expect(text(outcomes[3], .english).contains("1 second."))
    #expect(text(outcomes[4], .french).contains("1 Mo"))
  }
}

@Suite struct FunctionResultTests {
  @Test func tuplesAreReportedByTheirElements() {
    let question = Question("f", ["x": .number(2)])
    let expected = Answer([.init("result.0", .number(2)), .init("result.1", .text("1"))])
    #expect(Function("f", returningAny: { (x: Double) in (error: x, count: 1) }).answer(question) == expected)
    #expect(Function("f", returningAny: { (x: Double) in x }).answer(question)?.observations.first?.name == "result")
    #expect(Function("f", returningAny: { (x: Double) in (x, "no") }).answer(question) == nil)
    #expect(Function("f", returningAny: { (x: Double) in }).answer(question) == Answer())
  }
}

@Suite struct CourseNotebookTests {
  @Test func notebookHasAllTasksAndNoSolution() {
    for language in Language.allCases {
      let notebook = Exercise.notebook(in: language)
      for exercise in Exercise.all {
        #expect(notebook.contains("\"id\": \"task-\(exercise.number)-check\""))
        #expect(exercise.referenceSource.split(separator: "\n").allSatisfy { !notebook.contains("\"  \($0)") })
      }
      #expect(notebook.contains("language = .\(language)") && notebook.contains("notWritten()"))
    }
  }
}

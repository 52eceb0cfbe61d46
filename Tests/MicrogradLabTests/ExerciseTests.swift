import Micrograd
import MicrogradQuestions
import Testing

@testable import MicrogradLab

@Suite struct ExerciseTests {
  /// `micrograd lab verify` does the same on more seeds, optimized, and so for the trainings of tasks 9 and 10 too.
  @Test(arguments: 1...8) func exerciseIsSound(number: Int) throws {
    let exercise = try #require(Exercise.all.first { $0.number == number })
    #expect(exercise.flaws(seed: 42) == [])
  }

  @Test(arguments: Exercise.all.map(\.number)) func questionsAndAnswersSurviveTheWire(number: Int) throws {
    let exercise = try #require(Exercise.all.first { $0.number == number })
    for question in exercise.questions(seed: 7) { #expect(Question(line: question.line) == question) }
    var text = ""
    answer(exercise.questions(seed: 7), with: exercise.reference) { text += $0 + "\n" }
    let direct = Transcript(exercise.questions(seed: 7), with: exercise.reference)
    #expect(Transcript(text) == direct)
    #expect(direct.ending == .finished)
  }
}

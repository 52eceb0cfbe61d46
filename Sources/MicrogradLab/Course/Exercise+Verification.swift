import Micrograd
import MicrogradQuestions

extension Exercise {
  /// Returns what is wrong with the exercise itself, for one seed: an empty list if the reference passes, and each
  /// misconception is recognised and told apart from the others, in each of the functions that it replaces.
  public func flaws(seed: Int) -> [String] {
    let questions = questions(seed: seed), right = Transcript(questions, with: reference)
    var flaws: [String] = []
    func judge(_ transcript: Transcript) -> Verdict.Kind {
      judgement(on: transcript, questions, expected: right.answers)
    }
    func add(_ flaw: String) { flaws.append("task \(number), seed \(seed): \(flaw)") }

    for declaration in declarations where !questions.contains(where: { $0.function == declaration.name }) {
      add("no question calls \(declaration.name)")
    }
    if hints.count != 3 { add("there are \(hints.count) hints instead of 3") }
    // A second run, since a function may remember the first.
    let again = judge(Transcript(questions, with: reference))
    if case .passed = again {} else { add("the reference does not pass: \(again)") }
    for misconception in misconceptions {
      for wrong in misconception.functions() {
        // The other functions are the reference's, whose answers are known.
        let answers = zip(questions, right.answers).map { question, answer in
          question.function == wrong.name ? wrong.answer(question) ?? Answer() : answer
        }
        let name = "\(misconception.name), in \(wrong.name),"
        switch judge(Transcript(answers)) {
        case .misconception(let found, _) where found.name == misconception.name: break
        case .misconception(let found, _): add("\(name) is taken for \(found.name)")
        case .passed: add("\(name) passes")
        case let other: add("\(name) is not recognised: \(other)")
        }
      }
    }
    return flaws
  }
}

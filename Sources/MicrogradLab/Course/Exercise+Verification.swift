import Micrograd
import MicrogradQuestions

extension Exercise {
  /// Returns what is wrong with the exercise itself, for one seed: an empty list if the reference passes, and each
  /// misconception is recognised and told apart from the others.
  public func flaws(seed: Int) -> [String] {
    let questions = questions(seed: seed)
    var flaws: [String] = []
    func judge(_ functions: [Function]) -> Verdict.Kind {
      verdict(on: Transcript(questions, with: functions), seed: seed).kind
    }
    func add(_ flaw: String) { flaws.append("task \(number), seed \(seed): \(flaw)") }

    for declaration in declarations where !questions.contains(where: { $0.function == declaration.name }) {
      add("no question calls \(declaration.name)")
    }
    if hints.count != 3 { add("there are \(hints.count) hints instead of 3") }
    if case .passed = judge(reference) {} else { add("the reference does not pass: \(judge(reference))") }
    for misconception in misconceptions {
      switch judge(functions(of: misconception)) {
      case .misconception(let found, _) where found.name == misconception.name: break
      case .misconception(let found, _): add("\(misconception.name) is taken for \(found.name)")
      case .passed: add("\(misconception.name) passes")
      case let other: add("\(misconception.name) is not recognised: \(other)")
      }
    }
    return flaws
  }
}

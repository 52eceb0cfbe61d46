import Foundation
import Micrograd
import MicrogradLab
import Testing

@testable import MicrogradWorkspace

/// A checker with the library that was built together with the tests.
func makeChecker(isolates: Bool) throws -> Checker {
  // On Apple's systems the tests are in a bundle, which lies beside the library.
  let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL.deletingLastPathComponent()
  let products = (bundle ?? Bundle.main.bundleURL).resolvingSymlinksInPath()
  var workbench = try Workbench(products: products)
  workbench.compilerSeconds = 5
  var checker = try Checker(workbench: workbench, isolates: isolates)
  checker.limits = Limits(seconds: 2, memoryBytes: 1 << 30, outputBytes: 1 << 20)
  return checker
}

@Suite struct CheckerTests {
  static let exercise = Exercise.all.first { $0.number == 5 }!

  static let right = """
    import Micrograd
    func binary(_ output: Double) -> Int { output > 0.5 ? 1 : 0 }
    func update(_ model: MLP, input: [Double], target: Double, rate: Double) -> Double {
      let output = model(input)[0]
      output.data = 1 / (1 + exp(-output).data)
      let error = pow(output - target, 2)
      model.zeroGrad()
      error.backward()
      for parameter in model.parameters { parameter.data -= rate * parameter.grad }
      return error.data
    }
    func updatesNeeded(_ model: MLP, input: [Double], target: Double, rate: Double) -> Int {
      func isRight() -> Bool { (model(input)[0].data > 0) == (target > 0.5) }
      var count = 0
      while !isRight() {
        _ = update(model, input: input, target: target, rate: rate)
        count += 1
      }
      return count
    }

    """

  private func check(_ source: String?, isolates: Bool = false) throws -> TaskResult {
    let sources = source.map { [Self.exercise.file: $0] } ?? [:]
    return try makeChecker(isolates: isolates).check(sources, exercises: [Self.exercise], seed: 3)[0]
  }

  @Test(arguments: [false, true]) func rightFunctionsPass(isolates: Bool) throws {
    let result = try check(Self.right, isolates: isolates)
    #expect(result.isPassed, "\(result.outcome) \(result.printed)")
  }

  @Test func theStubIsNotWritten() throws {
    let result = try check(Self.exercise.stub(in: .french))
    guard case .judged(.notWritten) = result.outcome else { return #expect(Bool(false), "\(result.outcome)") }
  }

  @Test func aKnownThoughtIsRecognised() throws {
    let result = try check(Self.right.replacing("model.zeroGrad()", with: ""))
    #expect(result.misconception?.name == "gradients-not-zeroed", "\(result.outcome)")
  }

  @Test(arguments: [
    ("fatalError(\"no\")", "trapped"), ("var list = [1]; _ = list.remove(at: 2)", "trapped"),
    ("while true {}", "timeLimit"), ("while true { print(\"again and again\") }", "outputLimit"),
    ("exit(0)", "exited"), ("func f(_ n: Int) -> Int { n == -1 ? 0 : f(n + 1) + f(n + 2) }; _ = f(0)", "trapped"),
    ("var all: [[Int]] = []; while true { all.append(Array(repeating: 1, count: 1 << 27)) }", "trapped"),
    ("while true { let p = Process(); p.executableURL = URL(filePath: \"/bin/sleep\"); try? p.run() }", "timeLimit"),
  ])
  func badEndingsAreFound(line: String, ending: String) throws {
    let source = "import Foundation\n" + Self.right.replacing("model.zeroGrad()", with: line + "; model.zeroGrad()")
    for isolates in [false, true] where isolates || !line.contains("Process") {
      let result = try check(source, isolates: isolates)
      guard case .stopped(let stop, _) = result.outcome else {
        Issue.record("\(line): \(result.outcome)")
        continue
      }
      #expect("\(stop)".hasPrefix(ending), "\(line), isolated: \(isolates): \(stop)")
    }
  }

  /// The compiler's own processes are in other groups, and must end all the same.
  @Test func aCompilerThatWouldNotEndIsStopped() throws {
    let rows = Array(repeating: "[1.0, 2.0, 3.0]", count: 20_000).joined(separator: ", ")
    let result = try check(Self.right + "let giant = [\(rows)]\n")
    guard case .notCompiling(let messages) = result.outcome else { return #expect(Bool(false), "\(result.outcome)") }
    #expect(messages.contains("gave up"), "\(messages)")
  }

  private func checkAll(_ changes: [Int: (String) -> String]) throws -> [Int: TaskResult] {
    let sources = Exercise.all.map { ($0.file, changes[$0.number]?($0.referenceFile) ?? $0.referenceFile) }
    let results = try makeChecker(isolates: false).check(
      Dictionary(uniqueKeysWithValues: sources), exercises: Exercise.all, seed: Exercise.seed)
    return Dictionary(uniqueKeysWithValues: results.map { ($0.exercise.number, $0) })
  }

  /// Tasks 4 and 10 use the function of task 2 that is not there any more, and 9 that of task 7, which is wrong.
  @Test func aMistakeInOneTaskDoesNotHideTheOthers() throws {
    let results = try checkAll([
      2: { $0.replacing("func sigmoid", with: "fnc sigmoid") }, 7: { $0.replacing(".mean()", with: ".sum()") },
    ])
    for (number, result) in results where ![2, 7].contains(number) {
      #expect(result.isPassed, "task \(number): \(result.outcome)")
    }
    guard case .notCompiling(let messages)? = results[2]?.outcome else {
      return #expect(Bool(false), "\(String(describing: results[2]))")
    }
    #expect(messages.hasPrefix("Task02.swift:") && !messages.contains("CheckTask"), "\(messages)")
    #expect(results[7]?.misconception?.name == "sum-instead-of-mean", "\(String(describing: results[7]?.outcome))")
    #expect(results[9]?.replaced.contains(7) == true)
  }

  @Test func aNameThatTwoTasksDeclareIsAMistakeOfOneOfThem() throws {
    let twice = { (source: String) in source + "func helper() {}\n" }
    let results = try checkAll([4: twice, 6: twice]).values.filter { !$0.isPassed }
    #expect(
      !results.isEmpty && results.allSatisfy { [4, 6].contains($0.exercise.number) }, "\(results.map(\.outcome))")
  }
}

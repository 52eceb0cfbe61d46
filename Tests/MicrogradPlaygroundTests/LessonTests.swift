import Foundation
import MicrogradJSON
import MicrogradPlayground
import Testing

/// What the lessons' texts rely on is so, and their questions have one answer that the engine gives.
struct LessonTests {
  private struct Lesson {
    let id: String
    let settings, question: JSON
    let steps: [JSON]

    /// The settings of a step: those of the lesson and of all steps up to there.
    func settings(at step: Int) -> JSON { steps[...step].reduce(settings) { $0.merged($1["settings"]) } }
    /// The settings after the task of a step has been done.
    func settingsAfterTask(_ step: Int) -> JSON { settings(at: step).merged(steps[step]["do"]?["settings"]) }
    func stepsOfTask(_ step: Int) throws -> Int { try #require(steps[step]["do"]?["step"]?.integer) }
    var settingsOfQuestion: JSON { settings.merged(question["settings"]) }
  }

  private static func lessons() throws -> [Lesson] {
    try #require(try WebFile.json("lessons.json").array).map { json in
      Lesson(
        id: try #require(json["id"]?.text), settings: try #require(json["settings"]),
        question: try #require(json["question"]), steps: try #require(json["steps"]?.array))
    }
  }

  private func lesson(_ id: String) throws -> Lesson {
    try #require(try Self.lessons().first { $0.id == id }, "no lesson \(id)")
  }

  /// The gradient and the number of a target such as "weight.0.0.1", in the loss of a sample or of the batch.
  private func why(_ playing: Playing, _ target: String, sample: Int? = nil) throws -> (
    gradient: Double, number: Double
  ) {
    let parts = target.split(separator: "."), names = ["layer", "neuron", "input"]
    var members: [(String, JSON)] = [("kind", .text(String(parts[0])))]
    for (name, part) in zip(names, parts.dropFirst()) { members.append((name, .integer(try #require(Int(part))))) }
    if let sample { members.append(("sample", .integer(sample))) }
    let over = JSON.text(sample == nil ? "batch" : "sample")
    let reply = try playing.ask("why", [("target", .object(members)), ("over", over)]).json
    return (try #require(reply["gradient"]?.number), try #require(reply["value"]?.number))
  }

  @Test("Each lesson has four to seven steps, words in both languages, and settings that can be opened")
  func lessonsAreComplete() throws {
    for lesson in try Self.lessons() {
      #expect((4...7).contains(lesson.steps.count), "\(lesson.id)")
      let name = "lesson.\(lesson.id)"
      var keys = [name, "\(name).about", "\(name).question", "\(name).question.right"]
      if ["neuron", "overfitting", "activations"].contains(lesson.id) { keys.removeLast() }
      for (index, step) in lesson.steps.enumerated() {
        keys.append("\(name).\(index + 1)")
        if step["task"] != nil { keys.append("\(name).\(index + 1).task") }
        _ = try (Playing(lesson.settings(at: index)), Playing(lesson.settingsAfterTask(index)))
      }
      try WebFile.expectWords(keys, in: "words-lessons.js")
      _ = try Playing(lesson.settingsOfQuestion)
    }
  }

  @Test("What a gradient is: that of w1 is negative, and the wrong answers differ from the right one")
  func gradient() throws {
    let lesson = try lesson("gradient"), playing = try Playing(lesson.settings)
    #expect(try why(playing, "weight.0.0.0").gradient < 0)
    #expect(try why(playing, "weight.0.0.0", sample: 0).gradient < 0)
    let first = try playing.train(0), rate = try #require(lesson.settings["optimizer"]?["learningRate"]?.number)
    for target in try #require(lesson.question["targets"]?.array).compactMap(\.text) {
      let fresh = try Playing(lesson.settings), before = try why(fresh, target)
      try fresh.train(1)
      let after = try why(fresh, target).number
      #expect(abs(after - (before.number - rate * before.gradient)) < 1e-12, "\(target)")
      let wrong = [
        before.number + rate * before.gradient, before.number - before.gradient, rate * before.gradient,
        before.number,
      ]
      for other in wrong { #expect(abs(other - after) > 0.02, "\(target): \(after) and the wrong \(other)") }
    }
    #expect(try playing.train(try lesson.stepsOfTask(4)).loss < first.loss / 100)
  }

  @Test("One neuron: each part of a sample is error times input, and the cases have all signs of these")
  func neuron() throws {
    let lesson = try lesson("neuron"), playing = try Playing(lesson.settings), samples = playing.opened.buffers[0]
    let score = try #require(lesson.question["score"]?.text)
    var signs: Set<[Bool]> = []
    for item in try #require(lesson.question["cases"]?.array).compactMap(\.array) {
      let target = try #require(item[0].text), sample = try #require(item[1].integer)
      let numbers = samples[3 * sample..<3 * sample + 3].map { $0 }
      let input = target.hasPrefix("bias") ? 1 : numbers[target.hasSuffix("0.0.0") ? 0 : 1]
      let gradient = try why(playing, target, sample: sample).gradient
      let sum = try why(playing, score, sample: sample).number, error = 1 / (1 + exp(-sum)) - numbers[2]
      #expect(abs(gradient - error * input) < 1e-12, "\(target), sample \(sample): \(gradient), not \(error * input)")
      #expect(abs(gradient) > 1e-3, "\(target), sample \(sample): \(gradient)")
      signs.insert([error > 0, input > 0])
    }
    #expect(signs.count == 4, "got \(signs)")
    #expect(try playing.train(try lesson.stepsOfTask(2)).accuracy >= 0.95)
  }

  @Test(
    "The learning rate: the tasks can be done, and one of the rates, not the first, is the smallest that diverges")
  func rate() throws {
    let lesson = try lesson("rate")
    func ends(_ settings: JSON, _ steps: Int) throws -> (first: Double, last: Double) {
      let playing = try Playing(settings)
      return (try playing.train(0).loss, try playing.train(steps).loss)
    }
    let slow = try ends(lesson.settings, 20), faster = try ends(lesson.settingsAfterTask(2), 10)
    #expect(slow.last > slow.first / 10 && slow.last < slow.first && faster.last < slow.last, "\(slow) \(faster)")
    let tooLarge = try ends(lesson.settingsAfterTask(3), try lesson.stepsOfTask(3))
    #expect(tooLarge.last > tooLarge.first, "\(tooLarge)")
    let steps = try #require(lesson.question["steps"]?.integer)
    let grows = try #require(lesson.question["rates"]?.array).compactMap(\.number).map { rate in
      let all = try ends(
        lesson.settings.merged(.object([("optimizer", .object([("learningRate", .number(rate))]))])), steps)
      return !(all.last <= all.first)
    }
    #expect(grows == [false, false, false, true])
  }

  @Test(
    "The hidden layer: without one about a half is right; three neurons are needed for the share that is asked for")
  func hidden() throws {
    let lesson = try lesson("hidden"), steps = try #require(lesson.question["steps"]?.integer)
    let without = try Playing(lesson.settings).train(100).accuracy
    #expect((0.35...0.65).contains(without), "got \(without)")
    #expect(try Playing(lesson.settingsAfterTask(3)).train(try lesson.stepsOfTask(3)).accuracy >= 0.9)
    let least = try #require(lesson.question["accuracy"]?.number)
    let shares = try #require(lesson.question["counts"]?.array).map { count in
      let layer = JSON.object([("neurons", count), ("activation", try #require(lesson.question["activation"]))])
      return try Playing(lesson.settings.merged(.object([("network", .object([("layers", .array([layer]))]))])))
        .train(steps).accuracy
    }
    // Far enough from the border that nobody is told something else in the page.
    #expect(shares[0] < least - 0.03 && shares[1] < least - 0.03, "got \(shares)")
    #expect(shares[2] > least + 0.01 && shares[3] > least + 0.01, "got \(shares)")
  }

  @Test("Overfitting: the losses part; L2 narrows the gap; more samples narrow it most among the changes")
  func overfitting() throws {
    let lesson = try lesson("overfitting"), steps = try #require(lesson.question["steps"]?.integer)
    func gap(_ settings: JSON, _ steps: Int) throws -> Double {
      let state = try Playing(settings).train(steps)
      return state.testLoss - state.loss
    }
    let early = try Playing(lesson.settings).train(30), now = try gap(lesson.settings, steps)
    let late = try Playing(lesson.settings).train(steps)
    #expect(
      late.testLoss > early.testLoss && late.loss < early.loss, "\(early.json.description) \(late.json.description)")
    let parameters = try #require(Playing(lesson.settings).opened.json["parameters"]?.integer)
    #expect(parameters > 30, "got \(parameters) parameters for 30 samples")
    #expect(try gap(lesson.settings.merged(lesson.steps[3]["do"]?["settings"]), steps) < now / 2)
    var gaps: [String: Double] = [:]
    for change in try #require(lesson.question["changes"]?.array) {
      let id = try #require(change["id"]?.text)
      gaps[id] = try gap(lesson.settings.merged(change["settings"]), change["steps"]?.integer ?? steps)
    }
    #expect(gaps["longer", default: 0] > now && gaps["wider", default: 0] > now / 2, "now \(now), \(gaps)")
    #expect(gaps["more", default: .infinity] < now / 2, "now \(now), \(gaps)")
  }

  @Test(
    "Activations: at the step of the question one neuron is dead, and only weights into it and out of it have no gradient"
  )
  func activations() throws {
    let lesson = try lesson("activations"), step = try #require(lesson.question["step"]?.integer)
    let playing = try Playing(lesson.settingsOfQuestion), dead = try playing.train(step).deadNeurons
    #expect(dead.count == 1, "got \(dead)")
    for neuron in 0..<5 {
      for target in ["weight.0.\(neuron).0", "weight.0.\(neuron).1", "bias.0.\(neuron)", "weight.1.0.\(neuron)"] {
        let gradient = try why(playing, target).gradient
        #expect((gradient == 0) == dead.contains(neuron), "\(target): \(gradient)")
      }
    }
    #expect(try Playing(lesson.settingsAfterTask(2)).train(50).deadNeurons.isEmpty)
    #expect(try !Playing(lesson.settingsAfterTask(4)).train(try lesson.stepsOfTask(4)).deadNeurons.isEmpty)
  }

  @Test("Optimizers: momentum and Adam are faster, and Adam's first step has the length of the rate")
  func optimizers() throws {
    let lesson = try lesson("optimizers")
    let losses = try [lesson.settings, lesson.settingsAfterTask(2), lesson.settingsAfterTask(3)].map {
      try Playing($0).train(60).loss
    }
    #expect(losses[1] < losses[0] / 5 && losses[2] < losses[0] / 2, "SGD, momentum, Adam: \(losses)")
    let settings = lesson.settingsOfQuestion, rate = try #require(settings["optimizer"]?["learningRate"]?.number)
    for target in try #require(lesson.question["targets"]?.array).compactMap(\.text) {
      let playing = try Playing(settings), before = try why(playing, target)
      try playing.train(1)
      let moved = abs(try why(playing, target).number - before.number)
      #expect(abs(moved - rate) < 1e-6, "\(target) moved by \(moved)")
      let others = [rate * abs(before.gradient), abs(before.gradient)]
      for other in others { #expect(abs(other - rate) > 0.005, "\(target): \(other) looks like the rate") }
    }
  }

  @Test("Reading the graph: the gradient is what arrives times the other factor, and the wrong answers differ")
  func graph() throws {
    let lesson = try lesson("graph"), playing = try Playing(lesson.settings), question = lesson.question
    let inputs = try #require(question["inputs"]?.array).compactMap(\.integer)
    let samples = try #require(question["samples"]?.array).compactMap(\.integer)
    for variant in 0..<inputs.count * samples.count {
      let input = inputs[variant % inputs.count], sample = samples[variant % samples.count]
      let weight = try why(playing, "weight.1.0.\(input)", sample: sample)
      let arriving = try why(playing, "neuron.1.0", sample: sample).gradient
      let other = try why(playing, "neuron.0.\(input)", sample: sample).number
      #expect(abs(weight.gradient - arriving * other) < 1e-12, "sample \(sample), input \(input)")
      let wrong = [-weight.gradient, arriving, other, arriving * weight.number, arriving + other]
      for number in wrong {
        #expect(
          abs(number - weight.gradient) > 0.02, "sample \(sample), input \(input): \(number) and \(weight.gradient)")
      }
    }
  }
}

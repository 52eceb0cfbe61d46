import MicrogradJSON
import MicrogradPlayground
import Testing

/// Each preset shows what it says, and the change that it offers shows the opposite.
struct PresetTests {
  /// A preset, at the start and after its steps, as it is and changed.
  private struct Runs {
    let steps: Int
    let settings, changed: JSON
  }

  private func runs(_ id: String) throws -> Runs {
    let presets = try #require(try WebFile.json("presets.json").array)
    let preset = try #require(presets.first { $0["id"]?.text == id }, "no preset \(id)")
    let settings = try #require(preset["settings"])
    return Runs(
      steps: try #require(preset["run"]?.integer), settings: settings, changed: settings.merged(preset["then"]))
  }

  /// The state at the start of a run, and at its end.
  private func ends(_ settings: JSON, _ steps: Int) throws -> (first: Playing.State, last: Playing.State) {
    let playing = try Playing(settings)
    return (try playing.train(0), try playing.train(steps))
  }

  @Test("Presets have words in both languages, and settings that can be opened")
  func words() throws {
    for preset in try #require(try WebFile.json("presets.json").array) {
      let id = try #require(preset["id"]?.text), runs = try runs(id)
      try WebFile.expectWords(["preset.\(id)", "preset.\(id).watch", "preset.\(id).then"], in: "words-presets.js")
      _ = try (Playing(runs.settings), Playing(runs.changed))
    }
  }

  @Test("Too large a rate: the loss grows; with a smaller one it falls")
  func rateTooLarge() throws {
    let runs = try runs("rateTooLarge"), large = try ends(runs.settings, runs.steps)
    let small = try ends(runs.changed, runs.steps)
    #expect(!(large.last.loss < 100 * large.first.loss), "from \(large.first.loss) to \(large.last.loss)")
    #expect(small.last.loss < small.first.loss / 100, "from \(small.first.loss) to \(small.last.loss)")
  }

  @Test(
    "Symmetric start: the hidden neurons stay equal, and the classes stay mixed; at random they differ, and learn")
  func symmetric() throws {
    let runs = try runs("symmetric")
    for (settings, isSymmetric) in [(runs.settings, true), (runs.changed, false)] {
      let playing = try Playing(settings), accuracy = try playing.train(runs.steps).accuracy
      let hidden = playing.neurons(try playing.parameters)[0]
      #expect(hidden.allSatisfy { $0 == hidden[0] } == isSymmetric, "got \(hidden)")
      #expect(isSymmetric ? accuracy < 0.75 : accuracy > 0.95, "got \(accuracy)")
    }
  }

  @Test("Dead ReLUs: several neurons have no gradient, and are reported; with a smaller rate none")
  func deadReLUs() throws {
    let runs = try runs("deadReLUs")
    let playing = try Playing(runs.settings), dead = try playing.train(runs.steps).deadNeurons
    #expect(dead.count >= 2, "got \(dead)")
    let gradients = playing.neurons(try playing.gradients)[0]
    for neuron in dead { #expect(gradients[neuron].allSatisfy { $0 == 0 }, "neuron \(neuron): \(gradients[neuron])") }
    #expect(try Playing(runs.changed).train(runs.steps).deadNeurons == [])
  }

  @Test("Vanishing gradients: those of the first layer are small beside those of the last, and the loss stays")
  func vanishing() throws {
    let runs = try runs("vanishing")
    let playing = try Playing(runs.settings), first = try playing.train(0), last = try playing.train(runs.steps)
    let gradients = playing.neurons(try playing.gradients).map { $0.joined().map(abs).max() ?? 0 }
    #expect(gradients[0] < gradients[gradients.count - 1] / 5, "got \(gradients)")
    #expect(last.loss > 0.9 * first.loss, "from \(first.loss) to \(last.loss)")
    let changed = try ends(runs.changed, runs.steps)
    #expect(changed.last.loss < 0.1 * changed.first.loss, "from \(changed.first.loss) to \(changed.last.loss)")
  }

  @Test("Overfitting: the test loss rises while the training loss falls; more samples narrow the gap")
  func overfitting() throws {
    let runs = try runs("overfitting")
    let playing = try Playing(runs.settings), early = try playing.train(50), late = try playing.train(runs.steps - 50)
    #expect(late.loss < early.loss / 2 && late.loss < 0.01, "training: from \(early.loss) to \(late.loss)")
    #expect(late.testLoss > 1.5 * early.testLoss, "test: from \(early.testLoss) to \(late.testLoss)")
    let changed = try Playing(runs.changed).train(runs.steps)
    #expect(changed.testLoss - changed.loss < (late.testLoss - late.loss) / 2, "\(changed.json.description)")
  }

  @Test("XOR: without a hidden layer at most three quarters are right at any time; with one nearly all")
  func xor() throws {
    let runs = try runs("xor"), playing = try Playing(runs.settings)
    for _ in 0..<runs.steps {
      let state = try playing.train(1)
      #expect(state.accuracy <= 0.75, "\(state.json.description)")
    }
    #expect(try Playing(runs.changed).train(runs.steps).accuracy > 0.9)
  }

  @Test("Spirals: two neurons are not enough, two layers are")
  func spirals() throws {
    let runs = try runs("spirals")
    let narrow = try Playing(runs.settings).train(runs.steps), wide = try Playing(runs.changed).train(runs.steps)
    #expect(narrow.accuracy < 0.8 && wide.accuracy > 0.95, "got \(narrow.accuracy) and \(wide.accuracy)")
  }

  @Test("A narrow valley: SGD is still far away when momentum has arrived, and cannot take much larger steps")
  func valley() throws {
    let runs = try runs("valley"), plain = try ends(runs.settings, runs.steps)
    let momentum = try ends(runs.changed, runs.steps)
    #expect(plain.last.loss > plain.first.loss / 4, "from \(plain.first.loss) to \(plain.last.loss)")
    #expect(momentum.last.loss < plain.last.loss / 20, "got \(momentum.last.loss), without \(plain.last.loss)")
    let larger = JSON.object([("optimizer", .object([("learningRate", .number(0.4))]))])
    let tried = try ends(runs.settings.merged(larger), runs.steps)
    #expect(!(tried.last.loss < tried.first.loss), "from \(tried.first.loss) to \(tried.last.loss)")
  }

  @Test("An outlier: the squared error follows it, the absolute error does not")
  func outlier() throws {
    let runs = try runs("outlier")
    let points = try #require(runs.settings["data"]?["points"]?.array).map { ($0.array ?? []).compactMap(\.number) }
    func errorWithoutOutlier(_ settings: JSON) throws -> Double {
      let playing = try Playing(settings)
      try playing.train(runs.steps)
      let p = try playing.parameters
      let errors = points.dropLast().map { abs(p[0] * $0[0] + p[1] * $0[1] + p[2] - $0[2]) }
      return errors.reduce(0, +) / Double(errors.count)
    }
    let squared = try errorWithoutOutlier(runs.settings), absolute = try errorWithoutOutlier(runs.changed)
    #expect(absolute < squared / 4, "squared \(squared), absolute \(absolute)")
  }

  @Test("Batches of one sample: the loss falls, but rises often; with all samples it never rises")
  func smallBatches() throws {
    let runs = try runs("smallBatches")
    func rises(_ settings: JSON) throws -> (count: Int, first: Double, last: Double) {
      let playing = try Playing(settings)
      let losses = try [playing.train(0).loss] + (0..<runs.steps).map { _ in try playing.train(1).loss }
      return (zip(losses, losses.dropFirst()).count { $0 < $1 }, losses[0], losses[losses.count - 1])
    }
    let small = try rises(runs.settings), all = try rises(runs.changed)
    #expect(small.count > runs.steps / 5 && small.last < small.first, "\(small)")
    #expect(all.count == 0 && all.last < all.first, "\(all)")
  }
}

import MicrogradData
import MicrogradEngine
import MicrogradJSON
import MicrogradNetworks
import MicrogradRandom
import MicrogradTestSupport
import Testing

@testable import MicrogradPlayground

struct SessionTests {
  private func session(_ settings: String, model: MLP? = nil) throws -> PlaygroundSession {
    PlaygroundSession(try PlaygroundSettings(JSON(parsing: settings)), model: model)
  }

  // MARK: Determinism

  @Test("A state is a function of settings and step: going back and forth gives the same bits")
  func seek() throws {
    let seed = newSeed()
    var random = RandomSettings(seed: seed)
    for _ in 0..<15 {
      let json = random.next(), settings = try PlaygroundSettings(json)
      let straight = PlaygroundSession(settings), wandering = PlaygroundSession(settings)
      wandering.train(random.whole(50...120))
      for target in [random.whole(0...100), random.whole(0...40), 0, random.whole(20...150)] {
        wandering.seek(target)
        let fresh = PlaygroundSession(settings)
        fresh.train(target)
        expectEqual(wandering, fresh, "seed \(seed), step \(target) of \(json.description)")
      }
      straight.train(wandering.step)
      wandering.train(20)
      straight.train(20)
      expectEqual(wandering, straight, "seed \(seed), after \(wandering.step) steps of \(json.description)")
    }
  }

  private func expectEqual(_ a: PlaygroundSession, _ b: PlaygroundSession, _ what: String) {
    #expect(a.step == b.step, "\(what)")
    #expect(bits(a.parameters.map { $0.data }) == bits(b.parameters.map { $0.data }), "parameters: \(what)")
    #expect(bits(a.parameters.map { $0.grad }) == bits(b.parameters.map { $0.grad }), "gradients: \(what)")
    #expect(a.nextBatch == b.nextBatch, "batches: \(what)")
    #expect(a.state.json["loss"]?.description == b.state.json["loss"]?.description, "loss: \(what)")
  }

  @Test("Snapshots and points thin out, and old steps are found again")
  func longRun() throws {
    let settings = #"{"data": {"samples": 4, "test": 0}, "network": {"layers": []}, "batch": 1}"#
    let session = try session(settings), early = try self.session(settings)
    session.train(6000)
    #expect(session.curves.steps.count <= 512, "got \(session.curves.steps.count) points")
    #expect(
      session.curves.steps.first == 0
        && session.curves.steps.last == 6000 - 6000.0.truncatingRemainder(dividingBy: Double(session.curves.distance))
    )
    early.train(1234)
    session.seek(1234)
    expectEqual(session, early, "step 1234 after 6000")
    #expect(session.furthest >= 5900, "got \(session.furthest)")
  }

  @Test("An epoch has each sample once")
  func epochs() throws {
    let session = try session(#"{"data": {"samples": 25, "test": 0}, "batch": 7}"#)
    #expect(session.stepsPerEpoch == 4)
    for _ in 0..<3 {
      var seen: [Int] = []
      for _ in 0..<4 {
        seen += session.nextBatch
        session.train(1)
      }
      #expect(seen.sorted() == Array(0..<25), "got \(seen)")
    }
  }

  // MARK: Numbers

  @Test("Numbers computed without a graph are those of the graph, to the last bit")
  func plainNumbers() throws {
    let seed = newSeed()
    var random = RandomSettings(seed: seed)
    for _ in 0..<50 {
      let json = random.next(isTame: true), session = PlaygroundSession(try PlaygroundSettings(json))
      session.train(random.whole(0...5))
      let points = session.data.training
      let results = session.network.results([points.map { $0.x }, points.map { $0.y }])
      for (index, point) in points.enumerated() {
        let outputs = session.model([point.x, point.y]).map { $0.data }
        #expect(
          bits(outputs) == bits(results[results.count - 1].outputs.map { $0[index] }),
          "seed \(seed): \(json.description)")
      }
      let loss = session.report().training.loss, graph = points.map { session.objective.sample($0) }.mean().data
      #expect(bits([loss]) == bits([graph]), "seed \(seed): got \(loss), expected \(graph) for \(json.description)")
    }
  }

  @Test("Gradients are the differences of the objective")
  func gradients() throws {
    let seed = newSeed()
    var random = RandomSettings(seed: seed)
    for _ in 0..<40 {
      let json = random.next(isTame: true), settings = try PlaygroundSettings(json)
      // Outside the graph, σ is not part of what is differentiated.
      if settings.loss == .sigmoidOutside { continue }
      let session = PlaygroundSession(settings)
      session.train(3)
      let points = session.nextBatch.map { session.data.training[$0] }, parameters = session.parameters
      for parameter in parameters { parameter.grad = 0 }
      session.objective(points).backward()
      for (index, parameter) in parameters.enumerated() {
        let center = parameter.data, h = 1e-6
        func loss(_ change: Double) -> Double {
          parameter.data = center + change
          defer { parameter.data = center }
          return session.objective(points).data
        }
        let ahead = (loss(h) - loss(0)) / h, behind = (loss(0) - loss(-h)) / h
        // At a kink, the gradient lies between both.
        let low = min(ahead, behind), high = max(ahead, behind), gradient = parameter.grad
        let tolerance = 1e-4 * max(1, abs(gradient))
        #expect(
          gradient >= low - tolerance && gradient <= high + tolerance,
          "seed \(seed), parameter \(index): got \(gradient), expected \(low) ... \(high) for \(json.description)")
      }
    }
  }

  @Test("σ outside the graph: the gradient of a score is 2 (σ - y); inside, it has the factor σ (1 - σ)")
  func sigmas() throws {
    for (loss, factor) in [
      ("sigmoidOutside", { (_: Double) in 2.0 }), ("sigmoidInside", { 2 * $0 * (1 - $0) }),
      ("crossEntropy", { _ in 1.0 }),
    ] {
      let session = try session(
        #"{"data": {"kind": "points", "points": [[0.888, 0.777, 1]], "test": 0}, "network": {"layers": []}, "loss": "\#(loss)"}"#
      )
      let score = session.model([0.888, 0.777])[0].data, y = 1 / (1 + .exp(-score))
      session.train(1)
      // The bias's local derivative is 1.
      expectClose(session.parameters[2].grad, (y - 1) * factor(y), "\(loss)")
    }
  }

  // MARK: The lab

  /// The settings of the lab's training, and the generator after some draws.
  private func lab(_ hidden: Int, draws: Int) throws -> PlaygroundSession {
    var random = PythonRandom(seed: 42)
    for _ in 0..<draws { _ = random.uniform(-1, 1) }
    let settings = #"""
      {"data": {"kind": "moons", "samples": 100, "noise": 0.1, "seed": 42, "test": 0}, "batch": 0, "loss": "sigmoidOutside",
       "network": {"layers": [{"neurons": \#(hidden), "activation": "relu"}]},
       "optimizer": {"learningRate": 1}, "schedule": {"kind": "linear", "to": 0.1, "over": 100}}
      """#
    return try session(settings, model: MLP(2, [hidden, 1], using: &random))
  }

  @Test("The published numbers of the lab's ninth task")
  func ninthTask() throws {
    let session = try lab(2, draws: 54)
    let published: [(Double, Double)] = [
      (0.24932434841760936, 0.50), (0.22098897218974045, 0.83), (0.1963744546993089, 0.86),
      (0.1736782052148665, 0.86),
      (0.1550638946177969, 0.84), (0.14091364956889652, 0.85), (0.12992480209746776, 0.84),
      (0.12150999835687959, 0.86),
      (0.11498508333360369, 0.87), (0.10970825565014697, 0.87),
    ]
    for (step, (loss, accuracy)) in published.enumerated() {
      session.seek(step)
      let report = session.report()
      expectClose(report.training.loss, loss, "loss of step \(step)", tolerance: 1e-12)
      #expect(report.training.accuracy == accuracy, "step \(step)")
    }
  }

  @Test("The published numbers of the lab's tenth task")
  func tenthTask() throws {
    let session = try lab(16, draws: 60)
    for (step, loss, accuracy) in [
      (0, 0.179681681712192, 0.86), (9, 0.08160600032121235, 0.88), (49, 0.043667269695128796, 0.92),
      (99, 0.02656288090962793, 0.96),
    ] {
      session.seek(step)
      let report = session.report()
      expectClose(report.training.loss, loss, "loss of step \(step)", tolerance: 1e-11)
      #expect(report.training.accuracy == accuracy, "step \(step)")
    }
  }

  // MARK: Pictures

  @Test("The largest share is that of the predicted class, for each loss", arguments: PlaygroundLoss.allCases)
  func shares(_ loss: PlaygroundLoss) throws {
    guard loss.task == .classification else { return }
    let seed = newSeed()
    var random = RandomSettings(seed: seed)
    for _ in 0..<500 {
      // Also beyond the margins of the hinge loss, on either side.
      let center = random.pick([-5.0, 0, 5]),
        scores = (0..<random.pick([1, 3, 5])).map { _ in
          center + random.number(-2...2)
        }
      let shares = ClassScores.shares(scores, loss), label = ClassScores.label(scores)
      #expect(shares.allSatisfy { $0 <= shares[label] }, "seed \(seed): \(shares) of \(scores)")
    }
  }

  @Test("Surfaces have a number for each square, from the top left, and shares add up to 1")
  func surfaces() throws {
    let seed = newSeed()
    var random = RandomSettings(seed: seed)
    for _ in 0..<30 {
      let json = random.next(isTame: true), dispatcher = PlaygroundDispatcher()
      let opened = dispatcher.answer(.object([("do", .text("open")), ("settings", json)])).json
      let reply = try dispatcher.get(#"{"do": "surface", "size": 5, "neurons": true}"#)
      let outputs = opened["classes"]?.integer ?? 1, session = try #require(dispatcher.session)
      let neurons = session.model.layers.reduce(0) { $0 + $1.neurons.count }
      #expect(reply.json["outputs"]?.integer == outputs && reply.json["neurons"]?.integer == neurons)
      #expect(reply.buffers.map { $0.count } == [25 * outputs, 25 * neurons], "seed \(seed): \(json.description)")
      if outputs > 1 {
        for place in 0..<25 {
          let total = (0..<outputs).reduce(0) { $0 + reply.buffers[0][25 * $1 + place] }
          expectClose(total, 1, "seed \(seed): shares at \(place) for \(json.description)", tolerance: 1e-12)
        }
      }
      let bounds = session.data.bounds, side = (bounds.x.upperBound - bounds.x.lowerBound) / 5
      let corner = session.model([bounds.x.lowerBound + side / 2, bounds.y.upperBound - side / 2])[0].data
      expectClose(
        reply.buffers[1][25 * (neurons - session.model.layers[session.model.layers.count - 1].neurons.count)], corner,
        "seed \(seed): the corner", tolerance: 1e-9)
    }
  }

  @Test("The plane's center is the loss, and its directions are as long as each neuron's weights")
  func plane() throws {
    let dispatcher = PlaygroundDispatcher()
    _ = try dispatcher.get(
      #"{"do": "open", "settings": {"network": {"layers": [{"neurons": 3}]}, "regularization": {"l2": 0.01}}}"#)
    let state = try dispatcher.get(#"{"do": "train", "steps": 20}"#).json
    let plane = try dispatcher.get(#"{"do": "plane", "size": 5, "span": 0.5, "seed": 3}"#)
    let center = try #require(state["loss"]?["train"]?.number) + (try #require(state["loss"]?["penalty"]?.number))
    #expect(
      plane.buffers[0].count == 25 && plane.buffers[0][12] == center,
      "got \(plane.buffers[0][12]), expected \(center)")
    let session = try #require(dispatcher.session)
    var position = 0
    for neuron in session.model.layers.flatMap({ $0.neurons }) {
      let range = position..<position + neuron.weights.count
      for direction in plane.buffers[1...] {
        let length = direction[range].reduce(0) { $0 + $1 * $1 },
          weights = neuron.weights.reduce(0) { $0 + $1.data * $1.data }
        expectClose(length, weights, "the direction of neuron at \(position)", tolerance: 1e-12)
        #expect(direction[range.upperBound] == 0, "the direction moves a bias")
      }
      position = range.upperBound + 1
    }
    let again = try dispatcher.get(#"{"do": "plane", "size": 5, "span": 0.5, "seed": 3}"#)
    #expect(bits(again.buffers[0]) == bits(plane.buffers[0]))
  }

  @Test("Runs that are compared are those of the settings with another loss")
  func compare() throws {
    let dispatcher = PlaygroundDispatcher()
    _ = try dispatcher.get(#"{"do": "open", "settings": {"batch": 5}}"#)
    let reply = try dispatcher.get(
      #"{"do": "compare", "losses": ["sigmoidOutside", "sigmoidInside", "crossEntropy"], "steps": 30, "size": 8}"#)
    #expect(reply.buffers.count == 18 && reply.buffers[5].count == 128)
    for (index, loss) in ["sigmoidOutside", "sigmoidInside", "crossEntropy"].enumerated() {
      let other = try session("{\"batch\": 5, \"loss\": \"\(loss)\"}")
      other.train(30)
      #expect(bits(reply.buffers[6 * index + 1]) == bits(other.curves.trainingLosses), "\(loss)")
    }
    #expect(dispatcher.session?.step == 0)
    #expect(try dispatcher.error(#"{"do": "compare", "losses": ["huber"]}"#).contains("classification"))
    #expect(try dispatcher.error(#"{"do": "compare", "losses": []}"#).contains("losses"))
  }

  @Test("The history is a table of the curves")
  func history() throws {
    let dispatcher = PlaygroundDispatcher()
    _ = try dispatcher.get(#"{"do": "open"}"#)
    _ = try dispatcher.get(#"{"do": "train", "steps": 30}"#)
    let table = try Table(csv: try #require(try dispatcher.get(#"{"do": "history"}"#).json["text"]?.text))
    let curves = try dispatcher.get(#"{"do": "curves"}"#).buffers
    #expect(table.columnNames.count == 7 && table.rowCount == 31)
    #expect(table[column: "test_loss"]?.numbers.map(bits) == bits(curves[2]))
  }
}

import Foundation
import MicrogradData
import MicrogradEngine
import MicrogradNetworks
import Testing

@testable import MicrogradCompiler

/// The listings of two pages are what the program prints and what is compiled here.
///
/// A block behind `<!-- NAME -->`, or `<!-- NAME, lines A to B -->`, must be the listing of that name. Run the tests with
/// `MICROGRAD_REGENERATE=1` in the environment to write the pages anew.
@Suite struct DocumentationTests {
  @Test(arguments: ["from-scalars-to-matrices.md", "training.md"])
  func listingsAreThoseOfTheProgram(page: String) throws {
    let url = Self.directory.appending(path: "../../docs/\(page)")
    let text = try String(contentsOf: url, encoding: .utf8)
    let fresh = Self.refreshed(text, with: try Self.listings())
    if ProcessInfo.processInfo.environment["MICROGRAD_REGENERATE"] == "1" {
      try fresh.write(to: url, atomically: true, encoding: .utf8)
      return
    }
    #expect(fresh.contains("```"), "\(page) has no listings")
    for (number, (got, expected)) in zip(Self.lines(text), Self.lines(fresh)).enumerated() where got != expected {
      Issue.record("\(page):\(number + 1) is stale: it says\n\(got)\nwhere the program says\n\(expected)")
      return
    }
    #expect(Self.lines(text).count == Self.lines(fresh).count, "\(page) is stale: a listing has another length")
  }

  // MARK: The net of the page

  private static func listings() throws -> [String: String] {
    // snippet: net
    let moons = makeMoons(samples: 4, noise: 0.1, seed: 42)
    let model = MLP(2, [2, 1], seed: 1)
    let losses = zip(moons.inputs, moons.labels).map { input, label in
      hingeLoss(model(input)[0], label: label == 1 ? 1 : -1)
    }
    let loss = losses.mean() + 0.01 * model.parameters.map { $0 * $0 }.sum()
    // end
    // The narrowest kernels, so that every machine prints the same places in memory.
    let kernels = Kernels(named: "baseline") ?? .best
    let program = try Program(loss, parameters: model.parameters, kernels: kernels)
    var listings = try snippets()
    listings["description"] = program.description
    for pass in Pass.allCases { listings["dump \(pass)"] = program.dump(after: pass) }
    let chain = model.parameters.dropFirst().reduce(model.parameters[0]) { ($0 * $1).tanh() }
    listings["refusal"] = try Program(chain, parameters: model.parameters).description
    return listings
  }

  // MARK: Code that the other page shows

  @Test func theLoopByHandRuns() throws {
    // snippet: program
    let moons = makeMoons(samples: 100, noise: 0.1, seed: 42)
    let model = MLP(2, [16, 1], seed: 1)
    let losses = zip(moons.inputs, moons.labels).map { input, label in
      hingeLoss(model(input)[0], label: label == 1 ? 1 : -1)
    }
    let program = try Program(losses.mean(), parameters: model.parameters)
    let history = program.run(steps: 200, schedule: .linear(from: 1, to: 0.1, over: 200))
    // end
    #expect(history[199] < history[0] / 3, "from \(history[0]) to \(history[199])")

    // snippet: predictor
    let predict = try model.predictor()
    let scores = predict(moons.inputs).map { $0[0] }
    let correct = zip(scores, moons.labels).count { score, label in (score > 0) == (label == 1) }
    // end
    #expect(correct >= 85, "\(correct) of 100 are right")
  }

  @Test func batchesOfOneSamplesProgramRun() throws {
    let moons = makeMoons(samples: 100, noise: 0.1, seed: 42)
    // snippet: batches
    let model = MLP(2, [16, 1], seed: 1)
    let program = try Program(inputs: 3, parameters: model.parameters, update: .adam()) { sample in
      let score = model([sample[0], sample[1]])[0]
      return (1 - sample[2] * score).relu()
    }
    try program.bind(zip(moons.inputs, moons.labels).map { input, label in input + [label == 1 ? 1 : -1] })
    let history = try program.run(epochs: 50, batchSize: 20, schedule: .constant(0.03)) { $0.shuffle() }
    // end
    #expect(history[49] < history[0] / 3, "from \(history[0]) to \(history[49])")
  }

  @Test func fitRuns() throws {
    // snippet: fit
    let moons = makeMoons(samples: 200, noise: 0.1, seed: 42)
    let model = MLP(2, [16, 2], seed: 1)
    let trainer = Trainer(
      loss: .softmaxCrossEntropy, epochs: 200, batchSize: 32, update: .adam(), schedule: .constant(0.03),
      validation: .share(0.2), patience: 30)
    let history = try model.fit(moons.inputs, .labels(moons.labels), with: trainer)
    print(history)
    // end
    let accuracy = history.validationAccuracies[history.best ?? 0]
    #expect(accuracy > 0.9, "got \(history)")
  }

  // MARK: Reading

  private static let directory = URL(filePath: #filePath).deletingLastPathComponent()

  private static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The lines of this file between `// snippet: NAME` and `// end`.
  private static func snippets() throws -> [String: String] {
    var snippets: [String: String] = [:], name: String?
    for line in lines(try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)) {
      let words = line.drop { $0 == " " }
      if words.hasPrefix("// snippet: ") {
        name = "snippet " + words.dropFirst("// snippet: ".count)
      } else if words == "// end" {
        name = nil
      } else if let name {
        snippets[name] = (snippets[name].map { $0 + "\n" } ?? "") + line.dropFirst(4)
      }
    }
    return snippets
  }

  /// The page with every listing as it should be.
  private static func refreshed(_ page: String, with listings: [String: String]) -> String {
    var result: [Substring] = [], skipping = false, pending: [Substring]?
    for line in lines(page) {
      if let text = pending, line.hasPrefix("```") {
        result += [line] + text
        (pending, skipping) = (nil, true)
      } else if !skipping || line == "```" {
        result.append(line)
        skipping = false
        if let match = line.wholeMatch(of: /<!-- (.+?)(?:, lines (\d+) to (\d+))? -->/),
          let listing = listings[String(match.1)]
        {
          let range = match.2.flatMap { Int($0) }.flatMap { first in match.3.flatMap { Int($0) }.map { first...$0 } }
          pending = excerpt(listing, range)
        }
      }
    }
    return result.joined(separator: "\n")
  }

  private static func excerpt(_ listing: String, _ range: ClosedRange<Int>?) -> [Substring] {
    let all = lines(listing)
    guard let range else { return all }
    let end = min(range.upperBound, all.count)
    return (range.lowerBound > 1 ? ["…"] : []) + all[(range.lowerBound - 1)..<end] + (end < all.count ? ["…"] : [])
  }
}

import MicrogradEngine
import MicrogradGraph
import MicrogradJSON
import MicrogradLanguage
import MicrogradTestSupport
import Testing

@testable import MicrogradFigures

/// The engine in the page answers requests as the library does: places and words are the same, and so are all numbers, up to
/// the rounding of functions such as exp.
@Suite(.enabled(if: Browser.path != nil, Browser.reason), .serialized) struct SteppingAgreementTests {
  @Test(arguments: [0, 10, 20]) func thePageAnswersAsTheLibraryDoes(first: Int) throws {
    let seeds = Array(first..<first + 10), walks = seeds.map(Self.requests)
    let script =
      BrowserTests.helpers + """
        return \(JSON.array(walks.map { .array($0) }).description).map(requests => {
          const engine = new Engine(stepper.engine.module);
          return requests.map(request => {
            const reply = engine.call(request), buffers = reply.buffers.map(buffer => [...buffer]);
            return JSON.stringify({ ...reply, buffers });
          });
        });
        """
    let answers = try Browser.run(script, in: Value(1).html(), as: [[String]].self)
    for (seed, (requests, answers)) in zip(seeds, zip(walks, answers)) {
      let dispatcher = SteppingDispatcher()
      #expect(requests.count == answers.count, "seed \(seed)")
      for (request, answer) in zip(requests, answers) {
        let reply = try #require(dispatcher.answer(request)), got = try JSON(parsing: answer)
        let expected = JSON.object(
          (reply.json.object ?? []) + [("buffers", .array(reply.buffers.map { .numbers($0) }))])
        let difference = Self.difference(got, expected)
        #expect(difference == nil, "seed \(seed), \(request["do"]?.text ?? "")")
      }
    }
  }

  /// A walk at random, as a page would ask for it.
  private static func requests(seed: Int) -> [JSON] {
    var random = SplitMix(seed: seed)
    let graph = RandomStepping.graph(seed: seed), description = GraphDescription(graph)
    let leaves = description.graph.nodes.filter(\.isLeaf).map(\.id),
      groups = GraphOutline(description.graph).groups.count
    func request(_ action: String, _ members: [(String, JSON)]) -> JSON {
      .object([("do", .text("graph.\(action)")), ("graph", .integer(1))] + members)
    }
    let opening = request("open", [("description", description.json), ("language", .text("en"))])
    return [opening]
      + (0..<30).map { _ in
        switch Int.random(in: 0..<6, using: &random) {
        case 0 where groups > 0: request("toggle", [("group", .integer(.random(in: 0..<groups, using: &random)))])
        case 1: request("setAll", [("open", .boolean(.random(using: &random)))])
        case 2: request("speak", [("language", .text(["en", "fr"].randomElement(using: &random)!))])
        case 3:
          request(
            "edit",
            [
              ("leaf", .integer(leaves.randomElement(using: &random)!)),
              ("number", .number(.random(in: -2...2, using: &random))),
            ])
        case 4: request("texts", [("boxes", .integers(0..<50))])
        default: request("go", [("to", .integer(.random(in: 0...60, using: &random)))])
        }
      }
  }

  /// The first place at which two answers differ, and what stands there.
  private static func difference(_ got: JSON, _ expected: JSON, at path: String = "") -> String? {
    let difference = "\(path): got \(got.description.prefix(300)), expected \(expected.description.prefix(300))"
    switch (got, expected) {
    case (.object(let a), .object(let b)):
      guard a.map(\.0) == b.map(\.0) else { return difference }
      return zip(a, b).lazy.compactMap { Self.difference($0.1, $1.1, at: "\(path).\($0.0)") }.first
    case (.array(let a), .array(let b)):
      guard a.count == b.count else { return difference }
      return zip(a, b).enumerated().lazy.compactMap { Self.difference($1.0, $1.1, at: "\(path)[\($0)]") }.first
    case (.text(let a), .text(let b)): return isEqual(a, b) ? nil : difference
    case (.null, .null): return nil
    case (.null, .number(let number)): return number.isFinite ? difference : nil
    default:
      guard let a = got.number, let b = expected.number else { return difference }
      return BrowserTests.isClose(a, b) ? nil : difference
    }
  }

  /// Whether texts differ in the last digits of numbers at most.
  private static func isEqual(_ a: String, _ b: String) -> Bool {
    let number = /-?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?/
    guard a.replacing(number, with: "#") == b.replacing(number, with: "#") else { return false }
    return zip(a.matches(of: number), b.matches(of: number)).allSatisfy { a, b in
      let (a, b) = (Double(a.output.0) ?? .nan, Double(b.output.0) ?? .nan)
      // Six digits of numbers that differ in the sixteenth may differ in the sixth.
      return abs(a - b) <= 1.1e-5 * max(abs(a), abs(b)) + 1e-4
    }
  }
}

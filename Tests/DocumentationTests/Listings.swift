import Foundation
import MicrogradData
import MicrogradEngine
import MicrogradNetworks
import Testing

@testable import MicrogradCompiler

/// The compiler's listings of one small net, for the page that follows it through all passes.
enum Listings {
  /// Whether the block is one of them.
  static func hold(_ block: Page.Block) -> Bool { block.mark.map { names.contains(parts(of: $0).name) } ?? false }

  /// Compares a page's listings with the program's, or writes them anew.
  static func check(_ page: Page) throws {
    guard page.blocks.contains(where: hold) else { return }
    let listings = try listings()
    let dumps = page.blocks.filter(hold).map { parts(of: $0.mark!).name }.filter { $0.hasPrefix("dump ") }
    #expect(dumps == Pass.allCases.map { "dump \($0)" }, "\(page.name) does not show every pass, in order")
    var lines = page.lines
    for block in page.blocks.reversed() where hold(block) {
      let (name, range) = parts(of: block.mark!), expected = excerpt(listings[name]!, range)
      if DocumentationTests.regenerates {
        lines.replaceSubrange(block.start..<block.start + block.lines.count, with: expected)
      } else if let index = (0..<max(block.lines.count, expected.count)).first(where: {
        $0 >= block.lines.count || $0 >= expected.count || block.lines[$0] != expected[$0]
      }) {
        Issue.record(
          """
          \(page.name):\(block.start + index + 1) is stale: it says
          \(block.lines.dropFirst(index).first ?? "nothing")
          where the program says
          \(expected.dropFirst(index).first ?? "nothing")
          """)
      }
    }
    if DocumentationTests.regenerates {
      try lines.joined(separator: "\n").write(to: page.url, atomically: true, encoding: .utf8)
    }
  }

  // MARK: The net of the page

  private static let names = Set(Pass.allCases.map { "dump \($0)" } + ["snippet net", "description", "refusal"])

  private static func listings() throws -> [String: String] {
    // snippet net
    let moons = makeMoons(samples: 4, noise: 0.1, seed: 42)
    let model = MLP(2, [2, 1], seed: 1)
    let losses = zip(moons.inputs, moons.labels).map { input, label in
      hingeLoss(model(input)[0], label: label == 1 ? 1 : -1)
    }
    let loss = losses.mean() + 0.01 * model.parameters.map { $0 * $0 }.sum()
    // end
    // The narrowest kernels, so that every machine prints the same places in memory.
    let kernels = Kernels(named: "baseline") ?? .best
    let program = try Program(loss, parameters: model.parameters, settings: Settings(kernels: kernels))
    var listings = ["snippet net": try netAsWritten()]
    listings["description"] = program.description
    for pass in Pass.allCases { listings["dump \(pass)"] = program.dump(after: pass) }
    let chain = model.parameters.dropFirst().reduce(model.parameters[0]) { ($0 * $1).tanh() }
    listings["refusal"] = try Program(chain, parameters: model.parameters).description
    return listings
  }

  /// The lines of this file that make the net.
  private static func netAsWritten() throws -> String {
    let lines = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8).split(separator: "\n")
    let net = lines.drop { $0 != "    // snippet net" }.dropFirst().prefix { $0 != "    // end" }
    return net.map { $0.dropFirst(4) }.joined(separator: "\n")
  }

  // MARK: Reading

  private static func parts(of mark: Substring) -> (name: String, range: ClosedRange<Int>?) {
    guard let match = mark.wholeMatch(of: /(.+), lines (\d+) to (\d+)/), let first = Int(match.2),
      let last = Int(match.3)
    else { return (String(mark), nil) }
    return (String(match.1), first...last)
  }

  private static func excerpt(_ listing: String, _ range: ClosedRange<Int>?) -> [Substring] {
    let all = listing.split(separator: "\n", omittingEmptySubsequences: false)
    guard let range else { return all }
    let end = min(range.upperBound, all.count)
    return (range.lowerBound > 1 ? ["…"] : []) + all[(range.lowerBound - 1)..<end] + (end < all.count ? ["…"] : [])
  }
}

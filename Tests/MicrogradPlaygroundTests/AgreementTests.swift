import Foundation
import MicrogradJSON
import MicrogradPlayground
import MicrogradTestSupport
import Testing

/// The same program natively and as WebAssembly in node. What is not there is skipped: node, the playground's module as it is
/// checked in or was built by `WebAssembly/build`, and the module of `WebAssembly/build check`.
struct AgreementTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

  private static let node = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .map { URL(filePath: String($0)).appending(path: "node") }
    .first { FileManager.default.isExecutableFile(atPath: $0.path) }

  /// The first of some files that has something in it.
  private static func module(_ paths: String...) -> URL? {
    paths.map { root.appending(path: $0) }.first { (try? Data(contentsOf: $0).count) ?? 0 > 1000 }
  }

  private static let playground = module(
    ".build-wasm/playground.wasm", "Sources/CMicrogradPlayground/playground.wasm.lzma")
  private static let check = module(".build-wasm/check.wasm")

  /// The replies of a module to requests, which are answered in turn.
  private func replies(_ module: URL, _ requests: [JSON]) throws -> [JSON] {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appending(path: "requests"), output = Pipe(), process = Process()
    try requests.map { $0.description + "\n" }.joined().write(to: input, atomically: true, encoding: .utf8)
    let node: URL = try #require(Self.node)
    process.executableURL = node
    process.arguments = [Self.root.appending(path: "WebAssembly/ask.mjs").path, module.path]
    process.standardInput = try FileHandle(forReadingFrom: input)
    process.standardOutput = output
    try process.run()
    let text = try #require(String(data: output.fileHandleForReading.readDataToEndOfFile(), encoding: .utf8))
    process.waitUntilExit()
    let replies = try text.split(separator: "\n").map { try JSON(parsing: String($0)) }
    try #require(replies.count == requests.count, "got \(replies.count) replies to \(requests.count) requests")
    return replies
  }

  private func buffers(_ reply: JSON) -> [[Double]] {
    (reply["buffers"]?.array ?? []).map { $0.array?.map { $0.number ?? .nan } ?? [] }
  }

  /// Fails unless all numbers agree, relative to the larger of each and 1.
  private func expectAgreement(_ got: [Double], _ expected: [Double], _ what: String, tolerance: Double = 1e-12) {
    #expect(got.count == expected.count, "\(what): got \(got.count) numbers, expected \(expected.count)")
    for (index, (a, b)) in zip(got, expected).enumerated() where a != b {
      #expect(abs(a - b) <= tolerance * max(abs(b), 1), "\(what), number \(index): got \(a), expected \(b)")
    }
  }

  @Test(
    "2,000 random expressions agree, and random numbers and data to the last bit",
    .enabled(if: node != nil && check != nil, "needs node and `WebAssembly/build check`"))
  func expressions() throws {
    let first = newSeed() % 1_000_000_000, seeds = (first..<first + 2000).map { $0 }
    let replies = try replies(try #require(Self.check), seeds.map { .object([("seed", .integer($0))]) })
    for (seed, reply) in zip(seeds, replies) {
      let numbers = buffers(reply)
      try #require(numbers.count == 3, "seed \(seed): got \(reply.description)")
      let isExact = bits(numbers[0]) == bits(exactNumbers(seed: seed))
      #expect(isExact, "seed \(seed): random numbers or data differ")
      expectAgreement(numbers[1], closeNumbers(seed: seed), "seed \(seed), data")
      expectAgreement(numbers[2], expression(seed: seed), "seed \(seed), value and derivatives")
    }
  }

  @Test(
    "200 random trainings agree at each step: networks, losses, optimizers, seeds",
    .enabled(if: node != nil && playground != nil, "needs node and the playground's module"))
  func trainings() throws {
    let seed = newSeed(), steps = 12
    var random = RandomSettings(seed: seed), requests: [JSON] = []
    for _ in 0..<200 {
      requests.append(.object([("do", .text("open")), ("settings", random.next(isTame: true))]))
      for step in 1...steps {
        requests.append(.object([("do", .text("seek")), ("step", .integer(step))]))
        requests.append(.object([("do", .text("parameters"))]))
      }
    }
    let replies = try replies(try #require(Self.playground), requests), dispatcher = PlaygroundDispatcher()
    var settings = JSON.null, step = 0
    for (request, reply) in zip(requests, replies) {
      let native = dispatcher.answer(request)
      if let opened = request["settings"] { settings = opened }
      step = request["step"]?.integer ?? step
      let what = "seed \(seed), step \(step) of \(settings.description)"
      try #require(native.json["error"] == nil && reply["EngineStopped"] == nil, "\(what): got \(reply.description)")
      for (name, numbers) in [("loss", ["train", "test", "penalty"]), ("accuracy", ["train", "test"])] {
        for number in numbers {
          guard let expected = native.json[name]?[number]?.number else { continue }
          expectAgreement([reply[name]?[number]?.number ?? .nan], [expected], "\(what), \(name) of \(number)")
        }
      }
      for (got, expected) in zip(buffers(reply), native.buffers) { expectAgreement(got, expected, what) }
    }
  }
}

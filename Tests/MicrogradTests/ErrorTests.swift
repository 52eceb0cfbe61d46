import Foundation
import Micrograd
import Testing

/// What an alert or a log shows of an error, `localizedDescription`, is its description, and not "The operation couldn't
/// be completed".
@Suite struct ErrorTests {
  static let errors: [any Error] = [
    failure { try Dataset(Table(csv: "x1,label\n1,abc\n")) },
    failure { try Table(contentsOf: "/there/is/no/such.csv") },
    failure { try Formula("relu(a") },
    failure { try MLP(2, [1], seed: 1).fit([], .labels([]), with: Trainer(loss: .hingeLoss)) },
    failure { try kFold(count: 1, folds: 2, seed: 1) },
    failure { try Safetensors([1, 2, 3]) },
    failure { try TabularModel(safetensors: []) },
    failure { try Shard(number: 2, of: 1) },
    failure { try PlaygroundPage(csv: "x1,label\n1,abc\n") },
    failure { try TextTrainer(steps: 0).fit(TextModel(safetensors: model.safetensors()), to: ["a"]) },
  ]

  private static var model: TextModel {
    var random = PythonRandom(seed: 1)
    return try! TextModel(of: ["a"], width: 1, heads: 1, context: 1, using: &random)
  }

  @Test(arguments: errors.indices)
  func saysItsDescription(_ index: Int) {
    let error = Self.errors[index]
    #expect(error.localizedDescription == "\(error)", "\(type(of: error))")
  }

  /// Every public error of the package is among those above. (The lab is no product: nobody imports it.)
  @Test func noneIsForgotten() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources")
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var declared: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" && !file.path.contains("/MicrogradLab/") {
      for match in try String(contentsOf: file, encoding: .utf8).matches(of: /public (?:struct|enum) (\w+): Error\b/)
      {
        declared.insert(String(match.1))
      }
    }
    #expect(declared == Set(Self.errors.map { "\(type(of: $0))" }))
  }

  private static func failure(_ body: () throws -> Any) -> any Error {
    do {
      let result = try body()
      fatalError("no error, but \(result)")
    } catch {
      return error
    }
  }
}

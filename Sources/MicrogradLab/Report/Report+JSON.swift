import Micrograd
import MicrogradRequirement

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Report {
  /// The results for programs: numbers with all their digits, tables, and the names of the figures. Numbers that are not
  /// finite are strings: `"nan"`, `"inf"` and `"-inf"`.
  ///
  /// Keys and headings are the English ones, whatever the report's language.
  public var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: Double.infinity.text, negativeInfinity: (-Double.infinity).text, nan: Double.nan.text)
    let tasks = chapters.map { Task($0.task, $0.page, language) }
    // Encoding numbers and strings cannot fail once infinities are taken care of.
    guard let data = try? encoder.encode(["tasks": tasks]) else { return "{}" }
    return String(decoding: data, as: UTF8.self)
  }

  private struct Task: Encodable {
    let number: Int
    let title: String
    var results: [String: Result] = [:]
    var tables: [String: Table] = [:]
    let figures: [String]

    init(_ task: LabTask, _ page: Page, _ language: Language) {
      number = task.number
      title = task.title(in: language)
      figures = page.illustrations.map { $0.name + ".svg" }
      for block in page.blocks {
        switch block {
        case .result(let result):
          results[result.name(in: .english)] = result.number.map(Result.number) ?? .text(result.text)
        case .table(let table):
          tables[table.name] = Table(headings: table.headings.map { $0(in: .english) }, rows: table.rows)
        case .text, .figure: break
        }
      }
    }
  }

  private struct Table: Encodable {
    let headings: [String]
    let rows: [[String]]
  }

  private enum Result: Encodable {
    case number(Double)
    case text(String)

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .number(let number): try container.encode(number)
      case .text(let text): try container.encode(text)
      }
    }
  }
}

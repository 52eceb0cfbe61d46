import MicrogradData
package import MicrogradJSON

extension Evaluation {
  /// The figures, for programs.
  package var json: JSON {
    var members: [(String, JSON)] = [("rows", .integer(rowCount)), ("scores", Score.json(scores))]
    if let confusion {
      let counts = JSON.array(confusion.counts.map { .integers($0) })
      members.append(("confusion", .object([("classes", .texts(confusion.labels)), ("counts", counts)])))
    }
    return .object(members)
  }
}

extension Evaluation.Score {
  /// Scores by their names, each with its value, and its baseline if it has one.
  static func json(_ scores: [Evaluation.Score]) -> JSON {
    .object(
      scores.map { score in
        let baseline: [(String, JSON)] = score.baseline.map { [("baseline", json($0))] } ?? []
        return (score.name, .object([("value", json(score.value))] + baseline))
      })
  }

  /// A score that is not defined, such as the ROC AUC of one class, is null.
  private static func json(_ number: Double) -> JSON { number.isFinite ? .number(number) : .null }

  /// Reads scores; nil if they are not written as `json(_:)` writes them.
  static func scores(_ json: JSON) -> [Evaluation.Score]? {
    guard let members = json.object else { return nil }
    var scores: [Evaluation.Score] = []
    for (name, score) in members {
      guard let value = score["value"] else { return nil }
      scores.append(
        Evaluation.Score(name, value.number ?? .nan, baseline: score["baseline"].map { $0.number ?? .nan }))
    }
    return scores
  }
}

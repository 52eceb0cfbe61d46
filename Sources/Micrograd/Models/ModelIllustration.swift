import MicrogradData
import MicrogradFigures
import MicrogradLanguage
import MicrogradModels
import MicrogradTabular

/// A picture of what a model predicts.
enum ModelIllustration: Sendable {
  /// The regions of the classes in the plane of two columns of numbers, and test rows at their places.
  case regions(DecisionRegions, Dataset)
  /// The predicted number over the true one, for each test row.
  case numbers([(truth: Double, prediction: Double)])

  /// The largest count of rows that are drawn.
  static let mostRows = 2000

  /// Creates the picture that shows most; nil if there is none.
  init?(_ predictor: TabularPredictor, test: Table?, _ predictions: Predictions?) throws {
    let model = predictor.model
    let drawn = test.map { Self.drawn(of: $0.rowCount) } ?? [], rows = test?.selecting(drawn)
    if let numbers = predictions?.numbers, let rows {
      let truths = try model.pipeline.targetNumbers(of: rows)
      self = .numbers(zip(truths, drawn).map { ($0, numbers[$1]) })
    } else if let plane = model.pipeline.plane, model.output.classes != nil {
      let samples = try rows.map { rows in
        Dataset(
          inputs: try model.pipeline.points(of: rows, in: plane), labels: try model.pipeline.labels(of: rows))
      }
      self = .regions(try predictor.regions(in: plane, around: samples), samples ?? Dataset([Sample]()))
    } else {
      return nil
    }
  }

  /// Returns the positions of the rows to draw, evenly from all.
  private static func drawn(of count: Int) -> [Int] {
    count <= mostRows ? Array(0..<count) : (0..<mostRows).map { $0 * count / mostRows }
  }
}

/// Two columns of numbers, with their means and standard deviations.
private typealias ColumnPlane = [(name: String, mean: Double, deviation: Double)]

extension Pipeline {
  /// The plane of the columns that predictions are made from; nil unless they are two columns of numbers.
  fileprivate var plane: ColumnPlane? {
    let columns: ColumnPlane = features.compactMap { feature in
      guard case .standardized(let mean, let deviation) = feature.encoding else { return nil }
      return (feature.name, mean, deviation)
    }
    return features.count == 2 && columns.count == 2 ? columns : nil
  }

  /// Returns the raw numbers of rows.
  fileprivate func points(of table: Table, in plane: ColumnPlane) throws -> [[Double]] {
    let columns = plane.map { table[column: $0.name]?.numbers ?? [] }
    return (0..<table.rowCount).map { row in columns.map { $0[row] } }
  }
}

extension TabularPredictor {
  /// Returns the regions of the classes around samples; without samples, up to three standard deviations from the means.
  fileprivate func regions(in plane: ColumnPlane, around samples: Dataset?) throws -> DecisionRegions {
    let samples =
      samples
      ?? Dataset(inputs: [-3, 3].map { side in plane.map { $0.mean + side * $0.deviation } }, labels: [0, 0])
    let (x, y) = Plot.plane(around: samples)
    var failure: (any Error)?
    func prediction(_ x: Double, _ y: Double) -> Predictions? {
      do {
        return try self(Table(columnNames: plane.map(\.name), rows: [[x, y]]))
      } catch {
        failure = error
        return nil
      }
    }
    func probability(_ x: Double, _ y: Double) -> Double {
      guard case .classes(_, let probabilities) = prediction(x, y) else { return .nan }
      return probabilities[0][1]
    }
    let isBinary = model.output.classes?.count == 2
    let regions =
      isBinary
      ? DecisionRegions(probability: probability, x: x, y: y)
      : DecisionRegions(of: { prediction($0, $1)?.labels?[0] ?? 0 }, x: x, y: y)
    if let failure { throw failure }
    return regions
  }
}

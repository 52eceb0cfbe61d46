import MicrogradData

/// The samples of a data set that can be drawn, as points of the plane.
struct SamplePoints {
  private(set) var points: [(point: Point, label: Int)] = []
  /// The number of samples that cannot be drawn because a number is missing, not finite, or beyond 1e300.
  private(set) var omitted = 0

  init(_ data: Dataset, inputs: (x: Int, y: Int)) {
    for (input, label) in zip(data.inputs, data.labels) {
      guard let point = Self.point(input, inputs), Scale.canShow(point.x), Scale.canShow(point.y) else {
        omitted += 1
        continue
      }
      points.append((point, label))
    }
  }

  private static func point(_ input: [Double], _ columns: (x: Int, y: Int)) -> Point? {
    guard input.indices.contains(columns.x) else { return nil }
    if input.indices.contains(columns.y) { return Point(input[columns.x], input[columns.y]) }
    return input.count == 1 ? Point(input[columns.x], 0) : nil
  }
}

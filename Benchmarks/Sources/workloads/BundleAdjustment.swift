import Micrograd

/// The errors of points that cameras see, ADBench's BA: for each observation two numbers that depend on 11 parameters of a
/// camera (rotation r, centre C, focal length f, principal point u, distortion k), the point X and the weight w:
///
///     Y = R(r)·(X - C)    p = (Y₁, Y₂) / Y₃    w·(f·p·(1 + k₁·‖p‖² + k₂·‖p‖⁴) + u - what was seen)
///
/// R(r) rotates by the angle ‖r‖ about r (Rodrigues' formula). The derivative -2w of the weights' own error, 1 - w², is left
/// out.
struct BundleAdjustment: JacobianWorkload {
  let cameras: [[Double]]
  let points: [[Double]]
  let weights: [Double]
  let seen: [[Double]]

  var count: Int { seen.count }

  init(cameras cameraCount: Int, points pointCount: Int, observations: Int) {
    var numbers = Numbers()
    cameras = (0..<cameraCount).map { _ in
      numbers.list(3, -0.5, 0.5) + numbers.list(2, -0.5, 0.5) + numbers.list(1, -6, -5) + numbers.list(1, 400, 800)
        + numbers.list(2, -10, 10) + numbers.list(2, -0.1, 0.1)
    }
    points = numbers.rows(pointCount, of: 3, -1, 1)
    weights = numbers.list(observations, 0.5, 1.5)
    seen = numbers.rows(observations, of: 2, -100, 100)
  }

  func point(_ index: Int) -> [Double] {
    cameras[index % cameras.count] + points[index % points.count] + [weights[index]]
  }

  func results<S: Scalar>(_ index: Int, _ x: [S]) -> [S] {
    zip(project(x), seen[index]).map { x[14] * ($0 - $1) }
  }

  private func project<S: Scalar>(_ x: [S]) -> [S] { project(x[11..<14].enumerated().map { $1 - x[3 + $0] }, x) }

  /// One compiled function for all observations, whose rows are the parameters and what was seen.
  var compiled: Variant {
    Variant(name: "program") {
      let function = try CompiledFunction(inputs: 17) { x in zip(project(x), x[15...]).map { x[14] * ($0 - $1) } }
      let rows = (0..<count).flatMap { point($0) + seen[$0] }
      return Prepared(note: "\(function)") {
        guard let (values, jacobians) = try? function.valuesWithJacobians(at: rows) else { return [] }
        return values + withoutSeen(jacobians)
      }
    }
  }

  /// Without the columns of the derivatives by what was seen.
  private func withoutSeen(_ jacobians: [Double]) -> [Double] {
    var kept: [Double] = []
    kept.reserveCapacity(jacobians.count)
    for row in stride(from: 0, to: jacobians.count, by: 17) { kept += jacobians[row..<row + 15] }
    return kept
  }

  private func project<S: Scalar>(_ point: [S], _ camera: [S]) -> [S] {
    let y = rotate(point, by: camera)
    let p = [y[0] / y[2], y[1] / y[2]]
    let square = p[0] * p[0] + p[1] * p[1]
    let distortion = camera[9] * square + camera[10] * square * square + 1
    return (0..<2).map { p[$0] * distortion * camera[6] + camera[7 + $0] }
  }

  private func rotate<S: Scalar>(_ x: [S], by r: [S]) -> [S] {
    let square = r[0] * r[0] + r[1] * r[1] + r[2] * r[2]
    if square.data == 0 { return (0..<3).map { x[$0] + cross(r, x, $0) } }
    let angle = sqrt(square), cosine = cos(angle), sine = sin(angle)
    let axis = (0..<3).map { r[$0] / angle }
    let along = (axis[0] * x[0] + axis[1] * x[1] + axis[2] * x[2]) * (1 - cosine)
    return (0..<3).map { x[$0] * cosine + cross(axis, x, $0) * sine + axis[$0] * along }
  }

  private func cross<S: Scalar>(_ a: [S], _ b: [S], _ i: Int) -> S {
    let j = (i + 1) % 3, k = (i + 2) % 3
    return a[j] * b[k] - a[k] * b[j]
  }
}

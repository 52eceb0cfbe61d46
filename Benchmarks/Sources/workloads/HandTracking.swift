import Micrograd

/// The distances of measured points from the skin of a hand, ADBench's HAND: 26 parameters of a pose (rotation, position,
/// and 4 angles of each of 5 fingers) move 22 bones, and each vertex of the skin follows all bones by weights:
///
///     v = R·(Σ_b w_b·A_b·v₀) + t      A_b = A_parent·B_b·E(angles)
///
/// with matrices of 4 × 4, of which B places a bone in its parent, and E rotates by Euler's angles. The skin of the original, a
/// scanned hand, is replaced by pseudo-random vertices around pseudo-random bones, of the same number.
struct HandTracking: JacobianWorkload {
  static let bones = 22, vertices = 544

  /// A matrix of 3 × 4; the fourth row is 0, 0, 0, 1.
  typealias Frame<S> = [[S]]

  let parents: [Int]
  let bases: [Frame<Double>]
  let inverses: [Frame<Double>]
  /// For each vertex its place, and its weight for each bone.
  let skin: [[Double]]
  let weights: [[Double]]
  let measured: [[Double]]
  let pose: [Double]

  let count = 1
  func point(_ index: Int) -> [Double] { pose }

  init(measured count: Int) {
    var numbers = Numbers()
    // The wrist; five fingers, each a chain of four bones; the forearm.
    let parents = [-1] + (1...20).map { $0 % 4 == 1 ? 0 : $0 - 1 } + [0]
    let places = numbers.rows(Self.bones, of: 3, -1, 1)
    // The bones are not rotated at rest, so the inverse of a bone's frame moves back by all offsets above it.
    var absolutes: [[Double]] = []
    for bone in 0..<Self.bones {
      let above = parents[bone] < 0 ? [0, 0, 0] : absolutes[parents[bone]]
      absolutes.append(zip(above, places[bone]).map { $0 + $1 })
    }
    self.parents = parents
    bases = places.map { Self.translation($0) }
    inverses = absolutes.map { Self.translation($0.map { -$0 }) }
    skin = numbers.rows(Self.vertices, of: 3, -2, 2)
    weights = numbers.rows(Self.vertices, of: Self.bones, 0.1, 1).map { row in
      let total = row.reduce(0, +)
      return row.map { $0 / total }
    }
    measured = numbers.rows(count, of: 3, -2, 2)
    pose = numbers.list(26, -0.5, 0.5)
  }

  private static func translation(_ offset: [Double]) -> Frame<Double> {
    (0..<3).map { row in (0..<3).map { $0 == row ? 1 : 0 } + [offset[row]] }
  }

  func results<S: Scalar>(_ index: Int, _ theta: [S]) -> [S] {
    let transforms = boneTransforms(theta)
    let positions = skin.indices.map { vertex in
      var position = [S](repeating: 0, count: 3)
      for (bone, transform) in transforms.enumerated() {
        for row in 0..<3 { position[row] += apply(transform[row], skin[vertex]) * weights[vertex][bone] }
      }
      return position
    }
    let rotation = rotation(about: Array(theta[..<3]))
    return measured.enumerated().flatMap { i, point in
      // Vertices are spread over the skin.
      let p = positions[i * 5 % Self.vertices]
      return (0..<3).map { row in
        let r = rotation[row]
        return point[row] - (r[0] * p[0] + r[1] * p[1] + r[2] * p[2] + theta[3 + row])
      }
    }
  }

  private func apply<S: Scalar>(_ row: [S], _ p: [Double]) -> S {
    row[0] * p[0] + row[1] * p[1] + row[2] * p[2] + row[3]
  }

  /// The matrices of the bones: each moves a vertex from its place at rest to the place where that bone takes it.
  private func boneTransforms<S: Scalar>(_ theta: [S]) -> [Frame<S>] {
    var absolutes: [Frame<S>] = []
    for bone in 0..<Self.bones {
      let relative = product(bases[bone], euler(angles(of: bone, theta)))
      absolutes.append(parents[bone] < 0 ? relative : product(absolutes[parents[bone]], relative))
    }
    return zip(absolutes, inverses).map { product($0, $1) }
  }

  /// The first three bones of a finger bend about x; the first one about z as well.
  private func angles<S: Scalar>(of bone: Int, _ theta: [S]) -> (x: S, z: S)? {
    let finger = (bone - 1) / 4, joint = (bone - 1) % 4
    if bone == 0 || bone == 21 || joint == 3 { return nil }
    let start = 6 + 4 * finger
    return joint == 0 ? (theta[start], theta[start + 1]) : (theta[start + 1 + joint], 0)
  }

  private func euler<S: Scalar>(_ angles: (x: S, z: S)?) -> Frame<S> {
    guard let (x, z) = angles else { return [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]] }
    let cx = cos(x), sx = sin(x), cz = cos(z), sz = sin(z)
    return [[cz, -sz * cx, sz * sx, 0], [sz, cz * cx, -cz * sx, 0], [0, sx, cx, 0]]
  }

  private func product<S: Scalar>(_ a: Frame<S>, _ b: Frame<S>) -> Frame<S> {
    a.map { row in
      (0..<4).map { c in
        let sum = row[0] * b[0][c] + row[1] * b[1][c] + row[2] * b[2][c]
        return c == 3 ? sum + row[3] : sum
      }
    }
  }

  private func product<S: Scalar>(_ a: Frame<Double>, _ b: Frame<S>) -> Frame<S> {
    a.map { row in
      (0..<4).map { c in
        let sum = b[0][c] * row[0] + b[1][c] * row[1] + b[2][c] * row[2]
        return c == 3 ? sum + row[3] : sum
      }
    }
  }

  private func product<S: Scalar>(_ a: Frame<S>, _ b: Frame<Double>) -> Frame<S> {
    a.map { row in
      (0..<4).map { c in
        let sum = row[0] * b[0][c] + row[1] * b[1][c] + row[2] * b[2][c]
        return c == 3 ? sum + row[3] : sum
      }
    }
  }

  /// Rodrigues' formula as a matrix.
  private func rotation<S: Scalar>(about r: [S]) -> [[S]] {
    let angle = sqrt(r[0] * r[0] + r[1] * r[1] + r[2] * r[2])
    let x = r[0] / angle, y = r[1] / angle, z = r[2] / angle
    let s = sin(angle), c = cos(angle), d = 1 - c
    return [
      [x * x * d + c, x * y * d - z * s, x * z * d + y * s],
      [x * y * d + z * s, y * y * d + c, y * z * d - x * s],
      [x * z * d - y * s, y * z * d + x * s, z * z * d + c],
    ]
  }
}

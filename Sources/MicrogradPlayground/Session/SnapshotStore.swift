import MicrogradNetworks

/// All that the next steps depend on, and the gradients of the last one.
struct Snapshot: Sendable {
  let step: Int
  let parameters: [Double]
  let gradients: [Double]
  let optimizer: OptimizerState
  let batches: BatchOrder
}

/// Snapshots at equal distances, which double when there are too many of them.
struct SnapshotStore: Sendable {
  /// The largest number of snapshots.
  private static let capacity = 128

  private var snapshots: [Snapshot] = []
  private var distance = 16

  /// The step of the newest snapshot.
  var furthest: Int { snapshots.last?.step ?? 0 }

  /// Whether there should be a snapshot of a step, and is none.
  func wants(_ step: Int) -> Bool { step % distance == 0 && step > furthest }

  /// - Precondition: The snapshot is newer than the others.
  mutating func keep(_ snapshot: Snapshot) {
    snapshots.append(snapshot)
    if snapshots.count <= Self.capacity { return }
    distance *= 2
    snapshots.removeAll { $0.step % distance != 0 }
  }

  /// The newest snapshot that is not newer than a step.
  func last(upTo step: Int) -> Snapshot? { snapshots.last { $0.step <= step } }
}

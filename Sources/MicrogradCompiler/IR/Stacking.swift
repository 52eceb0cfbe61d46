extension IR {
  /// The pass `stacking`: a layer that a sample applies several times becomes one product, with these applications as its
  /// *positions*.
  ///
  /// Such are the words of a sentence, the two halves of a Siamese net, or the inputs of a recurrence. Row r at position p is
  /// row `r · positions + p` of the product, and its inputs are in the same order, so that the kernels see the positions as
  /// further lanes. Applications that depend on each other stay apart: only those that have the same number of layers
  /// before them on the longest path are put together, so every product still comes after its inputs.
  ///
  /// Complexity: linear, but for the sorting of nodes by the number of layers before them.
  func stacked() -> IR {
    let uses = useCounts(), depths = layersBefore()
    var stacks: [Stack: [ID]] = [:]
    for id in kinds.indices where uses[id] > 0 {
      if let stack = Stack(kinds[id], depths[id]) { stacks[stack, default: []].append(id) }
    }
    guard stacks.values.contains(where: { $0.count > 1 }) else { return self }

    var new = emptied(), names = [ID](repeating: -1, count: kinds.count)
    var positions: [ID: (position: Int, count: Int)] = [:]
    for members in stacks.values {
      for (position, id) in members.enumerated() { positions[id] = (position, members.count) }
    }
    for id in inOrderOfLayers(uses, depths) {
      switch kinds[id] {
      case .dense(let matrix, _, let relu):
        let members = stacks[Stack(kinds[id], depths[id])!]!
        let inputs = members.map { IR.operands(of: kinds[$0]).map { names[$0] } }
        names[id] =
          id == members[0]
          ? new.intern(
            .dense(matrix: matrix, inputs: inputs[0].indices.flatMap { k in inputs.map { $0[k] } }, relu: relu))
          : names[members[0]]
      case .row(let block, let index):
        let (position, count) = positions[block] ?? (0, 1)
        names[id] = new.intern(.row(names[block], index * count + position))
      default: names[id] = new.append(kinds[id].renamed { $0 < 0 ? -1 : names[$0] })
      }
    }
    return new.withResults(of: self, named: names)
  }

  /// Layers that become one product.
  private struct Stack: Hashable {
    let matrix: Int, relu: Bool, depth: Int

    init?(_ kind: Kind, _ depth: Int) {
      guard case .dense(let matrix, _, let relu) = kind else { return nil }
      (self.matrix, self.relu, self.depth) = (matrix, relu, depth)
    }
  }

  /// Returns the number of layers on the longest path to each node, itself included.
  private func layersBefore() -> [Int] {
    var depths: [Int] = []
    for kind in kinds {
      var depth = 0
      IR.forEachOperand(of: kind) { depth = max(depth, depths[$0]) }
      if case .dense = kind { depth += 1 }
      depths.append(depth)
    }
    return depths
  }

  /// Returns the nodes that are used, sorted so that all layers of a depth come before everything that uses them.
  private func inOrderOfLayers(_ uses: [Int], _ depths: [Int]) -> [ID] {
    var layers: [[ID]] = [[]], others: [[ID]] = [[]]
    for id in kinds.indices where uses[id] > 0 {
      while layers.count <= depths[id] {
        layers.append([])
        others.append([])
      }
      if case .dense = kinds[id] { layers[depths[id]].append(id) } else { others[depths[id]].append(id) }
    }
    return zip(layers, others).flatMap { $0 + $1 }
  }

  /// The number of positions at which a layer is applied to these inputs.
  func positions(_ matrix: Int, inputs: [ID]) -> Int { inputs.count / matrices[matrix].inner }

  /// The number of positions of these gradients of a layer's outputs.
  func positions(_ matrix: Int, gradients: [ID]) -> Int { gradients.count / matrices[matrix].rows }

  /// Whether a layer is applied at several positions.
  var isStacked: Bool {
    kinds.contains { kind in
      if case .dense(let matrix, let inputs, _) = kind { positions(matrix, inputs: inputs) > 1 } else { false }
    }
  }
}

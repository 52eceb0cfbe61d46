extension IR {
  /// The pass `dense`: sums of parameter times value that share their inputs are the rows of a matrix product.
  ///
  /// The neurons of a layer were recorded one by one, each as Σ wₖ·xₖ + b. Those with the same x become one node with
  /// all their weights in one matrix. A second use of the same matrix (the layer applied to something else)
  /// shares it. A parameter that is in two matrices, in different positions, stays in ordinary sums, row by row.
  ///
  /// Complexity: linear in the number of terms.
  func withDenseLayers() -> IR {
    var finder = DenseFinder(self)
    let groups = finder.groups()
    var blocks: [Int: ID] = [:]
    var new = rewritten { new, id, kind in
      guard let position = groups.positions[id], case .sum(let terms, let constant) = kind else {
        return new.append(kind)
      }
      if blocks[position.group] == nil {
        // In the order of its own terms, as the inputs of the group's first sum are.
        let inputs = terms[position.parts].compactMap { term in term.b.map { new.isLane[term.a] ? term.a : $0 } }
        blocks[position.group] = new.intern(
          .dense(matrix: groups.matrices[position.group], inputs: inputs, relu: false))
      }
      let row = new.intern(.row(blocks[position.group]!, position.row))
      let rest = terms[..<position.parts.lowerBound] + [Term(1, row)] + terms[position.parts.upperBound...]
      return new.sum(Array(rest), constant: constant.value)
    }
    new.matrices = finder.matrices
    return new
  }
}

/// Finds which sums form layers.
private struct DenseFinder {
  /// The row of a layer that a sum becomes.
  struct Position {
    let group: Int, row: Int
    /// The range of terms that the layer computes.
    let parts: Range<Int>
  }

  /// A sum that may be a row.
  private struct Candidate {
    let id: IR.ID
    /// The weight of each input.
    var weights: [Int] = []
    var inputs: [IR.ID] = []
    var bias: Int?
    /// A range of terms: the layer adds them up in an order of its own, but not before the terms that precede them.
    var parts = 0..<0
    var firstWeight: Int { weights.min() ?? -1 }

    /// The weights in the order of a list of the inputs.
    func weights(of list: [IR.ID]) -> [Int] {
      if list == inputs { return weights }
      let weights = Dictionary(uniqueKeysWithValues: zip(inputs, weights))
      return list.map { weights[$0]! }
    }

    /// The place of the bias among the terms.
    var biasIndex = 0

    /// Leaves the bias to the sum, if the layer's part of the terms stays in one piece.
    mutating func dropBias() {
      guard bias != nil, biasIndex == parts.lowerBound || biasIndex == parts.upperBound - 1 else { return }
      bias = nil
      parts = biasIndex == parts.lowerBound ? biasIndex + 1..<parts.upperBound : parts.lowerBound..<biasIndex
    }

    /// Starts anew: a bias by itself makes no row.
    mutating func restart(at index: Int) {
      bias = nil
      parts = index..<index
    }
  }

  private struct Key: Hashable {
    /// Sorted.
    let inputs: [IR.ID]
    let hasBias: Bool
  }

  private let ir: IR
  private(set) var matrices: [IR.Matrix] = []
  private var known: [IR.Matrix: Int] = [:]
  private var taken: Set<Int> = []

  init(_ ir: IR) { self.ir = ir }

  /// Returns the matrix of each group, and the sums that are its rows.
  mutating func groups() -> (matrices: [Int], positions: [Position?]) {
    var indices: [Int] = [], positions = [Position?](repeating: nil, count: ir.kinds.count)
    for candidates in grouped() {
      let inputs = candidates[0].inputs
      let biases = candidates.compactMap(\.bias)
      let matrix = IR.Matrix(
        weights: candidates.map { $0.weights(of: inputs) },
        biases: biases.isEmpty ? nil : biases)
      guard let index = index(of: matrix) else { continue }
      for (row, candidate) in candidates.enumerated() {
        positions[candidate.id] = Position(group: indices.count, row: row, parts: candidate.parts)
      }
      indices.append(index)
    }
    return (indices, positions)
  }

  private func grouped() -> [[Candidate]] {
    var groups: [Key: Int] = [:], list: [[Candidate]] = []
    for candidate in candidates() {
      let key = Key(inputs: candidate.inputs.sorted(), hasBias: candidate.bias != nil)
      if let group = groups[key] {
        list[group].append(candidate)
      } else {
        groups[key] = list.count
        list.append([candidate])
      }
    }
    return list
  }

  /// The sums that may be rows. Weights that go with different biases, such as those of words with an embedding of each
  /// position, are a layer without biases.
  private func candidates() -> [Candidate] {
    let uses = ir.useCounts()
    var lastUsers = [IR.ID](repeating: -1, count: ir.kinds.count)
    var candidates = ir.kinds.indices.compactMap { uses[$0] > 0 ? candidate($0, &lastUsers) : nil }
    var biases: [Int: Int?] = [:], different: Set<Int> = []
    for candidate in candidates {
      let weight = candidate.firstWeight
      if let known = biases[weight], known != candidate.bias { different.insert(weight) }
      biases[weight] = candidate.bias
    }
    for index in candidates.indices where different.contains(candidates[index].firstWeight) {
      candidates[index].dropBias()
    }
    return candidates
  }

  /// - Parameter lastUsers: The last candidate that each node was found to be an input of.
  private func candidate(_ id: IR.ID, _ lastUsers: inout [IR.ID]) -> Candidate? {
    guard ir.isLane[id], case .sum(let terms, _) = ir.kinds[id] else { return nil }
    var candidate = Candidate(id: id)
    for (index, term) in terms.enumerated() {
      if candidate.inputs.isEmpty && candidate.parts.upperBound < index { candidate.restart(at: index) }
      guard candidate.parts.upperBound == index else { break }
      if add(term, at: index, to: &candidate, &lastUsers) {
        candidate.parts = candidate.parts.lowerBound..<index + 1
      }
    }
    return candidate.inputs.isEmpty ? nil : candidate
  }

  /// Adds a term to a candidate; returns whether it can be a part of it.
  private func add(
    _ term: IR.Term, at index: Int, to candidate: inout Candidate, _ lastUsers: inout [IR.ID]
  ) -> Bool {
    guard term.factor.value == 1 else { return false }
    guard let b = term.b else {
      guard candidate.bias == nil, let bias = parameter(term.a) else { return false }
      (candidate.bias, candidate.biasIndex) = (bias, index)
      return true
    }
    let left = parameter(term.a), row = left == nil ? term.a : b
    guard let weight = left ?? parameter(b), ir.isLane[row], lastUsers[row] != candidate.id else { return false }
    lastUsers[row] = candidate.id
    candidate.weights.append(weight)
    candidate.inputs.append(row)
    return true
  }

  private func parameter(_ id: IR.ID) -> Int? {
    if case .parameter(let index) = ir.kinds[id] { index } else { nil }
  }

  /// The matrix's index; nil if one of its parameters is already elsewhere.
  private mutating func index(of matrix: IR.Matrix) -> Int? {
    if let index = known[matrix] { return index }
    let parameters = matrix.parameters
    guard Set(parameters).count == parameters.count, taken.isDisjoint(with: parameters) else { return nil }
    taken.formUnion(parameters)
    known[matrix] = matrices.count
    matrices.append(matrix)
    return matrices.count - 1
  }
}

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
      let group = groups.list[position.group]
      if blocks[position.group] == nil {
        // The names of the inputs in the new list: read from this row's terms.
        let names = Dictionary(
          uniqueKeysWithValues: zip(position.terms, terms).compactMap { old, term in old.map { ($0, term) } }.map {
            input, term in (input, new.isLane[term.a] ? term.a : term.b!)
          })
        blocks[position.group] = new.intern(
          .dense(matrix: group.matrix, inputs: group.inputs.map { names[$0]! }, relu: false))
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
  struct Group {
    let matrix: Int
    /// In the order of the matrix's columns, by their names in the old list.
    let inputs: [IR.ID]
  }

  /// The row of a layer that a sum becomes.
  struct Position {
    let group: Int, row: Int
    /// The range of terms that the layer computes, and the input of each of the sum's terms, if it has one.
    let parts: Range<Int>
    let terms: [IR.ID?]
  }

  /// A sum that may be a row.
  private struct Candidate {
    let id: IR.ID
    var weights: [IR.ID: Int] = [:]
    var inputs: [IR.ID] = []
    var bias: Int?
    /// A range of terms: the layer adds them up in an order of its own, but not before the terms that precede them.
    var parts = 0..<0
    var terms: [IR.ID?] = []
    var firstWeight: Int { weights.values.min() ?? -1 }

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
    let inputs: Set<IR.ID>
    let hasBias: Bool
  }

  private let ir: IR
  private(set) var matrices: [IR.Matrix] = []
  private var known: [IR.Matrix: Int] = [:]
  private var taken: Set<Int> = []

  init(_ ir: IR) { self.ir = ir }

  mutating func groups() -> (list: [Group], positions: [IR.ID: Position]) {
    var list: [Group] = [], positions: [IR.ID: Position] = [:]
    for candidates in grouped() {
      let inputs = candidates[0].inputs
      let biases = candidates.compactMap(\.bias)
      let matrix = IR.Matrix(
        weights: candidates.map { candidate in inputs.map { candidate.weights[$0]! } },
        biases: biases.isEmpty ? nil : biases)
      guard let index = index(of: matrix) else { continue }
      for (row, candidate) in candidates.enumerated() {
        positions[candidate.id] = Position(
          group: list.count, row: row, parts: candidate.parts, terms: candidate.terms)
      }
      list.append(Group(matrix: index, inputs: inputs))
    }
    return (list, positions)
  }

  private func grouped() -> [[Candidate]] {
    var groups: [Key: Int] = [:], list: [[Candidate]] = []
    for candidate in candidates() {
      let key = Key(inputs: Set(candidate.inputs), hasBias: candidate.bias != nil)
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
    var candidates = ir.kinds.indices.compactMap { uses[$0] > 0 ? candidate($0) : nil }
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

  private func candidate(_ id: IR.ID) -> Candidate? {
    guard ir.isLane[id], case .sum(let terms, _) = ir.kinds[id] else { return nil }
    var candidate = Candidate(id: id)
    for (index, term) in terms.enumerated() {
      var row: IR.ID?
      if candidate.inputs.isEmpty && candidate.parts.upperBound < index { candidate.restart(at: index) }
      if candidate.parts.upperBound == index {
        let part = add(term, to: &candidate)
        if part.isPart && part.row == nil { candidate.biasIndex = index }
        row = part.row
        if part.isPart { candidate.parts = candidate.parts.lowerBound..<index + 1 }
      }
      candidate.terms.append(row)
    }
    return candidate.inputs.isEmpty ? nil : candidate
  }

  private func add(_ term: IR.Term, to candidate: inout Candidate) -> (isPart: Bool, row: IR.ID?) {
    guard term.factor.value == 1 else { return (false, nil) }
    let operands = [term.a, term.b].compactMap { $0 }
    guard let weight = operands.lazy.compactMap({ parameter($0) }).first else { return (false, nil) }
    guard let row = operands.first(where: { ir.isLane[$0] }) else {
      guard operands.count == 1, candidate.bias == nil else { return (false, nil) }
      candidate.bias = weight
      return (true, nil)
    }
    guard candidate.weights[row] == nil else { return (false, nil) }
    candidate.weights[row] = weight
    candidate.inputs.append(row)
    return (true, row)
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

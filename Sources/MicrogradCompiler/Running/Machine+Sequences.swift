extension Machine {
  /// Whether parameters have the same offsets in both.
  func hasLayout(of other: Machine) -> Bool {
    code.gradientDistance == other.code.gradientDistance && code.stateDistances == other.code.stateDistances
      && code.parameters == other.code.parameters
  }

  /// Copies the parameters and the optimizer's state of another machine.
  ///
  /// - Parameter isSameLayout: The result of `hasLayout(of:)`, which looks at all parameters.
  func takeTraining(from other: Machine, isSameLayout: Bool) {
    guard isSameLayout, let size = code.gradientDistance else {
      setParameters(other.parameters())
      for (distance, otherDistance) in zip(code.stateDistances, other.code.stateDistances) {
        setParameters(other.parameters(at: otherDistance), at: distance)
      }
      return
    }
    for distance in [0] + code.stateDistances {
      (memory + distance * precision.size).copyMemory(
        from: other.memory + distance * precision.size, byteCount: size * precision.size)
    }
  }

  /// Writes the inputs of samples, which are given one at a time, and their weights in the mean.
  ///
  /// Most inputs of a sample are 0 where they are one-hot, so the others alone are written. Lanes beyond the last sample
  /// repeat the first one's inputs, with weight 0.
  ///
  /// - Parameters:
  ///   - rows: The row of each input; -1 for one that has none.
  ///   - inputs: Given the position of a sample, its inputs.
  func load(samples count: Int, rows: [Int], _ inputs: (Int) throws(ProgramError) -> [Double]) throws(ProgramError) {
    switch precision {
    case .double: try load(count, rows, as: Double.self, inputs)
    case .float: try load(count, rows, as: Float.self, inputs)
    }
  }

  private func load<N: BinaryFloatingPoint>(
    _ count: Int, _ rows: [Int], as: N.Type, _ inputs: (Int) throws(ProgramError) -> [Double]
  ) throws(ProgramError) {
    let shape = code.shape, blockSize = code.columns.count * shape.stride
    let numbers = data.assumingMemoryBound(to: N.self)
    numbers.update(repeating: 0, count: blockSize * shape.blocks)
    func start(_ lane: Int) -> Int { lane / shape.lanes * blockSize + lane % shape.lanes }
    for (row, column) in code.columns.enumerated() where column == nil {
      for lane in 0..<count { numbers[start(lane) + row * shape.stride] = 1 / N(count) }
    }
    for sample in 0..<count {
      let lanes = [sample] + (sample == 0 ? Array(count..<shape.lanes * shape.blocks) : [])
      let starts = lanes.map(start)
      for (row, number) in zip(rows, try inputs(sample)) where number.bitPattern != 0 && row >= 0 {
        for start in starts { numbers[start + row * shape.stride] = N(number) }
      }
    }
  }
}

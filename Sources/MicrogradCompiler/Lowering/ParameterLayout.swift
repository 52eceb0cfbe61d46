/// The layout of parameters in memory: the weights of each matrix together, row by row, its biases behind them, all
/// others at the end.
struct ParameterLayout {
  private(set) var offsets: [Int]
  /// The first element of each matrix's weights and biases.
  private(set) var weights: [Int] = []
  private(set) var biases: [Int?] = []
  private(set) var size = 0

  init(_ ir: IR, parameters: Int, line: Int) {
    offsets = Array(repeating: -1, count: parameters)
    for matrix in ir.matrices {
      weights.append(place(matrix.weights.flatMap { $0 }, line))
      biases.append(matrix.biases.map { place($0, line) })
    }
    _ = place(offsets.indices.filter { offsets[$0] < 0 }, line)
  }

  private mutating func place(_ parameters: [Int], _ line: Int) -> Int {
    let start = size
    for (index, parameter) in parameters.enumerated() { offsets[parameter] = start + index }
    size = (start + parameters.count + line - 1) / line * line
    return start
  }

  /// Runs of parameters that lie next to each other and have the same number beside them.
  func runs(of numbers: [Int: Double]) -> [(start: Int, count: Int, number: Double)] {
    var runs: [(start: Int, count: Int, number: Double)] = []
    for (parameter, number) in numbers.sorted(by: { offsets[$0.key] < offsets[$1.key] }) {
      if let last = runs.last, last.start + last.count == offsets[parameter], last.number == number {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((offsets[parameter], 1, number))
      }
    }
    return runs
  }
}

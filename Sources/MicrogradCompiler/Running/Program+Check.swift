import MicrogradEngine

extension Program {
  /// Whether every program is compared with a replay of its graph when it is made. Set `MICROGRAD_CHECK=1` to find
  /// out whether the compiler is the cause of a wrong result.
  static let isChecked = Platform.environmentVariable("MICROGRAD_CHECK") == "1"

  /// Compares loss and gradients with those of the replay.
  ///
  /// - Throws: `ProgramError` that names the first parameter whose gradient differs.
  func check() throws(ProgramError) {
    guard let (rolled, replayed) = comparison() else { return }
    let tolerance = precision == .double ? 1e-9 : 1e-3
    let scale = replayed.reduce(1) { max($0, $1.magnitude) }
    for (index, (got, expected)) in zip(rolled, replayed).enumerated() {
      let isEqual = (got - expected).magnitude <= tolerance * scale || got.isNaN && expected.isNaN || got == expected
      guard !isEqual else { continue }
      let name = index == 0 ? "the loss" : "the gradient of parameter \(index)"
      throw ProgramError(
        """
        \(name) is \(got) in the compiled program and \(expected) in the graph. This is a defect of the compiler: please \
        report it with the program, and train with the values themselves until it is fixed
        """)
    }
  }
}

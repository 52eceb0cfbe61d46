import Micrograd

/// Trains by every variant for some steps; the losses must be those of plain values.
func check(_ problem: Problem) throws -> Bool {
  var passes = true
  for batch in [1, 8] {
    let expected = try Variant.plain(batch: batch).start(problem).run(4)
    let variants = Variant.all(names: Variant.names, batches: [batch], precisions: Precision.allCases)
    for variant in variants {
      let got = try variant.start(problem).run(4)
      let difference = zip(got, expected).map { abs($0 - $1) / $1 }.max()!
      let agrees = difference < (variant.precision == .double ? 1e-9 : 1e-4)
      print(
        "\(variant.name), batch \(batch), \(variant.precision): losses \(agrees ? "agree" : "DIFFER"), "
          + "relative difference \(difference), the last \(got[3]) and \(expected[3])")
      passes = passes && agrees
    }
  }
  return passes
}

import MicrogradEngine
import Testing

@Suite struct DiagnosticsTests {
  private func diagnostics(_ body: () -> Void) -> [Diagnostic] {
    var reports: [Diagnostic] = []
    withDiagnostics(report: { reports.append($0) }, body)
    return reports
  }

  /// Where the toolchain has backtraces, the place is that of the recording.
  private func expectPlace(_ diagnostic: Diagnostic, _ line: Int, sourceLocation: SourceLocation = #_sourceLocation) {
    #if canImport(Runtime) && os(Linux)
      #expect(diagnostic.file?.hasSuffix("DiagnosticsTests.swift") == true, sourceLocation: sourceLocation)
      #expect(diagnostic.line == line, "\(diagnostic)", sourceLocation: sourceLocation)
    #endif
  }

  @Test func theFirstNotANumberIsReportedAndNoOther() throws {
    var line = 0
    let reports = diagnostics {
      let x = Value(2, label: "x")
      let shifted = x - 3
      line = #line + 1
      let y = log(shifted)
      (y * y).backward()
    }
    let report = try #require(reports.first)
    #expect(reports.count == 1 && report.kind == .value && report.operation == .log && report.result.isNaN)
    #expect(report.participants.map(\.data) == [-1])
    expectPlace(report, line)
    #expect(report.description.hasSuffix("micrograd: log gave nan for a = -1.0"), "\(report)")
  }

  @Test func operandsAreNamedByTheirLabels() throws {
    var line = 0
    let reports = diagnostics {
      let numerator = Value(1, label: "numerator"), zero = Value(0, label: "zero")
      line = #line + 1
      _ = numerator / zero
    }
    let report = try #require(reports.first)
    #expect(report.participants.map(\.label) == ["numerator", "zero"] && report.result == .infinity)
    expectPlace(report, line)
    #expect(
      report.description.hasSuffix("micrograd: / gave inf for a = 1.0 (\"numerator\"), b = 0.0 (\"zero\")"),
      "\(report)")
  }

  @Test func dotProductsAndLeavesAreWatched() throws {
    let w: [Value] = [1, 2, 1e308], x: [Value] = [1, 1, 1e10]
    var line = 0
    let dotReports = diagnostics {
      _ = w[0] + x[0]
      line = #line + 1
      _ = dot(w, x)
      _ = dot(w, x)
    }
    let dotReport = try #require(dotReports.first)
    #expect(dotReport.operation == .dot && dotReport.participants.count == 6)
    expectPlace(dotReport, line)
    let leafReports = diagnostics { _ = Value(.nan) + 1 }
    let leafReport = try #require(leafReports.first)
    #expect(leafReport.operation == .leaf)
    #expect(leafReport.description.hasSuffix("a value was created with nan"))
  }

  /// √x is fine at 0; its slope is not.
  @Test func theFirstInfiniteGradientIsReported() throws {
    let x = Value(0, label: "x")
    var line = 0
    let reports = diagnostics {
      line = #line + 1
      let root = sqrt(x)
      (root * 3 + x).backward()
    }
    let report = try #require(reports.first)
    #expect(report.kind == .gradient && report.operation == .sqrt && report.gradient == 3)
    #expect(report.participants.map(\.label) == ["x"])
    expectPlace(report, line)
  }

  @Test func aForgottenZeroGradIsReportedOnce() throws {
    let w = Value(1, label: "w")
    var line = 0
    let reports = diagnostics {
      for _ in 0..<4 {
        line = #line + 1
        (w * w).backward()
        w.data -= 0.1 * w.grad
      }
    }
    #expect(reports.count == 1 && reports[0].kind == .forgottenZeroGrad)
    #expect(reports[0].participants.map(\.label) == ["w"])
    expectPlace(reports[0], line)
    #expect(
      reports[0].description.hasSuffix(
        "backward() adds to gradients that were already used to move w; call zeroGrad() before it"))
  }

  @Test func rightTrainingAndAccumulationAreNotReported() {
    let w = Value(1), input = Value(3)
    #expect(
      diagnostics {
        for _ in 0..<4 {
          w.grad = 0
          // Two batches before an update; the input's gradient is never looked at.
          (w * input).backward()
          (w * input).backward()
          w.data -= 0.1 * w.grad
        }
      }.isEmpty)
  }

  /// Recording goes cell by cell meanwhile, and at full speed afterwards; neither may lose a cell.
  @Test func recordingGoesOnAfterwards() {
    func work() -> Double {
      let w: [Value] = [0.5, -0.25]
      var total = 0.0
      for i in 0..<2000 {
        let y = (dot(w, [Value(i), 1]) * 0.01).tanh() + w[0]
        y.backward()
        total += y.data + w[0].grad
      }
      return total
    }
    let plain = work()
    var watched = 0.0
    #expect(diagnostics { watched = work() }.isEmpty)
    #expect(watched == plain && work() == plain)
  }

  /// A report is the user's code, and may record and sweep in the middle of a recording.
  @Test func reportsMayRecord() {
    var kept: [Value] = []
    var results: [Value] = []
    withDiagnostics(report: { _ in
      kept.append(Value(1) * 2)
      kept[0].backward()
      _ = Value(7) + 1
    }) {
      let bad = log(Value(-1))
      results = [bad, Value(3) * 4, Value(5) + 6]
    }
    withDiagnostics(report: { _ in kept.append(Value(10)) }) { results.append(Value(.nan)) }
    let later = (0..<100).map { Value($0) * 2 }
    #expect(kept.map(\.data) == [2, 10] && results[1].data == 12 && results[2].data == 11)
    #expect(results[0].data.isNaN && results[3].data.isNaN && later.map(\.data) == (0..<100).map { Double(2 * $0) })
  }

  /// No gradient flows into a constant exponent, so its logarithm is not taken.
  @Test func secondDerivativesOfPowersAreNotReported() {
    let reports = diagnostics { #expect(hessian(at: [-2]) { pow($0[0], 3) } == [[-12]]) }
    #expect(reports.isEmpty, "\(reports)")
  }

  @Test func scopesNest() {
    var inner = 0
    let outer = diagnostics {
      withDiagnostics(report: { _ in inner += 1 }) { _ = Value(-1).log() }
      _ = Value(-1).sqrt()
    }
    #expect(inner == 1 && outer.map(\.operation) == [.sqrt])
  }
}

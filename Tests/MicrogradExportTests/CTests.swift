import Foundation
import MicrogradModels
import MicrogradNetworks
import MicrogradTestSupport
import Testing

@testable import MicrogradExport

@Suite struct CTests {
  static let warnings = [
    "-Wall", "-Wextra", "-Werror", "-pedantic", "-Wconversion", "-Wshadow",
  ]

  static let compilers = ["gcc", "clang"].filter { Tool($0) != nil }

  @Test(.enabled(if: !compilers.isEmpty, Tool.reason("gcc or clang")), arguments: compilers, Precision.allCases)
  func headersAgreeWithTheEngine(_ compiler: String, _ precision: Precision) throws {
    let batch = Batch(), tool = try #require(Tool(compiler))
    let options = ["-std=c99"] + (precision == .float ? ["-Wdouble-promotion"] : [])
    let output = try run(batch, precision, by: tool, options, "c")
    try batch.check(output, tolerance: precision == .double ? 1e-12 : 1e-6, "C (\(compiler), \(precision))")
  }

  static let plusPlus = Tool("g++") ?? Tool("clang++")

  @Test(.enabled(if: plusPlus != nil, Tool.reason("g++ or clang++"))) func headersAreCPlusPlus() throws {
    let batch = Batch(), tool = try #require(Self.plusPlus)
    try batch.check(try run(batch, .double, by: tool, ["-std=c++17"], "cpp"), tolerance: 1e-12, "C++")
  }

  /// Two files include all headers, one of them twice.
  private func run(
    _ batch: Batch, _ precision: Precision, by tool: Tool, _ options: [String], _ ending: String
  ) throws -> String {
    try withFolder { folder in
      var includes = "#include <stdio.h>\n", body = ""
      for (index, (model, rows)) in batch.models.enumerated() {
        let header = CHeader(model, name: "m\(index)", precision: precision)
        try folder.write(model.c(name: "m\(index)", precision: precision), to: "m\(index).h")
        includes += "#include \"m\(index).h\"\n"
        body += rows.map { code(for: $0, header) }.joined()
      }
      try folder.write("\(includes)\(includes)int main(void) {\n\(body)  return 0;\n}\n", to: "main.\(ending)")
      try folder.write("\(includes)extern int nothing;\nint nothing = 0;\n", to: "other.\(ending)")
      try tool.run(options + Self.warnings + ["main.\(ending)", "other.\(ending)", "-o", "main", "-lm"], in: folder)
      return try Tool(at: folder.appending(path: "main")).run([], in: folder)
    }
  }

  private func code(for row: [Field], _ header: CHeader) -> String {
    let name = header.name
    let fields = zip(header.members, row).map { member, field in
      switch field {
      case .number(let number): "    row.\(member) = \(number.isNaN ? "NAN" : "\(number)");\n"
      case .text(let text): "    row.\(member) = \(text.map(Quotation.c) ?? "NULL");\n"
      }
    }
    let call =
      header.model.output.classes == nil
      ? "    printf(\"%.17g : -1\\n\", (double)\(name)_predict(&row));\n"
      : """
          \(header.c.type) p[\(name)_class_count];
          \(name)_predict(&row, p);
          for (int i = 0; i < \(name)_class_count; i++) printf("%.17g ", (double)p[i]);
          printf(": %d\\n", \(name)_classify(&row));

      """
    return "  {\n    static \(name)_input row;\n\(fields.joined())\(call)  }\n"
  }

  // MARK: - Numbers

  @Test(arguments: [
    (1, "0x1p+0", "0x1p+0f"), (-0.0, "-0x0p+0", "-0x0p+0f"), (0.1, "0x1.999999999999ap-4", "0x1.99999ap-4f"),
    (.leastNonzeroMagnitude, "0x1p-1074", "0x0p+0f"), (-1e300, "-0x1.7e43c8800759cp+996", "-INFINITY"),
    (.infinity, "INFINITY", "INFINITY"), (.nan, "NAN", "NAN"),
  ])
  func numbersHaveHexadecimalDigits(_ number: Double, _ double: String, _ float: String) {
    let got = Precision.allCases.map { CDialect(precision: $0, model: "m").literal(number) }
    #expect(got == [double, float], "\(number)")
  }

  @Test func numbersKeepTheirBits() {
    let seed = newSeed()
    var random = SplitMix(seed: seed)
    for _ in 0..<1000 {
      let number = Double(bitPattern: random.next())
      guard number.isFinite else { continue }
      let literal = CDialect(precision: .double, model: "m").literal(number)
      #expect(Double(literal)?.bitPattern == number.bitPattern, "seed \(seed): \(number) became \(literal)")
    }
  }
}

import Testing

@testable import CellSyntax

/// The module of a cell, without what the kernel writes around it.
private func lines(of code: String, after names: Names = Names()) -> [String] {
  Cell(code, module: "Cell2", file: "In[2]", names: names).source.split(separator: "\n").map(String.init)
}

private func names(_ code: String) -> Names {
  let cell = Cell(code, module: "Cell1", file: "In[1]", names: Names())
  var names = Names()
  names.add(cell.declarations, imports: cell.imports, of: cell.module, isWhole: true)
  return names
}

@Suite struct CellTests {
  @Test func declarationsStayAndStatementsMove() throws {
    let lines = lines(of: "let a = 1\nprint(a)\nfunc f() {}")
    let body = try #require(lines.firstIndex { $0.contains("func Cell2_cell()") })
    #expect(try #require(lines.firstIndex(of: "let a = 1")) < body)
    #expect(try #require(lines.firstIndex(of: "func f() {}")) < body)
    #expect(try #require(lines.firstIndex(of: "_ = a")) > body)
    #expect(try #require(lines.firstIndex(of: "print(a)")) > (try #require(lines.firstIndex(of: "_ = a"))))
  }

  @Test(arguments: ["1 + 1", "f(x)", "try f()", "await g()", "a == b", "x.y", "#line"])
  func lastExpressionIsShown(code: String) {
    #expect(lines(of: code).contains { $0.contains("Notebook._show(") }, "\(code)")
  }

  @Test(arguments: ["x = 1", "1 + 1;", "if a { b }", "let x = 1", "for i in x {}", "_ = f()", "#warning(\"x\")"])
  func otherEndsAreNotShown(code: String) {
    #expect(!lines(of: code).contains { $0.contains("Notebook._show(") }, "\(code)")
  }

  @Test func everyPieceKeepsItsLineAndColumn() throws {
    let lines = lines(of: "let a = 1;  let b = 2\n\n   print(b)\na")
    for (directive, text) in [(1, "let a = 1"), (1, "            let b = 2"), (3, "   print(b)"), (4, "a")] {
      let index = try #require(lines.firstIndex(of: text), "\(text) in \(lines)")
      #expect(lines[index - 1] == "#sourceLocation(file: \"In[2]\", line: \(directive))", "\(text)")
    }
  }

  @Test func valuesThatThrowOrWaitGoThroughASlot() {
    #expect(lines(of: "let x = try f()").contains("let x = Cell2_slot1.take()"))
    #expect(lines(of: "let x = await f()").contains { $0.contains("async throws in") })
    #expect(!lines(of: "let x = { try f() }").contains { $0.contains("slot") })
    #expect(!lines(of: "let x = try? f()").contains { $0.contains("slot") })
  }

  @Test func oldNamesAreQualified() {
    let old = names("let a = 1\nlet f = { 1 }")
    #expect(lines(of: "let a = a + 1", after: old).contains("let a = Cell1.a + 1"))
    #expect(lines(of: "print(a)\nlet a = 2", after: old).contains("print(Cell1.a)"))
    #expect(lines(of: "let a = b.map { a in a }", after: old).contains("let a = b.map { a in a }"))
    #expect(lines(of: "let a = x.a", after: old).contains("let a = x.a"))
  }

  @Test func loopsHaveCheckpointsAndClosuresDoNot() {
    let loop = lines(of: "for i in x { while true { f() } }\ng { for i in x { f() } }")
    #expect(loop.count { $0.contains("_checkpoint()") } == 2)
    #expect(lines(of: "while true {}").contains { $0.contains("while true { try Notebook._checkpoint()}") })
  }

  @Test func declarationsAreFound() {
    let code = """
      let (a, b) = (1, 2), c = 3
      func f(_ x: Int, y: String) {}
      struct S {}; class C {}; actor A {}; enum E {}; protocol P {}; typealias T = Int
      extension Int: P { var m: Int { 1 }; func n() {} }
      private let hidden = 1
      guard let g = h else { fatalError() }
      """
    let found = Cell(code, module: "Cell1", file: "In[1]", names: Names()).declarations
    #expect(
      found.filter { $0.kind != .member }.map(\.name) == ["a", "b", "c", "f", "S", "C", "A", "E", "P", "T", "g"])
    #expect(found.first { $0.kind == .func }?.signature == "(_: Int, y: String)")
    #expect(found.filter { $0.kind == .member }.map(\.signature) == [": P", "m", "n()"])
  }
}

@Suite struct NamesTests {
  private func add(_ code: String, _ number: Int, to names: inout Names) {
    let cell = Cell(code, module: "Cell\(number)", file: "In[\(number)]", names: names)
    names.add(cell.declarations, imports: cell.imports, of: cell.module, isWhole: true)
  }

  @Test func theNewestIsImported() {
    var names = Names()
    add("let a = 1, b = 2", 1, to: &names)
    add("let a = 3", 2, to: &names)
    #expect(names.importLines(for: ["a", "b"]) == ["@testable import var Cell1.b", "@testable import var Cell2.a"])
    #expect(names.importLines(for: ["c"]) == [])
  }

  @Test func functionsOfOtherSignaturesStay() {
    var names = Names()
    add("func f(_ x: Int) {}", 1, to: &names)
    add("func f(_ x: String) {}", 2, to: &names)
    #expect(names.importLines(for: ["f"]) == ["@testable import func Cell1.f", "@testable import func Cell2.f"])
    add("func f(_ x: Int) {}", 3, to: &names)
    #expect(names.importLines(for: ["f"]) == ["@testable import func Cell2.f", "@testable import func Cell3.f"])
  }

  @Test func extensionsAndOperatorsComeWithTheirModule() {
    var names = Names()
    add("extension Int { var x: Int { 1 } }", 1, to: &names)
    add("infix operator ~>", 2, to: &names)
    #expect(names.importLines(for: []) == ["@testable import Cell1", "@testable import Cell2"])
    add("extension Int { var x: Int { 2 } }", 3, to: &names)
    #expect(names.importLines(for: []) == ["@testable import Cell2", "@testable import Cell3"])
  }

  @Test func importsAreKeptOnce() {
    var names = Names()
    add("import Foundation\nlet a = 1", 1, to: &names)
    add("import Foundation\nlet b = 1", 2, to: &names)
    #expect(names.imports == ["import Foundation"])
  }

  @Test func typesThatAreDeclaredAgainAreKnown() {
    var names = Names()
    add("struct S {}", 1, to: &names)
    #expect(names.redeclaredTypes == [])
    add("class S {}", 2, to: &names)
    #expect(names.redeclaredTypes == ["S"])
  }
}

@Suite struct CompletenessTests {
  @Test(arguments: ["", "let a = 1", "func f() {\n}", "// {", "\"{\""])
  func complete(code: String) { #expect(Completeness(of: code) == .complete) }

  @Test(arguments: [
    ("func f() {", "  "), ("f(", "  "), ("if a {\n  while b {", "    "), ("let a = [1,", "  "), ("let x =", ""),
    ("\"\"\"", ""),
  ])
  func incomplete(code: String, indent: String) { #expect(Completeness(of: code) == .incomplete(indent: indent)) }

  @Test(arguments: ["func func {}", "let 1 = a", "}", "f(]"])
  func invalid(code: String) { #expect(Completeness(of: code) == .invalid, "\(code)") }

  @Test func syntaxErrorsNameTheirPlace() {
    #expect(syntaxErrors(in: "let a = 1", file: "In[1]") == [])
    let errors = syntaxErrors(in: "let a = 1\nf(]", file: "In[1]")
    #expect(errors.first?.hasPrefix("In[1]:2:") == true, "\(errors)")
  }
}

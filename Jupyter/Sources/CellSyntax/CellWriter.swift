import SwiftSyntax

/// Writes the module of a cell, one piece of its code after the other.
struct CellWriter {
  private let module: String
  private let file: String
  private let names: Names
  private let locations: SourceLocationConverter
  private let identifiers: Set<String>
  private var edits = Edits()

  private(set) var declarations: [Declaration] = []
  private(set) var imports: [String] = []
  private var importLines: [String] = []
  private var topLevel = ""
  private var body = ""
  private var isWaiting = false
  private var slots = 0

  init(_ tree: SourceFileSyntax, module: String, file: String, names: Names) {
    self.module = module
    self.file = file
    self.names = names
    locations = SourceLocationConverter(fileName: file, tree: tree)
    identifiers = Set(tree.tokens(viewMode: .sourceAccurate).compactMap { $0.identifier?.name })
  }

  var source: String {
    let header = ["import Notebook"] + names.importLines(for: identifiers)
    return """
      \(header.joined(separator: "\n"))
      \(importLines.joined())\(topLevel)
      \(ownPlace)
      @MainActor func \(module)_cell() \(isWaiting ? "async throws" : "throws") {
      \(body)
      \(ownPlace)
      }
      @_cdecl("\(module)_entry") public func \(module)_entry() { Notebook._register(\(module)_cell) }

      """
  }

  mutating func write(_ items: CodeBlockItemListSyntax) {
    let items = Array(items)
    qualifyOldNames(in: items)
    for (index, item) in items.enumerated() {
      switch item.item {
      case .decl(let declaration): write(declaration)
      case .expr(let expression) where index == items.count - 1 && item.semicolon == nil && expression.isShown:
        let effects = Effects(of: expression)
        note(effects)
        body += inFunction(expression, "Notebook._show(try \(effects.waiting ? "await " : "")", effects) + "())\n"
      case .expr(let expression): writeStatement(expression)
      default:  // a statement; the toolchain's SwiftSyntax may grow other kinds of items
        let guarding = item.item.as(GuardStmtSyntax.self)
        if let guarding { declareBindings(of: guarding) }
        writeStatement(item.item)
        if let guarding { keepBindings(of: guarding) }
      }
    }
  }

  // MARK: - Statements

  private mutating func writeStatement(_ statement: some SyntaxProtocol) {
    note(Effects(of: statement))
    for body in Checkpoints(in: statement).bodies { insertCheckpoint(into: body) }
    body += at(statement)
  }

  private mutating func note(_ effects: Effects) { if effects.waiting { isWaiting = true } }

  private mutating func insertCheckpoint(into block: CodeBlockSyntax) {
    guard let first = block.statements.first else {
      return edits.insert(" try Notebook._checkpoint()", at: block.leftBrace.endPositionBeforeTrailingTrivia)
    }
    edits.insert(
      "try Notebook._checkpoint()\n\(place(of: first))",
      at: first.positionAfterSkippingLeadingTrivia)
  }

  // MARK: - Declarations

  private mutating func write(_ declaration: DeclSyntax) {
    if let line = declaration.as(ImportDeclSyntax.self) {
      imports.append(line.trimmedDescription)
      importLines.append(at(line))
    } else if let variable = declaration.as(VariableDeclSyntax.self) {
      write(variable)
    } else if declaration.is(MacroExpansionDeclSyntax.self) {
      writeStatement(declaration)
    } else {
      declarations += Declaration.all(in: declaration)
      topLevel += at(declaration)
    }
  }

  private mutating func write(_ variable: VariableDeclSyntax) {
    declarations += Declaration.all(in: DeclSyntax(variable))
    if variable.bindings.contains(where: \.needsSlot) || variable.isAsyncLet {
      for binding in variable.bindings { writeSlot(for: binding, of: variable) }
    } else if variable.bindings.contains(where: \.isDeferred) {
      for binding in variable.bindings { writeDeferred(binding, of: variable) }
    } else {
      topLevel += at(variable)
    }
    for name in variable.bindings.filter({ $0.initializer != nil }).flatMap({ $0.pattern.names }) {
      body += "_ = \(name.text)\n"
    }
    body += "Notebook._declared(\(variable.names.count))\n"
  }

  /// `let x = try f()`: a function, a slot for what it returns, and a variable that takes its value from the slot.
  private mutating func writeSlot(for binding: PatternBindingSyntax, of variable: VariableDeclSyntax) {
    guard let value = binding.initializer?.value else { return writeDeferred(binding, of: variable) }
    let type = binding.typeAnnotation?.type.trimmedDescription, pattern = edits.text(of: binding.pattern)
    let effects = Effects(of: variable.isAsyncLet ? Syntax(variable) : Syntax(value))
    note(effects)
    let slot = declareSlot(
      for: value, "for", effects, returning: type, marked: variable.isAsyncLet ? "try await " : "")
    topLevel += """
      \(place(of: variable))\
      \(variable.bindingSpecifier.text) \(pattern)\(type.map { ": \($0)" } ?? "") = \(slot).take()

      """
    body += "\(slot).value = try \(effects.waiting ? "await " : "")\(slot)_compute()\n"
  }

  /// - Parameter marked: The keywords that the value would need anywhere other than in an `async let`.
  private mutating func declareSlot(
    for value: ExprSyntax, _ label: String, _ effects: Effects, returning type: String? = nil, marked: String = ""
  ) -> String {
    slots += 1
    let slot = "\(module)_slot\(slots)"
    topLevel += inFunction(value, "let \(slot)_compute = ", effects, returning: type, marked: marked)
    topLevel += "\nlet \(slot) = Notebook._Slot(\(label): \(slot)_compute)\n"
    return slot
  }

  /// `guard let x = f() else { … }` declares `x` for what follows, and for later cells.
  private mutating func declareBindings(of statement: GuardStmtSyntax) {
    for (name, binding) in statement.bindings {
      guard let value = binding.initializer?.value else { continue }
      declarations.append(Declaration(.var, name))
      let slot = declareSlot(for: value, "unwrapping", Effects(of: value))
      topLevel += "\(place(of: binding))\(binding.bindingSpecifier.text) \(name.text) = \(slot).take()\n"
    }
  }

  private mutating func keepBindings(of statement: GuardStmtSyntax) {
    let bindings = statement.bindings.filter { $0.binding.initializer != nil }
    for (index, (name, _)) in bindings.enumerated() {
      body += "\(module)_slot\(slots - bindings.count + 1 + index).value = \(name.text)\n"
    }
    body += "Notebook._declared(\(bindings.count))\n"
  }

  /// `let x: Int`, which gets its value later.
  private mutating func writeDeferred(_ binding: PatternBindingSyntax, of variable: VariableDeclSyntax) {
    guard binding.isDeferred, let type = binding.typeAnnotation?.type, let name = binding.pattern.names.first else {
      return topLevel += place(of: variable) + "\(variable.bindingSpecifier.text) \(edits.text(of: binding))\n"
    }
    let storage = "\(module)_\(name.text)"
    topLevel += """
      \(ownPlace)
      let \(storage) = Notebook._Deferred<\(type.trimmedDescription)>("\(name.text)")
      \(place(of: variable))\
      var \(name.text): \(type.trimmedDescription) { get { \(storage).value } set { \(storage).value = newValue } }

      """
  }

  // MARK: - Names of earlier cells

  /// In `let a = a + 1`, and in statements that stand before a cell's own `a`, `a` is the one of an earlier cell.
  private mutating func qualifyOldNames(in items: [CodeBlockItemSyntax]) {
    for (index, item) in items.enumerated() {
      guard let variable = item.item.as(VariableDeclSyntax.self) else { continue }
      for name in variable.names.map(\.text) {
        guard let module = names.module(of: name) else { continue }
        let earlier = items[..<index].map(\.item).filter {
          $0.as(DeclSyntax.self)?.is(VariableDeclSyntax.self) ?? true
        }
        let own = variable.bindings.compactMap { $0.initializer?.value }.filter { !$0.is(ClosureExprSyntax.self) }
        let uses = earlier.map { Uses(of: name, in: $0) } + own.map { Uses(of: name, in: $0) }
        for use in uses.flatMap(\.references) {
          edits.insert("\(module).", at: use.positionAfterSkippingLeadingTrivia)
        }
      }
    }
  }

  // MARK: - Places

  /// A piece of the cell, at its line and column.
  private func at(_ node: some SyntaxProtocol) -> String { place(of: node) + edits.text(of: node) + "\n" }

  /// An expression as the body of a function, where it is at its line and column whatever is to stand around it.
  private func inFunction(
    _ expression: ExprSyntax, _ prefix: String, _ effects: Effects, returning type: String? = nil,
    marked: String = ""
  ) -> String {
    let result = type.map { " -> \($0)" } ?? ""
    let place = directive(before: expression) + indentation(of: expression).dropLast(marked.count) + marked
    return """
      \(ownPlace)
      \(prefix){ @MainActor () \(effects.waiting ? "async throws" : "throws")\(result) in
      \(place)\(edits.text(of: expression))
      \(ownPlace)
      }
      """
  }

  /// Continues at the line and column of a piece of the cell.
  private func place(of node: some SyntaxProtocol) -> String { directive(before: node) + indentation(of: node) }

  /// Marks the code that follows as not the user's, by a file name of its own.
  private var ownPlace: String { "#sourceLocation(file: \"\(module)\", line: 1)" }

  private func directive(before node: some SyntaxProtocol) -> String {
    "#sourceLocation(file: \"\(file)\", line: \(start(of: node).line))\n"
  }

  private func indentation(of node: some SyntaxProtocol) -> String {
    String(repeating: " ", count: start(of: node).column - 1)
  }

  private func start(of node: some SyntaxProtocol) -> SourceLocation {
    locations.location(for: node.positionAfterSkippingLeadingTrivia)
  }
}

extension GuardStmtSyntax {
  /// The names that it declares for the code after it.
  var bindings: [(name: TokenSyntax, binding: OptionalBindingConditionSyntax)] {
    conditions.compactMap { element in
      guard let binding = element.condition.as(OptionalBindingConditionSyntax.self) else { return nil }
      return binding.pattern.names.first.map { ($0, binding) }
    }
  }
}

extension PatternBindingSyntax {
  /// Whether its value can throw or has to be awaited.
  var needsSlot: Bool {
    guard let initializer else { return false }
    let effects = Effects(of: initializer.value)
    return effects.throwing || effects.waiting
  }

  /// Whether it is declared without a value, and has no default one.
  var isDeferred: Bool {
    guard initializer == nil, accessorBlock == nil, let type = typeAnnotation?.type else { return false }
    return !type.is(OptionalTypeSyntax.self) && !type.is(ImplicitlyUnwrappedOptionalTypeSyntax.self)
  }
}

extension ExprSyntax {
  /// Whether its value is shown at the end of a cell. Those of assignments, `if` and `switch` are not.
  var isShown: Bool {
    switch self.as(ExprSyntaxEnum.self) {
    case .ifExpr, .switchExpr: false
    case .sequenceExpr(let sequence):
      !sequence.elements.contains { $0.is(AssignmentExprSyntax.self) }
    case .macroExpansionExpr(let macro): !["warning", "error"].contains(macro.macroName.text)
    default: true
    }
  }
}

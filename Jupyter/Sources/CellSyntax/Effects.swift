import SwiftSyntax

/// The effects of a piece of code: whether it throws or waits, outside of functions and closures inside it.
final class Effects: SyntaxVisitor {
  private(set) var throwing = false
  private(set) var waiting = false

  init(of node: some SyntaxProtocol) {
    super.init(viewMode: .sourceAccurate)
    walk(node)
  }

  override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: MemberBlockSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: AccessorBlockSyntax) -> SyntaxVisitorContinueKind { .skipChildren }

  override func visit(_ node: TryExprSyntax) -> SyntaxVisitorContinueKind {
    if node.questionOrExclamationMark == nil { throwing = true }
    return .visitChildren
  }

  override func visit(_ node: AwaitExprSyntax) -> SyntaxVisitorContinueKind {
    waiting = true
    return .visitChildren
  }

  override func visit(_ node: ForStmtSyntax) -> SyntaxVisitorContinueKind {
    if node.awaitKeyword != nil { waiting = true }
    if node.tryKeyword != nil { throwing = true }
    return .visitChildren
  }

  override func visit(_ node: VariableDeclSyntax) -> SyntaxVisitorContinueKind {
    if node.isAsyncLet { waiting = true }
    return .visitChildren
  }
}

extension VariableDeclSyntax {
  var isAsyncLet: Bool { modifiers.contains { $0.name.tokenKind == .keyword(.async) } }
}

/// The places in a cell's own loops where it can be interrupted: the beginnings of their bodies.
final class Checkpoints: SyntaxVisitor {
  private(set) var bodies: [CodeBlockSyntax] = []

  init(in node: some SyntaxProtocol) {
    super.init(viewMode: .sourceAccurate)
    walk(node)
  }

  override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: MemberBlockSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: AccessorBlockSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: DeferStmtSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  /// With its own type of error, it would not pass on the interruption.
  override func visit(_ node: DoStmtSyntax) -> SyntaxVisitorContinueKind {
    node.throwsClause == nil ? .visitChildren : .skipChildren
  }

  override func visit(_ node: ForStmtSyntax) -> SyntaxVisitorContinueKind { found(node.body) }
  override func visit(_ node: WhileStmtSyntax) -> SyntaxVisitorContinueKind { found(node.body) }
  override func visit(_ node: RepeatStmtSyntax) -> SyntaxVisitorContinueKind { found(node.body) }

  private func found(_ body: CodeBlockSyntax) -> SyntaxVisitorContinueKind {
    bodies.append(body)
    return .visitChildren
  }
}

/// The uses of a name in a piece of code. There are none if the code gives the name another meaning, as a parameter does.
final class Uses: SyntaxVisitor {
  private let name: String
  private var found: [DeclReferenceExprSyntax] = []
  private var isRebound = false

  init(of name: String, in node: some SyntaxProtocol) {
    self.name = name
    super.init(viewMode: .sourceAccurate)
    walk(node)
  }

  var references: [DeclReferenceExprSyntax] { isRebound ? [] : found }

  override func visit(_ node: DeclReferenceExprSyntax) -> SyntaxVisitorContinueKind {
    let isMember = node.parent?.as(MemberAccessExprSyntax.self)?.declName.id == node.id
    if node.baseName.text == name, !isMember { found.append(node) }
    return .visitChildren
  }

  override func visit(_ node: IdentifierPatternSyntax) -> SyntaxVisitorContinueKind {
    if node.identifier.text == name { isRebound = true }
    return .visitChildren
  }

  override func visit(_ node: ClosureShorthandParameterSyntax) -> SyntaxVisitorContinueKind {
    if node.name.text == name { isRebound = true }
    return .visitChildren
  }

  override func visit(_ node: ClosureParameterSyntax) -> SyntaxVisitorContinueKind {
    if (node.secondName ?? node.firstName).text == name { isRebound = true }
    return .visitChildren
  }
}

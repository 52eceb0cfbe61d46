import SwiftSyntax

/// Something that a cell declares and later cells can use.
public struct Declaration: Hashable, Sendable {
  /// The kind, by the word that an import of it alone takes.
  public enum Kind: String, Sendable {
    /// A constant or variable.
    case `var`
    /// A function.
    case `func`
    /// A structure.
    case `struct`
    /// A class or an actor.
    case `class`
    /// An enumeration.
    case `enum`
    /// A protocol.
    case `protocol`
    /// A type alias.
    case `typealias`
    /// A member that an extension adds, or an operator: what cannot be imported alone.
    case member
  }

  /// The kind.
  public let kind: Kind
  /// The name; of members, with the type that is extended.
  public let name: String
  /// The labels and types, which distinguish functions of the same name.
  public let signature: String

  /// Whether it is a type.
  public var isType: Bool { ![.var, .func, .member].contains(kind) }

  /// Returns whether it replaces another one: a function of the same signature, or anything else of the same name.
  func replaces(_ other: Declaration) -> Bool {
    guard name == other.name, (kind == .member) == (other.kind == .member) else { return false }
    return kind == other.kind && (kind == .func || kind == .member) ? signature == other.signature : true
  }

  init(_ kind: Kind, _ name: some SyntaxProtocol, signature: String = "") {
    self.init(kind, name.trimmedDescription.filter { $0 != "`" }, signature: signature)
  }

  init(_ kind: Kind, _ name: String, signature: String = "") {
    self.kind = kind
    self.name = name
    self.signature = signature
  }
}

extension Declaration {
  /// Returns the names that a declaration at the top level of a cell adds to the notebook.
  static func all(in declaration: DeclSyntax) -> [Declaration] {
    guard !declaration.isPrivate else { return [] }
    return switch declaration.as(DeclSyntaxEnum.self) {
    case .variableDecl(let variable): variable.names.map { Declaration(.var, $0) }
    case .functionDecl(let function): [self.function(function)]
    case .structDecl(let type): [Declaration(.struct, type.name)]
    case .classDecl(let type): [Declaration(.class, type.name)]
    case .actorDecl(let type): [Declaration(.class, type.name)]
    case .enumDecl(let type): [Declaration(.enum, type.name)]
    case .protocolDecl(let type): [Declaration(.protocol, type.name)]
    case .typeAliasDecl(let type): [Declaration(.typealias, type.name)]
    case .extensionDecl(let type): members(of: type)
    default: [Declaration(.member, declaration.trimmedDescription)]
    }
  }

  private static func function(_ function: FunctionDeclSyntax) -> Declaration {
    let isOperator = function.name.identifier == nil
    return Declaration(isOperator ? .member : .func, function.name, signature: signature(of: function))
  }

  private static func members(of type: ExtensionDeclSyntax) -> [Declaration] {
    let extended = type.extendedType.trimmedDescription
    let conformances = type.inheritanceClause?.inheritedTypes.map { ": \($0.type.trimmedDescription)" } ?? []
    let members = type.memberBlock.members.flatMap { member -> [String] in
      switch member.decl.as(DeclSyntaxEnum.self) {
      case .functionDecl(let function): [function.name.text + signature(of: function)]
      case .variableDecl(let variable): variable.names.map(\.text)
      case .initializerDecl(let initializer): ["init" + parameters(initializer.signature.parameterClause)]
      case .subscriptDecl(let subscripting): ["subscript" + parameters(subscripting.parameterClause)]
      default: all(in: member.decl).map(\.name)
      }
    }
    let constraint = type.genericWhereClause?.trimmedDescription ?? ""
    return (conformances + members).map { Declaration(.member, extended + constraint, signature: $0) }
  }

  private static func signature(of function: FunctionDeclSyntax) -> String {
    parameters(function.signature.parameterClause) + (function.genericWhereClause?.trimmedDescription ?? "")
  }

  private static func parameters(_ clause: FunctionParameterClauseSyntax) -> String {
    "(" + clause.parameters.map { "\($0.firstName.text): \($0.type.trimmedDescription)" }.joined(separator: ", ")
      + ")"
  }
}

extension VariableDeclSyntax {
  /// The names that it declares.
  var names: [TokenSyntax] { bindings.flatMap { $0.pattern.names } }
}

extension PatternSyntax {
  /// The names that it binds.
  var names: [TokenSyntax] {
    if let name = self.as(IdentifierPatternSyntax.self) { return [name.identifier] }
    if let tuple = self.as(TuplePatternSyntax.self) { return tuple.elements.flatMap { $0.pattern.names } }
    return []
  }
}

extension DeclSyntax {
  /// Whether only the cell in which it is declared can use it.
  var isPrivate: Bool {
    asProtocol((any WithModifiersSyntax).self)?.modifiers.contains {
      [.keyword(.private), .keyword(.fileprivate)].contains($0.name.tokenKind) && $0.detail == nil
    } ?? false
  }
}

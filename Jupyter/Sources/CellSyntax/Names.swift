/// What the cells so far have declared, and where.
///
/// Each cell is a module of its own. A later declaration takes the place of an earlier one; a module of which nothing
/// is left is no longer imported.
public struct Names: Sendable {
  /// A cell that has run.
  struct Module: Sendable {
    let name: String
    /// What it still stands for.
    var live: [Declaration]
    var hasLostMember = false
  }

  private(set) var modules: [Module] = []
  /// The imports that cells have written.
  public private(set) var imports: [String] = []
  /// The types that have been declared more than once, with the module of the newest.
  public private(set) var redeclaredTypes: Set<String> = []

  /// Creates an empty list.
  public init() {}

  /// The variables, functions and types that can be used now, in the order of their declaration.
  public var all: [Declaration] { modules.flatMap(\.live).filter { $0.kind != .member } }

  /// Adds what a cell has declared and imported.
  public mutating func add(_ declarations: [Declaration], imports: [String], of module: String) {
    for new in declarations { remove { new.replaces($0) } }
    modules.append(Module(name: module, live: declarations))
    modules.removeAll { $0.live.isEmpty }
    for line in imports where !self.imports.contains(line) { self.imports.append(line) }
  }

  private mutating func remove(where isReplaced: (Declaration) -> Bool) {
    for index in modules.indices {
      for old in modules[index].live.filter(isReplaced) {
        modules[index].live.removeAll { $0 == old }
        if old.kind == .member { modules[index].hasLostMember = true }
        if old.isType { redeclaredTypes.insert(old.name) }
      }
    }
  }

  /// The module that the newest variable, function or type of this name is in.
  func module(of name: String) -> String? {
    modules.last { $0.live.contains { $0.name == name && $0.kind != .member } }?.name
  }

  /// The imports that bring all of it, for tools that complete code.
  public var allImports: [String] {
    ["import Notebook"] + importLines(for: Set(all.map(\.name)))
  }

  /// The imports that a cell needs which uses these identifiers.
  ///
  /// Whole modules bring extensions and operators; the names that the cell uses are imported one by one as well,
  /// which decides between modules that have the same name. (`@testable` opens declarations that are not public.)
  func importLines(for identifiers: Set<String>) -> [String] {
    let whole = modules.filter { !$0.hasLostMember }.map { "@testable import \($0.name)" }
    let single = modules.flatMap { module in
      module.live.filter { $0.kind != .member && identifiers.contains($0.name) }
        .filter { $0.name.first?.isLetter == true || $0.name.first == "_" }
        .map { "@testable import \($0.kind) \(module.name).\($0.name)" }
    }
    return imports + whole + single
  }
}

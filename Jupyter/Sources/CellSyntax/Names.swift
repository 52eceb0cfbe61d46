/// The names that the cells so far have declared, and their modules.
///
/// Each cell is a module of its own. A later declaration takes the place of an earlier one; a module of which nothing
/// is left is no longer imported.
public struct Names: Sendable {
  /// A cell that has run.
  struct Module: Sendable {
    let name: String
    /// The declarations that no later cell has replaced.
    var live: [Declaration]
    /// Whether the whole module can be imported, since it brings no other names than these.
    var isWhole: Bool
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
  ///
  /// - Parameter isWhole: Whether that is everything: a cell that failed has variables without values.
  public mutating func add(_ declarations: [Declaration], imports: [String], of module: String, isWhole: Bool) {
    for new in declarations { remove { new.replaces($0) } }
    modules.append(Module(name: module, live: declarations, isWhole: isWhole))
    modules.removeAll { $0.live.isEmpty }
    for line in imports where !self.imports.contains(line) { self.imports.append(line) }
  }

  private mutating func remove(where isReplaced: (Declaration) -> Bool) {
    for index in modules.indices {
      for old in modules[index].live.filter(isReplaced) {
        modules[index].live.removeAll { $0 == old }
        if old.kind == .member { modules[index].isWhole = false }
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
  /// The names that the cell uses are imported one by one, which decides between modules that have the same name; whole
  /// modules are imported for their extensions and operators only. (`@testable` opens declarations that are not public.)
  func importLines(for identifiers: Set<String>) -> [String] {
    let whole = modules.filter { module in module.isWhole && module.live.contains { $0.kind == .member } }
      .map { "@testable import \($0.name)" }
    let single = modules.flatMap { module in
      module.live.filter { $0.kind != .member && identifiers.contains($0.name) }
        .map { "@testable import \($0.kind) \(module.name).\($0.name)" }
    }
    return imports + whole + single
  }
}

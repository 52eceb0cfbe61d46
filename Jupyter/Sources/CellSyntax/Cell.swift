import SwiftParser
import SwiftSyntax

/// A cell turned into the source of a module.
///
/// A module has no statements at its top level. So declarations stay there, and statements move into one function; a
/// variable is touched in that function where its declaration stood, since the globals of a module get their values
/// when they are first used. Line directives and white space keep every piece of code at its line and column of the
/// cell, in the compiler's messages as in those of the running program.
public struct Cell: Sendable {
  /// The name of the module.
  public let module: String
  /// The C function that hands the cell over to the worker.
  public var entry: String { "\(module)_entry" }
  /// The source of the module.
  public let source: String
  /// Its declarations, in the order of the cell.
  public let declarations: [Declaration]
  /// The imports that it writes.
  public let imports: [String]

  /// Transforms a cell.
  ///
  /// - Parameters:
  ///   - code: The user's code, without syntax errors.
  ///   - module: The name for its module.
  ///   - file: The name of the cell in messages.
  ///   - names: The names that earlier cells have declared.
  public init(_ code: String, module: String, file: String, names: Names) {
    let tree = Parser.parse(source: code)
    var writer = CellWriter(tree, module: module, file: file, names: names)
    writer.write(tree.statements)
    self.module = module
    declarations = writer.declarations
    imports = writer.imports
    source = writer.source
  }
}

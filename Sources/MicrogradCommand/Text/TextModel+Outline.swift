import Micrograd
import MicrogradJSON
import MicrogradRequirement

extension TextModel {
  /// The characters and sizes, in a line each.
  func outline() -> String {
    let sizes = network.configuration
    let characters = vocabulary.text.printable.shortened(toColumns: 60, ellipsis: "…")
    return """
      writes with \(counted(vocabulary.characters.count, "character")): \(characters)
      width \(sizes.width), \(counted(sizes.heads, "head")), \(counted(sizes.layers, "layer")), context \(sizes.context): \
      \(counted(parameterCount, "parameter"))

      """
  }

  /// The same for programs.
  var members: [(String, JSON)] {
    let sizes = network.configuration
    return [
      ("characters", .text(vocabulary.text)), ("parameters", .integer(parameterCount)),
      ("width", .integer(sizes.width)), ("heads", .integer(sizes.heads)), ("layers", .integer(sizes.layers)),
      ("context", .integer(sizes.context)),
    ]
  }

  private var parameterCount: Int { network.parameters.count }
}

/// An input or output of a model, and its type.
struct CoreMLFeature {
  enum FeatureType {
    case number, text
    /// An array of a given number of Doubles.
    case array(Int)
    /// A number for each text.
    case dictionary
  }

  let name: String
  let type: FeatureType
  /// A sentence that Xcode shows.
  var note = ""

  var message: ProtobufMessage<CoreML.Feature> {
    var feature = ProtobufMessage<CoreML.Feature>()
    feature.append(.name, name)
    if !note.isEmpty { feature.append(.shortDescription, note) }
    feature.append(.type, type.message)
    return feature
  }
}

extension CoreMLFeature.FeatureType {
  fileprivate var message: ProtobufMessage<CoreML.FeatureType> {
    let empty = ProtobufMessage<CoreML.Empty>()
    var type = ProtobufMessage<CoreML.FeatureType>()
    switch self {
    case .number: type.append(.number, empty)
    case .text: type.append(.text, empty)
    case .array(let count):
      var array = ProtobufMessage<CoreML.Array>()
      array.append(.shape, packed: [count])
      array.append(.dataType, CoreML.ArrayDataType.double.rawValue)
      type.append(.array, array)
    case .dictionary:
      var dictionary = ProtobufMessage<CoreML.Dictionary>()
      dictionary.append(.textKeys, empty)
      type.append(.dictionary, dictionary)
    }
    return type
  }
}

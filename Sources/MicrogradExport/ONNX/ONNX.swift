import MicrogradNetworks

/// The numbers of the fields and types in ONNX files that are written here, as in `onnx.proto` of IR version 8:
/// https://github.com/onnx/onnx/blob/v1.12.0/onnx/onnx.proto.
enum ONNX {
  enum Model: Int {
    case irVersion = 1, producerName = 2, graph = 7, operatorSet = 8, metadata = 14
  }
  enum OperatorSet: Int { case domain = 1, version = 2 }
  enum Metadata: Int { case key = 1, value = 2 }
  enum Graph: Int { case node = 1, name = 2, initializer = 5, input = 11, output = 12 }
  enum Node: Int { case input = 1, output = 2, name = 3, operation = 4, attribute = 5, domain = 7 }
  enum Attribute: Int { case name = 1, integer = 3, strings = 9, type = 20 }
  enum Tensor: Int { case dimension = 1, type = 2, floats = 4, strings = 6, integers = 7, name = 8, doubles = 10 }
  enum ValueInfo: Int { case name = 1, type = 2 }
  enum TypeOfValue: Int { case tensor = 1 }
  enum TensorType: Int { case element = 1, shape = 2 }
  enum Shape: Int { case dimension = 1 }
  enum Dimension: Int { case value = 1, parameter = 2 }

  /// `TensorProto.DataType`
  enum Element: Int { case float = 1, integer = 7, string = 8, double = 11 }

  /// `AttributeProto.AttributeType`
  enum AttributeType: Int { case integer = 2, strings = 8 }
}

extension Precision {
  var onnx: ONNX.Element {
    switch self {
    case .double: .double
    case .float: .float
    }
  }
}

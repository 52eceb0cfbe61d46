import MicrogradRequirement

/// A model file that cannot be read, and the reason.
///
///     print(error)
///     // flowers.safetensors: layers.1.weight has the shape [3, 8]; expected [3, 16]
public struct ModelFileError: Error, Sendable, Equatable {
  /// A kind of mistake.
  public enum Reason: Sendable, Equatable {
    /// The file could not be read, for the reason of the operating system.
    case unreadable(String)
    /// The file is no safetensors file.
    case malformedFile(SafetensorsError)
    /// The file is a safetensors file of other software.
    case noDescription
    /// The file is that of a model of another kind: of a `table` or of a `text`.
    case otherKind(found: String, expected: String)
    /// The file was written by a later version of this library, in a format that this one does not know.
    case newerVersion(Int)
    /// The description of the model is wrong at a place, such as `features[2].deviation`.
    case malformedDescription(place: String, problem: String)
    /// There is no tensor of that name.
    case missingTensor(String)
    /// The model has no use for a tensor of that name.
    case unexpectedTensor(String)
    /// A tensor does not fit to the others and to the description.
    case wrongShape(tensor: String, found: [Int], expected: String)
    /// A tensor has a number that is infinite or not a number.
    case notFinite(tensor: String)
  }

  /// The path of the file; nil for bytes in memory.
  public var path: String?
  /// The mistake.
  public var reason: Reason

  package init(path: String? = nil, _ reason: Reason) {
    self.path = path
    self.reason = reason
  }
}

extension ModelFileError.Reason: CustomStringConvertible {
  /// The mistake, and how to mend it.
  public var description: String {
    switch self {
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .malformedFile(let error): "\(error)"
    case .noDescription:
      "it has tensors, but no description of a model; read it with Safetensors, or write the model with this library"
    case .otherKind("text", _):
      "it is a model that writes texts, not one of a table; read it with micrograd gpt --load, or as a TextModel"
    case .otherKind("table", _):
      "it is a model of a table, not one that writes texts; read it with micrograd predict, or as a TabularModel"
    case .otherKind(let found, let expected): "it is a model of the kind \(quoted(found)), not \(quoted(expected))"
    case .newerVersion(let version):
      "it has version \(version) of the format, and this library reads up to \(ModelFile.version); "
        + "use a later version of the library"
    case .malformedDescription(let place, let problem): "\(place.isEmpty ? "" : place + ": ")\(problem)"
    case .missingTensor(let name): "the tensor \(name) is missing"
    case .unexpectedTensor(let name): "the model has no use for the tensor \(quoted(name))"
    case .wrongShape(let name, let found, let expected): "\(name) has the shape \(found); expected \(expected)"
    case .notFinite(let name):
      "\(name) has a number that is not finite; train the model again, with a smaller learning rate"
    }
  }
}

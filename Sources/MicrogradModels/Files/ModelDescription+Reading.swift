import MicrogradData
internal import MicrogradJSON
import MicrogradNetworks
import MicrogradRequirement

extension ModelDescription {
  init(parsing text: String) throws(ModelFileError) {
    let document: DescriptionValue
    do {
      document = DescriptionValue(try JSON(parsing: text), place: "")
    } catch {
      throw ModelFileError(
        .malformedDescription(place: "", problem: "the description of the model is no JSON: \(error)"))
    }
    try Self.checkVersion(document.member("version"))
    pipeline = try Self.pipeline(document)
    activations = try document.member("layers").array(atLeast: 1, Self.activation)
    // A model is as good without them.
    record = document.json["training"].flatMap(TrainingRecord.init)
  }

  private static func checkVersion(_ value: DescriptionValue) throws(ModelFileError) {
    let version = try value.integer()
    if version > Self.version { throw ModelFileError(.newerVersion(version)) }
    if version < Self.version { throw value.error("there is no version \(version); the first one is 1") }
  }

  private static func pipeline(_ document: DescriptionValue) throws(ModelFileError) -> Pipeline {
    let features = try document.member("features").array(atLeast: 1, Self.feature)
    let target = try Self.target(document.member("target"))
    var names: Set<String> = [target.name]
    for (index, feature) in features.enumerated() where !names.insert(feature.name).inserted {
      throw ModelFileError(
        .malformedDescription(
          place: "features[\(index)].name", problem: "there are two columns \(quoted(feature.name))"))
    }
    return Pipeline(features: features, target: target)
  }

  private static func feature(_ value: DescriptionValue) throws(ModelFileError) -> Pipeline.Feature {
    let name = try value.member("name").text(), encoding = try value.member("encoding")
    switch try encoding.text() {
    case "standardized":
      let (mean, deviation) = try standardization(value)
      return .init(name: name, encoding: .standardized(mean: mean, deviation: deviation))
    case "oneHot":
      return .init(name: name, encoding: .oneHot(try value.member("categories").distinctTexts(atLeast: 1)))
    case let other:
      throw encoding.error("\(quoted(other)) is no encoding of a feature; expected standardized or oneHot")
    }
  }

  private static func target(_ value: DescriptionValue) throws(ModelFileError) -> Pipeline.Target {
    let name = try value.member("name").text(), encoding = try value.member("encoding")
    switch try encoding.text() {
    case "standardized":
      let (mean, deviation) = try standardization(value)
      return .init(name: name, encoding: .standardized(mean: mean, deviation: deviation))
    case "classes":
      return .init(name: name, encoding: .classes(try value.member("classes").distinctTexts(atLeast: 2)))
    case let other:
      throw encoding.error("\(quoted(other)) is no encoding of a target; expected standardized or classes")
    }
  }

  private static func standardization(_ value: DescriptionValue) throws(ModelFileError) -> (Double, Double) {
    let mean = try value.member("mean").number(), deviation = try value.member("deviation")
    if try deviation.number() <= 0 { throw deviation.error("a deviation is greater than 0") }
    return (mean, try deviation.number())
  }

  private static func activation(_ layer: DescriptionValue) throws(ModelFileError) -> Activation {
    let name = try layer.member("activation")
    let constant = layer.json["constant"] == nil ? nil : try layer.member("constant").number()
    guard let activation = Activation(identifier: try name.text(), constant: constant) else {
      throw name.error(
        "there is no activation \(quoted(try name.text())); known are \(Activation.identifiers.joined(separator: ", "))"
      )
    }
    return activation
  }
}

/// A value in the description of a model, and the place where it stands, for messages.
private struct DescriptionValue {
  let json: JSON
  let place: String

  init(_ json: JSON, place: String) {
    self.json = json
    self.place = place
  }

  func error(_ problem: String) -> ModelFileError {
    ModelFileError(.malformedDescription(place: place, problem: problem))
  }

  func member(_ name: String) throws(ModelFileError) -> DescriptionValue {
    guard let value = json[name] else { throw error("the description of the model has no “\(name)” here") }
    return DescriptionValue(value, place: place.isEmpty ? name : "\(place).\(name)")
  }

  func text() throws(ModelFileError) -> String { try known(json.text, "a string") }
  func integer() throws(ModelFileError) -> Int { try known(json.integer, "a whole number") }
  func number() throws(ModelFileError) -> Double { try known(json.number, "a number") }

  private func known<Value>(_ value: Value?, _ kind: String) throws(ModelFileError) -> Value {
    guard let value else { throw error("expected \(kind)") }
    return value
  }

  /// Reads each element of an array.
  func array<Element>(
    atLeast minimum: Int, _ read: (DescriptionValue) throws(ModelFileError) -> Element
  ) throws(ModelFileError) -> [Element] {
    let values = try known(json.array, "an array")
    if values.count < minimum {
      throw error("expected at least \(counted(minimum, "element")), found \(values.count)")
    }
    var elements: [Element] = []
    for (index, value) in values.enumerated() { elements.append(try read(element(value, index))) }
    return elements
  }

  /// Reads an array of strings that differ.
  func distinctTexts(atLeast minimum: Int) throws(ModelFileError) -> [String] {
    let texts = try array(atLeast: minimum) { value throws(ModelFileError) in try value.text() }
    var known: Set<String> = []
    for (index, text) in texts.enumerated() where !known.insert(text).inserted {
      throw element(.text(text), index).error("\(quoted(text)) is there twice")
    }
    return texts
  }

  private func element(_ value: JSON, _ index: Int) -> DescriptionValue {
    DescriptionValue(value, place: "\(place)[\(index)]")
  }
}

import MicrogradData
internal import MicrogradJSON
import MicrogradNetworks
import MicrogradRequirement

extension ModelDescription {
  init(_ document: DescriptionValue) throws(ModelFileError) {
    pipeline = try Self.pipeline(document)
    activations = try document.member("layers").array(atLeast: 1, Self.activation)
    // A model is as good without them.
    record = document.json["training"].flatMap(TrainingRecord.init)
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

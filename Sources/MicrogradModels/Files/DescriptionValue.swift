package import MicrogradJSON
import MicrogradRequirement

/// A value in the description of a model, and the place where it stands, for messages.
package struct DescriptionValue {
  package let json: JSON
  package let place: String

  /// Reads the whole description.
  package init(parsing text: String) throws(ModelFileError) {
    do {
      self.init(try JSON(parsing: text), place: "")
    } catch {
      throw ModelFileError(
        .malformedDescription(place: "", problem: "the description of the model is no JSON: \(error)"))
    }
  }

  private init(_ json: JSON, place: String) {
    self.json = json
    self.place = place
  }

  package func error(_ problem: String) -> ModelFileError {
    ModelFileError(.malformedDescription(place: place, problem: problem))
  }

  package func member(_ name: String) throws(ModelFileError) -> DescriptionValue {
    guard let value = json[name] else { throw error("the description of the model has no “\(name)” here") }
    return DescriptionValue(value, place: place.isEmpty ? name : "\(place).\(name)")
  }

  package func text() throws(ModelFileError) -> String { try known(json.text, "a string") }
  package func integer() throws(ModelFileError) -> Int { try known(json.integer, "a whole number") }
  package func number() throws(ModelFileError) -> Double { try known(json.number, "a number") }

  private func known<Value>(_ value: Value?, _ kind: String) throws(ModelFileError) -> Value {
    guard let value else { throw error("expected \(kind)") }
    return value
  }

  /// Reads each element of an array.
  package func array<Element>(
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
  package func distinctTexts(atLeast minimum: Int) throws(ModelFileError) -> [String] {
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

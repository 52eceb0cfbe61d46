import MicrogradJSON
import MicrogradPlayground
import MicrogradTestSupport
import Testing

struct SettingsTests {
  @Test("Settings that are complete are read as the same ones")
  func roundTrip() throws {
    let seed = newSeed()
    var random = RandomSettings(seed: seed)
    let empty = try PlaygroundSettings().json
    #expect(try PlaygroundSettings(empty).json.description == empty.description)
    for _ in 0..<200 {
      let drawn = random.next(), json = try PlaygroundSettings(drawn).json
      let again = try PlaygroundSettings(json).json
      #expect(again.description == json.description, "seed \(seed): got \(again.description) of \(json.description)")
      for (name, value) in drawn.object ?? [] {
        for (member, number) in value.object ?? [] where number.number != nil {
          #expect(
            json[name]?[member]?.number == number.number, "seed \(seed): \(name).\(member) of \(drawn.description)")
        }
      }
    }
  }

  @Test("What is left out has its default, and another task replaces data and loss by its own")
  func defaults() throws {
    let reply = try PlaygroundDispatcher().get(#"{"do": "open"}"#)
    #expect(reply.json["settings"]?["data"]?["kind"]?.text == "moons")
    #expect(reply.json["samples"]?.description == #"{"train":140,"test":60}"#)
    let regression = try PlaygroundDispatcher().get(
      #"{"do": "open", "settings": {"task": "regression", "data": {"kind": "moons"}, "loss": "hinge", "batch": null}}"#
    )
    #expect(regression.json["settings"]?["data"]?["kind"]?.text == "plane")
    #expect(regression.json["settings"]?["loss"]?.text == "squaredError")
    #expect(regression.json["classes"]?.integer == nil)
  }

  @Test(
    "A setting that makes no sense is an error that names it",
    arguments: [
      (#"[]"#, "The settings"), (#"{"taks": 1}"#, "taks"), (#"{"task": "sorting"}"#, "“task” is sorting"),
      (#"{"task": 3}"#, "“task” is 3"), (#"{"data": 3}"#, "“data”"),
      (#"{"data": {"samples": 1}}"#, "“data.samples” is 1;"),
      (#"{"data": {"samples": 10.5}}"#, "whole number from 2 to 1000"),
      (#"{"data": {"noise": "nan"}}"#, "data.noise"),
      (#"{"data": {"classes": 6}}"#, "data.classes"), (#"{"data": {"seed": -1}}"#, "data.seed"),
      (#"{"data": {"test": 1}}"#, "data.test"), (#"{"data": {"kind": "points"}}"#, "no points"),
      (#"{"data": {"points": [[1, 2]]}}"#, "data.points[0]"),
      (#"{"data": {"kind": "points", "points": [[1, 2, 0], [1, 2, 2]]}}"#, "“data.points[1]” is 2"),
      (#"{"data": {"points": [[1, 1e300, 0]]}}"#, "data.points[0]"),
      (#"{"network": {"layers": 3}}"#, "network.layers"),
      (#"{"network": {"layers": [{}, {"neurons": 0}]}}"#, "network.layers[1].neurons"),
      (#"{"network": {"layers": [{"activation": "cube"}]}}"#, "is cube; it must be one of linear, relu"),
      (#"{"network": {"layers": [{}, {}, {}, {}, {}, {}, {}]}}"#, "at most 6 layers"),
      (#"{"optimizer": {"nesterov": 1}}"#, "true or false"), (#"{"optimizer": {"beta1": 1}}"#, "optimizer.beta1"),
      (#"{"schedule": {"over": 0}}"#, "schedule.over"), (#"{"regularization": {"l3": 0}}"#, "regularization.l3"),
      (#"{"batch": 1e9}"#, "batch"),
    ])
  func mistakes(_ settings: String, _ words: String) throws {
    let error = try PlaygroundDispatcher().error("{\"do\": \"open\", \"settings\": \(settings)}")
    #expect(error.contains(words), "\(settings): got \(error), expected “\(words)” in it")
  }

  @Test("The description has the limits of all numbers, and all choices can be opened")
  func description() throws {
    let description = try PlaygroundDispatcher().get(#"{"do": "describe"}"#).json
    for (path, limits) in try #require(description["limits"]?.object)
    where path.contains(".") && !path.contains("layers") {
      let names = path.split(separator: ".").map(String.init)
      for (end, isInside) in [("min", true), ("max", true), ("max", false)] {
        let number = try #require(limits[end]?.number) + (isInside ? 0 : 1)
        let settings = JSON.object([(names[0], .object([(names[1], .number(number))]))])
        let isError = (try? PlaygroundSettings(settings)) == nil
        #expect(isError == !isInside, "\(path) = \(number): \(isError ? "refused" : "taken")")
      }
    }
    for (path, member) in [
      ("optimizer.rule", "optimizer"), ("schedule.kind", "schedule"), ("network.initialization", "network"),
    ] {
      for choice in try #require(description["choices"]?[path]?.array) {
        let name = String(path.split(separator: ".")[1])
        let settings = JSON.object([(member, .object([(name, try #require(choice["value"]))]))])
        #expect(try PlaygroundSettings(settings).json[member]?[name]?.text == choice["value"]?.text)
        #expect(choice["words"]?["fr"]?.text?.isEmpty == false)
      }
    }
  }
}

import Micrograd
import MicrogradJSON

extension Chapter {
  /// Adds a playground with the samples, and with the network, the loss and the learning rates of task 9.
  ///
  /// There is none if the samples are more than a playground can hold.
  mutating func offerPlayground(hiddenNeurons: Int) {
    let layer = JSON.object([("neurons", .integer(hiddenNeurons)), ("activation", .text("relu"))])
    let settings = JSON.object([
      ("task", .text("classification")), ("data", playgroundData),
      ("network", .object([("layers", .array([layer]))])),
      ("loss", .text("sigmoidOutside")),
      ("optimizer", .object([("rule", .text("sgd")), ("learningRate", .number(1))])),
      ("schedule", .object([("kind", .text("linear")), ("to", .number(0.1)), ("over", .integer(100))])),
      ("batch", .integer(0)),
    ])
    playground = try? PlaygroundPage(settings: settings, language: language)
  }

  private var playgroundData: JSON {
    let points = zip(data.inputs, data.labels).map { input, label in JSON.numbers(input + [Double(label)]) }
    let data: [(String, JSON)] =
      samples.arePublished
      ? [("kind", .text("moons")), ("samples", .integer(100)), ("noise", .number(0.1)), ("seed", .integer(42))]
      : [("kind", .text("points")), ("points", .array(points))]
    return .object(data + [("test", .integer(0))])
  }
}

extension Chapter {
  /// The name of the file with the playground.
  var playgroundFile: String { "task-\(task.number < 10 ? "0" : "")\(task.number)-playground.html" }
}

import Foundation
import Micrograd
import Testing

@Suite struct GPTCommandTests {
  /// Trains with the library as the command does.
  private func trained(
    seed: Int, steps: Int, on documents: [String] = TextModel.names, width: Int = 16
  ) throws -> (model: TextModel, losses: [Double], random: PythonRandom) {
    var random = PythonRandom(seed: seed), documents = documents
    random.shuffle(&documents)
    let model = try TextModel(of: documents, width: width, using: &random)
    return (model, try TextTrainer(steps: steps).fit(model, to: documents), random)
  }

  private func lines(_ samples: [String]) -> String { samples.map { $0 + "\n" }.joined() }

  @Test func learnsNamesWithoutAFile() throws {
    var (model, _, random) = try trained(seed: 5, steps: 20)
    let expected = lines(try (0..<3).map { _ in try model.sample(using: &random) })
    let outcome = try Program.run("gpt", "--steps", "20", "--seed", "5", "--samples", "3")
    #expect(outcome.status == 0 && outcome.output == expected, "\(outcome)")
    let errors = outcome.errors.split(separator: "\n")
    #expect(errors.first == "1,000 documents", "\(outcome.errors)")
    #expect(errors.contains { $0.hasPrefix("step 20/20  loss ") }, "\(outcome.errors)")
    #expect(errors.count { $0.hasPrefix("step ") } == 10, "\(outcome.errors)")
    #expect(errors.last == "The model is not kept; -o FILE keeps it.", "\(outcome.errors)")
  }

  @Test func tellsLossesToPrograms() throws {
    var (model, losses, random) = try trained(seed: -3, steps: 10)
    let outcome = try Program.run(
      "gpt", "--steps", "10", "--seed", "-3", "-n", "2", "--prompt", "ma", "--format", "json", "--quiet")
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let json = try JSONDecoder().decode(Content.self, from: Data(outcome.output.utf8))
    #expect(json.losses == losses)
    #expect(json.samples == (try (0..<2).map { _ in try model.sample(prompt: "ma", using: &random) }))
    #expect(json.parameters == 4192 && json.documents == 1000 && json.seed == -3 && json.width == 16)
    #expect(json.characters == "abcdefghijklmnopqrstuvwxyz")
  }

  /// The command's output for programs.
  private struct Content: Decodable {
    let characters: String
    let parameters, width, documents, seed: Int
    let losses: [Double]
    let samples: [String]
  }

  @Test(arguments: ["eager", "compiled", "compiled --float"]) func computesInOtherWays(_ execution: String) throws {
    let outcome = try Program.run(
      ["gpt", "--steps", "6", "--batch-size", "2", "-n", "1", "--format", "json", "--execution"]
        + execution.split(separator: " ").map { String($0) })
    let json = try JSONDecoder().decode(Content.self, from: Data(outcome.output.utf8))
    var random = PythonRandom(seed: 42), names = TextModel.names
    random.shuffle(&names)
    let losses = try TextTrainer(steps: 6, batchSize: 2, execution: .eager).fit(
      try TextModel(of: names, using: &random), to: names)
    let tolerance = execution.contains("float") ? 1e-5 : 1e-12
    for (got, expected) in zip(json.losses, losses) {
      #expect(abs(got - expected) <= tolerance * expected, "\(execution): got \(got), expected \(expected)")
    }
    #expect(json.losses.count == 6 && outcome.status == 0)
    // Numbers of 32 bits cannot be those of 64; the others may even be equal.
    #expect(!execution.contains("float") || json.losses != losses, "\(execution) gives the numbers of eager")
  }

  @Test func keepsAModelSamplesItAndTrainsItFurther() throws {
    try Program.withFolder { folder in
      let names = ["anna", "émile", "ada", "zoé"], path = "\(folder)/names.safetensors"
      try lines(names).write(toFile: "\(folder)/names.txt", atomically: true, encoding: .utf8)
      let (model, _, _) = try trained(seed: 42, steps: 30, on: names, width: 8)
      let made = try Program.run("gpt", "-d", "\(folder)/names.txt", "--steps", "30", "--width", "8", "-o", path)
      #expect(made.status == 0 && !made.errors.contains("not kept"), "\(made.errors)")
      #expect(try TextModel(contentsOf: path).safetensors() == model.safetensors())

      var random = PythonRandom(seed: 7)
      let samples = lines(
        try (0..<5).map { _ in try model.sample(prompt: "é", temperature: 0.8, using: &random) })
      let sampled = try Program.run(
        "gpt", "--load", path, "-n", "5", "--seed", "7", "--prompt", "é", "--temperature", "0.8")
      #expect(sampled.status == 0 && sampled.output == samples && sampled.errors.isEmpty, "\(sampled)")

      random = PythonRandom(seed: 8)
      var documents = names
      random.shuffle(&documents)
      try TextTrainer(steps: 5, batchSize: 2, learningRate: 0.002).fit(model, to: documents)
      let further = try Program.run(
        "gpt", "--load", path, "-d", "\(folder)/names.txt", "--steps", "5", "--batch-size", "2", "--learning-rate",
        "0.002", "--seed", "8", "-n", "0", "-o", path)
      #expect(further.status == 0 && further.output.isEmpty, "\(further)")
      #expect(try TextModel(contentsOf: path).safetensors() == model.safetensors())

      let inspected = try Program.run("inspect", path)
      #expect(
        inspected.status == 0
          && inspected.output == """
            writes with 10 characters: adeilmnozé
            width 8, 4 heads, 1 layer, context 16: 1,072 parameters

            """,
        "\(inspected)")
    }
  }

  @Test func readsStandardInputAndSaysWhatIsTooLong() throws {
    let outcome = try Program.shell("printf 'abc\\nabcabc\\n' | micrograd gpt -d - --steps 2 --context 4 -n 1")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("2 documents\nwrites with 3 characters: abc\n"), "\(outcome.errors)")
    #expect(outcome.errors.contains("1 of them is longer than the context"), "\(outcome.errors)")
  }

  @Test func showsAnUntrainedModelToo() throws {
    let outcome = try Program.run("gpt", "--steps", "0", "-n", "4")
    #expect(outcome.status == 0 && outcome.output.count { $0 == "\n" } == 4 && outcome.errors.isEmpty, "\(outcome)")
  }

  @Test func explainsAPrediction() throws {
    let (model, _, _) = try trained(seed: 42, steps: 20), explanation = try model.explain(after: "em")
    let text = try Program.run("gpt", "--steps", "20", "--explain", "em", "--quiet", "--language", "fr")
    #expect(text.status == 0 && text.errors.isEmpty, "\(text)")
    #expect(text.output == explanation.text(language: .french, style: TextStyle(.ascii)), "\(text.output)")
    try Program.withFolder { folder in
      try model.write(to: "\(folder)/model")
      let json = try Program.run("gpt", "--load", "\(folder)/model", "--explain", "em", "-o", "\(folder)/em.json")
      #expect(json.status == 0 && json.output.isEmpty && json.errors.isEmpty, "\(json)")
      #expect(try String(contentsOfFile: "\(folder)/em.json", encoding: .utf8) == explanation.json())
      let page = try Program.run("gpt", "--load", "\(folder)/model", "--explain", "em", "-f", "html", "-l", "en")
      #expect(page.status == 0 && page.output.contains("<title>After “em”</title>"), "\(page.errors)")
    }
  }

  /// Arguments, with FOLDER for the folder; the status; and a part of the message.
  @Test(arguments: [
    ("--width 10", 64, "A width of 10 cannot be divided among 4 heads"),
    ("--width 0", 64, "--width is 0"), ("--heads -2", 64, "--heads is -2"), ("--layers 0", 64, "--layers is 0"),
    ("--context -1", 64, "--context is -1"), ("--width 1000000", 1, "ten million parameters"),
    ("--context 99999999999", 1, "ten million parameters"), ("--width 1e3", 64, "1e3"),
    ("--steps -1", 64, "--steps is -1"), ("--steps 99999999999", 64, "--steps is"), ("--steps x", 64, "x"),
    ("--batch-size 0", 64, "--batch-size is 0"), ("--learning-rate -0.1", 64, "--learning-rate is -0.1"),
    ("--learning-rate nan", 64, "--learning-rate is nan"), ("--samples -1", 64, "--samples is -1"),
    ("--execution fast", 64, "fast"), ("--execution eager --float", 64, "--float needs --execution compiled"),
    ("--load FOLDER/text --float", 64, "--float has no effect with --load, unless"),
    ("--temperature 0", 64, "--temperature is 0"), ("--temperature inf", 64, "--temperature is inf"),
    ("--steps 5 --learning-rate 1e200", 1, "try a smaller learning rate"),
    ("--prompt Emma", 1, "\"Emma\" has the character \"E\", which the model has never seen"),
    ("--prompt abcdefghijklmnop", 1, "the prompt has 16 characters"),
    ("--data FOLDER/none.txt", 1, "none.txt cannot be read"), ("--data FOLDER", 1, "cannot be read"),
    ("--data FOLDER/empty.txt", 1, "empty.txt: there are no documents"),
    ("--data FOLDER/binary", 1, "binary cannot be read: it is not text in UTF-8"),
    ("--output -", 64, "--output is -"), ("--output FOLDER", 1, "cannot be written"),
    ("--output FOLDER/none/model", 1, "cannot be written"),
    ("--data FOLDER/names.txt -o FOLDER/names.txt", 64, "the text itself"),
    ("--load FOLDER/none", 1, "none: cannot be read"), ("--load FOLDER/names.txt", 1, "names.txt: "),
    ("--load FOLDER/table", 1, "it is a model of a table"),
    ("--load FOLDER/text --explain a -f html -o FOLDER/text", 64, "the model itself"),
    ("--load FOLDER/text --width 8", 64, "--width has no effect with --load"),
    ("--load FOLDER/text --width 3", 64, "--width has no effect with --load"),
    ("--load FOLDER/text --data FOLDER/names.txt", 64, "--data has no effect with --load, unless"),
    ("--load FOLDER/text --learning-rate 1", 64, "--learning-rate has no effect with --load, unless"),
    ("--load - --data - --steps 1", 64, "--load and --data are both -"),
    ("--load FOLDER/text --steps 1", 1, "the names of the library: \""),
    ("--load FOLDER/text --prompt x", 1, "\"x\""),
    ("stray", 64, "stray"), ("--format html", 64, "--format html is the page of --explain"),
    ("--explain em -n 3", 64, "--samples has no effect with --explain"),
    ("--explain em --prompt e", 64, "--prompt has no effect with --explain"),
    ("--explain em -o FOLDER/a.safetensors", 64, "the extension of"), ("--explain Em", 1, "\"E\""),
    ("--width 256 --explain em -o FOLDER/a.html", 1, "products, more than a browser can take"),
    ("--explain abcdefghijklmnop", 1, "the prompt has 16 characters"),
  ]) func badInputIsALine(_ arguments: String, status: Int32, message: String) throws {
    try Program.withFolder { folder in
      try "anna\nben\n".write(toFile: "\(folder)/names.txt", atomically: true, encoding: .utf8)
      try " \n\n".write(toFile: "\(folder)/empty.txt", atomically: true, encoding: .utf8)
      try Data([0xFF, 0xFE, 0, 1]).write(to: URL(filePath: "\(folder)/binary"))
      var random = PythonRandom(seed: 1)
      try TextModel(of: ["anna", "ben"], width: 4, context: 4, using: &random).write(to: "\(folder)/text")
      let moons = Table(makeMoons(samples: 20, noise: 0.1, seed: 42))
      try TabularTrainer(hidden: [2], epochs: 1).fit(moons, target: "label").0.write(to: "\(folder)/table")
      let words = arguments.split(separator: " ").map { String($0).replacing("FOLDER", with: folder) }
      let outcome = try Program.run(["gpt", "--quiet"] + words)
      #expect(outcome.status == status, "\(arguments): \(outcome)")
      #expect(outcome.errors.hasPrefix("Error: ") && outcome.errors.contains(message), "\(arguments): \(outcome)")
      #expect(outcome.output.isEmpty, "\(arguments): \(outcome)")
    }
  }

  @Test func otherCommandsSayThatItIsNoTable() throws {
    try Program.withFolder { folder in
      var random = PythonRandom(seed: 1)
      try TextModel(of: ["ab"], width: 4, context: 4, using: &random).write(to: "\(folder)/text")
      for words in [["predict"], ["evaluate"], ["explain", "--row", "1"]] {
        let outcome = try Program.run([words[0], "\(folder)/text", "table.csv"] + words.dropFirst())
        #expect(outcome.status == 1 && outcome.errors.contains("read it with micrograd gpt --load"), "\(outcome)")
      }
    }
  }
}

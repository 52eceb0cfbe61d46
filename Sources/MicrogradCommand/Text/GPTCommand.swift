import ArgumentParser
import Micrograd
import MicrogradJSON
import MicrogradRequirement

struct GPTCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gpt",
    abstract: "Train a GPT that invents names, or lines like those of any text, letter by letter.",
    discussion: """
      The model is that of Karpathy's microgpt: embeddings, attention, a small network, all of it scalars with gradients. \
      It learns from documents, a line each, which letter comes next after the letters so far, and then writes documents \
      of its own. Without --data it learns from a thousand first names.

      Progress goes to standard error, samples to standard output, a line each. The same seed gives the same losses and \
      samples; they are also those of microgpt with this seed, data and sizes.

      Examples:
        micrograd gpt
        micrograd gpt --data names.txt --steps 3000 -o names.safetensors
        micrograd gpt --load names.safetensors --samples 5 --prompt mar
        micrograd gpt --data poems.txt --context 64 --width 32 --layers 2
        micrograd gpt --format json > gpt.json     with the loss of each step
        micrograd gpt --explain em                 which letter follows “em”, and why
        micrograd gpt --explain em -o em.html      the same as a page, with the graph
        micrograd gpt --load a.safetensors -d names.txt --steps 500 -o b.safetensors
      """)

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The documents: any text in UTF-8, a document on each line; - is standard input. (default: a thousand names)",
      valueName: "file"))
  var data: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The file for the model, such as names.safetensors; with --explain, for the explanation.", valueName: "file"))
  var output: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A model that -o wrote, to use as it is, or with --steps to train further.", valueName: "model"))
  var load: String?

  @OptionGroup(title: "Sizes") var sizes: TextSizes
  @OptionGroup(title: "Training") var training: TextTraining
  @OptionGroup(title: "Samples") var sampling: TextSampling

  @Option(
    name: .long,
    help: ArgumentHelp(
      """
      Show how the letter after this text is predicted, instead of samples: the probabilities, the weights of attention, \
      and which letters moved them.
      """, valueName: "text"))
  var explain: String?

  @Option(
    name: [.customShort("f"), .customLong("format")],
    help: """
      text for people, json for programs, and with --explain html. (default: by the extension of the explanation's file, \
      or text)
      """)
  var givenFormat: ExplainCommand.Format?

  @OptionGroup var speech: Speech

  var format: ExplainCommand.Format {
    givenFormat ?? (explain == nil ? nil : output.flatMap(ExplainCommand.Format.init(fileName:))) ?? .text
  }

  // MARK: Checks

  func validate() throws {
    try checkLoad()
    try sizes.checkHeads()
    try checkFormat()
    try checkOutput()
  }

  private func checkFormat() throws {
    guard explain != nil else {
      if givenFormat == .html { throw ValidationError("--format html is the page of --explain; add --explain.") }
      return
    }
    if let option = sampling.given.first {
      throw ValidationError("\(option) has no effect with --explain, which shows no samples; remove it.")
    }
    if givenFormat == nil, let output, ExplainCommand.Format(fileName: output) == nil {
      throw ValidationError(
        """
        With --explain, --output is the file for the explanation, and the extension of “\(output)” is not that of html, txt \
        or json. To keep the model, train it without --explain, then give it to --load.
        """)
    }
  }

  /// Checks that no option is there that a loaded model leaves without effect.
  private func checkLoad() throws {
    guard load != nil else { return }
    if let option = sizes.given.first {
      throw ValidationError("\(option) has no effect with --load: the model has its sizes; remove it.")
    }
    let idle = (data == nil ? [] : ["--data"]) + training.given
    if training.steps ?? 0 == 0, let option = idle.first {
      throw ValidationError("\(option) has no effect with --load, unless the model is trained further: add --steps.")
    }
    if load == TextFile.standardStream, data == TextFile.standardStream {
      throw ValidationError("--load and --data are both -, standard input; give the name of a file for one of them.")
    }
  }

  private func checkOutput() throws {
    guard let output else { return }
    if output == TextFile.standardStream, explain == nil {
      throw ValidationError("--output is -, but the samples go to standard output; give the name of a file.")
    }
    if let data, TextFile.isSameFile(output, data) {
      throw ValidationError("--output is \(output), the text itself, which would be replaced; give another name.")
    }
    if explain != nil, let load, TextFile.isSameFile(output, load) {
      throw ValidationError(
        "--output is \(output), the model itself, which the explanation would replace; give another name.")
    }
    try TextFile.checkWritable(output)
  }

  func run() throws {
    var random = PythonRandom(seed: training.seed)
    let result = try result(using: &random)
    if let explain { return try write(try result.model.explain(after: explain)) }
    if let output { try result.model.write(to: output) }
    try writeSamples(of: result, using: &random)
    if output == nil, !result.losses.isEmpty, !training.quiet {
      Terminal.note("The model is not kept; -o FILE keeps it.")
    }
  }

  // MARK: Output

  private func write(_ explanation: TextExplanation) throws {
    let file = output == TextFile.standardStream ? nil : output
    let text =
      switch format {
      case .text:
        explanation.text(
          language: speech.language, columns: Terminal.columns(for: file), style: Terminal.style(for: file))
      case .html: explanation.html(language: speech.language)
      case .json: explanation.json()
      }
    try TextFile.write(text, to: output ?? TextFile.standardStream)
  }

  private func writeSamples(of result: TextResult, using random: inout PythonRandom) throws {
    var samples: [String] = []
    for _ in 0..<sampling.count {
      let sample = try result.model.sample(
        prompt: sampling.prompt, temperature: sampling.temperature, using: &random)
      if format == .json {
        samples.append(sample)
      } else {
        // At once, since a large model takes its time.
        try TextFile.write(Self.shown(sample) + "\n", to: TextFile.standardStream)
      }
    }
    if format == .json { try TextFile.write(result.json(samples), to: TextFile.standardStream) }
  }

  /// The text, or on a terminal what of it cannot command the terminal.
  private static func shown(_ sample: String) -> String {
    StandardStream.output.isTerminal ? sample.printable : sample
  }
}

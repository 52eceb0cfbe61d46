import ArgumentParser
import Micrograd

struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Make a data set, as CSV.",
    discussion: """
      The columns are x1, x2, … and label. With the same seed and noise, moons, circles and blobs are the points that \
      scikit-learn makes.

      Examples:
        micrograd data moons --samples 100 --noise 0.1 --seed 42
        micrograd data spirals --samples 300 > spirals.csv

      Kinds:
      \(DatasetKind.allCases.map { "  \($0.rawValue): \($0.summary)" }.joined(separator: "\n"))
      """)

  @Argument(help: ArgumentHelp("The kind of data set.", valueName: "kind"))
  var kind: DatasetKind

  // Numbers are parsed unconditionally, so that a negative one is not taken for an option and gets a clear message.
  @Option(name: [.customShort("n"), .long], parsing: .unconditional, help: "The number of samples.")
  var samples = 100

  @Option(
    name: .long, parsing: .unconditional, help: "The standard deviation of the noise. (default: depends on the kind)")
  var noise: Double?

  @Option(name: .long, parsing: .unconditional, help: "From 0 to 4294967295; the same seed gives the same samples.")
  var seed: UInt32 = 42

  @OptionGroup var output: Output

  func validate() throws {
    guard (1...10_000_000).contains(samples) else {
      throw ValidationError("--samples is \(samples); it must be from 1 to 10000000.")
    }
    if let noise, !(noise >= 0 && noise.isFinite) {
      throw ValidationError("--noise is \(noise); it must be finite and 0 or larger.")
    }
  }

  func run() throws {
    let samples = kind.makeDataset(samples: samples, noise: noise ?? kind.defaultNoise, seed: seed)
    try output.write(Table(samples).csv())
  }
}

extension DatasetKind: ExpressibleByArgument {}

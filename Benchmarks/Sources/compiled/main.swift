import Micrograd

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

let help = """
  Measures the compiled path of swift-micrograd on this machine.

  usage: swift run -c release --package-path Benchmarks compiled [W1 W2 W3 W4] [rolling] [blocking] [threads] [options]

    W1 … W4    a training step of four nets, on one thread, in Float and Double
    rolling    making programs of graphs of 65 thousand to 5 million values
    blocking   what a sample costs in batches of 100 to 100,000
    threads    one thread against two

    --seconds S   how long each measurement is repeated; 2 by default
    --precision P double or float for training steps; by default both
    --json        one line of JSON for each training step
    --quick       a smoke run; its numbers mean nothing
    --help        this text

  MICROGRAD_KERNELS=avx2 (or avx512, baseline, neon) chooses the instruction set.
  """

var names: [String] = [], seconds = 2.0, isJSON = false, isQuick = false
var precisions = Precision.allCases
var arguments = CommandLine.arguments.dropFirst()
while let argument = arguments.popFirst() {
  switch argument {
  case "--help", "-h":
    print(help)
    exit(0)
  case "--json": isJSON = true
  case "--quick": (isQuick, seconds) = (true, 0.02)
  case "--seconds":
    guard let number = arguments.popFirst().flatMap({ Double($0) }), number > 0, number.isFinite else {
      fail("--seconds needs a positive number")
    }
    seconds = number
  case "--precision":
    guard let name = arguments.popFirst(), let precision = Precision.allCases.first(where: { "\($0)" == name }) else {
      fail("--precision needs double or float")
    }
    precisions = [precision]
  case "W1", "W2", "W3", "W4", "rolling", "blocking", "threads": names.append(argument)
  default: fail("there is no \(argument); try --help")
  }
}

func fail(_ message: String) -> Never {
  var line = "compiled: \(message)\n"
  line.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
  exit(2)
}

let wanted = names
@MainActor func isWanted(_ name: String) -> Bool { wanted.isEmpty || wanted.contains(name) }

for workload in Workload.all where isWanted(workload.name) {
  for precision in precisions {
    let result = try measureSteps(workload, precision, seconds: seconds)
    print(isJSON ? result.json : result.line)
  }
}
if isWanted("rolling") { try measureRolling(seconds: seconds, largest: isQuick ? 100 : 8000) }
if isWanted("blocking") { try measureBlocking(seconds: seconds, largest: isQuick ? 1000 : 100_000) }
if isWanted("threads") && !isQuick { try measureThreads(seconds: seconds) }

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

func complain(_ message: String) {
  var line = "engine: \(message)\n"
  line.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
}

do {
  let options = try Options(Array(CommandLine.arguments.dropFirst()))
  if options.wantsHelp {
    print(Options.help)
  } else {
    #if DEBUG
      complain("this is a debug build, some fifty times slower; build with -c release")
    #endif
    for benchmark in benchmarks where options.names.isEmpty || options.names.contains(benchmark.name) {
      for measurement in benchmark.measure(options.budget) {
        print(options.isJSON ? measurement.json : measurement.line)
      }
    }
  }
} catch {
  complain("\(error.message); try --help")
  exit(2)
}

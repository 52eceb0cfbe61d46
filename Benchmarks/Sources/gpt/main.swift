import Micrograd

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

func complain(_ message: String) {
  var line = "gpt: \(message)\n"
  line.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
}

do {
  let options = try Options(Array(CommandLine.arguments.dropFirst()))
  #if DEBUG
    complain("this is a debug build, some fifty times slower; build with -c release")
  #endif
  if options.wantsHelp {
    print(Options.help)
  } else {
    let problem =
      if let path = options.data { try Problem(lines: lines(of: path), seed: options.seed) } else {
        Problem(seed: options.seed)
      }
    if let folder = options.folder {
      try problem.write(to: folder)
    } else if options.isServing {
      try serve(problem)
    } else if options.isCheck {
      exit(try check(problem) && fflush(nil) == 0 ? 0 : 1)
    } else {
      for variant in options.variants {
        let result = try Measurement(variant, problem).run(seconds: options.seconds)
        print(options.isJSON ? result.json : result.text)
        // Each line when it is known: the next one takes seconds.
        if fflush(nil) != 0 {
          complain("cannot write to standard output")
          exit(1)
        }
      }
    }
  }
} catch {
  let usage = error as? UsageError
  complain(usage.map { "\($0.message); try --help" } ?? "\(error)")
  exit(usage == nil ? 1 : 2)
}

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

func line(_ result: Result, isJSON: Bool) -> String {
  let variant = result.variant
  if isJSON {
    return """
      {"variant": "\(variant.name)", "batch": \(variant.batch), "precision": "\(variant.precision)", \
      "us": \(result.least), "preparation": \(result.preparation), "losses": \(result.losses), \
      "note": "\(result.note.filter { $0 != "\n" })"}
      """
  }
  let note =
    result.note.isEmpty
    ? "" : ", made in \(result.preparation.rounded()) ms: \(result.note.filter { $0 != "\n" }.prefix(100))"
  return "\(variant.name), batch \(variant.batch), \(variant.precision): "
    + "\((result.least * 100).rounded() / 100) µs a document\(note)"
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
    } else if options.isCheck {
      exit(try check(problem) && fflush(nil) == 0 ? 0 : 1)
    } else {
      for variant in options.variants {
        print(line(try measure(variant, problem, seconds: options.seconds), isJSON: options.isJSON))
        fflush(nil)
      }
    }
  }
} catch {
  let usage = error as? UsageError
  complain(usage.map { "\($0.message); try --help" } ?? "\(error)")
  exit(usage == nil ? 1 : 2)
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

func complain(_ message: String) {
  var line = "workloads: \(message)\n"
  line.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
}

func report(_ entry: Entry, _ options: Options) throws {
  for variant in entry.prepare() where options.variants.isEmpty || options.variants.contains(variant.name) {
    let start = ContinuousClock.now
    let prepared = try variant.prepare()
    let preparation = (ContinuousClock.now - start) / .milliseconds(1)
    if let file = options.results { try save(prepared.run(), file) }
    let times = measure(seconds: options.seconds) { _ = prepared.run() }
    print(line(entry, variant, prepared, times, preparation, isJSON: options.isJSON))
  }
}

func line(
  _ entry: Entry, _ variant: Variant, _ prepared: Prepared, _ times: Times, _ preparation: Double, isJSON: Bool
) -> String {
  if isJSON {
    let note = prepared.note.filter { $0 != "\"" && $0 != "\\" && $0 != "\n" }
    return """
      {"peer": "swift-micrograd", "workload": "\(entry.name)", "variant": "\(variant.name)", "ms": \(times.least), \
      "median": \(times.median), "preparation": \(preparation), "note": "\(note)"}
      """
  }
  func rounded(_ number: Double) -> String { "\((number * 10_000).rounded() / 10_000)".padded(to: 12) }
  let note = prepared.note.isEmpty ? "" : "made in \((preparation * 10).rounded() / 10) ms: \(prepared.note)"
  return entry.name.padded(to: 13) + variant.name.padded(to: 19) + rounded(times.least) + rounded(times.median)
    + "ms  " + note
}

func save(_ numbers: [Double], _ path: String) throws {
  guard let file = fopen(path, "wb") else { throw UsageError(message: "cannot write \(path)") }
  let written = numbers.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
  let isClosed = fclose(file) == 0
  if written != numbers.count * 8 || !isClosed { throw UsageError(message: "cannot write all of \(path)") }
}

do {
  let options = try Options(Array(CommandLine.arguments.dropFirst()))
  #if DEBUG
    complain("this is a debug build, some fifty times slower; build with -c release")
  #endif
  if options.wantsHelp {
    print(Options.help)
  } else if options.isCheck {
    exit(try check() && fflush(nil) == 0 ? 0 : 1)
  } else {
    for entry in Entry.all where options.names.isEmpty || options.names.contains(entry.name) {
      try report(entry, options)
    }
  }
  if fflush(nil) != 0 {
    complain("cannot write to standard output")
    exit(1)
  }
} catch {
  let usage = error as? UsageError
  complain(usage.map { "\($0.message); try --help" } ?? "\(error)")
  exit(usage == nil ? 1 : 2)
}

import Micrograd

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Answers each line VARIANT BATCH PRECISION SECONDS of standard input with a line of JSON. Trainings live as long as
/// the process, so that programs are made once.
func serve(_ problem: Problem) throws {
  var known: [String: Measurement] = [:]
  while let line = readLine() {
    let words = line.split(separator: " ").map(String.init)
    guard words.count == 4, let batch = Int(words[1]), let seconds = Double(words[3]),
      let precision = Precision.allCases.first(where: { "\($0)" == words[2] }),
      let variant = Variant.all(names: [words[0]], batches: [batch], precisions: [precision]).first
    else { throw UsageError(message: "\"\(line)\" is not VARIANT BATCH PRECISION SECONDS") }
    let key = words.dropLast().joined(separator: " ")
    let measurement = try known[key] ?? Measurement(variant, problem)
    known[key] = measurement
    print(measurement.run(seconds: seconds).json)
    fflush(nil)
  }
}

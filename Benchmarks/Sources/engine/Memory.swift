import Micrograd

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Bytes of memory that the process occupies; nil where the system has no /proc.
private func residentBytes() -> Int? {
  #if os(Linux)
    guard let file = fopen("/proc/self/statm", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    guard fgets(&line, Int32(line.count), file) != nil else { return nil }
    let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * Int(getpagesize()) }
  #else
    return nil
  #endif
}

/// How much memory a node takes while it is alive.
func measureBytesPerNode(budget: Budget) -> [Measurement] {
  guard let before = residentBytes() else { return [] }
  let nodes = budget.nodes * 5
  let one = Value(1)
  var value = Value(0)
  for _ in 0..<nodes { value += one }
  guard let after = residentBytes() else { return [] }
  precondition(value.data == Double(nodes), "the chain was not built")
  return [Measurement("memory of a node", unit: "bytes", value: Double(after - before) / Double(nodes))]
}

/// How much memory is lost over many training steps of a small network; should be 0.
func measureMemoryGrowth(budget: Budget) -> [Measurement] {
  let workload = Workload(), network = Network(workload.parameters, style: .plain)
  let parameters = network.parameters
  func train(_ steps: Int) {
    for step in 0..<steps {
      let sample = workload.samples[step % workload.samples.count]
      network.meanHingeLoss([sample]).backward()
      for parameter in parameters {
        parameter.data -= 1e-3 * parameter.grad
        parameter.grad = 0
      }
    }
  }
  train(1_000)
  guard let before = residentBytes() else { return [] }
  train(budget.nodes / 10)
  guard let after = residentBytes() else { return [] }
  return [Measurement("memory growth", unit: "KiB", value: Double(after - before) / 1024)]
}

import Foundation

extension StepCost {
  /// The figures that were measured, and the predicted times of 1, 2, 4, 8, 16 and these ranks, as lines of text.
  ///
  /// Each line of the table begins with the number of ranks, the milliseconds of a step, those of them for the `allreduce`, and the
  /// seconds of an epoch.
  public func report(library: String) -> String {
    (figures(library) + table + [advice]).joined(separator: "\n")
  }

  private func figures(_ library: String) -> [String] {
    let (ranks, hosts, cores) = (placement.ranks, placement.hosts, placement.cores)
    var lines = [
      "\(counted(ranks, "rank")) on \(counted(hosts, "host")) with \(counted(cores, "core")); \(library.prefix { $0 != "," })",
      "gradient: \(time(gradient.fixed)) + \(time(gradient.perUnit)) a row; optimizer: \(time(update)); "
        + "end of an epoch: \(time(epoch.fixed)) + \(time(epoch.perUnit)) a row",
    ]
    if contention > 1 { lines.append("with all cores busy, these take \(digits(contention)) times as long") }
    for (name, link) in [("within a host", local), ("between hosts", remote)] {
      guard let link else { continue }
      let rate = link.perUnit > 0 ? ", \(digits(1e-6 / link.perUnit)) MB/s" : ""
      lines.append("message \(name): \(time(link.fixed)) + \(time(link.perUnit)) a byte\(rate)")
    }
    if ranks > 1 {
      lines.append(
        "allreduce of a gradient, \(bytes) bytes, by \(algorithm.rawValue): \(digits(correction)) times its formula")
    }
    return lines
  }

  private var table: [String] {
    let counts = Set([1, 2, 4, 8, 16, placement.ranks]).sorted().filter { step(ranks: $0) != nil }
    let alone = epoch(ranks: 1) ?? 0
    return [row(["ranks", "step ms", "allreduce ms", "epoch s", "speedup"])]
      + counts.map { count in
        let (step, allreduce) = (step(ranks: count) ?? 0, allreduce(ranks: count) ?? 0)
        let epoch = epoch(ranks: count) ?? 0
        return row(["\(count)", digits(1000 * step), digits(1000 * allreduce), digits(epoch), digits(alone / epoch)])
          + (count == placement.ranks ? "  these ranks" : "")
      }
  }

  private var advice: String {
    guard placement.ranks > 1, let count = recommendation(among: [1, 2, 4, 8, 16, placement.ranks]) else {
      return "Messages were not measured: start 2 ranks or more, such as mpirun -n 2 --bind-to none"
    }
    return "recommended: \(counted(count, "rank")), the fewest within a tenth of the shortest epoch"
  }

  private func row(_ cells: [String]) -> String {
    cells.map { String(repeating: " ", count: max(1, 13 - $0.count)) + $0 }.joined()
  }

  private func digits(_ number: Double) -> String { String(format: number < 999.5 ? "%.3g" : "%.0f", number) }

  private func time(_ seconds: Double) -> String {
    switch seconds {
    case 1...: "\(digits(seconds)) s"
    case 1e-3...: "\(digits(seconds * 1e3)) ms"
    case 1e-6...: "\(digits(seconds * 1e6)) µs"
    default: "\(digits(seconds * 1e9)) ns"
    }
  }
}

/// The way in which an MPI library adds one buffer of all ranks.
///
/// With p ranks, n bytes, and a message of n bytes that takes α + n β, the times are, without that of the additions:
///
/// | algorithm | time |
/// | --- | --- |
/// | recursive doubling | ⌈log₂ p⌉ (α + n β) |
/// | Rabenseifner's: halves are added, then gathered | 2 ⌈log₂ p⌉ α + 2 (p − 1)/p n β |
///
/// Source: Thakur, Rabenseifner and Gropp, *Optimization of Collective Communication Operations in MPICH*, 2005,
/// [doi:10.1177/1094342005051521](https://doi.org/10.1177/1094342005051521).
public enum AllreduceAlgorithm: String, Sendable, CaseIterable {
  /// Each rank exchanges all numbers with another, at twice the distance each time.
  case recursiveDoubling = "recursive doubling"
  /// A reduction that leaves each rank a share of the numbers, by recursive halving, and a gathering of the shares.
  case rabenseifner = "Rabenseifner's algorithm"

  /// The algorithm of `allreduce` in place.
  ///
  /// Libraries take recursive doubling for short buffers: MPICH 4.0 up to 2 kB, Open MPI 4.1 up to 8 kB. Beyond that Open MPI has a
  /// ring for some sizes, which sends as many bytes as Rabenseifner's algorithm, and for two ranks as many messages.
  ///
  /// - Parameters:
  ///   - library: The name of the library, as ``Communicator/library``.
  ///   - bytes: The size of the buffer.
  public init(library: String, bytes: Int) {
    self = bytes <= (library.hasPrefix("MPICH") ? 2048 : 8192) ? .recursiveDoubling : .rabenseifner
  }

  /// Returns the number of messages that follow each other.
  public func messages(ranks: Int) -> Int { (self == .recursiveDoubling ? 1 : 2) * Self.logarithm(ranks) }

  /// Returns how many times the buffer's bytes are sent one after the other.
  public func passes(ranks: Int) -> Double {
    self == .rabenseifner ? 2 * Double(ranks - 1) / Double(ranks) : Double(messages(ranks: ranks))
  }

  /// Returns the seconds for ranks that one kind of link joins.
  public func seconds(bytes: Int, ranks: Int, link: LinearCost) -> Double {
    link.seconds(passes(ranks: ranks) * Double(bytes), pieces: messages(ranks: ranks))
  }

  /// ⌈log₂ n⌉ for n ≥ 1.
  private static func logarithm(_ n: Int) -> Int { Int.bitWidth - (n - 1).leadingZeroBitCount }
}

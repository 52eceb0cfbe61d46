/// A part of a sweep for one of several machines, such as a job of an array: every n-th trial.
///
/// The trials of shard 3 of 16 are those with index 2, 18, 34, …
public struct Shard: Sendable, Hashable, CustomStringConvertible {
  /// The number of the shard, counted from 1.
  public let number: Int
  /// The number of all shards.
  public let count: Int

  /// Creates a shard.
  ///
  /// - Throws: ``SweepError`` unless the number lies between 1 and the count.
  public init(number: Int, of count: Int) throws(SweepError) {
    guard count >= 1, (1...count).contains(number) else {
      throw SweepError("there is no shard \(number) of \(count): shards are numbered from 1 to their count")
    }
    self.number = number
    self.count = count
  }

  /// The number and the count: `3/16`.
  public var description: String { "\(number)/\(count)" }

  /// Returns whether a trial belongs to the shard.
  func contains(_ index: Int) -> Bool { index % count == number - 1 }
}

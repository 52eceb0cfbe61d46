#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// An error of one rank, for which all of them stop.
public struct RankFailure: Error, Sendable, Equatable {
  /// The lowest rank that had an error.
  public let rank: Int
  /// Its error, in words.
  public let reason: String
}

extension RankFailure: CustomStringConvertible, LocalizedError {
  /// The rank, and its error.
  public var description: String { "rank \(rank): \(reason)" }

  /// The description.
  public var errorDescription: String? { description }
}

extension Communicator {
  /// Runs what may fail on some ranks, and throws on all of them if it does on one: otherwise the others would wait for it for
  /// ever.
  ///
  /// - Throws: ``RankFailure``, the same on all ranks: that of the lowest rank that has an error.
  /// - Precondition: All ranks call it. `body` does not communicate.
  public func agreeing<Result>(_ body: () throws -> Result) throws -> Result {
    var result: Result?, reason = ""
    do { result = try body() } catch { reason = "\(error)" }
    let reasons = try allgather(Array(reason.utf8))
    if let rank = reasons.firstIndex(where: { !$0.isEmpty }) {
      throw RankFailure(rank: rank, reason: String(decoding: reasons[rank], as: UTF8.self))
    }
    guard let result else { throw RankFailure(rank: rank, reason: "an error without words") }
    return result
  }
}

internal import CMicrogradMPI

/// A number that ranks can reduce: `Float`, `Double` or `Int64`.
public protocol MPINumber: BitwiseCopyable, Sendable {
  /// MPI's type of it.
  static var mpiType: MPIType { get }
}

/// The types of numbers that MPI computes with.
public enum MPIType: Sendable {
  /// `Float`.
  case float
  /// `Double`.
  case double
  /// `Int64`.
  case int64

  var element: MGMPIElement {
    switch self {
    case .float: .float
    case .double: .double
    case .int64: .int64
    }
  }
}

extension Float: MPINumber {
  /// The type of `Float`.
  public static var mpiType: MPIType { .float }
}

extension Double: MPINumber {
  /// The type of `Double`.
  public static var mpiType: MPIType { .double }
}

extension Int64: MPINumber {
  /// The type of `Int64`.
  public static var mpiType: MPIType { .int64 }
}

/// An operation that makes one number of the numbers of all ranks.
public enum Reduction: Sendable {
  /// Their sum.
  case sum
  /// The least of them.
  case minimum
  /// The greatest of them.
  case maximum

  var operation: MGMPIReduction {
    switch self {
    case .sum: .sum
    case .minimum: .minimum
    case .maximum: .maximum
    }
  }
}

// All ranks call these methods, in the same order, with as many elements, roots and operations.
extension Communicator {
  /// Gives all ranks the bytes of one of them.
  public func broadcast(_ bytes: UnsafeMutableRawBufferPointer, from root: Int = 0) throws(MPIError) {
    guard let address = bytes.baseAddress else { return }
    let count = try Self.cCount(bytes.count, "broadcast")
    try MPIError.check(mg_mpi_broadcast(address, count, CInt(root)), "broadcast")
  }

  /// Returns the bytes of one rank; the other ranks' argument does not matter, and may be of another length.
  public func broadcast(_ bytes: [UInt8], from root: Int = 0) throws(MPIError) -> [UInt8] {
    var count = Int64(bytes.count)
    try withUnsafeMutableBytes(of: &count) { count throws(MPIError) in try broadcast(count, from: root) }
    var result = rank == root ? bytes : [UInt8](repeating: 0, count: Int(count))
    try result.withUnsafeMutableBufferPointer { result throws(MPIError) in
      try broadcast(UnsafeMutableRawBufferPointer(result), from: root)
    }
    return result
  }

  /// Replaces each number by the reduction of the ranks' numbers at its place: all ranks get the same bits.
  ///
  /// The order of a sum depends on the number of ranks, on the library and on the count of numbers.
  public func allreduce<Number: MPINumber>(
    _ numbers: UnsafeMutableBufferPointer<Number>, _ reduction: Reduction = .sum
  ) throws(MPIError) {
    guard let address = numbers.baseAddress else { return }
    let count = try Self.cCount(numbers.count, "allreduce")
    let code = mg_mpi_allreduce(address, count, Number.mpiType.element, reduction.operation)
    try MPIError.check(code, "allreduce")
  }

  /// Returns the reduction of the ranks' numbers.
  public func allreduce<Number: MPINumber>(
    _ number: Number, _ reduction: Reduction = .sum
  ) throws(MPIError) -> Number {
    var number = number
    try withUnsafeMutablePointer(to: &number) { number throws(MPIError) in
      try allreduce(UnsafeMutableBufferPointer(start: number, count: 1), reduction)
    }
    return number
  }

  /// Starts an `allreduce(_:_:)` that continues while this rank computes, best helped by a `Request/isDone()` now and then.
  ///
  /// The numbers must stay where they are, unread and unchanged, until the request is done.
  public func startAllreduce<Number: MPINumber>(
    _ numbers: UnsafeMutableBufferPointer<Number>, _ reduction: Reduction = .sum
  ) throws(MPIError) -> Request {
    guard let address = numbers.baseAddress else { return Request(nil) }
    let count = try Self.cCount(numbers.count, "allreduce")
    var request = MGMPIRequest()
    let code = mg_mpi_allreduce_start(address, count, Number.mpiType.element, reduction.operation, &request)
    try MPIError.check(code, "allreduce")
    return Request(request)
  }

  /// Gives all ranks the numbers of all: those of rank r at `r * numbers.count`.
  ///
  /// - Precondition: `all` has room for `count` times as many numbers.
  public func allgather<Number: MPINumber>(
    _ numbers: UnsafeBufferPointer<Number>, into all: UnsafeMutableBufferPointer<Number>
  ) throws(MPIError) {
    precondition(
      all.count == numbers.count * count, "\(all.count) numbers have no room for \(count) times \(numbers.count)")
    guard let source = numbers.baseAddress, let target = all.baseAddress else { return }
    let count = try Self.cCount(numbers.count, "allgather")
    try MPIError.check(mg_mpi_allgather(source, target, count, Number.mpiType.element), "allgather")
  }

  /// Returns the bytes of all ranks, in the order of their numbers; their counts may differ.
  public func allgather(_ bytes: [UInt8]) throws(MPIError) -> [[UInt8]] {
    let own = [Int64(bytes.count)]
    var counts = [Int64](repeating: 0, count: count)
    try own.withUnsafeBufferPointer { own throws(MPIError) in
      try counts.withUnsafeMutableBufferPointer { counts throws(MPIError) in try allgather(own, into: counts) }
    }
    let ends = counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int($1)) }
    let total = try Self.cCount(ends[count], "allgather")
    let cCounts = counts.map { CInt($0) }, offsets = ends.map { CInt($0) }
    var all = [UInt8](repeating: 0, count: Int(total) + 1), code: CInt = 0
    // An empty array's address may be nil, which C does not take.
    (bytes + [0]).withUnsafeBytes { bytes in
      code = mg_mpi_allgather_bytes(bytes.baseAddress!, cCounts[rank], &all, cCounts, offsets)
    }
    try MPIError.check(code, "allgather")
    return zip(ends, ends.dropFirst()).map { Array(all[$0..<$1]) }
  }
}

import MicrogradCompiler
import MicrogradModels

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A file that a training is kept in, so that it continues after its job was ended.
///
/// The file has the parameters, the optimizer's numbers and the losses so far, with all their bits, in the format safetensors. Rank 0
/// writes it whole or not at all: readers see the last one that was finished.
public struct Checkpoints: Sendable {
  /// The path of the file. Ranks other than 0 need not see it.
  public var path: String
  /// The count of epochs from one to the next. There is one at the end, too.
  public var interval: Int
  /// Whether the training that is in the file is continued. Without the file, or without this, training begins.
  public var isResumed: Bool
  /// A text that names the rest that the numbers depend on, such as the table and the layers: a training with another text is not
  /// continued.
  public var identity: String

  /// Creates the settings of checkpoints.
  ///
  /// - Precondition: The interval is at least 1.
  public init(path: String, interval: Int = 1, isResumed: Bool = false, identity: String = "") {
    precondition(interval >= 1, "checkpoints every \(interval) epochs: at least one is needed")
    self.path = path
    self.interval = interval
    self.isResumed = isResumed
    self.identity = identity
  }
}

extension DataParallel {
  /// The settings that the numbers of a training depend on, by name.
  private func identity(_ checkpoints: Checkpoints) -> [String: String] {
    [
      "batch size": "\(batchSize)", "seed": "\(plan.seed)", "rows of the parts": "\(plan.partSizes)",
      "parameters": "\(program.parameters.count)", "optimizer": "\(program.optimizer)",
      "precision": program.precision.rawValue, "settings": checkpoints.identity,
    ]
  }

  /// Writes a checkpoint, by rank 0.
  func write(_ checkpoints: Checkpoints) throws {
    try communicator.agreeing {
      guard communicator.rank == 0 else { return }
      let snapshot = program.optimizerSnapshot
      let lists =
        [("losses", losses), ("parameters", program.parameters.map(\.data))]
        + snapshot.numbers.enumerated().map { ("optimizer.\($0)", $1) }
      let file = Safetensors(
        tensors: lists.map { Safetensors.Tensor(name: $0, shape: [$1.count], numbers: $1) },
        metadata: identity(checkpoints).merging(["optimizer's steps": "\(snapshot.stepCount)"]) { $1 })
      do {
        try file.write(to: checkpoints.path)
      } catch {
        throw DataParallelError("the checkpoint \(error)")
      }
    }
  }

  /// Continues with the training in a file, if there is one.
  func resume(from checkpoints: Checkpoints) throws {
    let own = try communicator.agreeing { try communicator.rank == 0 ? content(of: checkpoints) : [] }
    let bytes = try communicator.broadcast(own)
    if bytes.isEmpty { return }
    try communicator.agreeing {
      let file: Safetensors
      do { file = try Safetensors(bytes) } catch {
        throw DataParallelError("\(checkpoints.path) is no checkpoint: \(error)")
      }
      for (name, value) in identity(checkpoints).sorted(by: { $0.key < $1.key }) {
        guard let other = file.metadata[name] else {
          throw DataParallelError("\(checkpoints.path) is no checkpoint: it does not say its \(name)")
        }
        if other != value {
          throw DataParallelError(
            "\(checkpoints.path) is of another training: its \(name): \(other), here: \(value). Give another file")
        }
      }
      let lists = Dictionary(uniqueKeysWithValues: file.tensors.map { ($0.name, $0.numbers) })
      guard let losses = lists["losses"], let parameters = lists["parameters"],
        parameters.count == program.parameters.count,
        let stepCount = file.metadata["optimizer's steps"].flatMap({ Int($0) })
      else { throw DataParallelError("\(checkpoints.path) is no whole checkpoint") }
      let numbers = (0..<program.optimizerSnapshot.numbers.count).map { lists["optimizer.\($0)"] ?? [] }
      try program.resume(from: OptimizerSnapshot(stepCount: stepCount, numbers: numbers))
      for (parameter, number) in zip(program.parameters, parameters) { parameter.data = number }
      self.losses = losses
    }
  }

  /// The bytes of the file; none if there is no file.
  private func content(of checkpoints: Checkpoints) throws -> [UInt8] {
    guard FileManager.default.fileExists(atPath: checkpoints.path) else { return [] }
    do {
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: checkpoints.path)))
      guard bytes.isEmpty else { return bytes }
    } catch {
      throw DataParallelError("the checkpoint \(checkpoints.path) cannot be read: \(error)")
    }
    throw DataParallelError("\(checkpoints.path) is no checkpoint: it is empty")
  }
}

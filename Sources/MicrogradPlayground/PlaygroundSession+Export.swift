import MicrogradData
import MicrogradEngine
import MicrogradExport
package import MicrogradModels
import MicrogradNetworks

/// A format for the trained network.
package enum PlaygroundFormat: String, CaseIterable, Sendable {
  case swift, c, javascript, onnx, safetensors, json
}

/// The content of a file.
package enum PlaygroundFile: Sendable, Equatable {
  case text(String)
  case bytes([UInt8])
}

extension PlaygroundSession {
  /// The columns of the data, as files name them.
  private static let inputNames = ["x1", "x2"]
  private static let targetName = "target"

  /// The network as a model of a table with the columns `x1` and `x2`, which are not standardized.
  ///
  /// It is for classes what it is after training with the cross-entropy: other losses give the same class, but their scores
  /// are no logits.
  ///
  /// - Throws: ``PlaygroundError`` if a number of the network is not finite.
  package func tabularModel() throws(PlaygroundError) -> TabularModel {
    guard parameters.allSatisfy({ $0.data.isFinite }) else {
      throw PlaygroundError(
        en: "The network has numbers that are not finite. Go back to an earlier step, or train with a smaller rate.",
        fr:
          "Le réseau contient des nombres qui ne sont pas finis. Revenez à un pas précédent, ou diminuez le pas d'apprentissage."
      )
    }
    let features = Self.inputNames.map { name in
      Pipeline.Feature(name: name, encoding: .standardized(mean: 0, deviation: 1))
    }
    return TabularModel(
      pipeline: Pipeline(features: features, target: .init(name: Self.targetName, encoding: targetEncoding)),
      network: model)
  }

  private var targetEncoding: Pipeline.Target.Encoding {
    switch settings.task {
    case .classification: .classes((0..<max(settings.outputs, 2)).map { "\($0)" })
    case .regression: .standardized(mean: 0, deviation: 1)
    }
  }

  /// Returns the network in a format.
  package func export(_ format: PlaygroundFormat) throws(PlaygroundError) -> PlaygroundFile {
    let model = try tabularModel()
    return switch format {
    case .swift: .text(model.swift(name: "Network"))
    case .c: .text(model.c(name: "network"))
    case .javascript: .text(model.javaScript())
    case .json: .text(model.json())
    case .onnx: .bytes(model.onnx())
    case .safetensors: .bytes(model.safetensors())
    }
  }
}

extension PlaygroundFormat {
  /// The name of the file.
  package var fileName: String {
    switch self {
    case .swift: "Network.swift"
    case .c: "network.h"
    case .javascript: "network.mjs"
    case .json: "network.json"
    case .onnx: "network.onnx"
    case .safetensors: "network.safetensors"
    }
  }

  /// The media type of the file.
  var mediaType: String {
    switch self {
    case .swift, .c: "text/plain"
    case .javascript: "text/javascript"
    case .json: "application/json"
    case .onnx, .safetensors: "application/octet-stream"
    }
  }
}

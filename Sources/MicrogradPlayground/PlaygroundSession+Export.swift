import MicrogradData
import MicrogradEngine
import MicrogradExport
import MicrogradJSON
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
  /// The network as a model of a table.
  ///
  /// It is for classes what it is after training with the cross-entropy: other losses give the same class, but their scores
  /// are no logits.
  ///
  /// - Parameter table: The columns of the table that the points are from, as `csv` answers them; nil for the columns `x1`
  ///   and `x2`, which are not standardized.
  /// - Throws: ``PlaygroundError`` if a number of the network is not finite, or the columns make no sense.
  package func tabularModel(of table: JSON? = nil) throws(PlaygroundError) -> TabularModel {
    guard parameters.allSatisfy({ $0.data.isFinite }) else {
      throw PlaygroundError(
        en: "The network has numbers that are not finite. Go back to an earlier step, or train with a smaller rate.",
        fr:
          "Le réseau contient des nombres qui ne sont pas finis. Revenez à un pas précédent, ou diminuez le pas d'apprentissage."
      )
    }
    let isFlat = (data.training + data.test).allSatisfy { $0.y == 0 }
    let pipeline = try TableColumns(table, for: settings.task).pipeline(isFlat: isFlat, classCount: settings.classes)
    return TabularModel(pipeline: pipeline, network: network(inputs: pipeline.inputCount))
  }

  /// Returns the network without the weights of the inputs after the first ones.
  private func network(inputs: Int) -> MLP {
    let first = model.layers[0].neurons.map {
      Neuron(weights: Array($0.weights.prefix(inputs)), bias: $0.bias, activation: $0.activation)
    }
    return MLP([Layer(first)] + model.layers.dropFirst())
  }

  /// Returns the network in a format, as a model of a table.
  package func export(_ format: PlaygroundFormat, of table: JSON? = nil) throws(PlaygroundError) -> PlaygroundFile {
    let model = try tabularModel(of: table)
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

import CellExecution
import Foundation
import JSONValue

extension Kernel {
  /// Passes on an output of a cell.
  func show(_ shown: Shown) async {
    if case .output(.text(let stream, let text)) = shown { return gather(text, of: stream) }
    passOnText()
    switch shown {
    case .mark(let passed): passed.resume()
    case .output(.result(let data)) where isCapturing: captured = Self.bundle(data)
    case .output(.result(let data)):
      publish(
        "execute_result",
        ["execution_count": .integer(executionCount), "data": .object(Self.bundle(data)), "metadata": [:]])
    case .output(.display(let data, let id)): publish("display_data", Self.display(data, id))
    case .output(.update(let data, let id)): publish("update_display_data", Self.display(data, id))
    case .output(.clear(let wait)): publish("clear_output", ["wait": .bool(wait)])
    case .output(.inputWanted): await askForInput()
    case .output(.text): break
    }
  }

  /// Lines that come shortly one after the other make one message: a message each would be slow, and many outputs.
  private func gather(_ text: String, of stream: String) {
    if gathered.stream != stream { passOnText() }
    if gathered.text.isEmpty {
      Task {
        try? await Task.sleep(for: .milliseconds(30))
        passOnText()
      }
    }
    gathered = (stream, gathered.text + text)
    if gathered.text.utf8.count > 1 << 16 { passOnText() }
  }

  private func passOnText() {
    guard !gathered.text.isEmpty else { return }
    publish("stream", ["name": .string(gathered.stream), "text": .string(gathered.text)])
    gathered.text = ""
  }

  private func publish(_ type: String, _ content: JSON) { channels.publish(type, content, for: current) }

  private func askForInput() async {
    if let current, current.content["allow_stdin"]?.bool == true {
      channels.ask("input_request", ["prompt": "", "password": false], for: current)
    } else {
      publish("stream", ["name": "stderr", "text": "This front end has no standard input; the input ends here.\n"])
      await session.input(nil)
    }
  }

  private static func display(_ data: [String: String], _ id: String?) -> JSON {
    [
      "data": .object(bundle(data)), "metadata": [:],
      "transient": id.map { ["display_id": .string($0)] } ?? [:],
    ]
  }

  /// Representations by type. What is JSON itself is sent as JSON rather than as text, and types in text go without the
  /// module of their cell.
  private static func bundle(_ data: [String: String]) -> [String: JSON] {
    Dictionary(
      uniqueKeysWithValues: data.map { type, text in
        switch type {
        case "text/plain": (type, .string(text.replacing(#/\bCell\d+\./#, with: "")))
        case _ where type == "application/json" || type.hasSuffix("+json"):
          (type, (try? JSON(parsing: text.utf8)) ?? .string(text))
        default: (type, .string(text))
        }
      })
  }
}

extension String {
  /// Returns whether the text matches a pattern with `*`, `?` and `[…]`.
  func matches(glob pattern: String) -> Bool { fnmatch(pattern, self, 0) == 0 }
}

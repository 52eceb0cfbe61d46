import Bridge
import MicrogradEngine
import MicrogradFigures
import MicrogradGraph
import MicrogradJSON
import MicrogradRequirement

// What `WebAssembly/platform.mjs` asks: the parts of the platform that no request of a page shows.

/// Answers a question.
@_expose(wasm, "micrograd_call")
public func call(_ request: UnsafePointer<UInt8>, _ length: Int) -> UnsafePointer<UInt8> {
  respond(to: request, length: length) { request in
    switch request["do"]?.text {
    case "example": return example()
    case "numbers": return numbers(request["numbers"]?.array?.compactMap { $0.number } ?? [])
    case "read":
      return Reply(.object([]), buffers: [(request["texts"]?.array ?? []).map { Double($0.text ?? "") ?? 12.25 }])
    case "products": return products(request["numbers"]?.array?.compactMap { $0.number } ?? [])
    case "stop": require(request["really"] == nil, "stopped, as was asked: “\(request["really"]?.text ?? "")”")
    case "trap": return Reply(.object([("number", .integer([1, 2, 3][request["index"]?.integer ?? 3]))]))
    case "hold": return hold(request["count"]?.integer ?? 0)
    default: break
    }
    return Reply(.object([]))
  }
}

/// The example of micrograd's README: its result and the gradients of a and b, the first one computed by an explanation, too.
private func example() -> Reply {
  let a = Value(-4), b = Value(2)
  a.label = "a"
  var c = a + b
  var d = a * b + pow(b, 3)
  c += c + 1
  c += 1 + c + (-a)
  d += d * 2 + (b + a).relu()
  d += 3 * d + (b - a).relu()
  let e = c - d
  let g = pow(e, 2) / 2 + 10 / pow(e, 2)
  g.backward()
  let explanation = Explanation(g.graph().grouped())
  let node = explanation.graph.nodes.first { $0.label == "a" }
  return Reply(
    .object([("digits", .numbers([g.data, a.grad, b.grad, node.map { explanation.gradients[$0.id] } ?? .nan]))]))
}

/// Numbers as they are written.
private func numbers(_ numbers: [Double]) -> Reply {
  Reply(.object([("texts", .array(numbers.map { .texts([$0.text, $0.exponential(20)]) }))]))
}

/// x·y + z with one rounding, for each three numbers.
private func products(_ numbers: [Double]) -> Reply {
  Reply(
    .object([]),
    buffers: [(0..<numbers.count / 3).map { numbers[3 * $0 + 2].addingProduct(numbers[3 * $0], numbers[3 * $0 + 1]) }]
  )
}

/// Memory in arrays of all sizes up to a count of numbers, given back at the end.
private func hold(_ count: Int) -> Reply {
  var arrays: [[Double]] = [], size = 1
  while size <= count {
    arrays.append([Double](repeating: 1, count: size))
    size += size / 2 + 1
  }
  return Reply(.object([("sum", .number(arrays.reduce(0) { $0 + $1.reduce(0, +) }))]))
}

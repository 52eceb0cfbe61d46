import MicrogradEngine

/// Reverse-mode differentiation in the plainest way: objects, a list of operands with local derivatives, a recursive
/// topological sort. Slow and independent of the engine, to compare it with.
final class NaiveValue {
  let data: Double
  var grad = 0.0
  private let operands: [(value: NaiveValue, partial: Double)]

  init(_ data: Double, _ operands: [(value: NaiveValue, partial: Double)] = []) {
    self.data = data
    self.operands = operands
  }

  func backward() {
    var order: [NaiveValue] = [], seen: Set<ObjectIdentifier> = []
    func visit(_ value: NaiveValue) {
      guard seen.insert(ObjectIdentifier(value)).inserted else { return }
      for operand in value.operands { visit(operand.value) }
      order.append(value)
    }
    visit(self)
    for value in order where !value.operands.isEmpty { value.grad = 0 }
    grad = 1
    for value in order.reversed() {
      for (operand, partial) in value.operands { operand.grad += value.grad * partial }
    }
  }

  static func + (a: NaiveValue, b: NaiveValue) -> NaiveValue { NaiveValue(a.data + b.data, [(a, 1), (b, 1)]) }
  static func - (a: NaiveValue, b: NaiveValue) -> NaiveValue { NaiveValue(a.data - b.data, [(a, 1), (b, -1)]) }
  static func * (a: NaiveValue, b: NaiveValue) -> NaiveValue {
    NaiveValue(a.data * b.data, [(a, b.data), (b, a.data)])
  }
  static func / (a: NaiveValue, b: NaiveValue) -> NaiveValue {
    NaiveValue(a.data / b.data, [(a, 1 / b.data), (b, -a.data / (b.data * b.data))])
  }

  func tanh() -> NaiveValue {
    let y = Value(data).tanh().data
    return NaiveValue(y, [(self, 1 - y * y)])
  }
  func relu() -> NaiveValue { NaiveValue(max(data, 0), [(self, data > 0 ? 1 : 0)]) }
  func sin() -> NaiveValue { NaiveValue(Value(data).sin().data, [(self, Value(data).cos().data)]) }
}

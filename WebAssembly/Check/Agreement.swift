import MicrogradData
import MicrogradEngine
import MicrogradRandom

// What a test computes natively and as WebAssembly, to compare both: from seeds alone, by the same source.

/// Numbers that must agree to the last bit, since no function of a maths library is involved: random numbers, orders, and
/// data sets of sums and products.
func exactNumbers(seed: Int) -> [Double] {
  var python = PythonRandom(seed: seed), numPy = NumPyRandom(seed: UInt32(seed)), numbers: [Double] = []
  var order = Array(0..<20)
  for _ in 0..<20 {
    numbers += [
      python.random(), python.uniform(-3, 5), Double(python.randrange(1000)), numPy.random(), numPy.uniform(-3, 5),
    ]
    numbers.append(Double(numPy.randint(1000)))
    python.shuffle(&order)
    numbers += order.map { Double($0) } + numPy.permutation(7).map { Double($0) }
  }
  let quadrants = makeXOR(samples: 30, seed: UInt32(seed)), plane = makePlane(samples: 30, seed: UInt32(seed))
  return numbers + quadrants.inputs.flatMap { $0 } + quadrants.labels.map { Double($0) } + plane.inputs.flatMap { $0 }
    + plane.targets
}

/// Numbers that functions such as log and cos had a part in, which may differ in the last digits.
func closeNumbers(seed: Int) -> [Double] {
  var python = PythonRandom(seed: seed), numbers: [Double] = []
  for _ in 0..<20 { numbers.append(python.gauss()) }
  for kind in DatasetKind.allCases {
    let set = kind.makeDataset(samples: 30, noise: kind.defaultNoise, seed: UInt32(seed))
    numbers += set.inputs.flatMap { $0 } + set.labels.map { Double($0) }
  }
  for kind in RegressionKind.allCases {
    let set = kind.makeDataset(samples: 30, noise: kind.defaultNoise, seed: UInt32(seed))
    numbers += set.inputs.flatMap { $0 } + set.targets
  }
  return numbers
}

/// The value of a random expression, and its derivatives with respect to its four leaves.
///
/// Operands are kept where operations are defined and well-conditioned, so that last digits stay last digits.
func expression(seed: Int) -> [Double] {
  var random = PythonRandom(seed: seed)
  let leaves = (0..<4).map { _ in Value(random.uniform(-2, 2)) }
  var values = leaves
  for _ in 0..<5 + random.randrange(26) {
    let operation = random.choice(Operation.allCases), a = random.choice(values), b = random.choice(values)
    let value = result(of: operation, a, b, values, &random)
    values.append(value.data.magnitude > 4 ? value.tanh() : value)
  }
  let root = values.suffix(3).sum()
  root.backward()
  return [root.data] + leaves.map { $0.grad }
}

private func result(
  of operation: Operation, _ a: Value, _ b: Value, _ values: [Value], _ random: inout PythonRandom
) -> Value {
  func positive(_ value: Value) -> Value { value.softplus() + 0.1 }
  switch operation {
  case .leaf: return Value(random.uniform(-2, 2))
  case .dot: return dot(values, Array(values.reversed()), bias: a)
  case .straightThrough: return a.straightThrough(to: b)
  case .log, .logOnePlus, .sqrt: return .applying(operation, to: positive(a))
  case .power, .divide: return .applying(operation, to: positive(a), positive(b))
  default:
    if operation.hasConstant {
      return .applying(operation, to: positive(a), number: random.choice([0.5, 2, 3, -1]))
    }
    let hasTwo = operation.partials(0.5, 0.25, 0.5).count == 2
    return hasTwo ? .applying(operation, to: a, b) : .applying(operation, to: a)
  }
}

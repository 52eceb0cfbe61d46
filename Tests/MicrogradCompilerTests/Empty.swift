import MicrogradEngine
import MicrogradNetworks
import MicrogradRandom
import Testing

@testable import MicrogradCompiler

@Test func first() throws {
  let model = MLP(2, [4, 3, 1], seed: 1)
  var random = PythonRandom(seed: 3)
  let xs = (0..<21).map { _ in [random.uniform(-1, 1), random.uniform(-1, 1)] }
  func loss() -> Value {
    let data = xs.map { x in hingeLoss(model(x)[0], label: x[0] * x[1] > 0 ? 1 : -1) }.mean()
    return data + 1e-2 * model.parameters.map { $0 * $0 }.sum()
  }
  let root = loss()
  let program = try Program(root, parameters: model.parameters)
  print(program)
  for pass in Pass.allCases where pass != .sums && pass != .colors && pass != .lanes {
    print("---- \(pass)\n\(program.dump(after: pass) ?? "-")")
  }
  root.backward()
  let (got, expected) = program.comparison()!
  print(zip(got, expected).map { $0 - $1 })
  print(root.data, got[0], model.parameters.map(\.grad))
  print(program.run(steps: 3, schedule: .constant(0.1)))
  print(loss().data)
}

import Micrograd

// How our users get derivatives. The functions are generic, so that the compiler makes a version for each workload, as it
// does of users' code.

/// The ways to a gradient.
func variants<W: GradientWorkload>(of workload: W) -> [Variant] {
  let point = workload.point
  var variants = [
    Variant(name: "number") { Prepared { [workload.objective(point)] } },
    Variant(name: "tape") { Prepared { tapeGradient(at: point) { workload.objective($0) } } },
    Variant(name: "gradient") {
      Prepared {
        let result = valueWithGradient(at: point) { workload.objective($0) }
        return [result.value] + result.gradient
      }
    },
    Variant(name: "program") {
      let x = point.map { Value($0) }
      let program = try Program(workload.objective(x), parameters: x)
      return Prepared(note: program.refusal ?? "\(program)") { run(program) }
    },
    Variant(name: "program made anew") {
      Prepared {
        let x = point.map { Value($0) }
        guard let program = try? Program(workload.objective(x), parameters: x) else { return [] }
        return run(program)
      }
    },
  ]
  if workload.hasDot {
    variants.insert(
      Variant(name: "dot") { Prepared { tapeGradient(at: point) { workload.objectiveWithDot($0) } } }, at: 2)
  }
  return variants
}

/// Leaves and `backward()`.
private func tapeGradient(at point: [Double], of objective: ([Value]) -> Value) -> [Double] {
  let x = point.map { Value($0) }
  let y = objective(x)
  y.backward()
  return [y.data] + x.map(\.grad)
}

private func run(_ program: Program) -> [Double] {
  for x in program.parameters { x.grad = 0 }
  return [program.backward()] + program.parameters.map(\.grad)
}

/// The ways to Jacobians.
func variants<W: JacobianWorkload>(of workload: W) -> [Variant] {
  [
    Variant(name: "number") {
      Prepared { (0..<workload.count).flatMap { workload.results($0, workload.point($0)) } }
    },
    Variant(name: "tape") {
      Prepared { blocks(workload) { index, point in tapeJacobian(at: point) { workload.results(index, $0) } } }
    },
    Variant(name: "jacobian") {
      Prepared {
        blocks(workload) { index, point in
          // `jacobian(at:of:)` gives no values.
          var values: [Double] = []
          let rows = jacobian(at: point) { x in
            let results = workload.results(index, x)
            values = results.map(\.data)
            return results
          }
          return (values, rows.flatMap { $0 })
        }
      }
    },
  ]
}

/// The first function, recorded once and compiled: for workloads of a single one.
func recorded<W: JacobianWorkload>(_ workload: W) -> Variant {
  Variant(name: "program") {
    let point = workload.point(0), x = point.map { Value($0) }
    let function = try RecordedFunction(workload.results(0, x), inputs: x)
    return Prepared(note: function.refusal ?? "\(function)") {
      guard let (values, jacobian) = try? function.valuesWithJacobian(at: point) else { return [] }
      return values + jacobian
    }
  }
}

/// A backward pass for each result.
private func tapeJacobian(at point: [Double], of function: ([Value]) -> [Value]) -> ([Double], [Double]) {
  let x = point.map { Value($0) }
  let results = function(x)
  var derivatives: [Double] = []
  derivatives.reserveCapacity(results.count * x.count)
  for result in results {
    for value in x { value.grad = 0 }
    result.backward()
    for value in x { derivatives.append(value.grad) }
  }
  return (results.map(\.data), derivatives)
}

/// The values of all functions, then all derivatives.
private func blocks<W: JacobianWorkload>(
  _ workload: W, _ block: (Int, [Double]) -> (values: [Double], derivatives: [Double])
) -> [Double] {
  var values: [Double] = [], derivatives: [Double] = []
  for index in 0..<workload.count {
    let block = block(index, workload.point(index))
    values += block.values
    derivatives += block.derivatives
  }
  return values + derivatives
}

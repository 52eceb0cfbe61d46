/// What can be asked for by name.
struct Benchmark: Sendable {
  let name: String
  let summary: String
  let measure: @Sendable (Budget) -> [Measurement]
}

/// Memory comes first: later, memory that other benchmarks have released would be used again and not be counted.
let benchmarks = [
  Benchmark(name: "memory", summary: "bytes a node takes; bytes lost over 100,000 training steps") {
    measureBytesPerNode(budget: $0) + measureMemoryGrowth(budget: $0)
  },
  Benchmark(name: "step-plain", summary: "a training step, neurons written as products and sums") {
    [measureTrainingStep("step-plain", style: .plain, budget: $0)]
  },
  Benchmark(name: "step-fused", summary: "the same, neurons written with dot") {
    [measureTrainingStep("step-fused", style: .fused, budget: $0)]
  },
  Benchmark(name: "step-mlp", summary: "the same with the library's MLP") {
    [measureTrainingStep("step-mlp", style: .mlp, budget: $0)]
  },
  Benchmark(name: "step-forty-lines", summary: "the same on the forty lines of docs/the-idea.md") {
    [measureFortyLines(budget: $0)]
  },
  Benchmark(name: "evaluation", summary: "only the forward half of the step, graphs dropped at once") {
    [
      measureEvaluation("evaluation, plain", style: .plain, budget: $0),
      measureEvaluation("evaluation, fused", style: .fused, budget: $0),
    ]
  },
  Benchmark(name: "operations", summary: "results of one operation, added up") { measureOperations(budget: $0) },
  Benchmark(name: "dot", summary: "dot products of 2, 16 and 256 elements") { measureDotProducts(budget: $0) },
  Benchmark(name: "derivatives", summary: "gradients and Jacobians as functions, beside leaves and backward()") {
    measureDerivatives(budget: $0)
  },
  Benchmark(name: "rows", summary: "rows of a matrix times a vector, by dot and plainly") { measureRows(budget: $0) },
  Benchmark(name: "chain", summary: "ten million nodes, each an operand of the next") {
    measureDeepChain(budget: $0)
  },
  Benchmark(name: "sum", summary: "a million leaves added up") { [measureWideSum(budget: $0)] },
]

import Micrograd

/// A training step on one thread, as every peer does it.
func measureSteps(_ workload: Workload, _ precision: Precision, seconds: Double) throws -> Result {
  let data = workload.makeData()
  // Too large to record for 128 samples: 137 million products.
  let program =
    workload.name == "W4"
    ? try workload.makeSampleProgram(data, precision: precision)
    : try Program(workload.record(data), parameters: data.model.parameters, precision: precision)
  let losses = program.run(steps: 100, schedule: .constant(workload.learningRate))
  // Reading and writing the parameters, once for a run, belongs to the steps of one.
  let time = measure(seconds: seconds, least: 100) {
    program.run(steps: $0, schedule: .constant(workload.learningRate))
  }
  return Result(
    workload: workload.name, precision: precision, minimum: time.minimum, median: time.median,
    gigaflops: workload.floatingPointOperations / time.minimum * 1e-9, loss: losses[99],
    program: program.description)
}

/// Finding samples and layers in graphs of several sizes, recorded as products and additions.
func measureRolling(seconds: Double, largest: Int) throws {
  for samples in [100, 1600, 8000] where samples <= largest {
    let workload = Workload.all[1].with(samples: samples), data = workload.makeData()
    for isPlain in [true, false] {
      let loss = workload.record(data, isPlain: isPlain)
      let program = try Program(loss, parameters: data.model.parameters)
      let time = measure(seconds: seconds) { count in
        for _ in 0..<count { _ = try? Program(loss, parameters: data.model.parameters) }
      }
      print(
        "making a program of \(program.valueCount) values, \(isPlain ? "plain" : "dot"): \(micro(time.minimum)) µs")
    }
  }
}

/// What a sample costs in batches of several sizes.
func measureBlocking(seconds: Double, largest: Int) throws {
  for samples in [100, 1000, 10_000, 100_000] where samples <= largest {
    let workload = Workload.all[1].with(samples: samples)
    for precision in Precision.allCases {
      let program = try workload.makeSampleProgram(workload.makeData(), precision: precision)
      let time = measure(seconds: seconds) { program.run(steps: $0, schedule: .constant(0.01)) }
      print(
        "W2 with \(samples) samples, \(precision): \(rounded(time.minimum / Double(samples) * 1e9, 3)) ns a sample")
    }
  }
}

/// One thread against all of them.
func measureThreads(seconds: Double) throws {
  for workload in [Workload.all[1].with(samples: 10_000), Workload.all[2], Workload.all[3]] {
    for precision in Precision.allCases {
      let times = try [1, 2].map { threads in
        let program = try workload.makeSampleProgram(workload.makeData(), precision: precision, threads: threads)
        return measure(seconds: seconds, least: 20) { program.run(steps: $0, schedule: .constant(0.01)) }.minimum
      }
      print(
        "\(workload.name) with \(workload.samples) samples, \(precision): \(micro(times[0])) µs on one thread, "
          + "\(micro(times[1])) on two, ratio \(rounded(times[0] / times[1], 2))")
    }
  }
}

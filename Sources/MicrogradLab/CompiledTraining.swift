import Micrograd
import MicrogradRequirement

extension Page {
  /// Trains the same network once more as a program, and says what was found in the loss, how far the errors are from those
  /// of `iterations`, and how much faster it went.
  mutating func showCompiled(_ model: MLP, on data: Dataset, iterations: [Iteration], schedule: Schedule = .lab) {
    let clock = ContinuousClock()
    // On a copy: training is what is timed, and the model is needed as it was.
    let byValues = clock.measure {
      _ = train(model.copy(), on: data, iterations: iterations.count, schedule: schedule)
    }
    var program: Program?
    // A run of no steps makes the instructions.
    let making = clock.measure {
      program = makeProgram(model, data)
      program?.run(steps: 0, schedule: schedule)
    }
    guard let program else { return }
    var errors: [Double] = []
    let running = clock.measure { errors = program.run(steps: iterations.count, schedule: schedule) }
    let difference = zip(errors, iterations).map { ($0 - $1.error).magnitude }.max() ?? 0
    let ratio = (byValues / running).fixed(0), preparation = (making / .microseconds(1)).fixed(0)
    say(
      en: """
        Compiled, the same loss runs on vectors: σ is recorded as a number shown in place of the score, whose gradient \
        goes to the score. `Program` found \(program), and took \(preparation) µs for it. \(iterations.count) iterations \
        then went \(ratio) times as fast as with values, with the errors above up to rounding:
        """,
      fr: """
        Compilée, la même erreur est calculée par vecteurs : σ y est enregistrée comme un nombre montré à la place du \
        score, à qui va le gradient. `Program` a trouvé \(program), en \(preparation) µs. \(iterations.count) itérations \
        sont alors allées \(ratio) fois plus vite qu'avec les valeurs, avec les erreurs ci-dessus aux arrondis près :
        """)
    show("largest difference", difference)
  }

  private func makeProgram(_ model: MLP, _ data: Dataset) -> Program {
    do {
      let errors = zip(data.inputs, data.labels).map { input, label in
        let score = model(input)[0]
        return squaredError(score.sigmoid().straightThrough(to: score), Double(label))
      }
      return try Program(errors.mean(), parameters: model.parameters)
    } catch {
      stop("the lab's own loss: \(error)")
    }
  }
}

extension MLP {
  /// A network with the same numbers.
  fileprivate func copy() -> MLP {
    MLP(
      layers.map { layer in
        Layer(
          layer.neurons.map { neuron in
            Neuron(
              weights: neuron.weights.map { Value($0.data) }, bias: Value(neuron.bias.data),
              activation: neuron.activation)
          })
      })
  }
}

import Micrograd
import MicrogradRequirement

extension Chapter {
  /// Trains the same network once more as a program, and says what was found in the loss and how far the errors are from
  /// those of `iterations`.
  mutating func showCompiled(_ model: MLP, on data: Dataset, iterations: [Iteration]) {
    let program = makeProgram(model, data)
    let errors = program.run(steps: iterations.count, schedule: .lab)
    let difference = zip(errors, iterations).map { ($0 - $1.error).magnitude }.max() ?? 0
    let found = program.summary(in: language)
    say(
      en: """
        Compiled, the same loss runs on vectors: σ is recorded as a number shown in place of the score, whose gradient \
        goes to the score. `Program` found \(found). Its errors are those above, up to rounding:
        """,
      fr: """
        Compilée, la même erreur est calculée par vecteurs : σ y est enregistrée comme un nombre montré à la place du \
        score, à qui va le gradient. `Program` a trouvé \(found). Ses erreurs sont celles ci-dessus, aux arrondis près :
        """)
    show("largest difference", fr: "plus grand écart", difference)
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

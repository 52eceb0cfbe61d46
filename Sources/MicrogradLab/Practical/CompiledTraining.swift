import Micrograd
import MicrogradRequirement

extension Chapter {
  /// Trains the same network again as a program, and shows the layers that were found in its loss and the largest difference
  /// between its errors and those of `iterations`.
  mutating func showCompiled(_ model: MLP, on data: Dataset, iterations: [Iteration]) {
    let program = makeProgram(model, data)
    let errors = program.run(steps: iterations.count, schedule: .lab)
    let difference = zip(errors, iterations).map { ($0 - $1.error).magnitude }.max() ?? 0
    let found = program.summary(in: language)
    say(
      en: """
        The same loss, compiled, is computed on vectors. As above, σ is not differentiated: its value replaces the \
        score, and the gradient passes to the score unchanged. `Program` found \(found). Its errors are those above, up \
        to rounding:
        """,
      fr: """
        La même erreur, compilée, est calculée sur des vecteurs. Comme ci-dessus, σ n'est pas dérivée : sa valeur \
        remplace le score, et le gradient est transmis au score sans changement. `Program` a trouvé \(found). Ses \
        erreurs sont celles ci-dessus, aux arrondis près :
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

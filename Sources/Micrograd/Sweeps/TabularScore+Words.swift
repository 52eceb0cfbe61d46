package import MicrogradLanguage
import MicrogradModels
package import MicrogradSweep

extension TabularScore {
  /// The name of the figure.
  package var words: Localized { Evaluation.Score.words(of: name) }
}

extension SweepResults {
  /// The name of the score: that of the figure which each trial has it from; nil if there is none.
  package var scoreWords: Localized? {
    let scores = trials.compactMap(\.score)
    let name = figureNames.first { name in scores.allSatisfy { $0[name] == $0.value } }
    return name.map { Evaluation.Score.words(of: $0) }
  }
}

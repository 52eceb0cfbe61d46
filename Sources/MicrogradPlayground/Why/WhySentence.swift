import MicrogradEngine
import MicrogradFigures
import MicrogradLanguage
import MicrogradNetworks

/// The words about a gradient: what it is, and from what it came to be.
struct WhySentence {
  private let graph: WhyGraph
  private let session: PlaygroundSession
  /// The parts of the samples of a batch; nil for one sample.
  private let summands: [Double]?

  init(_ graph: WhyGraph, summands: [Double]?, _ session: PlaygroundSession) {
    self.graph = graph
    self.summands = summands
    self.session = session
  }

  var text: Localized {
    let target = graph.target, subject = graph.subject, name = subject.label ?? "loss"
    switch target.kind {
    case .weight: return joined(parameter(name, factor: factor), direction(subject.grad, subject.data, name))
    case .bias: return joined(parameter(name, factor: nil), direction(subject.grad, subject.data, name))
    case .neuron: return joined(neuron(name), effect(subject.grad, name))
    case .sample: return sample
    case .loss: return summands == nil ? sample : batch
    }
  }

  private func joined(_ first: Localized, _ second: Localized) -> Localized {
    Localized(
      en: first(in: .english) + " " + second(in: .english), fr: first(in: .french) + " " + second(in: .french))
  }

  // MARK: Parameters

  /// The number that a weight is multiplied by.
  private var factor: Double {
    let target = graph.target, point = session.data.training[target.sample]
    let results = session.network.results([[point.x], [point.y]])
    return target.layer == 0
      ? (target.input == 0 ? point.x : point.y) : results[target.layer - 1].outputs[target.input][0]
  }

  private func parameter(_ name: String, factor: Double?) -> Localized {
    let gradient = graph.subject.grad.short(), sample = graph.target.sample + 1
    if let summands { return mean(name, gradient, summands) }
    let local = factor?.short() ?? "1", arriving = graph.arriving.short()
    return Localized(
      en: """
        For sample \(sample), the gradient of \(name) is \(gradient): its local derivative, \
        \(factor == nil ? "which is 1 for a bias" : "the input \(local) of the neuron"), times the gradient \(arriving) that \
        arrives at the weighted sum.
        """,
      fr: """
        Pour l'échantillon \(sample), le gradient de \(name) vaut \(gradient) : sa dérivée locale, \
        \(factor == nil ? "qui vaut 1 pour un biais" : "l'entrée \(local) du neurone"), multipliée par le gradient \(arriving) \
        qui arrive à la somme pondérée.
        """)
  }

  private func mean(_ name: String, _ gradient: String, _ summands: [Double]) -> Localized {
    let count = Localized.counted(summands.count, en: "sample", fr: "échantillon")
    let largest = summands.indices.max { summands[$0].magnitude < summands[$1].magnitude } ?? 0
    let place = graph.samples[largest] + 1, part = summands[largest].short()
    let penalty =
      hasPenalty && graph.target.kind == .weight ? (graph.subject.grad - summands.reduce(0, +)).short() : nil
    return Localized(
      en: """
        Over the batch, the gradient of \(name) is \(gradient): the sum of the parts of \(count(in: .english)), since all \
        copies of the network share the parameter. The largest part, \(part), comes from sample \(place).\
        \(penalty.map { " The penalty of the weights adds \($0)." } ?? "")
        """,
      fr: """
        Sur le lot, le gradient de \(name) vaut \(gradient) : la somme des parts de \(count(in: .french)), car toutes les \
        copies du réseau partagent le paramètre. La plus grande part, \(part), vient de l'échantillon \(place).\
        \(penalty.map { " La pénalité des poids ajoute \($0)." } ?? "")
        """)
  }

  /// The way to a smaller loss.
  private func direction(_ gradient: Double, _ number: Double, _ name: String) -> Localized {
    if gradient == 0 {
      return Localized(
        en: "A small change of \(name) does not change the loss: this gradient does not move it.",
        fr: "Un petit changement de \(name) ne change pas la perte : ce gradient ne le déplace pas.")
    }
    if !gradient.isFinite {
      return Localized(
        en: "That is no number to go by: something in the graph has overflowed.",
        fr: "Ce nombre ne mène nulle part : quelque chose a débordé dans le graphe.")
    }
    let isUp = gradient < 0
    if isApart {
      return Localized(
        en: """
          A step makes \(name), now \(number.short()), \(isUp ? "larger" : "smaller"), against this gradient, in which the \
          derivative of σ is missing.
          """,
        fr: """
          Un pas rend \(name), qui vaut \(number.short()), plus \(isUp ? "grand" : "petit"), à l'opposé de ce gradient, \
          auquel manque la dérivée de σ.
          """)
    }
    return Localized(
      en:
        "The loss falls if \(name), now \(number.short()), becomes \(isUp ? "larger" : "smaller"): against its gradient.",
      fr: """
        La perte diminue si \(name), qui vaut \(number.short()), devient plus \(isUp ? "grand" : "petit") : à l'opposé de son \
        gradient.
        """)
  }

  /// Whether σ is applied outside the graph: then gradients before it are not the derivatives of the loss.
  private var isApart: Bool { session.settings.loss == .sigmoidOutside }

  private var hasPenalty: Bool { session.settings.l1 != 0 || session.settings.l2 != 0 }

  // MARK: Results

  private func neuron(_ name: String) -> Localized {
    let target = graph.target, sample = target.sample + 1, number = graph.subject.data.short()
    return Localized(
      en:
        "For sample \(sample), the output \(name) of neuron \(target.neuron + 1) in layer \(target.layer + 1) is \(number).",
      fr: """
        Pour l'échantillon \(sample), la sortie \(name) du neurone \(target.neuron + 1) de la couche \(target.layer + 1) vaut \
        \(number).
        """)
  }

  private func effect(_ gradient: Double, _ name: String) -> Localized {
    if isApart, graph.target.layer < session.model.layers.count - 1 {
      return Localized(
        en: "Its gradient is \(gradient.short()), in which the derivative of σ is missing.",
        fr: "Son gradient vaut \(gradient.short()) ; la dérivée de σ y manque.")
    }
    return Localized(
      en:
        "Its gradient is \(gradient.short()): if it grew by a little ε, the loss would change by \(gradient.short()) · ε.",
      fr:
        "Son gradient vaut \(gradient.short()) : s'il augmentait d'un petit ε, la perte changerait de \(gradient.short()) · ε."
    )
  }

  private var sample: Localized {
    let target = graph.target, loss = graph.target.kind == .sample ? graph.subject.data : graph.root.data
    let wanted = session.data.training[target.sample].target.short()
    return Localized(
      en: """
        The loss of sample \(target.sample + 1), whose target is \(wanted), is \(loss.short()). Backward, its gradient starts \
        at \(graph.subject.grad.short()).
        """,
      fr: """
        La perte de l'échantillon \(target.sample + 1), dont la cible est \(wanted), vaut \(loss.short()). La \
        rétropropagation y part du gradient \(graph.subject.grad.short()).
        """)
  }

  private var batch: Localized {
    let count = Localized.counted(graph.samples.count, en: "sample", fr: "échantillon"),
      loss = graph.root.data.short()
    return Localized(
      en: """
        The loss of the next step is the mean over the \(count(in: .english)) of its batch\
        \(hasPenalty ? ", and the penalty of the weights" : ""): \(loss).
        """,
      fr: """
        La perte du prochain pas est la moyenne sur \(graph.samples.count < 2 ? "l'" : "les ")\(count(in: .french)) de son lot\
        \(hasPenalty ? ", plus la pénalité des poids" : "") : \(loss).
        """)
  }
}

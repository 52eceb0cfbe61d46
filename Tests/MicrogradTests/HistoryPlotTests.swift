import Micrograd
import Testing

@Test func historyIsPlotted() throws {
  let moons = makeMoons(samples: 40, noise: 0.1, seed: 42)
  let history = try MLP(2, [8, 1], seed: 1).fit(
    moons.inputs, .labels(moons.labels), with: Trainer(loss: .hingeLoss, epochs: 5, validation: .share(0.25)))
  let svg = Plot.curves(history, title: "Two moons").svg()
  for name in ["validation loss", "validation accuracy", "epoch", "Two moons"] {
    #expect(svg.contains(name), "no \(name) in the plot of \(history)")
  }
  let french = Plot.curves(history, language: .french).svg()
  for name in ["erreur de validation", "exactitude de validation", "époque"] {
    #expect(french.contains(name), "no \(name) in the French plot of \(history)")
  }
  #expect(!french.contains("validation loss") && !french.contains("epoch"))
}

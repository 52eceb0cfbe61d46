import Micrograd

extension LabTask {
  static let data = LabTask(6, en: "The data", fr: "Les données") { chapter in
    let data = chapter.data
    if chapter.samples.arePublished {
      chapter.say(
        en: """
          Two interleaving half circles of 50 samples each, with noise of standard deviation 0.1. They are the points \
          that scikit-learn's `make_moons` gives for seed 42. No straight line separates them.
          """,
        fr: """
          Deux demi-cercles imbriqués, de 50 échantillons chacun, avec un bruit d'écart type 0.1. Ce sont les points \
          que donne `make_moons` de scikit-learn pour la graine 42. Aucune droite ne les sépare.
          """)
    } else {
      chapter.say(
        en: "These are your own samples; from here on, the numbers differ from the published ones.",
        fr: "Ce sont vos propres échantillons ; à partir d'ici, les nombres diffèrent de ceux qui ont été publiés.")
    }
    chapter.show("samples", fr: "échantillons", data.count)
    chapter.show("first sample", fr: "premier échantillon", "\(data.inputs[0]) → \(data.labels[0])")
    chapter.draw(
      chapter.plot(Plot.scatter(data, title: chapter.words(en: "Samples", fr: "Échantillons"))),
      as: "task-06-moons",
      en: "The samples, by class.", fr: "Les échantillons, par classe.")
  }
}

extension Chapter {
  /// Returns the plot with its text in the chapter's language.
  func plot(_ plot: Plot) -> Plot {
    var plot = plot
    plot.language = language
    plot.classNames = [0: words(en: "class 0", fr: "classe 0"), 1: words(en: "class 1", fr: "classe 1")]
    return plot
  }
}

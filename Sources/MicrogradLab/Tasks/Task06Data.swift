import Micrograd
import MicrogradQuestions

// MARK: - Reference

func makeData(samples: Int, noise: Double, seed: UInt32) -> Dataset {
  makeMoons(samples: samples, noise: noise, seed: seed)
}

func drawData(_ data: Dataset) -> Plot { Plot.scatter(data, title: "Samples") }

// MARK: - Report

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

// MARK: - Exercise

extension Exercise {
  static let data = Exercise(
    .data,
    statement: Localized(
      en: """
        One sample is not enough to learn from. The practical uses the two moons of scikit-learn: points on two interleaving \
        half circles, the outer one with the label 0 and the inner one with the label 1. No straight line separates them.

        The points come with noise: to each coordinate a random number is added, whose standard deviation is given. They are \
        in random order. Both are drawn from a generator that starts at a seed, so the same seed gives everybody the same \
        data. For 100 samples (50 of each class), noise 0.1 and seed 42, the first sample is \
        [1.582023079145042, -0.4458148298633392] with the label 1.

        The library has functions for several data sets, and figures for samples. Make the data, then draw them with one \
        colour for each class, and look at them.
        """,
      fr: """
        Un seul échantillon ne suffit pas pour apprendre. Le TP utilise les deux lunes de scikit-learn : des points sur deux \
        demi-cercles imbriqués, l'un, à l'extérieur, d'étiquette 0, et l'autre, à l'intérieur, d'étiquette 1. Aucune droite \
        ne les sépare.

        Les points sont bruités : à chaque coordonnée s'ajoute un nombre aléatoire, dont l'écart type est donné. Ils sont \
        dans un ordre aléatoire. L'un et l'autre viennent d'un générateur qui part d'une graine : la même graine donne donc \
        à tous les mêmes données. Pour 100 échantillons (50 par classe), un bruit de 0.1 et la graine 42, le premier est \
        [1.582023079145042, -0.4458148298633392], d'étiquette 1.

        La bibliothèque a des fonctions pour plusieurs jeux de données, et des figures pour les échantillons. Créez les \
        données, puis dessinez-les avec une couleur par classe, et regardez-les.
        """),
    declarations: [
      Declaration(
        "func makeData(samples: Int, noise: Double, seed: UInt32) -> Dataset",
        en: "Returns two moons with the given number of samples in all, in random order and with noise.",
        fr: "Renvoie deux lunes, avec le nombre total d'échantillons donné, dans un ordre aléatoire et avec du bruit."
      ),
      Declaration(
        "func drawData(_ data: Dataset) -> Plot",
        en: "Returns a plot of all samples, each class in its own colour, with a title of your choice.",
        fr:
          "Renvoie une figure de tous les échantillons, chaque classe dans sa couleur, avec un titre de votre choix."),
    ],
    hints: [
      Localized(
        en: """
          How many points do you want in all, and how many of each class? What must two people have in common to get the \
          same random numbers?
          """,
        fr: """
          Combien voulez-vous de points en tout, et combien de chaque classe ? Que faut-il à deux personnes pour obtenir les \
          mêmes nombres aléatoires ?
          """),
      Localized(
        en: """
          The functions that make data sets begin with `make`, followed by the shape; let the editor complete the name. They \
          shuffle the samples by themselves. A `Plot` is made by functions of the type, named after the kind of plot.
          """,
        fr: """
          Les fonctions qui créent des jeux de données commencent par `make`, suivi de la forme ; laissez l'éditeur \
          compléter le nom. Elles mélangent elles-mêmes les échantillons. Une `Plot` se crée par des fonctions du type, qui \
          portent le nom du genre de figure.
          """),
      Localized(
        en: """
          The shape is `Moons`, and your three arguments are also the names of the function's arguments: pass all of them \
          on. The plot is `Plot.scatter`, which takes the whole data set and finds the classes itself; it has an argument \
          `title`.
          """,
        fr: """
          La forme est `Moons`, et vos trois arguments portent les noms de ceux de la fonction : transmettez-les tous. La \
          figure est `Plot.scatter`, qui prend le jeu de données entier et trouve elle-même les classes ; elle a un \
          argument `title`.
          """),
    ],
    trial: "drawData(makeData(samples: 100, noise: 0.1, seed: 42))",
    reference: { [Function("makeData", makeData), Function("drawData", drawData)] },
    questions: { random in
      func makeData(_ samples: Int, _ noise: Double, _ seed: Int) -> Question {
        Question(
          "makeData", ["samples": .integer(samples), "noise": .number(noise), "seed": .integer(seed)])
      }
      func drawData(_ samples: Int, ones: Int, _ random: inout PythonRandom) -> Question {
        let inputs = (0..<samples).map { _ in random.numbers(2) }
        let labels = (0..<samples).map { $0 < ones ? 1 : 0 }
        return Question("drawData", ["data": .data(Dataset(inputs: inputs, labels: labels))])
      }
      let seed = Int(random.uniform(1000, 1_000_000))
      return [
        makeData(100, 0.1, 42), makeData(7, 0.3, 0), makeData(24, 0, 1),
        makeData(30, random.uniform(0.15, 0.4), seed),
        drawData(5, ones: 2, &random), drawData(12, ones: 8, &random),
      ]
    },
    misconceptions: wrongData + wrongDrawings)

  private static func aboutData(
    _ name: String, en: (thought: String, question: String), fr: (thought: String, question: String),
    _ make: @escaping @Sendable (_ samples: Int, _ noise: Double, _ seed: UInt32) -> Dataset
  ) -> Misconception {
    Misconception(name, en: en, fr: fr) { [Function("makeData", make)] }
  }

  private static func aboutDrawing(
    _ name: String, en: (thought: String, question: String), fr: (thought: String, question: String),
    _ draw: @escaping @Sendable (Dataset) -> Plot
  ) -> Misconception {
    Misconception(name, en: en, fr: fr) { [Function("drawData", draw)] }
  }

  private static let wrongData = [
    aboutData(
      "noise-forgotten",
      en: (
        "The points lie exactly on the half circles: there is no noise.",
        "Where in your function does the argument `noise` appear?"
      ),
      fr: (
        "Les points sont exactement sur les demi-cercles : il n'y a pas de bruit.",
        "Où l'argument `noise` apparaît-il dans votre fonction ?"
      )
    ) { samples, _, seed in makeMoons(samples: samples, seed: seed) },
    aboutData(
      "noise-always-the-same",
      en: (
        "The noise is always 0.1, whatever the function is given.",
        "Where in your function does the argument `noise` appear?"
      ),
      fr: (
        "Le bruit vaut toujours 0.1, quel que soit celui que la fonction reçoit.",
        "Où l'argument `noise` apparaît-il dans votre fonction ?"
      )
    ) { samples, _, seed in makeMoons(samples: samples, noise: 0.1, seed: seed) },
    aboutData(
      "noise-as-a-variance",
      en: (
        "The noise was taken for a variance, and its square root for the standard deviation.",
        "Is the given number the standard deviation of the noise, or the square of it?"
      ),
      fr: (
        "Le bruit a été pris pour une variance, et sa racine carrée pour l'écart type.",
        "Le nombre donné est-il l'écart type du bruit, ou le carré de l'écart type ?"
      )
    ) { samples, noise, seed in makeMoons(samples: samples, noise: noise.squareRoot(), seed: seed) },
    aboutData(
      "seed-ignored",
      en: (
        "The seed is always 42, whatever the function is given.",
        "Where in your function does the argument `seed` appear?"
      ),
      fr: (
        "La graine vaut toujours 42, quelle que soit celle que la fonction reçoit.",
        "Où l'argument `seed` apparaît-il dans votre fonction ?"
      )
    ) { samples, noise, _ in makeMoons(samples: samples, noise: noise, seed: 42) },
    aboutData(
      "samples-ignored",
      en: (
        "There are always 100 samples, whatever the function is given.",
        "Where in your function does the argument `samples` appear? How many samples are made if it is left out?"
      ),
      fr: (
        "Il y a toujours 100 échantillons, quel que soit le nombre que la fonction reçoit.",
        "Où l'argument `samples` apparaît-il dans votre fonction ? Combien d'échantillons y a-t-il s'il manque ?"
      )
    ) { _, noise, seed in makeMoons(noise: noise, seed: seed) },
    aboutData(
      "samples-per-class",
      en: (
        "There are twice as many samples: the number was taken for that of each class.",
        "If there are 100 samples in all, how many belong to each of the two moons?"
      ),
      fr: (
        "Il y a deux fois trop d'échantillons : le nombre a été pris pour celui de chaque classe.",
        "S'il y a 100 échantillons en tout, combien y en a-t-il dans chacune des deux lunes ?"
      )
    ) { samples, noise, seed in makeMoons(samples: 2 * samples, noise: noise, seed: seed) },
    aboutData(
      "half-of-the-samples",
      en: (
        "There are half as many samples: the number was divided by the number of classes.",
        "Does the function of the library expect the samples of one moon, or of both together?"
      ),
      fr: (
        "Il y a deux fois trop peu d'échantillons : le nombre a été divisé par celui des classes.",
        "La fonction de la bibliothèque attend-elle les échantillons d'une lune, ou ceux des deux ensemble ?"
      )
    ) { samples, noise, seed in makeMoons(samples: samples / 2, noise: noise, seed: seed) },
    aboutData(
      "not-shuffled",
      en: (
        "The samples are in order: first all of class 0, then all of class 1.",
        "What would a network see if it were shown only the first half of the samples?"
      ),
      fr: (
        "Les échantillons sont rangés : d'abord tous ceux de la classe 0, puis tous ceux de la classe 1.",
        "Que verrait un réseau à qui l'on ne montrerait que la première moitié des échantillons ?"
      )
    ) { samples, noise, seed in makeMoons(samples: samples, noise: noise, shuffle: false, seed: seed) },
    aboutData(
      "shuffled-again",
      en: (
        "The samples were shuffled once more after they had been made.",
        "In which order are the samples that the function of the library returns?"
      ),
      fr: (
        "Les échantillons ont été mélangés encore une fois après leur création.",
        "Dans quel ordre sont les échantillons que renvoie la fonction de la bibliothèque ?"
      )
    ) { samples, noise, seed in
      var random = NumPyRandom(seed: seed)
      return makeMoons(samples: samples, noise: noise, seed: seed).shuffled(using: &random)
    },
    aboutData(
      "number-drawn-before",
      en: (
        "A number was drawn after the seed was set and before the data, so the data have later numbers of the generator.",
        "Who else takes numbers from your generator before the data do?"
      ),
      fr: (
        """
        Un nombre a été tiré après le choix de la graine et avant les données : elles reçoivent des nombres ultérieurs du \
        générateur.
        """,
        "Qui d'autre prend des nombres à votre générateur avant les données ?"
      )
    ) { samples, noise, seed in
      var random = NumPyRandom(seed: seed)
      _ = random.random()
      return makeMoons(samples: samples, noise: noise, using: &random)
    },
    aboutData(
      "data-drawn-before",
      en: (
        "These are the second data from the generator: others had been drawn after the seed was set.",
        "When the function is called twice with the same seed, where does the generator have to be each time?"
      ),
      fr: (
        "Ce sont les deuxièmes données du générateur : d'autres avaient été tirées après le choix de la graine.",
        "Si on appelle la fonction deux fois avec la même graine, où le générateur doit-il en être chaque fois ?"
      )
    ) { samples, noise, seed in
      var random = NumPyRandom(seed: seed)
      _ = makeMoons(samples: samples, noise: noise, using: &random)
      return makeMoons(samples: samples, noise: noise, using: &random)
    },
    aboutData(
      "circles",
      en: (
        "These are two circles, one inside the other.",
        "Which shape has a moon: a whole circle or half of one?"
      ),
      fr: (
        "Ce sont deux cercles, l'un dans l'autre.",
        "Quelle forme a une lune : un cercle entier ou la moitié d'un cercle ?"
      )
    ) { samples, noise, seed in makeCircles(samples: samples, noise: noise, seed: seed) },
    aboutData(
      "labels-swapped",
      en: (
        "The labels are swapped: the outer moon has 1, and the inner one 0.",
        "Which label has the first sample for seed 42?"
      ),
      fr: (
        "Les étiquettes sont échangées : la lune extérieure a 1, et la lune intérieure 0.",
        "Quelle étiquette le premier échantillon a-t-il pour la graine 42 ?"
      )
    ) { samples, noise, seed in
      let data = makeMoons(samples: samples, noise: noise, seed: seed)
      return Dataset(inputs: data.inputs, labels: data.labels.map { 1 - $0 })
    },
  ]

  private static let wrongDrawings = [
    aboutDrawing(
      "only-class-0-drawn",
      en: (
        "The plot shows only the samples of class 0.",
        "Which samples does your plot leave out, and by what are they chosen?"
      ),
      fr: (
        "La figure ne montre que les échantillons de la classe 0.",
        "Quels échantillons manquent à votre figure, et comment ont-ils été choisis ?"
      )
    ) { data in Plot.scatter(Dataset(data.filter { $0.label == 0 })) },
    aboutDrawing(
      "only-class-1-drawn",
      en: (
        "The plot shows only the samples of class 1.",
        "Which samples does your plot leave out, and by what are they chosen?"
      ),
      fr: (
        "La figure ne montre que les échantillons de la classe 1.",
        "Quels échantillons manquent à votre figure, et comment ont-ils été choisis ?"
      )
    ) { data in Plot.scatter(Dataset(data.filter { $0.label == 1 })) },
    aboutDrawing(
      "one-colour",
      en: (
        "All samples have the same colour, so the classes cannot be seen.",
        "What tells the plot which class a sample belongs to?"
      ),
      fr: (
        "Tous les échantillons ont la même couleur : on ne voit pas les classes.",
        "Comment la figure sait-elle à quelle classe appartient un échantillon ?"
      )
    ) { data in Plot.scatter(Dataset(inputs: data.inputs, labels: data.labels.map { _ in 0 })) },
    aboutDrawing(
      "last-sample-missing",
      en: (
        "The last sample is missing.",
        "Which is the last index that your loop visits? What is the difference between `..<` and `...`?"
      ),
      fr: (
        "Le dernier échantillon manque.",
        "Quel est le dernier indice que visite votre boucle ? Quelle est la différence entre `..<` et `...` ?"
      )
    ) { data in Plot.scatter(Dataset(data.dropLast())) },
    aboutDrawing(
      "first-sample-missing",
      en: (
        "The first sample is missing.",
        "Which is the first index of a list?"
      ),
      fr: (
        "Le premier échantillon manque.",
        "Quel est le premier indice d'une liste ?"
      )
    ) { data in Plot.scatter(Dataset(data.dropFirst())) },
    aboutDrawing(
      "other-data-drawn",
      en: (
        "The plot shows data that were made anew, and not those that the function is given.",
        "Where in your function does the argument `data` appear?"
      ),
      fr: (
        "La figure montre des données créées de nouveau, et non celles que la fonction reçoit.",
        "Où l'argument `data` apparaît-il dans votre fonction ?"
      )
    ) { _ in Plot.scatter(makeMoons(samples: 100, noise: 0.1, seed: 42)) },
    aboutDrawing(
      "nothing-drawn",
      en: (
        "The plot is empty.",
        "Which layers does your plot have? Who gives it the samples?"
      ),
      fr: (
        "La figure est vide.",
        "Quels calques votre figure a-t-elle ? Qui lui donne les échantillons ?"
      )
    ) { _ in Plot(title: "", layers: []) },
  ]
}

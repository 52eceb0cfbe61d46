import Micrograd
import MicrogradLab

/// The files of a workspace, besides those of the tasks.
struct Template {
  let language: Language
  let library: LibraryReference
  let hasNotebook: Bool

  /// The names and texts of the files, in the order in which they are written.
  var files: [(name: String, text: String)] {
    var files = [
      ("Package.swift", manifest), ("README.md", readme), ("lab", script), (".gitignore", Self.gitignore),
      (".gitlab-ci.yml", Self.gitlab), (".github/workflows/check.yml", Self.github),
      ("\(Workspace.sources)/Given.swift", Self.given), ("\(Workspace.sources)/main.swift", main),
    ]
    for exercise in Exercise.all {
      files.append(("\(Workspace.sources)/\(exercise.file)", exercise.stub(in: language)))
    }
    if hasNotebook { files.append((NotebookSources.file, Exercise.notebook(in: language))) }
    return files
  }

  private func words(en: String, fr: String) -> String { Localized(en: en, fr: fr)(in: language) }

  // MARK: Swift

  private var manifest: String {
    let why = words(
      en: "Functions of all files may use the variables of main.swift.",
      fr: "Les fonctions de tous les fichiers peuvent utiliser les variables de main.swift.")
    return """
      // swift-tools-version: 6.2
      import PackageDescription

      let package = Package(
        name: "gradient",
        platforms: [.macOS(.v15)],
        dependencies: [
          \(library.dependency)
        ],
        targets: [
          .executableTarget(
            name: "Gradient",
            dependencies: [.product(name: "\(Workbench.product)", package: "\(library.package)")],
            // \(why)
            swiftSettings: [.defaultIsolation(MainActor.self)])
        ]
      )

      """
  }

  /// The code that all tasks share. A check uses this text, whatever is in the student's file.
  static let given = """
    import Foundation
    import Micrograd
    import MicrogradQuestions

    /// The sample of tasks 1 to 5, and its target.
    let sample = [0.888, 0.777], target = 1.0

    /// Writes a figure, such as `error.figure()` or a plot, to the folder `figures`.
    func save(_ figure: some Figure, as name: String) throws {
      try FileManager.default.createDirectory(atPath: "figures", withIntermediateDirectories: true)
      try figure.svg().write(toFile: "figures/\\(name).svg", atomically: true, encoding: .utf8)
    }

    /// Stands in a function that is still to be written.
    func notWritten(_ function: String = #function, file: String = #fileID, line: Int = #line) -> Never {
      MicrogradQuestions.notWritten(function, file: file, line: line)
    }

    """

  private var main: String {
    let text = words(
      en: """
        // A place to try things: `swift run -c release` runs this file. The check does not look at it.
        // For example, once task 1 is done:
        //
        //   let model = makePerceptron(seed: 42)
        //   print(model, model(sample)[0].data)
        """,
      fr: """
        // Un endroit pour essayer : `swift run -c release` exécute ce fichier. La vérification ne le regarde pas.
        // Par exemple, une fois la tâche 1 terminée :
        //
        //   let model = makePerceptron(seed: 42)
        //   print(model, model(sample)[0].data)
        """)
    return "\(text)\n\nimport Foundation\nimport Micrograd\n\nprint(sample)\n"
  }

  // MARK: Commands

  private var script: String {
    let what = words(
      en:
        "The lab's command, built from the library that Package.swift names: ./lab check, ./lab hint 3, ./lab --help",
      fr:
        "La commande du TP, compilée avec la bibliothèque que nomme Package.swift : ./lab check, ./lab hint 3, ./lab --help"
    )
    let note = words(
      en: "Building the lab's command; the first time, that takes some minutes.",
      fr: "La commande du TP est compilée ; la première fois, cela prend quelques minutes.")
    return """
      #!/bin/sh
      # \(what)
      cd "$(dirname "$0")" || exit
      [ -x .build/release/micrograd ] || echo "\(note)" >&2
      exec swift run -c release --quiet micrograd lab "$@"

      """
  }

  private static let gitignore = """
    .build/
    .swiftpm/
    .lab/
    Package.resolved
    .DS_Store
    .ipynb_checkpoints/
    figures/
    report/
    junit.xml

    """

  private static let gitlab = """
    check:
      image: swift:6.3.1
      script:
        - ./lab check --format junit --output report > junit.xml
      cache:
        paths: [.build]
      artifacts:
        when: always
        paths: [report]
        reports:
          junit: junit.xml

    """

  private static let github = """
    name: check
    on: [push, pull_request]
    permissions:
      contents: read
    jobs:
      check:
        runs-on: ubuntu-latest
        container: swift:6.3.1
        steps:
          - uses: actions/checkout@v4
          - run: ./lab check --format junit --output report > junit.xml
          - uses: actions/upload-artifact@v4
            if: always()
            with:
              name: report
              path: |
                report
                junit.xml

    """

  // MARK: Words

  private var readme: String {
    words(en: Self.englishReadme, fr: Self.frenchReadme)
      .replacing("NOTEBOOK\n", with: hasNotebook ? words(en: Self.englishNotebook, fr: Self.frenchNotebook) : "")
      .replacing(
        "TASKS", with: Exercise.all.map { "\($0.number). \($0.title(in: language))" }.joined(separator: "\n"))
  }

  private static let englishReadme = """
    # How a gradient propagates

    Ten tasks, from one neuron to a network that separates two moons. You write the functions; the check asks them for
    answers.

    TASKS

    ## Working

    Each task is a file in `Sources/Gradient`: `Task01.swift`, `Task02.swift` and so on. Read the task, and replace
    `notWritten()` with your program. You need a [Swift toolchain](https://www.swift.org/install), 6.3 or newer, and nothing
    else.

    ```sh
    ./lab check              # all tasks; the first time, it builds the library, which takes minutes
    ./lab check --task 3     # one task
    ./lab check --watch      # checks a task again whenever you save its file
    ./lab hint 3             # a hint; ask again for the next, there are three
    ./lab show 3             # what it should look like when it works
    ./lab reset 3            # begin again; your file is kept in the folder `old`
    ./lab compare 3          # after a task is done: another solution beside yours
    swift run -c release     # runs main.swift, where you can try things
    ```

    NOTEBOOK
    ## Handing in

    Hand in what you have, even if it is not complete: each task counts on its own.

    ```sh
    git add -A
    git commit -m "The practical"
    git tag -f tp6
    git push && git push -f origin tp6
    ```

    Only the files `Task01.swift` to `Task10.swift` are graded. On GitLab and GitHub, the check runs at each push. It needs
    the library that `Package.swift` names: if that is a folder of your machine, put a URL in its place.

    """

  private static let frenchReadme = """
    # Comment un gradient se propage

    Dix tâches, d'un seul neurone à un réseau qui sépare deux lunes. Vous écrivez les fonctions ; la vérification leur pose
    des questions.

    TASKS

    ## Travailler

    Chaque tâche est un fichier de `Sources/Gradient` : `Task01.swift`, `Task02.swift`, etc. Lisez la tâche, et remplacez
    `notWritten()` par votre programme. Il vous faut une [chaîne d'outils Swift](https://www.swift.org/install), 6.3 ou plus
    récente, et rien d'autre.

    ```sh
    ./lab check              # toutes les tâches ; la première fois, la bibliothèque est compilée, ce qui prend des minutes
    ./lab check --task 3     # une tâche
    ./lab check --watch      # vérifie une tâche chaque fois que vous enregistrez son fichier
    ./lab hint 3             # un indice ; redemandez pour le suivant, il y en a trois
    ./lab show 3             # ce que l'on doit voir quand la tâche est réussie
    ./lab reset 3            # recommencer ; votre fichier est gardé dans le dossier `old`
    ./lab compare 3          # une fois la tâche réussie : une autre solution à côté de la vôtre
    swift run -c release     # exécute main.swift, où vous pouvez essayer
    ```

    NOTEBOOK
    ## Rendre

    Rendez ce que vous avez, même si ce n'est pas complet : chaque tâche compte séparément.

    ```sh
    git add -A
    git commit -m "Le TP"
    git tag -f tp6
    git push && git push -f origin tp6
    ```

    Seuls les fichiers `Task01.swift` à `Task10.swift` sont notés. Sur GitLab et GitHub, la vérification est faite à chaque
    envoi. Elle a besoin de la bibliothèque que nomme `Package.swift` : si c'est un dossier de votre machine, mettez une URL
    à sa place.

    """

  private static let englishNotebook = """
    ## In Jupyter

    `gradient.ipynb` has the same tasks as cells. It needs the Swift kernel of the library, which
    `swift run --package-path Jupyter micrograd-kernel install` installs from a checkout.


    """

  private static let frenchNotebook = """
    ## Dans Jupyter

    `gradient.ipynb` contient les mêmes tâches sous forme de cellules. Il lui faut le noyau Swift de la bibliothèque, que
    `swift run --package-path Jupyter micrograd-kernel install` installe depuis une copie du dépôt.


    """
}

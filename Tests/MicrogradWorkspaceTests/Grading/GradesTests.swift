import Foundation
import Micrograd
import MicrogradQuestions
import MicrogradTestSupport
import Synchronization
import Testing

@testable import MicrogradLab
@testable import MicrogradWorkspace

/// The tables and the page of a class, with judgements that the tests make up.
@Suite struct GradesTests {
  static let exercise = Exercise.updatingTheWeights
  static let long =
    "func update() {\n" + (0..<60).map { "  let value\($0) = \($0)  // a line" }.joined(separator: "\n") + "\n}\n"

  /// A submission's text is taken for its outcome.
  @Sendable static func check(_ sources: [String: String], _ exercises: [Exercise], _ seed: Int) throws
    -> [TaskResult]
  {
    guard let text = sources[exercise.file] else { return [TaskResult(exercise, .missing)] }
    let question = exercise.questions(seed: seed)[0]
    if text.contains("broken machine") { throw WorkspaceError("no <space> left") }
    if text.contains("with the gradient") {
      let wrong = exercise.misconceptions.first { $0.name == "with-the-gradient" }!
      let transcript = Transcript(exercise.questions(seed: seed), with: exercise.functions(of: wrong))
      return [TaskResult(exercise, .judged(exercise.verdict(on: transcript, seed: seed).kind))]
    }
    if text.contains("trap") {
      return [
        TaskResult(
          exercise, .stopped(.trapped(message: "<script>alert(1)</script>"), at: question),
          figures: ["<svg xmlns='http://www.w3.org/2000/svg'><script>alert(2)</script></svg>"],
          printed: "</pre><script>alert(3)</script>")
      ]
    }
    return [TaskResult(exercise, .judged(.passed))]
  }

  static func grade(
    _ texts: [String: String], jobs: Int = 2, report: @escaping @Sendable (Grader.Progress) -> Void = { _ in }
  ) throws -> Grades {
    let handins = try Handins()
    for (name, text) in texts { try handins.write([exercise.file: text], to: "class/\(name)") }
    let folder = try SubmissionFolder(handins.path("class"), output: handins.path("out"))
    let grader = Grader(folder, seed: 7, tag: "tp6", exercises: [exercise], isIsolated: false, check: check)
    return grader.grade(jobs: jobs, report: report)
  }

  // MARK: Grading

  @Test func oneBrokenSubmissionDoesNotStopTheOthers() throws {
    let progress = Mutex<[Grader.Progress]>([])
    let texts = Dictionary(
      uniqueKeysWithValues: (1...20).map { ("student \($0)", $0 == 7 ? "broken machine" : "fine") })
    let grades = try Self.grade(texts, jobs: 4) { step in progress.withLock { $0.append(step) } }
    #expect(grades.grades.map(\.name) == (1...20).map { "student \($0)" })
    #expect(grades.grades.map(\.passed) == (1...20).map { $0 == 7 ? 0 : 1 })
    #expect(grades.grades[6].problem?(in: .english).contains("no <space> left") == true)
    #expect(progress.withLock { $0.map(\.done) } == Array(1...20))
  }

  @Test func namesAreThoseOfTheFiles() throws {
    let handins = try Handins()
    try handins.run(
      "mkdir class class/ada class/.hidden class/out; touch class/ada.zip class/bob.TAR.GZ class/.zip class/eve.git")
    let folder = try SubmissionFolder(handins.path("class"), output: handins.path("class/out"))
    #expect(folder.entries.map(\.name) == ["ada", "ada.zip", "bob", "eve"])
  }

  @Test func foldersThatAreNoClass() throws {
    let handins = try Handins()
    try handins.write(["Package.swift": ""], to: "one")
    try handins.run("mkdir empty; touch file")
    for (name, words) in [
      ("one", "is one submission"), ("empty", "is empty"), ("file", "folder"), ("no", "no such folder"),
    ] {
      let error = #expect(throws: (any Error).self) { try SubmissionFolder(handins.path(name), output: "out") }
      #expect("\(error!)".contains(words), "\(error!)")
    }
  }

  // MARK: The table

  @Test func noFormulaRuns() throws {
    let names = ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"x\",\"y\")", "＝1", "a \"b\", c"]
    let csv = try Self.grade(Dictionary(uniqueKeysWithValues: names.map { ($0, "fine") })).csv(in: .english)
    #expect(csv.hasPrefix("\u{FEFF}name,passed,task 5,misconceptions,remarks\r\n"))
    let lines = csv.split(separator: "\r\n").dropFirst()
    #expect(lines.count == names.count)
    for line in lines { #expect(line.hasPrefix("\"'") || line.hasPrefix("\"a \"\"b\"\", c\","), "\(line)") }
    #expect(csv.contains("\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\",1,passed,,\r\n"))
  }

  @Test func theTableInFrench() throws {
    let csv = try Self.grade(["Élodie; L": "with the gradient"]).csv(in: .french)
    #expect(
      csv
        == "\u{FEFF}nom;réussies;tâche 5;idées fausses;remarques\r\n\"Élodie; L\";0;idée fausse;5:with-the-gradient;\r\n"
    )
  }

  // MARK: The data

  @Test func theDataForScripts() throws {
    let grades = try Self.grade(["ada": "fine", "bob": "with the gradient", "eve": "broken machine"])
    let data = try #require(try JSONSerialization.jsonObject(with: Data(grades.json().utf8)) as? [String: Any])
    #expect(data["seed"] as? Int == 7)
    let rows = try #require(data["submissions"] as? [[String: Any]])
    #expect(rows.map { $0["name"] as? String } == ["ada", "bob", "eve"])
    let results = try #require(rows[1]["results"] as? [[String: Any]])
    #expect(results[0]["status"] as? String == "misconception")
    #expect(results[0]["misconception"] as? String == "with-the-gradient")
    #expect(rows[2]["problem"] is String)
  }

  // MARK: The page

  @Test func whatStudentsWriteIsNoMarkup() throws {
    let html = try Self.grade(["<img src=x onerror=alert(0)>": "trap"]).html(in: .english)
    #expect(!html.contains("<script") && !html.contains("<img src=x"))
    #expect(html.contains("&lt;script&gt;alert(1)") && html.contains("&lt;script&gt;alert(3)"))
    #expect(html.contains("src=\"data:image/svg+xml;base64,"))
  }

  @Test(arguments: Language.allCases) func theClassSharesAMisconception(language: Language) throws {
    let grades = try Self.grade(["ada": "fine", "bob": "with the gradient", "eve": "with the gradient 2"])
    let html = grades.html(in: language)
    #expect(html.contains(language == .english ? "2 students, task 5" : "2 étudiants, tâche 5"))
    #expect(
      html.contains(
        Self.exercise.misconceptions.first { $0.name == "with-the-gradient" }!.thought(in: language).prose))
    #expect(html.contains("<bdi>bob</bdi>, <bdi>eve</bdi>"))
    #expect(html.contains(language == .english ? "✓</span> passed" : "✓</span> réussie"))
  }

  /// The page does not scroll sideways on a telephone: its table does, in a box of its own.
  @Test(.enabled(if: Browser.path != nil, Browser.reason)) func thePageFitsATelephone() throws {
    let names = ["a-name-that-is-long-and-has-no-space-in-it-at-all-and-goes-on-and-on-to-the-end", "trap"]
    let grades = try Self.grade([names[0]: "with the gradient", names[1]: "trap", "c": "broken machine"])
    struct Sizes: Decodable { let page, box: Int }
    let sizes = try Browser.run(
      """
      Object.assign(document.body.style, { boxSizing: "border-box", width: "390px" });
      return { page: document.body.scrollWidth, box: document.querySelector(".scrolls").clientWidth };
      """, in: grades.html(in: .english), as: Sizes.self)
    #expect(sizes.page <= 390 && sizes.box > 300, "\(sizes)")
  }

  // MARK: Identical texts

  @Test func identicalTexts() throws {
    let stub = Self.exercise.stub(in: .english), french = Self.exercise.stub(in: .french)
    let other = "// Mine!\n" + Self.long.replacing("  ", with: "\t").replacing("// a line", with: "/* b /* c */ */")
    let grades = try Self.grade([
      "ada": Self.long, "bob": other, "cleo": Self.long + "let more = 1", "dan": stub, "eve": french, "fred": "x",
      "gil": "x",
    ])
    #expect(grades.identicalTexts.map(\.names) == [["ada", "bob"]])
    #expect(grades.identicalTexts.map(\.part) == [.everything])
    #expect(grades.html(in: .english).contains("Identical texts"))
  }

  @Test func commentsAndSpacesDoNotCount() {
    for (text, kept) in [
      ("let a = 1 // b", "leta=1"), ("a /* b /* c */ d */ e", "ae"), ("\"a // b\" // c", "\"a // b\""),
      ("\"\"\"\n a \" // b\n\"\"\" c", "\"\"\"\n a \" // b\n\"\"\"c"), ("\"\\\" // a\" b", "\"\\\" // a\"b"),
      ("/* never closed", ""), ("\"never closed", "\"never closed"), ("a/b", "a/b"), ("", ""),
    ] {
      #expect(text.withoutCommentsAndSpaces == kept, "\(text)")
    }
    // Deeper than any stack.
    let deep = String(repeating: "/*", count: 100_000) + String(repeating: "\"\\(", count: 100_000)
    #expect(deep.withoutCommentsAndSpaces.isEmpty)
  }
}

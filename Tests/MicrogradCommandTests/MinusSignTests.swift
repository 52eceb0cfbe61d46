import Testing

/// Expressions that begin with a minus sign are no options.
@Suite struct MinusSignTests {
  /// The values that the argument comes to, and how it is called above the picture.
  static let expressions: [([String], String, title: String)] = [
    (["-log(p)", "p=0.5"], "data 0.6931", "-log(p)"), (["-a^2", "a=2"], "data -4.0000", "-a^2"),
    (["--", "-a^2", "a=2"], "data -4.0000", "-a^2"),
    (["-a*b", "a=2", "b=3"], "data -6.0000", "-a*b"), (["-3"], "data -3.0000", "-3"),
    (["-.5"], "data -0.5000", "-.5"),
    (["--a*b", "a=2", "b=3"], "data 6.0000", "--a*b"), (["--(a)", "a=2"], "data 2.0000", "--(a)"),
    (["---a", "a=2"], "data -2.0000", "---a"), (["- a", "a=2"], "data -2.0000", "- a"),
    (["-pi"], "data -3.1416", "-pi"),
    // Names that are options, alone or in a row, are names here.
    (["-h*2", "h=4"], "data -8.0000", "-h*2"), (["-log(h)", "h=1"], "data 0.0000", "-log(h)"),
    (["-d*l", "d=2", "l=3"], "data -6.0000", "-d*l"), (["-asci", "asci=1"], "data -1.0000", "-asci"),
    (["--langage", "langage=5"], "data 5.0000", "--langage"), (["-x-y", "x=1", "y=1"], "data -2.0000", "-x-y"),
    // Options may stand around it, and have values that begin with a minus sign themselves.
    (["--ascii", "-a", "a=2"], "data -2.0000", "-a"), (["--recorded", "-a", "--ascii", "a=2"], "data -2.0000", "-a"),
    (["--language", "en", "-a", "a=2"], "data -2.0000", "-a"), (["-l", "en", "-a", "a=2"], "data -2.0000", "-a"),
    (["--seed", "-1", "-a", "a=2"], "data -2.0000", "-a"), (["-a", "a=2", "--title=-b"], "data -2.0000", "-b"),
    (["-a", "a=-2"], "data 2.0000", "-a"),
  ]

  @Test(arguments: expressions)
  func expressionsWithAMinusSign(_ arguments: [String], _ numbers: String, _ title: String) throws {
    let outcome = try Program.run(["draw"] + arguments)
    #expect(outcome.status == 0 && outcome.output.hasPrefix(title + "\n"), "\(arguments): \(outcome)")
    #expect(outcome.output.contains(numbers), "\(arguments): got \(outcome.output), expected \(numbers)")
  }

  @Test func stepTakesThemToo() throws {
    let outcome = try Program.run("step", "-log(p)", "p=0.5")
    #expect(outcome.status == 0 && outcome.output.hasPrefix("FORWARD\n1  v1 = log(p) = log(0.5)"), "\(outcome)")
  }

  @Test func valuesOfOptionsMayBeNegative() throws {
    let outcome = try Program.run("draw", "--net", "1,1", "--input", "-1", "--target", "-2")
    #expect(outcome.status == 0 && outcome.output.contains("x1  data -1.0000"), "\(outcome)")
    #expect(outcome.output.contains("target  data -2.0000"), "\(outcome)")
    let several = try Program.run("draw", "--net", "2,1", "--input", "-1,-2")
    #expect(several.status == 0 && several.output.contains("x2  data -2.0000"), "\(several)")
  }

  /// What is meant for an option and misspelt still gets the message that helps.
  @Test(arguments: [
    (["draw", "a", "a=1", "--asci"], "Unknown option '--asci'. Did you mean '--ascii'?"),
    (["draw", "a", "a=1", "-asci"], "Unknown option '-asci'. Did you mean '--ascii'?"),
    (["draw", "a", "a=1", "--formt", "svg"], "Unknown option '--formt'. Did you mean '--format'?"),
    (["draw", "a", "a=1", "--formt=svg"], "Unknown option '--formt'. Did you mean '--format'?"),
    (["step", "a", "a=1", "-x"], "Unknown option '-x'"), (["step", "-x"], "Unknown option '-x'"),
    (["draw", "a", "a=1", "-o"], "Missing value for '-o <file>'"),
    (["draw", "-log(p)"], "“p” has no value; add p=1, or another number\n  -log(p)\n       ^\n"),
    (["draw", "-log(p", "p=1"], "this “(” is never closed\n  -log(p\n      ^\n"),
    (["draw", "-a^2", "a=2", "--step", "-1"], "--step is -1; it must be from 0 to 4."),
    (["data", "-moons"], "Unknown option '-moons'"), (["data", "moons", "-a^2"], "Unknown option '-a^2'"),
  ])
  func mistakes(_ arguments: [String], _ message: String) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.status == 64 && outcome.output.isEmpty, "\(arguments): \(outcome)")
    #expect(outcome.errors.hasPrefix("Error: \(message)"), "\(arguments): \(outcome.errors)")
  }
}

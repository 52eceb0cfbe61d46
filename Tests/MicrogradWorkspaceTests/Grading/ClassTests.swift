#if os(Linux)
  import Foundation
  import Micrograd
  import MicrogradPlatform
  import Testing

  @testable import MicrogradLab
  @testable import MicrogradWorkspace

  /// A class whose submissions are right, wrong in known ways, broken, and hostile, graded at once.
  @Suite struct ClassTests {
    /// The expected row of a submission: the status of task 5, or why there is none.
    enum Expected {
      case status(TaskStatus)
      /// One of several, where it depends on the machine what ends the program first.
      case oneOf([TaskStatus])
      case problem(SubmissionError)
    }

    static let file = "Task05.swift", right = CheckerTests.right
    static let isIsolated =
      (try? makeChecker(isolates: true)).map { if case .bubblewrap = $0.sandbox { true } else { false } } ?? false

    /// Returns the right program, with code that runs in `binary` before it answers.
    private static func evil(_ code: String, outside: String = "") -> String {
      "import Foundation\n\(outside)\n"
        + right.replacing(
          "-> Int { output > 0.5 ? 1 : 0 }", with: "-> Int {\n\(code)\nreturn output > 0.5 ? 1 : 0\n}")
    }

    /// The texts that are handed in as a folder, with what is expected of each.
    private static func texts(port: UInt16, folder: String) -> [String: (text: String, expected: Expected)] {
      let connect = """
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(\(port)).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        _ = withUnsafePointer(to: &address) { pointer in
          pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
          }
        }
        """
      return [
        "right": (right, .status(.passed)),
        "right too": ("// Mine\n" + right, .status(.passed)),
        "=right(1)": (right + "let more = 1\n", .status(.passed)),
        "gradients not zeroed": (right.replacing("  model.zeroGrad()\n", with: ""), .status(.misconception)),
        "with the gradient": (
          right.replacing("parameter.data -=", with: "parameter.data +="), .status(.misconception)
        ),
        "with the gradient too": (
          right.replacing("parameter.data -= rate * parameter.grad", with: "parameter.data += parameter.grad * rate"),
          .status(.misconception)
        ),
        "half included": (right.replacing("output > 0.5", with: "output >= 0.5"), .status(.misconception)),
        "wrong": (right.replacing("output > 0.5", with: "output > 0.7"), .status(.wrong)),
        "stub": (CheckerTests.exercise.stub(in: .french), .status(.notWritten)),
        "not compiling": (right + "\nfunc broken( {", .status(.notCompiling)),
        "another type": (
          right.replacing("func binary(_ output: Double) -> Int", with: "func binary(_ output: String) -> Int")
            .replacing("output > 0.5", with: "output.isEmpty"), .status(.notCompiling)
        ),
        "other arguments": (
          right.replacing("func binary(_ output: Double)", with: "func binary(_ output: Int)")
            .replacing("output > 0.5", with: "output > 0"), .status(.otherArguments)
        ),
        "infinite loop": (evil("while output < 2 {}"), .status(.timeLimit)),
        "endless output": (evil("while output < 2 { print(\"again and again and again\") }"), .status(.outputLimit)),
        "endless sleep": (evil("while output < 2 { sleep(1000) }"), .status(.timeLimit)),
        "exit": (evil("exit(0)"), .status(.exited)),
        "trap": (evil("_ = [1][Int(output * 0) + 3]"), .status(.trapped)),
        "memory": (
          evil("var all: [[Int]] = []\nwhile output < 2 { all.append(Array(repeating: all.count, count: 1 << 20)) }"),
          .oneOf([.trapped, .timeLimit])
        ),
        "fork bomb": (
          evil("while output < 2 { _ = split() }", outside: "@_silgen_name(\"fork\") func split() -> Int32"),
          .status(.timeLimit)
        ),
        "threads": (
          evil("while output < 2 { Thread { while true {} }.start() }"), .oneOf([.trapped, .timeLimit])
        ),
        "kill": (
          evil("kill(getppid(), SIGKILL); kill(-1, SIGKILL)"), .oneOf([.passed, .trapped, .timeLimit, .exited])
        ),
        "writes": (
          evil(
            """
            for path in ["\(folder)/escaped", "../escaped", "../../escaped", "/tmp/escaped-of-class", "/usr/escaped"] {
              FileManager.default.createFile(atPath: path, contents: Data([1]))
            }
            """), .status(.passed)
        ),
        "reads": (
          evil(
            """
            for path in ["\(folder)/class/right/\(file)", "/etc/passwd", "../../../"] {
              print((try? String(contentsOfFile: path, encoding: .utf8)) ?? "nothing")
              print((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
            }
            """), .status(.passed)
        ),
        "socket": (evil(connect), .status(.passed)),
        "fake report": (
          evil(
            """
            print("finished")
            let answers = fopen(CommandLine.arguments[3], "w")
            for _ in 0..<20 { fputs("observation result number 1\\nanswered\\n", answers) }
            fputs("finished\\n", answers)
            fclose(answers)
            exit(0)
            """), .oneOf([.wrong, .misconception])
        ),
        "link for answers": (
          evil("unlink(CommandLine.arguments[3]); symlink(\"/etc/passwd\", CommandLine.arguments[3]); exit(0)"),
          .oneOf([.exited, .noAnswer])
        ),
      ]
    }

    /// Makes the class, and returns what is expected of each submission.
    private static func makeClass(in handins: Handins, port: UInt16) throws -> [String: Expected] {
      var expected: [String: Expected] = [:]
      for (name, (text, outcome)) in texts(port: port, folder: handins.folder) {
        try handins.write([file: text], to: "class/\(name)")
        expected[name] = outcome
      }
      let workspace = [
        "Sources/Gradient/\(file)": right, "Package.swift": "#error(\"x\")", "Sources/Gradient/main.swift": "exit(1)",
      ]
      try handins.write(workspace, to: "class/own main program")
      try handins.write(workspace, to: "class/repository")
      try handins.makeRepository("class/repository")
      try handins.write(workspace, to: "class/no tag")
      try handins.makeRepository("class/no tag", tag: nil)
      try handins.run(
        "cd class && tar -czf archive.tgz 'own main program' && mkdir empty && mkfifo pipe && echo hi > notes.txt")
      try handins.run("cd class && ln -s right link")
      let evil = Member("../../../escaped/\(file)", right), good = Member("tp6/\(file)", right)
      try handins.write(Member.tar([evil, good]), to: "class/leads out.tar")
      try handins.write(Member.zip([evil, good]), to: "class/leads out too.zip")
      try handins.write(Member.zip([evil]), to: "class/only leads out.zip")
      for name in ["own main program", "repository", "archive", "leads out", "leads out too"] {
        expected[name] = .status(.passed)
      }
      expected["no tag"] = .problem(.noTag("tp6"))
      expected["empty"] = .problem(.noTaskFiles)
      expected["only leads out"] = .problem(.noTaskFiles)
      expected["pipe"] = .problem(.notAFile)
      expected["notes.txt"] = .problem(.unknownKind)
      expected["link"] = .problem(.link)
      return expected
    }

    @Test(
      .enabled(if: isIsolated, "programs cannot be isolated here: Bubblewrap is missing, or may not make namespaces"))
    func aClass() throws {
      let handins = try Handins(), listener = try Listener()
      let expected = try Self.makeClass(in: handins, port: listener.port)
      #expect(expected.count >= 30)
      let before = try handins.run("find . | sort")

      let checker = try makeChecker(isolates: true)
      let folder = try SubmissionFolder(handins.path("class"), output: handins.path("out"))
      let grader = Grader(
        folder, seed: 11, tag: "tp6", exercises: [CheckerTests.exercise], isIsolated: true,
        check: { try checker.check($0, exercises: $1, seed: $2) })
      let grades = grader.grade(jobs: 4) { _ in }

      // The table.
      #expect(Set(grades.grades.map(\.name)) == Set(expected.keys))
      for grade in grades.grades {
        let result = grade.results.first,
          told =
            "\(grade.name): \(grade.summary(in: .english)) \(result.map { "\($0.outcome) \($0.printed.prefix(300))" } ?? "")"
        switch try #require(expected[grade.name]) {
        case .status(let status): #expect(result?.status == status, "\(told)")
        case .oneOf(let statuses): #expect(result.map { statuses.contains($0.status) } == true, "\(told)")
        case .problem(let problem): #expect(grade.problem?(in: .english) == problem.message(in: .english), "\(told)")
        }
      }
      let shared = try #require(grades.misconceptions.first)
      #expect(shared.names == ["with the gradient", "with the gradient too"])
      let copied = grades.identicalTexts.first { $0.part == .everything }?.names ?? []
      #expect(Set(copied).isSuperset(of: ["right", "right too", "archive", "repository"]), "\(copied)")

      // Nothing got out.
      #expect(try handins.run("find . | sort") == before)
      for path in ["/tmp/escaped-of-class", "/usr/escaped", "/tmp/escaped", "/escaped"] {
        #expect(!FileManager.default.fileExists(atPath: path), "\(path) was written")
      }
      #expect(!listener.wasCalled, "a program reached the network")
      let read = grades.grades.first { $0.name == "reads" }?.results.first?.printed ?? ""
      #expect(read.contains("nothing") && !read.contains("func update") && !read.contains("root:"), "\(read)")
      #expect(Self.programs(in: checker.scratch.url.path).isEmpty, "programs still run")

      // It is all shown.
      try FileManager.default.createDirectory(atPath: handins.path("out"), withIntermediateDirectories: true)
      let page = try grades.write(to: handins.path("out"), in: .french)
      for name in ["grades.csv", "grades.json", "overview.html"] {
        #expect(FileManager.default.fileExists(atPath: handins.path("out/\(name)")))
      }
      if let kept = ProcessInfo.processInfo.environment["MICROGRAD_KEEP_GRADES"] {
        _ = try grades.write(to: kept, in: .english)
        print("kept \(page) in \(kept)")
      }
    }

    /// The command lines of the programs in a folder that still run.
    private static func programs(in folder: String) -> [String] {
      let folders = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
      return folders.filter { Int($0) != nil }
        .compactMap { try? String(contentsOfFile: "/proc/\($0)/cmdline", encoding: .utf8) }
        .filter { $0.contains(folder) }
    }
  }

  /// A port of this machine that notes whether somebody connects.
  private final class Listener {
    private let file: Int32
    let port: UInt16

    init() throws {
      file = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
      var address = sockaddr_in(), size = socklen_t(MemoryLayout<sockaddr_in>.size)
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = inet_addr("127.0.0.1")
      let file = file
      let status = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(file, $0, size) == 0 && listen(file, 4) == 0 && getsockname(file, $0, &size) == 0
        }
      }
      try #require(status)
      port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(file) }

    var wasCalled: Bool { accept(file, nil, nil) >= 0 }
  }
#endif

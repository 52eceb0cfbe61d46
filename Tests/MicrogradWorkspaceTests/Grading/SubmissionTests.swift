import Foundation
import Micrograd
import MicrogradLab
import Testing

@testable import MicrogradWorkspace

/// All kinds of submissions are read, and none can do or reach anything.
@Suite struct SubmissionTests {
  static let file = "Task05.swift", text = "func binary(_ output: Double) -> Int { 1 }\n"
  static let workspace = [
    "Package.swift": "fatalError()", "README.md": "Hello", "Sources/Gradient/\(file)": text,
    "Sources/Gradient/main.swift": "exit(0)", ".build/Sources/checkout/\(file)": "wrong",
    "backup/deep/er/\(file)": "old",
  ]

  private func expectText(_ submission: Submission, location: SourceLocation = #_sourceLocation) {
    #expect(submission.sources == .success([Self.file: Self.text]), sourceLocation: location)
  }

  private func remarks(_ submission: Submission) -> String {
    submission.remarks.map { $0(in: .english) }.joined(separator: "\n")
  }

  // MARK: Right ones

  @Test func aFolder() throws {
    let handins = try Handins()
    try handins.write(Self.workspace, to: "ada")
    expectText(handins.submission("ada"))
    #expect(handins.submission("ada").remarks.isEmpty)
  }

  @Test func aNotebook() throws {
    let handins = try Handins(), cell = Exercise.all.first { $0.file == Self.file }!.notebookCell
    let notebook = "{\"cells\": [{\"id\": \"\(cell)\", \"source\": [\"let a = 1\\n\", \"let b = 2\"]}]}"
    try handins.write([NotebookSources.file: notebook], to: "ada")
    let written = "import Foundation\nimport Micrograd\n\nlet a = 1\nlet b = 2\n"
    #expect(handins.submission("ada").sources == .success([Self.file: written]))
    try handins.write(["Sources/Gradient/\(Self.file)": Self.text], to: "ada")
    expectText(handins.submission("ada"))
    try handins.write([NotebookSources.file: "{"], to: "bob")
    #expect(handins.submission("bob").sources == .success([:]))
    #expect(remarks(handins.submission("bob")).contains("damaged"))
  }

  @Test func aFolderWithNothingButTheFile() throws {
    let handins = try Handins()
    try handins.write([Self.file: "\u{FEFF}" + Self.text], to: "ada")
    expectText(handins.submission("ada"))
  }

  @Test func foldersInFolders() throws {
    let handins = try Handins()
    try handins.write(Self.workspace, to: "ada/upload/tp6-main")
    try handins.write(["upload/.DS_Store": ""], to: "ada")
    expectText(handins.submission("ada"))
  }

  @Test func anArchiveInAFolder() throws {
    let handins = try Handins()
    try handins.write(Self.workspace, to: "tp6")
    try handins.run("mkdir 'Ada Lovelace_123' && tar -czf 'Ada Lovelace_123/tp6.tar.gz' tp6")
    expectText(handins.submission("Ada Lovelace_123"))
  }

  @Test(arguments: ["tar", "tar.gz", "tar.bz2", "tar.xz"]) func tarArchives(ending: String) throws {
    let options = ["tar": "", "tar.gz": "z", "tar.bz2": "j", "tar.xz": "J"]
    for program in ["gzip", "bzip2", "xz"] where options[ending] != "" && !Handins.has(program) {
      return print("skipped: \(program) is not installed")
    }
    let handins = try Handins()
    try handins.write(Self.workspace, to: "work")
    try handins.run("tar -c\(options[ending] ?? "")f ada.\(ending) work && mv ada.\(ending) ada")
    expectText(handins.submission("ada"))
  }

  /// Names of more than 100 characters are written in three ways.
  @Test(arguments: ["ustar", "pax", "gnu"]) func longNamesInTar(format: String) throws {
    let handins = try Handins()
    let long = (1...4).map { "a-folder-with-a-long-name-\($0)-dé" }.joined(separator: "/")
    try handins.write([Self.file: Self.text], to: "\(long)/Sources/Gradient")
    guard (try? handins.run("tar --format=\(format) -cf ada.tar a-folder*")) != nil else {
      return print("skipped: tar cannot write \(format)")
    }
    expectText(handins.submission("ada.tar"))
  }

  @Test func zipArchives() throws {
    guard Handins.has("zip") else { return print("skipped: zip is not installed") }
    let handins = try Handins()
    try handins.write(Self.workspace, to: "work")
    let padded = Self.text + String(repeating: "// The same line again and again.\n", count: 500)
    try handins.write(["Sources/Gradient/\(Self.file)": padded], to: "work")
    try handins.run("zip -qr ada.zip work")
    #expect(handins.submission("ada.zip").sources == .success([Self.file: padded]))
  }

  /// Zip archives of some programs on Windows have backslashes.
  @Test func backslashesInZip() throws {
    let handins = try Handins()
    try handins.write(Member.zip([Member("tp6\\Sources\\Gradient\\\(Self.file)", Self.text)]), to: "ada.zip")
    expectText(handins.submission("ada.zip"))
  }

  @Test(arguments: [false, true]) func repositories(isBare: Bool) throws {
    let handins = try Handins()
    try handins.write(Self.workspace, to: "ada")
    try handins.makeRepository("ada")
    // What came after the tag was not handed in.
    try handins.write(["Sources/Gradient/\(Self.file)": "later"], to: "ada")
    if isBare { try handins.run("git clone -q --bare ada ada.git && git -C ada.git pack-refs --all") }
    expectText(handins.submission(isBare ? "ada.git" : "ada"))
  }

  @Test func anAnnotatedTagOfAPackedRepository() throws {
    let handins = try Handins()
    try handins.write(Self.workspace, to: "ada")
    try handins.makeRepository("ada", tag: nil)
    try handins.run("cd ada && git -c user.name=A -c user.email=a@b tag -a tp6 -m done && git gc -q")
    expectText(handins.submission("ada"))
  }

  @Test func aRepositoryWithoutTheTag() throws {
    let handins = try Handins()
    try handins.write(Self.workspace, to: "ada")
    try handins.makeRepository("ada", tag: "tp5")
    #expect(handins.submission("ada").sources == .failure(.noTag("tp6")))
    expectText(handins.submission("ada", tag: "tp5"))
  }

  // MARK: Broken ones

  @Test func whatIsNoSubmission() throws {
    let handins = try Handins()
    try handins.run("mkdir empty; echo hello > notes.txt; : > nothing.zip; mkfifo pipe; ln -s notes.txt link")
    try handins.write([Self.file: Self.text], to: "a")
    try handins.run("ln -s a folderlink")
    let expected: [String: SubmissionError] = [
      "empty": .noTaskFiles, "notes.txt": .unknownKind, "nothing.zip": .unknownKind, "pipe": .notAFile, "link": .link,
      "folderlink": .link, "not there": .unreadable,
    ]
    for (name, error) in expected { #expect(handins.submission(name).sources == .failure(error), "\(name)") }
  }

  @Test func damagedArchives() throws {
    let handins = try Handins()
    try handins.write(Self.workspace, to: "work")
    try handins.run("tar -czf whole.tgz work; tar -cf whole.tar work")
    for name in ["whole.tgz", "whole.tar"] {
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: handins.path(name))))
      try handins.write(Array(bytes.prefix(bytes.count / 3)), to: "cut")
      #expect(handins.submission("cut").sources == .failure(.unreadable), "\(name)")
    }
    let zip = Member.zip([Member(Self.file, Self.text)])
    try handins.write(Array(zip.dropLast(30)), to: "cut.zip")
    #expect(handins.submission("cut.zip").sources == .failure(.unreadable))
    try handins.write(Member.zip([Member(Self.file, Self.text)], flags: 1), to: "secret.zip")
    #expect(handins.submission("secret.zip").sources == .failure(.encrypted))
  }

  /// Whatever bytes an archive has, it is an error at most.
  @Test func randomChangesOfArchives() throws {
    let handins = try Handins()
    var generator = SystemRandomNumberGenerator()
    let member = Member("Sources/Gradient/\(Self.file)", Self.text)
    for archive in [Member.zip([member, member]), Member.tar([member])] {
      for _ in 0..<200 {
        var bytes = archive
        for _ in 0..<Int.random(in: 1...8, using: &generator) {
          bytes[.random(in: 4..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
        }
        try handins.write(bytes, to: "ada")
        if case .success(let sources) = handins.submission("ada").sources {
          #expect(sources.keys.allSatisfy { $0 == Self.file })
        }
      }
    }
  }

  @Test func severalFoldersWithTasks() throws {
    let handins = try Handins()
    try handins.write(["one/\(Self.file)": Self.text, "two/\(Self.file)": "x"], to: "ada")
    #expect(handins.submission("ada").sources == .failure(.severalFolders(["one", "two"])))
  }

  @Test func twoMembersOfOneName() throws {
    let handins = try Handins(), twice = [Member(Self.file, Self.text), Member(Self.file, "other")]
    try handins.write(Member.tar(twice), to: "ada.tar")
    try handins.write(Member.zip(twice), to: "ada.zip")
    for name in ["ada.tar", "ada.zip"] {
      #expect(handins.submission(name).sources == .failure(.repeatedFile(Self.file)), "\(name)")
    }
  }

  @Test func whatIsNotText() throws {
    let handins = try Handins()
    try handins.write([0xFF, 0xFE, 0x41], to: "bytes")
    try handins.run("mkdir ada && mv bytes ada/\(Self.file)")
    #expect(handins.submission("ada").sources == .success([:]))
    #expect(remarks(handins.submission("ada")).contains("UTF-8"))
  }

  // MARK: Hostile ones

  @Test func namesThatLeadOut() throws {
    let handins = try Handins()
    let members = [
      Member("../evil/\(Self.file)", "evil"), Member("/tmp/\(Self.file)", "evil"),
      Member("Sources/../../\(Self.file)", "evil"),
      Member("tp6/\(Self.file)", Self.text),
    ]
    try handins.write(Member.tar(members), to: "ada.tar")
    try handins.write(Member.zip(members), to: "ada.zip")
    let before = try handins.run("find . | sort")
    for name in ["ada.tar", "ada.zip"] {
      let submission = handins.submission(name)
      expectText(submission)
      #expect(remarks(submission).contains("../evil/\(Self.file)") && remarks(submission).contains("(3)"), "\(name)")
    }
    #expect(try handins.run("find . | sort") == before)
  }

  @Test func links() throws {
    let handins = try Handins(), secret = handins.path("secret.swift")
    try handins.write(["secret.swift": "let exam = 42"])
    try handins.write(Member.tar([Member(Self.file, secret, isLink: true)]), to: "ada.tar")
    try handins.write(Member.zip([Member(Self.file, secret, isLink: true)]), to: "ada.zip")
    try handins.run("mkdir ada && ln -s ../secret.swift ada/\(Self.file)")
    try handins.run("mkdir repository && ln -s ../secret.swift repository/\(Self.file)")
    try handins.makeRepository("repository")
    for name in ["ada", "ada.tar", "ada.zip", "repository"] {
      let submission = handins.submission(name)
      #expect(submission.sources == .success([:]), "\(name)")
      #expect(remarks(submission).contains("link"), "\(name)")
    }
    // A folder that is a link is not entered, be it one that leads back.
    try handins.run("mkdir eve && ln -s ../ada eve/Sources && ln -s . eve/again && cp secret.swift eve/\(Self.file)")
    #expect(handins.submission("eve").sources == .success([Self.file: "let exam = 42"]))
  }

  @Test func aPipeInAFolder() throws {
    let handins = try Handins()
    try handins.run("mkdir ada && mkfifo ada/\(Self.file)")
    #expect(handins.submission("ada").sources == .success([:]))
  }

  @Test func aFileOfTenGigabytes() throws {
    let handins = try Handins()
    try handins.run("mkdir ada && dd if=/dev/zero of=ada/\(Self.file) bs=1 count=1 seek=10737418240 2>/dev/null")
    #expect(handins.submission("ada").sources == .success([:]))
    #expect(remarks(handins.submission("ada")).contains("too large"))
    try handins.makeRepositoryOfLargeFile()
    #expect(remarks(handins.submission("large")).contains("too large"))
  }

  /// A small archive of much is read up to a limit, or its large file is passed over.
  @Test func bombs() throws {
    let handins = try Handins()
    try handins.run("mkdir ada && dd if=/dev/zero of=ada/\(Self.file) bs=1048576 count=40 2>/dev/null")
    try handins.run("tar -czf ada.tgz ada")
    #expect(remarks(handins.submission("ada.tgz")).contains("too large"))
    // The table says that it is small.
    var bomb = Member.zip([Member(Self.file, "")])
    if Handins.has("zip") {
      try handins.run("zip -q ada.zip ada/\(Self.file)")
      #expect(remarks(handins.submission("ada.zip")).contains("too large"))
      bomb = [UInt8](try Data(contentsOf: URL(filePath: handins.path("ada.zip"))))
      let table = try #require((0..<bomb.count - 4).last { Array(bomb[$0..<$0 + 4]) == [0x50, 0x4B, 1, 2] })
      bomb.replaceSubrange(table + 24..<table + 28, with: [0, 1, 0, 0])
      try handins.write(bomb, to: "lie.zip")
      #expect(handins.submission("lie.zip").sources == .success([:]))
    }
  }

  /// Nothing that a foreign repository names is run: hooks, filters, monitors, commands of remotes.
  @Test func aHostileRepository() throws {
    let handins = try Handins(), marker = handins.path("ran")
    try handins.write(Self.workspace, to: "ada")
    try handins.write(
      [".gitattributes": "*.swift filter=evil diff=evil\n"], to: "ada")
    try handins.makeRepository("ada")
    let command = "touch \(marker)"
    try handins.write(
      [
        "config": """
        [core]
          repositoryformatversion = 1
          fsmonitor = \(command)
          hooksPath = \(handins.path("ada/.git/hooks"))
          sshCommand = \(command)
          pager = \(command)
          editor = \(command)
          gitProxy = \(command)
          alternateRefsCommand = \(command)
        [filter "evil"]
          smudge = \(command)
          clean = \(command)
          process = \(command)
          required = true
        [diff "evil"]
          textconv = \(command)
          command = \(command)
        [protocol]
          allow = always
        [protocol "ext"]
          allow = always
        [remote "origin"]
          url = ext::\(command)
          promisor = true
          partialclonefilter = blob:none
          uploadpack = \(command)
        [extensions]
          partialClone = origin
        [include]
          path = \(handins.path("ada/.git/more"))
        """,
        "more": "[alias]\n  ls-tree = !\(command)\n  cat-file = !\(command)\n",
        "info/attributes": "*.swift filter=evil\n",
      ], to: "ada/.git")
    try handins.run(
      """
      for hook in post-checkout pre-commit reference-transaction fsmonitor-watchman post-index-change pre-auto-gc; do
        printf '#!/bin/sh\\ntouch \(marker)\\n' > ada/.git/hooks/$hook; chmod +x ada/.git/hooks/$hook
      done
      """)
    expectText(handins.submission("ada"))
    // An object that is missing is not fetched.
    let blob = try handins.run("git -C ada hash-object --no-filters Sources/Gradient/\(Self.file)").split(
      separator: "\n")[0]
    try handins.run("rm -f 'ada/.git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))'; rm -f '\(marker)'")
    #expect(remarks(handins.submission("ada")).contains("damaged"))
    #expect(!FileManager.default.fileExists(atPath: marker), "a command of the repository was run")
  }

  /// Nobody hands in what lies in another repository.
  @Test func repositoriesThatBorrow() throws {
    let handins = try Handins()
    try handins.write(Self.workspace, to: "ada")
    try handins.makeRepository("ada")
    try handins.run("git clone -q --shared ada eve; git -C eve tag -f tp6 >/dev/null")
    try handins.run("mkdir fred && echo 'gitdir: ../ada/.git' > fred/.git")
    try handins.run("mkdir gil && ln -s ../ada/.git gil/.git")
    try handins.run("cp -r ada hal && rm -rf hal/.git/objects && ln -s ../../ada/.git/objects hal/.git/objects")
    for name in ["eve", "fred", "gil", "hal"] {
      #expect(handins.submission(name).sources == .failure(.borrowingRepository), "\(name)")
    }
  }
}

extension Handins {
  /// Makes a repository with a file of a task that has 3 MB.
  func makeRepositoryOfLargeFile() throws {
    try run("mkdir large && dd if=/dev/zero of=large/\(SubmissionTests.file) bs=1048576 count=3 2>/dev/null")
    try makeRepository("large")
  }
}

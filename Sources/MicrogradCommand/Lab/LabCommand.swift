import ArgumentParser

struct LabCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lab",
    abstract: "Run the ten tasks of the practical, or do them yourself.",
    discussion: """
      Without a subcommand, it runs the tasks as they are when they are done. To do them yourself, begin with `init`.

      Examples:
        micrograd lab                 all tasks; open micrograd-lab/report.html then
        micrograd lab --task 3        one task; `lab run --help` has the options
        micrograd lab init            a folder with the tasks, to be done

      In that folder, `micrograd lab check` says what is done, and what is behind wrong answers.
      """,
    subcommands: [
      LabRunCommand.self, InitCommand.self, CheckCommand.self, HintCommand.self, ShowCommand.self, ResetCommand.self,
      CompareCommand.self, GradeCommand.self, VerifyCommand.self,
    ],
    defaultSubcommand: LabRunCommand.self)
}

import Micrograd

/// A reason why a submission could not be read.
enum SubmissionError: Error, Equatable {
  /// It is a link.
  case link
  /// It is a device, a pipe or a socket.
  case notAFile
  /// It is a file, but no archive.
  case unknownKind
  /// It is damaged, or access is denied.
  case unreadable
  /// It is an archive with a password.
  case encrypted
  /// There is more of it than ``ReadingLimits`` allows.
  case tooLarge
  /// Reading took longer than ``ReadingLimits`` allows.
  case tooSlow
  /// There is no file of a task in it.
  case noTaskFiles
  /// There are files of tasks in several folders of the same depth.
  case severalFolders([String])
  /// An archive has two files of this path.
  case repeatedFile(String)
  /// A Git repository has no such tag.
  case noTag(String)
  /// A Git repository uses objects from elsewhere.
  case borrowingRepository
  /// A program that is needed to read it is not installed.
  case toolMissing(String)

  /// The reason, and the way to mend it.
  var message: Localized {
    switch self {
    case .link:
      Localized(
        en: "It is a link. Links are not followed: put the submission itself into the folder.",
        fr: "C'est un lien. Les liens ne sont pas suivis : placez le rendu lui-même dans le dossier.")
    case .notAFile:
      Localized(en: "It is neither a file nor a folder.", fr: "Ce n'est ni un fichier ni un dossier.")
    case .unknownKind:
      Localized(
        en: """
          It is no submission: neither a folder, nor a Git repository, nor an archive (zip, tar, tar.gz, tar.xz, tar.bz2).
          """,
        fr: "Ce n'est pas un rendu : ni dossier, ni dépôt Git, ni archive (zip, tar, tar.gz, tar.xz, tar.bz2).")
    case .unreadable:
      Localized(
        en: "It cannot be read: it is damaged, or access to it is denied.",
        fr: "Il ne peut pas être lu : il est endommagé, ou l'accès est refusé.")
    case .encrypted:
      Localized(
        en: "The archive has a password. Ask for one without.",
        fr: "L'archive a un mot de passe. Demandez-en une sans.")
    case .tooLarge:
      Localized(
        en: "It is too large. Ask for the sources without the folder .build.",
        fr: "Il est trop volumineux. Demandez les sources sans le dossier .build.")
    case .tooSlow:
      Localized(
        en: "Reading it took longer than \(ReadingLimits.seconds) seconds.",
        fr: "Sa lecture a pris plus de \(ReadingLimits.seconds) secondes.")
    case .noTaskFiles:
      Localized(
        en: "No file in it is named like a task's, such as Task01.swift.",
        fr: "Aucun fichier n'y porte le nom d'une tâche, comme Task01.swift.")
    case .severalFolders(let folders):
      Localized(
        en:
          "Several folders hold files of tasks, and it is not clear which to grade: \(folders.joined(separator: ", ")).",
        fr: "Plusieurs dossiers contiennent des tâches, sans dire lequel noter : \(folders.joined(separator: ", ")).")
    case .repeatedFile(let path):
      Localized(
        en: "The archive has two files named \(path).", fr: "L'archive contient deux fichiers nommés \(path).")
    case .noTag(let tag):
      Localized(
        en: "The repository has no tag \(tag): nothing was handed in.",
        fr: "Le dépôt n'a pas d'étiquette \(tag) : rien n'a été rendu.")
    case .borrowingRepository:
      Localized(
        en: "The repository borrows its content from a place outside of it. Clone it again.",
        fr: "Le dépôt emprunte son contenu à un endroit extérieur. Clonez-le à nouveau.")
    case .toolMissing(let tool):
      Localized(
        en: "The program \(tool), which reads it, is not installed.",
        fr: "Le programme \(tool), qui permet de le lire, n'est pas installé.")
    }
  }
}

/// The limits of reading a submission.
enum ReadingLimits {
  /// The bytes of a task's file.
  static let fileBytes = 256 << 10
  /// The bytes of any file that is read: a notebook holds the pictures that it has shown.
  static let memberBytes = 16 << 20
  /// The bytes of all members of an archive, unpacked, or of a list of members.
  static let totalBytes = 1 << 30
  /// The files and folders of a folder, and the files of tasks in a submission.
  static let (entries, taskFiles) = (100_000, 200)
  /// The folders that a file may lie in.
  static let depth = 32
  /// The time.
  static let seconds = 60
}

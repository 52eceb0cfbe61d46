import MicrogradData
import MicrogradJSON
import MicrogradLanguage

/// The origin of the samples: a data set of the library, or points of the user's own.
enum PlaygroundDataKind: Sendable, Equatable {
  case classes(DatasetKind)
  case numbers(RegressionKind)
  case points

  /// The kind that a task begins with.
  static func standard(of task: PlaygroundTask) -> Self {
    task == .classification ? .classes(.moons) : .numbers(.plane)
  }

  /// Whether a task can have it.
  func suits(_ task: PlaygroundTask) -> Bool { self.task == nil || self.task == task }

  /// The task that it is for; nil: both.
  var task: PlaygroundTask? {
    switch self {
    case .classes: .classification
    case .numbers: .regression
    case .points: nil
    }
  }

  /// A noise with which the shape is blurred, but still easy to recognise. The centers of blobs lie at a distance of 1 from
  /// the origin here, not at one of 10 as in the library's kind.
  var noise: Double {
    switch self {
    case .classes(.blobs): 0.2
    case .classes(let kind): kind.defaultNoise
    case .numbers(let kind): kind.defaultNoise
    case .points: 0
    }
  }

  /// Whether there can be more than two classes.
  var hasClassCount: Bool {
    switch self {
    case .classes(.blobs), .classes(.spirals), .points: true
    case .classes, .numbers: false
    }
  }
}

extension PlaygroundDataKind: PlaygroundChoice {
  static var all: [Self] {
    DatasetKind.allCases.map { .classes($0) } + RegressionKind.allCases.map { .numbers($0) } + [.points]
  }

  var identifier: String {
    switch self {
    case .classes(let kind): kind.rawValue
    case .numbers(let kind): kind.rawValue
    case .points: "points"
    }
  }

  var words: Localized {
    switch self {
    case .classes(.moons): Localized(en: "moons", fr: "lunes")
    case .classes(.circles): Localized(en: "circles", fr: "cercles")
    case .classes(.blobs): Localized(en: "blobs", fr: "amas")
    case .classes(.xor): Localized(en: "XOR", fr: "XOR")
    case .classes(.spirals): Localized(en: "spirals", fr: "spirales")
    case .numbers(.plane): Localized(en: "plane", fr: "plan")
    case .numbers(.waves): Localized(en: "waves", fr: "vagues")
    case .points: Localized(en: "my own points", fr: "mes propres points")
    }
  }

  var properties: [(String, JSON)] {
    [
      ("task", task.map { .text($0.rawValue) } ?? .null), ("noise", .number(noise)),
      ("classCount", .boolean(hasClassCount)),
    ]
  }
}

import Micrograd

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The documents and the initial weights that everybody starts with.
struct Problem {
  /// Tokens, with the boundary token at both ends, cut off where the context ends.
  let documents: [[Int]]
  /// The matrices of the model one after the other, row by row, as microgpt draws them.
  let weights: [Double]

  /// The number of documents of a pass: eight batches of 32, two of 128.
  static let documentCount = 256

  /// The documents of a file, one a line, in the order and with the weights that microgpt draws from this seed.
  init(lines: [String], seed: Int) throws(UsageError) {
    var documents = lines, random = PythonRandom(seed: seed)
    random.shuffle(&documents)
    guard documents.count >= Problem.documentCount else {
      throw UsageError(message: "\(documents.count) documents; it takes at least \(Problem.documentCount)")
    }
    self.documents = try documents.prefix(Problem.documentCount).map(Problem.tokens)
    weights = Problem.drawWeights(&random)
  }

  /// Invented documents, as long as makemore's names are: each 32 have the lengths of 32 quantiles of those.
  init(seed: Int) {
    var random = PythonRandom(seed: seed), documents: [[Int]] = []
    let lengths = [3, 9, 10] + [4, 4, 4, 8, 8, 8] + [5, 5, 5, 5, 5, 5, 5] + Array(repeating: 7, count: 7)
    while documents.count < Problem.documentCount {
      var batch = lengths + Array(repeating: 6, count: 9)
      random.shuffle(&batch)
      documents += batch.map { length in
        let letters = (0..<length).map { Problem.letter(isVowel: $0 % 2 == 1, &random) }
        return [Sizes.boundary] + letters + [Sizes.boundary]
      }
    }
    self.documents = documents
    weights = Problem.drawWeights(&random)
  }

  private static func letter(isVowel: Bool, _ random: inout PythonRandom) -> Int {
    let vowels = [0, 4, 8, 14, 20]
    return isVowel ? random.choice(vowels) : random.randrange(Sizes.boundary)
  }

  private static func drawWeights(_ random: inout PythonRandom) -> [Double] {
    (0..<Sizes.parameters).map { _ in random.gauss(mean: 0, standardDeviation: 0.08) }
  }

  private static func tokens(_ line: String) throws(UsageError) -> [Int] {
    var tokens = [Sizes.boundary]
    for scalar in line.unicodeScalars {
      guard scalar >= "a" && scalar <= "z" else {
        throw UsageError(message: "\"\(line)\": names of this benchmark consist of the letters a to z")
      }
      tokens.append(Int(scalar.value - 97))
    }
    return Array((tokens + [Sizes.boundary]).prefix(Sizes.context + 1))
  }
}

/// The sizes of microgpt.
enum Sizes {
  static let vocabulary = 27, boundary = 26, width = 16, heads = 4, context = 16, hidden = 64
  static let parameters = (2 * vocabulary + context + 4 * width + 2 * hidden) * width
}

// MARK: - Files

extension Problem {
  /// Writes `weights`, numbers of 8 bytes, and `documents`, a line of tokens for each, for the peers.
  func write(to folder: String) throws(UsageError) {
    let text = documents.map { $0.map(String.init).joined(separator: " ") + "\n" }.joined()
    try save(Array(text.utf8), folder + "/documents")
    try save(weights, folder + "/weights")
  }
}

private func save<Element>(_ elements: [Element], _ path: String) throws(UsageError) {
  guard let file = fopen(path, "wb") else { throw UsageError(message: "cannot write \(path)") }
  let written = elements.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
  let isClosed = fclose(file) == 0
  guard written == elements.count * MemoryLayout<Element>.stride && isClosed else {
    throw UsageError(message: "cannot write all of \(path)")
  }
}

/// The lines of a file that are not empty, without spaces around them.
func lines(of path: String) throws(UsageError) -> [String] {
  guard let file = fopen(path, "rb") else { throw UsageError(message: "cannot read \(path)") }
  defer { fclose(file) }
  var bytes: [UInt8] = [], buffer = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
  return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    .map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
}

import MicrogradRequirement

/// The characters of some documents as tokens, and one token more for the boundary of a document.
///
/// ```swift
/// let vocabulary = Vocabulary(of: ["anna", "ben"])
/// vocabulary.text             // "aben"
/// vocabulary.boundary         // 4
/// try vocabulary.tokens("ab") // [4, 0, 1, 4]
/// ```
///
/// Characters are Unicode scalars in the order of their numbers, as in Python's `sorted(set(text))`.
public struct Vocabulary: Sendable, Equatable {
  /// The characters, each the one of the token that is its index.
  public let characters: [Unicode.Scalar]
  private let tokens: [Unicode.Scalar: Int]

  /// Creates the vocabulary of all characters of some documents.
  public init(of documents: some Sequence<String>) {
    self.init(Set(documents.lazy.flatMap(\.unicodeScalars)).sorted())!
  }

  /// Creates a vocabulary of these characters; nil if one is there twice.
  public init?(_ characters: [Unicode.Scalar]) {
    self.characters = characters
    tokens = Dictionary(zip(characters, characters.indices)) { first, _ in first }
    if tokens.count < characters.count { return nil }
  }

  /// The token at the beginning and the end of each document.
  public var boundary: Int { characters.count }
  /// The number of tokens, with the boundary.
  public var count: Int { characters.count + 1 }
  /// The characters as a text.
  public var text: String { String(characters) }

  /// Returns the tokens of a document, with the boundary before and after.
  ///
  /// - Throws: ``TextError`` if a character is not in the vocabulary.
  public func tokens(_ document: String) throws(TextError) -> [Int] {
    try prompt(document) + [boundary]
  }

  /// The tokens of each document, of which there must be one.
  func tokens(of documents: [String]) throws(TextError) -> [[Int]] {
    if documents.isEmpty { throw .noDocuments }
    var all: [[Int]] = []
    for document in documents { all.append(try tokens(document)) }
    return all
  }

  /// Returns the tokens of the beginning of a document: the boundary, and the characters.
  ///
  /// - Throws: ``TextError`` if a character is not in the vocabulary.
  public func prompt(_ beginning: String) throws(TextError) -> [Int] {
    var result = [boundary]
    for character in beginning.unicodeScalars {
      guard let token = tokens[character] else { throw .unknownCharacter(character, in: beginning, known: text) }
      result.append(token)
    }
    return result
  }

  /// Returns the text of tokens. The boundary has none.
  ///
  /// - Precondition: All tokens are in the vocabulary.
  public func text(of tokens: some Sequence<Int>) -> String {
    String(tokens.lazy.filter { $0 != boundary }.map { characters[$0] })
  }
}

extension String {
  fileprivate init(_ characters: some Sequence<Unicode.Scalar>) {
    self = ""
    unicodeScalars.append(contentsOf: characters)
  }
}

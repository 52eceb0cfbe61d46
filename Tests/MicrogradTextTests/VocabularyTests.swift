import MicrogradText
import Testing

@Suite struct VocabularyTests {
  @Test func charactersAreScalarsInTheOrderOfTheirNumbers() throws {
    let vocabulary = Vocabulary(of: ["zoé", "ba", "e\u{301}"])
    #expect(vocabulary.characters == ["a", "b", "e", "o", "z", "é", "\u{301}"], "\(vocabulary.characters)")
    #expect(vocabulary.count == 8 && vocabulary.boundary == 7)
  }

  @Test func tokensAndTextsAreInverse() throws {
    let vocabulary = Vocabulary(of: ["anna", "ben"])
    #expect(vocabulary.text == "aben")
    #expect(try vocabulary.tokens("nab") == [4, 3, 0, 1, 4])
    #expect(try vocabulary.prompt("nab") == [4, 3, 0, 1])
    #expect(try vocabulary.tokens("") == [4, 4])
    #expect(vocabulary.text(of: [4, 3, 0, 1, 4]) == "nab")
  }

  @Test func unknownCharactersAreNamed() throws {
    let vocabulary = Vocabulary(of: ["anna"])
    #expect(throws: TextError.unknownCharacter("b", in: "ab", known: "an")) { try vocabulary.tokens("ab") }
    let message = "\(TextError.unknownCharacter("b", in: "ab", known: "an"))"
    #expect(message == #""ab" has the character "b", which the model has never seen; it knows "an""#, "\(message)")
  }

  @Test func charactersDiffer() {
    #expect(Vocabulary(["a", "b", "a"]) == nil)
    #expect(Vocabulary(["b", "a"])?.text == "ba")
  }
}

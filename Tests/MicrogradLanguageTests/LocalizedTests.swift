import MicrogradLanguage
import Testing

@Suite struct LocalizedTests {
  @Test(arguments: [
    (0, "0 échantillon"), (1, "1 échantillon"), (2, "2 échantillons"), (12_345, "12\u{202F}345 échantillons"),
  ])
  func frenchCounts(count: Int, expected: String) {
    #expect(Localized.counted(count, en: "sample", fr: "échantillon")(in: .french) == expected)
    #expect(Localized.counted(count, en: "row", fr: "autre ligne")(in: .french).hasSuffix("s") == (count > 1))
  }
}

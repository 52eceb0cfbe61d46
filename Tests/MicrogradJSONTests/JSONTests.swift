import Testing

@testable import MicrogradJSON

@Suite struct JSONTests {
  @Test func writesWhatAParserReads() {
    #expect(JSON.text("a<b>&\"\\\n\u{2028}é🧠").description == "\"a\\u003cb\\u003e\\u0026\\\"\\\\\\n\\u2028é🧠\"")
    #expect(
      JSON.array([.number(.nan), .number(0.1), .null, .boolean(true)]).description == "[\"nan\",0.1,null,true]")
    let nested = JSON.object([("a", .array([.integer(1), .object([])])), ("b", .array([]))])
    #expect(nested.description == "{\"a\":[1,{}],\"b\":[]}")
    #expect(
      nested.indented() == """
        {
          "a": [
            1,
            {}
          ],
          "b": []
        }

        """)
  }
}

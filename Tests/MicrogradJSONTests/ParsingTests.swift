import Testing

@testable import MicrogradJSON

@Suite struct ParsingTests {
  /// The examples of RFC 8259, section 13.
  @Test func examplesOfTheStandard() throws {
    let image = try JSON(
      parsing: """
        {
          "Image": {
              "Width":  800,
              "Height": 600,
              "Title":  "View from 15th Floor",
              "Thumbnail": {
                  "Url":    "http://www.example.com/image/481989943",
                  "Height": 125,
                  "Width":  100
              },
              "Animated" : false,
              "IDs": [116, 943, 234, 38793]
            }
        }
        """)
    #expect(image["Image"]?["Thumbnail"]?["Height"]?.integer == 125)
    #expect(image["Image"]?["Title"]?.text == "View from 15th Floor")
    #expect(image["Image"]?["IDs"]?.array?.map(\.integer) == [116, 943, 234, 38793])
    #expect(image["Image"]?.object?.map(\.0) == ["Width", "Height", "Title", "Thumbnail", "Animated", "IDs"])

    let places = try JSON(
      parsing: #"[{"precision": "zip", "Latitude": 37.7668, "Longitude": -122.3959}, {"City": "SUNNYVALE"}]"#)
    #expect(places.array?[0]["Longitude"]?.number == -122.3959)
    #expect(places.array?[1]["City"]?.text == "SUNNYVALE")

    #expect(try JSON(parsing: #""Hello world!""#).text == "Hello world!")
    #expect(try JSON(parsing: "42").integer == 42)
    #expect(try JSON(parsing: "true").description == "true")
  }

  /// Text, and how the value is written.
  @Test(arguments: [
    ("0", "0"), ("-0", "-0.0"), ("-0.0", "-0.0"), ("2.0", "2.0"), ("1E+2", "100.0"), ("1e-2", "0.01"),
    ("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808"),
    ("9223372036854775808", "9.223372036854776e+18"), ("5e-324", "5e-324"), ("1e-400", "0.0"),
    ("1.7976931348623157e308", "1.7976931348623157e+308"), ("0.1", "0.1"), ("0e0", "0.0"),
    (" \t\r\nnull ", "null"), ("[ ]", "[]"), ("{ }", "{}"), (#"{"":[{"a":[]},false]}"#, #"{"":[{"a":[]},false]}"#),
    (#""\"\\\/\b\f\n\r\t""#, #""\"\\/\u0008\u000c\n\u000d\u0009""#),
    (#""\u0041\u00e9\u20AC\ud834\udd1e""#, "\"Aé€𝄞\""), (#""\u0000""#, #""\u0000""#), (#""\uFFFF""#, "\"\u{FFFF}\""),
    ("\"\u{7F}\u{2028}é\"", "\"\u{7F}\\u2028é\""),
  ]) func reads(text: String, written: String) throws {
    let got = try JSON(parsing: text).description
    #expect(got.unicodeScalars.elementsEqual(written.unicodeScalars), "\(text): got \(got), expected \(written)")
  }

  /// Text, the offset of the mistake, and its message.
  @Test(arguments: [
    ("", 0, "line 1, column 1: expected a value, found the end of the text"),
    (" ", 1, "line 1, column 2: expected a value, found the end of the text"),
    ("nul", 0, "line 1, column 1: expected a value, found “n”"),
    ("True", 0, "line 1, column 1: expected a value, found “T”"),
    ("NaN", 0, "line 1, column 1: expected a value, found “N”"),
    ("'a'", 0, "line 1, column 1: expected a value, found “'”"),
    ("\u{FEFF}1", 0, "line 1, column 1: expected a value, found the byte 0xEF"),
    ("1 2", 2, "line 1, column 3: expected the end of the document, found “2”"),
    ("nulll", 4, "line 1, column 5: expected the end of the document, found “l”"),
    ("[1,\n 2 x", 7, "line 2, column 4: expected a comma or the end of the array, found “x”"),
    ("[1,]", 3, "line 1, column 4: expected a value, found “]”"),
    ("[", 1, "line 1, column 2: expected a value, found the end of the text"),
    ("[1}", 2, "line 1, column 3: expected a comma or the end of the array, found “}”"),
    ("[/* */]", 1, "line 1, column 2: expected a value, found “/”"),
    ("{", 1, "line 1, column 2: expected the name of a member, in quotes, found the end of the text"),
    ("{a:1}", 1, "line 1, column 2: expected the name of a member, in quotes, found “a”"),
    ("{\"a\":1,}", 7, "line 1, column 8: expected the name of a member, in quotes, found “}”"),
    ("{\"a\" 1}", 5, "line 1, column 6: expected a colon, found “1”"),
    ("{\"a\":}", 5, "line 1, column 6: expected a value, found “}”"),
    ("{\"a\":1 \"b\":2}", 7, "line 1, column 8: expected a comma or the end of the object, found “\"”"),
    ("{\"a\":1,\"b\":2,\"\\u0061\":3}", 13, "line 1, column 14: the object has two members of this name"),
    ("{\"\u{E9}\":1,\"e\u{301}\":2}", 8, "line 1, column 8: the object has two members of this name"),
    ("01", 0, "line 1, column 1: a number does not begin with 0, unless a point follows"),
    ("-01", 1, "line 1, column 2: a number does not begin with 0, unless a point follows"),
    ("-", 1, "line 1, column 2: expected a digit, found the end of the text"),
    ("+1", 0, "line 1, column 1: expected a value, found “+”"),
    (".5", 0, "line 1, column 1: expected a value, found “.”"),
    ("1.", 2, "line 1, column 3: expected a digit, found the end of the text"),
    ("1.e5", 2, "line 1, column 3: expected a digit, found “e”"),
    ("1e", 2, "line 1, column 3: expected a digit, found the end of the text"),
    ("1e+-1", 3, "line 1, column 4: expected a digit, found “-”"),
    ("-x", 1, "line 1, column 2: expected a digit, found “x”"),
    ("0x10", 1, "line 1, column 2: expected the end of the document, found “x”"),
    ("[1e999]", 1, "line 1, column 2: the number is too large; the largest is 1.79e308"),
    ("-1e309", 0, "line 1, column 1: the number is too large; the largest is 1.79e308"),
    ("1e99999999999999999999999", 0, "line 1, column 1: the number is too large; the largest is 1.79e308"),
    ("[\"abc", 1, "line 1, column 2: the string is never closed"),
    ("\"\\\"", 0, "line 1, column 1: the string is never closed"),
    (
      "\"é\n\"", 3,
      "line 1, column 3: a control character in a string is written as an escape, such as \\n or \\u0000"
    ),
    ("\"\\a\"", 2, "line 1, column 3: expected one of \"\\/bfnrtu after a backslash, found “a”"),
    ("\"\\", 2, "line 1, column 3: expected one of \"\\/bfnrtu after a backslash, found the end of the text"),
    ("\"\\u12G4\"", 5, "line 1, column 6: expected a hexadecimal digit, found “G”"),
    ("\"\\u12", 5, "line 1, column 6: expected a hexadecimal digit, found the end of the text"),
    ("\"a\\ud834\"", 2, "line 1, column 3: the escape is half of a surrogate pair"),
    ("\"\\ud834\\n\"", 1, "line 1, column 2: the escape is half of a surrogate pair"),
    ("\"\\ud834\\ud834\"", 1, "line 1, column 2: the escape is half of a surrogate pair"),
    ("\"\\udd1e\\ud834\"", 1, "line 1, column 2: the escape is half of a surrogate pair"),
    ("\"\\ud834\\u\"", 9, "line 1, column 10: expected a hexadecimal digit, found “\"”"),
  ]) func refuses(text: String, offset: Int, message: String) throws {
    let error = try #require(throws: JSONError.self, "\(text)") { try JSON(parsing: text) }
    #expect(error.description == message, "for \(text.debugDescription)")
    #expect(error.offset == offset, "for \(text.debugDescription)")
  }

  /// Bytes that are no UTF-8: a stray continuation, a cut sequence, an overlong slash, a surrogate, beyond U+10FFFF, Latin-1.
  @Test(
    arguments: [
      [0x80], [0xC3], [0xE2, 0x82], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE9, 0x74],
    ] as [[UInt8]]) func refusesBytesThatAreNoText(bytes: [UInt8]) throws
  {
    let quote = UInt8(ascii: "\"")
    let error = try #require(throws: JSONError.self, "\(bytes)") {
      try JSON(parsing: [0x20, quote] + bytes + [quote])
    }
    #expect(error.description == "line 1, column 2: the string is not text in UTF-8", "for \(bytes)")
    #expect(throws: JSONError.self, "\(bytes)") { try JSON(parsing: bytes) }
  }

  @Test func nestsToALimit() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(try JSON(parsing: nested(JSON.nestingLimit)).description == nested(JSON.nestingLimit))
    for text in [nested(JSON.nestingLimit + 1), String(repeating: "[", count: 1_000_000)] {
      let error = try #require(throws: JSONError.self) { try JSON(parsing: text) }
      #expect(error.description == "line 1, column 65: more than 64 arrays and objects stand in each other")
    }
    let objects = String(repeating: #"{"a":"#, count: 1_000_000)
    #expect(throws: JSONError.self) { try JSON(parsing: objects) }
    // The depth counts what is open, not what has been.
    #expect(try JSON(parsing: "[" + String(repeating: "[],", count: 100) + "{}]").array?.count == 101)
  }

  @Test func readsLongDocuments() throws {
    let count = 100_000
    let digits = String(repeating: "7", count: count)
    #expect(try JSON(parsing: "0." + digits).number == 7.0 / 9)
    #expect(throws: JSONError.self) { try JSON(parsing: digits) }
    #expect(try JSON(parsing: "0.\(String(repeating: "0", count: count))1e\(count + 1)").number == 1)
    #expect(try JSON(parsing: "\"\(digits)\"").text == digits)
    #expect(try JSON(parsing: JSON.integers(0..<count).description).array?.last?.integer == count - 1)
    let members = (0..<count).map { ("\($0)", JSON.integer($0)) }
    #expect(try JSON(parsing: JSON.object(members).description)["99999"]?.integer == 99999)
  }

  @Test func valuesOfAnotherKindAreNil() {
    let values: [JSON] = [.text("1"), .number(1), .integer(1), .boolean(true), .null, .array([.null]), .object([])]
    #expect(values.map(\.text) == ["1", nil, nil, nil, nil, nil, nil])
    #expect(values.map(\.number) == [nil, 1, 1, nil, nil, nil, nil])
    #expect(values.map(\.integer) == [nil, nil, 1, nil, nil, nil, nil])
    #expect(values.map { $0.array?.count } == [nil, nil, nil, nil, nil, 1, nil])
    #expect(values.map { $0.object?.count } == [nil, nil, nil, nil, nil, nil, 0])
    #expect(values.allSatisfy { $0["name"] == nil })
  }
}

import MicrogradData
import Testing

struct CSVErrorTests {
  private let numbers = Table.Format(kinds: .numbers)

  @Test(arguments: [
    ("", "line 1: there is nothing to read; the first line must name the columns, as in x1,x2,label"),
    (
      "\u{FEFF}\r\n \n",
      "line 1: there is nothing to read; the first line must name the columns, as in x1,x2,label"
    ),
    (
      "\n0.5,-1,0\n2,3,1\n",
      "line 2: the first line must name the columns, as in x1,x2,label, but it has only numbers, such as 0.5; "
        + "put a line with the names above it (names that are numbers go in quotes)"
    ),
    ("x1,,label\n", "line 1, column 2: the column has no name; give it one, or remove the column"),
    ("x1,\"\",label\n", "line 1, column 2: the column has no name; give it one, or remove the column"),
    (
      "x1,x2,\"x1\"\n",
      "line 1, column 3 (\"x1\"): column 1 has the same name; rename one of them"
    ),
    (
      "x1,x2\n1,2\n\n3\n",
      "line 4, column 2 (\"x2\"): the value is missing: the line has 1 field, the header 2; "
        + "add it, or write nan if it is not known"
    ),
    (
      "x1,x2\n1,2\n3,4,\n",
      "line 3, column 3: the line has 3 fields, the header 2; "
        + "remove the extra field, or name its column (decimal numbers are written with a point)"
    ),
    (
      "x1,x2\n1,2\n3,abc\n",
      "line 3, column 2 (\"x2\"): \"abc\" is not a number; "
        + "numbers look like 3, -0.5 or 1e-3, and a missing one is nan"
    ),
    (
      "x1,x2\n1,2\n3,b\0c\n",
      "line 3, column 2: the text is not encoded as UTF-8; save the file as UTF-8 (it may be UTF-16, or no text at all)"
    ),
    (
      "x1,x2\n1,\"0,5\"\n",
      "line 2, column 2 (\"x2\"): \"0,5\" is not a number; decimal numbers are written with a point, as in 0.5"
    ),
    (
      "x1;x2\n1;2\n",
      "line 2, column 1 (\"x1;x2\"): \"1;2\" is not a number; "
        + "if the semicolon separates two values, set the delimiter to semicolon"
    ),
    (
      "x1\tx2\n1\t2\n",
      "line 2, column 1 (\"x1\\tx2\"): \"1\\t2\" is not a number; "
        + "if the tab separates two values, set the delimiter to tab"
    ),
    (
      "x1,x2\n1,-1e400\n",
      "line 2, column 2 (\"x2\"): \"-1e400\" is too large; the largest number is 1.79e308, and infinity is written inf"
    ),
    (
      "x1,x2\n1,2\n3,\"4\n5,6\n",
      "line 3, column 2: the quote that opens here is never closed; add a \" at the end of the value"
    ),
    (
      "\"x\r\n1\",x2\r\n1,2\"\r\n",
      "line 3, column 2: there is a quote inside the value; "
        + "remove it, or put the whole value in quotes and write the quote twice"
    ),
    (
      "x1,\"x2\"y\n",
      "line 1, column 2: there is a quote inside the value; "
        + "remove it, or put the whole value in quotes and write the quote twice"
    ),
  ])
  func messages(csv: String, message: String) throws {
    let error = try #require(throws: CSVError.self) { try Table(csv: csv, format: numbers) }
    #expect(error.description == message, "for \(csv.debugDescription)")
  }

  @Test(arguments: [
    "0x10", "1_000", "1 000", "1e", "e5", "--1", "1.2.3", "infinite", "nan(1)", "١", "TRUE", "-",
  ])
  func whatIsNotANumber(text: String) throws {
    let error = try #require(throws: CSVError.self) { try Table(csv: "x\n\(text)\n", format: numbers) }
    #expect(error.reason == .notANumber(text))
    #expect(error.line == 2)
    #expect(error.column == 1)
    #expect(error.columnName == "x")
  }

  @Test func longTextIsCutAndControlsAreEscaped() throws {
    let text = "\u{1B}[31m" + String(repeating: "z", count: 100)
    let error = try #require(throws: CSVError.self) { try Table(csv: "x\n\(text)\n", format: numbers) }
    let shown = "\"\\u{1B}[31m" + String(repeating: "z", count: 35) + "…\""
    #expect(error.description.hasPrefix("line 2, column 1 (\"x\"): \(shown) is not a number"), "\(error)")
  }
}

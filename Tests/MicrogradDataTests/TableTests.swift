import MicrogradData
import MicrogradRandom
import Testing

struct TableTests {
  private let expected = Table(columnNames: ["x1", "x2"], rows: [[1, -2.5], [3, 4e-7]])

  @Test(arguments: [
    "x1,x2\n1,-2.5\n3,4e-7\n",
    "x1,x2\n1,-2.5\n3,4e-7",
    "x1,x2\r\n1,-2.5\r\n3,4e-7\r\n",
    "x1,x2\r1,-2.5\r3,4e-7\r",
    "\u{FEFF}x1,x2\n1,-2.5\n3,4e-7\n",
    "x1,x2\n1,-2.5\n3,4e-7\n\n\r\n  \n",
    "\n\nx1,x2\n\n1,-2.5\n3,4e-7\n",
    " x1 ,\tx2\n +1.0 , -2.5\n3.,.4E-06 \n",
    "\"x1\",\"x2\"\n\"1\" , \"-2.5\"\n\"3\",4e-7\n",
  ])
  func manyWaysToWriteOneTable(csv: String) throws {
    let table = try Table(csv: csv)
    #expect(table == expected)
    #expect(table[column: "x2"]?.numbers == [-2.5, 4e-7])
    #expect(table[column: "x3"] == nil)
  }

  @Test func delimiters() throws {
    #expect(try Table(csv: "x1;x2\n1;-2.5\n3;4e-7\n", delimiter: .semicolon) == expected)
    #expect(try Table(csv: "x1\tx2\n1\t -2.5\n3\t4e-7\n", delimiter: .tab) == expected)
    #expect(expected.csv(delimiter: .semicolon) == "x1;x2\n1;-2.5\n3;4e-07\n")
    #expect(expected.csv(delimiter: .tab) == "x1\tx2\n1\t-2.5\n3\t4e-07\n")
    #expect(expected.csv() == "x1,x2\n1,-2.5\n3,4e-07\n")
  }

  @Test(arguments: [
    "x1;x2\n1;-2.5\n3;4e-7\n", "\u{FEFF}\r\n\"x1\"\tx2\n1\t-2.5\n3\t4e-7\n", "x1,x2\n1,-2.5\n3,4e-7\n",
  ])
  func delimitersAreFound(csv: String) throws {
    #expect(try Table(csv: csv, format: Table.Format(delimiter: nil)) == expected)
  }

  @Test func aHeaderAlone() throws {
    let empty = Table(columnNames: ["x1", "label"], rows: [])
    #expect(try Table(csv: "x1,label") == empty)
    #expect(empty.csv() == "x1,label\n")
  }

  @Test(arguments: Table.Delimiter.allCases)
  func oddNamesComeBack(delimiter: Table.Delimiter) throws {
    let names = [
      "a,b", "a;b", "a\tb", "a\nb", "a\r\nb", "say \"x\"", "\"", " padded ", "\u{FEFF}mark", "1.5", "nan",
      "été", "=1+1", "e\u{301},\u{308}", "x 1", "👩‍👧",
    ]
    for names in [names, names.reversed()] {
      let table = Table(columnNames: names, rows: [names.indices.map(Double.init)])
      let text = table.csv(delimiter: delimiter)
      #expect(try Table(csv: text, delimiter: delimiter) == table, "\(text.debugDescription)")
    }
    let numbered = Table(columnNames: ["0", "1"], rows: [[2, 3]])
    #expect(try Table(csv: numbered.csv(delimiter: delimiter), delimiter: delimiter) == numbered)
  }

  @Test func everyNumberComesBack() throws {
    var random = MersenneTwister(seed: 1)
    var numbers: [Double] = [
      0, -0.0, 1, -1, 0.1, 1 / 3, 1e15, 1e16, 123_456_789_012_345_680, .pi, .ulpOfOne, .infinity, -.infinity,
      .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNormalMagnitude, .leastNonzeroMagnitude,
    ]
    for _ in 0..<10_000 { numbers.append(Double(bitPattern: random.next())) }
    numbers.removeAll(where: \.isNaN)
    let text = Table(columnNames: ["x"], rows: numbers.map { [$0] }).csv()
    let read = try #require(try Table(csv: text)[column: "x"]?.numbers)
    #expect(read.count == numbers.count)
    for (got, expected) in zip(read, numbers) {
      #expect(got.bitPattern == expected.bitPattern, "got \(got), expected \(expected)")
    }
  }

  @Test func whatIsNoNumberHasNames() throws {
    let table = Table(columnNames: ["a", "b", "c"], rows: [[.nan, .infinity, -.infinity]])
    #expect(table.csv() == "a,b,c\nnan,inf,-inf\n")
    let read = try Table(csv: "a,b,c,d,e,f\nNaN,-nan,INF,+Infinity,-inf,-Infinity\n")
    let row = read.columns.map { $0.numbers![0] }
    #expect(row[0].isNaN && row[1].isNaN)
    #expect(row[2...] == [.infinity, .infinity, -.infinity, -.infinity])
  }

  @Test func missingNumbers() throws {
    let numbers = try #require(try Table(csv: "a,b\n,1\nNA,2\nn/a,3\nNULL,4\nnan,5\n7,6\n")[column: "a"]?.numbers)
    #expect(numbers.count == 6 && numbers[..<5].allSatisfy(\.isNaN) && numbers[5] == 7, "\(numbers)")
  }

  /// A text among the first 100 fields that are not empty makes a column one of texts; later it is a mistake.
  @Test func kindsOfColumns() throws {
    func csv(texts row: Int, of rows: Int) -> String {
      "x,y\n" + (0..<rows).map { "\($0),\($0 == row ? "red" : $0 % 2 == 0 ? "" : "01")\n" }.joined()
    }
    let mixed = try Table(csv: csv(texts: 199, of: 300))
    #expect(mixed[column: "x"]?.kind == .numbers && mixed[column: "y"]?.texts[197...200] == ["01", "", "red", ""])
    let error = try #require(throws: CSVError.self) { try Table(csv: csv(texts: 201, of: 300)) }
    #expect(error.line == 203 && error.columnName == "y" && error.reason == .notANumber("red"), "\(error)")
    let texts = try Table(csv: csv(texts: 201, of: 300), format: Table.Format(kinds: .inferred(texts: ["y"])))
    #expect(texts[column: "y"]?.texts[1] == "01" && texts[column: "x"]?.numbers?[299] == 299)
    let only = try Table(csv: csv(texts: -1, of: 3), format: Table.Format(kinds: .only(["y": .texts])))
    #expect(only == Table([Table.Column("y", texts: ["", "01", ""])]))
    let named = try Table(csv: "1,a\n2,b", format: Table.Format(columnNames: ["n", "t"]))
    #expect(named == Table([Table.Column("n", numbers: [1, 2]), Table.Column("t", texts: ["a", "b"])]))
  }

  /// Texts with everything that needs quotes come back.
  @Test(arguments: Table.Delimiter.allCases)
  func textsComeBack(delimiter: Table.Delimiter) throws {
    let texts = ["", " ", "a,b", "a;b", "\"", "\r", "x\ny", "\r\n", "\t", "é", "1", "nan", "say \"no\""]
    let table = Table([Table.Column("t", texts: texts), Table.Column("n", numbers: texts.indices.map(Double.init))])
    let format = Table.Format(delimiter: delimiter, kinds: .inferred(texts: ["t"]))
    #expect(try Table(csv: table.csv(delimiter: delimiter), format: format) == table)
    let alone = Table([Table.Column("t", texts: texts)])
    #expect(try Table(csv: alone.csv(delimiter: delimiter), format: format) == alone)
  }
}

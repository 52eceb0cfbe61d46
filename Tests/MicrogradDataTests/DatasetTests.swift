import MicrogradData
import MicrogradRandom
import Testing

struct DatasetTests {
  private let dataset = Dataset(
    inputs: [[1, 10], [2, 20], [3, 30], [4, 40], [5, 50]], labels: [0, 1, 0, 1, -1])

  @Test func isTheCollectionOfItsSamples() {
    #expect(dataset.count == 5)
    #expect(!dataset.isEmpty)
    #expect(dataset[1] == Sample(input: [2, 20], label: 1))
    #expect(dataset.last == Sample(input: [5, 50], label: -1))
    #expect(Dataset(dataset.filter { $0.label == 1 }).inputs == [[2, 20], [4, 40]])
    #expect(dataset.featureCount == 2)
    #expect(Dataset([]).isEmpty)
    #expect(Dataset([]).featureCount == 0)
  }

  @Test func split() {
    let (training, test) = dataset.split(at: 3)
    #expect(training.labels == [0, 1, 0])
    #expect(test.inputs == [[4, 40], [5, 50]])
    #expect(dataset.split(at: 0).training.isEmpty)
    #expect(dataset.split(at: 5).test.isEmpty)
  }

  @Test(arguments: [(0, 0), (0.29, 29), (0.5, 50), (0.994, 99), (0.996, 100), (1, 100)])
  func splitByFraction(fraction: Double, expected: Int) {
    let (training, test) = makeMoons(seed: 1).split(trainFraction: fraction)
    #expect(training.count == expected)
    #expect(test.count == 100 - expected)
  }

  /// `sklearn.utils.shuffle(list(range(20)), random_state=42)` is NumPy's permutation of 20.
  @Test func shuffledKeepsLabelsWithTheirInputs() {
    let ordered = Dataset(inputs: (0..<20).map { [Double($0)] }, labels: Array(0..<20))
    var random = NumPyRandom(seed: 42)
    let shuffled = ordered.shuffled(using: &random)
    #expect(shuffled.labels == [0, 17, 15, 1, 8, 5, 11, 3, 18, 16, 13, 2, 9, 19, 4, 12, 7, 10, 14, 6])
    #expect(shuffled.allSatisfy { $0.input == [Double($0.label)] })
  }

  /// `sklearn.utils.shuffle(list(range(10)), random_state=7)`, which is `numpy.random.RandomState(7).permutation(10)`,
  /// and for a data frame of pandas the same, as is `frame.sample(frac=1, random_state=7)`.
  @Test func shuffledBySeed() {
    let expected = [8, 5, 0, 2, 1, 9, 7, 3, 6, 4]
    let ordered = Dataset(inputs: (0..<10).map { [Double($0)] }, labels: Array(0..<10))
    #expect(ordered.shuffled(seed: 7).labels == expected)
    #expect(
      Table(ordered).shuffled(seed: 7)
        == Table(columnNames: ["x1", "label"], rows: expected.map { [Double($0), Double($0)] }))
  }

  /// `sklearn.model_selection.train_test_split(list(range(10)), test_size=fraction, random_state=7)` of version 1.9.1.
  @Test(arguments: [
    (0.21, [2, 1, 9, 7, 3, 6, 4], [8, 5, 0]), (0.29, [2, 1, 9, 7, 3, 6, 4], [8, 5, 0]),
    (0.5, [9, 7, 3, 6, 4], [8, 5, 0, 2, 1]),
  ])
  func randomSplit(fraction: Double, training: [Int], test: [Int]) {
    let ordered = Dataset(inputs: (0..<10).map { [Double($0)] }, labels: Array(0..<10))
    let got = ordered.split(testFraction: fraction, seed: 7)
    #expect(got.training.labels == training && got.test.labels == test, "\(fraction): got \(got)")
    #expect(got.test.allSatisfy { $0.input == [Double($0.label)] })
  }

  @Test func toATableAndBack() throws {
    #expect(Table(dataset).columnNames == ["x1", "x2", "label"])
    #expect(Table(dataset).columns.map { $0.numbers?[4] } == [5, 50, -1])
    #expect(try Dataset(Table(dataset)) == dataset)
    let moons = makeMoons(noise: 0.1, seed: 42)
    #expect(try Dataset(Table(csv: Table(moons).csv())) == moons)
  }

  @Test func labelsMayStandInAnyColumn() throws {
    let table = try Table(csv: "class,height,weight\n2,1.5,60\n0,1.75,80\n")
    let people = try Dataset(table, labelColumn: "class")
    #expect(people == Dataset(inputs: [[1.5, 60], [1.75, 80]], labels: [2, 0]))
  }

  @Test func noRows() throws {
    #expect(try Dataset(Table(csv: "x1,x2,label\n")).isEmpty)
  }

  /// The lines are those of the text, even where rows and lines do not run in step.
  @Test(arguments: [
    (
      "x1,label\n1,0\n\n2,0.5\n",
      "line 4, column 2 (\"label\"): 0.5 is not a label; labels are whole numbers, such as 0 and 1"
    ),
    (
      "\"x\n1\",label\n1,nan\n",
      "line 3, column 2 (\"label\"): nan is not a label; labels are whole numbers, such as 0 and 1"
    ),
    (
      "x1,label\n1,1e300\n",
      "line 2, column 2 (\"label\"): 1e+300 is not a label; labels are whole numbers, such as 0 and 1"
    ),
    (
      "x1,label\n1,0\n-inf,1\n",
      "line 3, column 1 (\"x1\"): -inf is not a finite number; replace it, or remove the line"
    ),
    (
      "x1,y\n1,0\n",
      "line 1: there is no column \"label\", only \"x1\", \"y\"; "
        + "rename one of them, or give another name"
    ),
    (
      "label\n1\n",
      "line 1: the only column is \"label\"; a data set needs at least one more, such as x1"
    ),
  ])
  func errorsNameTheLine(csv: String, message: String) throws {
    let table = try Table(csv: csv)
    let error = try #require(throws: CSVError.self) { try Dataset(table) }
    #expect(error.description == message)
  }

  @Test func errorsOfATableThatWasNotReadNameTheLineItWouldHave() throws {
    let table = Table(columnNames: ["x1", "label"], rows: [[1, 0], [2, 0.25]])
    let error = try #require(throws: CSVError.self) { try Dataset(table) }
    #expect(error.line == 3)
    #expect(error.reason == .notALabel(0.25))
  }
}

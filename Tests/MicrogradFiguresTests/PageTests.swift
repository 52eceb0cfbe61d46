import MicrogradEngine
import MicrogradGraph
import MicrogradNetworks
import MicrogradTestSupport
import Testing

@testable import MicrogradFigures

@Suite struct PageTests {
  /// What must not be taken for markup, and must look as it was written.
  static let wild = [
    "</script><script>window.isBroken = 1</script>", "<img src=x onerror='window.isBroken = 1'>", "a & b &amp; \"c\"",
    "\u{202E}שלום", "🧠 w₁", "{title}{graph}", "\\u003c\u{2028}",
  ]

  static var wildPage: String {
    let leaves = wild.enumerated().map { Value(Double($0), label: $1) }
    return leaves.sum().tanh().labelled(wild[0]).html(title: wild[1])
  }

  @Test func isCompleteInItself() throws {
    let html = Self.wildPage
    for forbidden in ["src=\"", "@import", "url(", "href", "<img", "fetch(", "XMLHttpRequest"] {
      #expect(!html.contains(forbidden), "\(forbidden)")
    }
    #expect(html.components(separatedBy: "</script>").count == 3, "the data and the program, and nothing else")
    #expect(html.contains("<title>&lt;img src=x onerror=&#39;window.isBroken = 1&#39;&gt;</title>"))
  }

  /// A quote and the accent after it are one character.
  @Test func accentsHideNoMarkup() {
    let got = "\"\u{301} <\u{301}b> &\u{301}".escaped
    #expect(got.unicodeScalars.elementsEqual("&quot;\u{301} &lt;\u{301}b&gt; &amp;\u{301}".unicodeScalars), "\(got)")
  }

  /// Where scripts are off, the picture is there, and its words are as harmless as in the page.
  @Test func withoutAScriptThePictureIsShown() throws {
    let html = Self.wildPage, start = try #require(html.range(of: "<noscript>")).upperBound
    let still = html[start..<(try #require(html.range(of: "</noscript>")).lowerBound)]
    let picture = try #require(still.range(of: "<svg")).lowerBound
    let parsed = try ParsedSVG(String(still[picture...]))
    #expect(parsed.styled("leaf").count == Self.wild.count && !still.contains("<script"))
    let french = GraphPage(Value(1).graph(), language: .french).html()
    #expect(french.contains("<p>Autorisez les scripts pour parcourir le graphe pas à pas.</p>"))
  }

  /// Samples of a data set have one shape: the page of a large graph stays small.
  @Test func levelsShareTheirShapes() {
    let model = MLP(2, [16, 1], seed: 42)
    let losses = (0..<100).map { k in squaredError(model([Double(k), 1])[0], Double(k % 2)) }
    let graph = losses.mean().graph()
    let html = GraphPage(graph).html()
    #expect(graph.nodes.count > 10_000 && html.utf8.count < 1_500_000, "\(html.utf8.count) bytes")
  }
}

/// The page in a browser: its numbers are the engine's, and it does what the reader asks.
@Suite(.enabled(if: Browser.path != nil, Browser.reason), .serialized)
struct BrowserTests {
  private static func number(_ text: String) -> Double {
    ["Infinity": .infinity, "-Infinity": -.infinity][text] ?? Double(text) ?? .nan
  }

  private static func isClose(_ got: Double, _ expected: Double) -> Bool {
    got == expected || (got.isNaN && expected.isNaN) || abs(got - expected) <= 2e-13 * abs(expected) + 1e-290
  }

  // MARK: The table of operations

  static let left = [
    -.infinity, -400, -40, -6.5, -3, -2.83, -1, -0.5, -1e-9, -0.0, 0, 1e-9, 0.25, 0.5, 1, 1.9, 2, 2.83, 3, 5.5, 30,
    400,
    .infinity, .nan,
  ]
  static let right = [-2.0, -1, -0.5, 0, 0.01, 0.5, 1, 2, 3, .infinity, .nan]

  @Test func everyOperationAgreesWithTheTable() throws {
    func list(_ numbers: [Double]) -> String {
      let words = numbers.map { $0.isNaN ? "NaN" : $0.isInfinite ? ($0 > 0 ? "Infinity" : "-Infinity") : "\($0)" }
      return "[\(words.joined(separator: ","))]"
    }
    let recorded = Operation.allCases.filter { ![.leaf, .dot].contains($0) }
    let script = """
      return [\(recorded.map { "'\($0)'" }.joined(separator: ","))].map(name => \(list(Self.left)).flatMap(a =>
        \(list(Self.right)).map(b => {
          const y = operations[name].value(a, b);
          return [y, ...operations[name].parts(1, a, b, y), ...operations[name].parts(Infinity, a, b, y)].map(x => Object.is(x, -0) ? "-0" : String(x));
        })));
      """
    let results = try Browser.run(script, in: Value(1).html(), as: [[[String]]].self)
    for (operation, rows) in zip(recorded, results) {
      let inputs = Self.left.flatMap { a in Self.right.map { (a, $0) } }
      for ((a, b), row) in zip(inputs, rows) {
        let y = operation.value(a, b), got = row.map(Self.number)
        #expect(Self.isClose(got[0], y), "\(operation)(\(a), \(b)): got \(got[0]), expected \(y)")
        let parts = operation.parts(of: .infinity, a, b, y)
        let expected = operation.partials(a, b, y) + [parts.toA] + (parts.toB.map { [$0] } ?? [])
        for (part, expected) in zip(got.dropFirst(), expected) {
          #expect(Self.isClose(part, expected), "∂\(operation)(\(a), \(b)): got \(part), expected \(expected)")
        }
        #expect(got.count == 1 + expected.count)
      }
    }
  }

  // MARK: Its size

  /// As in a notebook, whose frames have no size when they are made.
  @Test func beginsOnceItHasASize() throws {
    let script = """
      const page = document.documentElement;
      page.style.display = "none";
      beginning = undefined;
      begin();
      page.style.display = "";
      fitNewSize();
      const isWhole = frame.x <= 0 && frame.x + frame.width >= picture.size.width;
      page.style.width = "1000px";
      fitNewSize();
      const isWholeAgain = frame.x <= 0 && frame.x + frame.width >= picture.size.width;
      zoom(0.5);
      const { width } = frame;
      fitNewSize();
      return [isWhole, isWholeAgain, frame.width === width];
      """
    let small = (Value(2, label: "a") * 3).html()
    let got = try Browser.run(script, in: small, as: [Bool].self)
    #expect(got == [true, true, true], "whole when it has a size, whole in another size, left alone once moved")
  }

  /// In windows of these widths nothing of a small net is too small to be read at the beginning, and what each step is
  /// about is on the screen.
  @Test(arguments: [390, 1280, 1920]) func stepsAreFollowed(width: Int) throws {
    let script = """
      document.body.style.width = "\(width)px";
      beginning = undefined;
      fitNewSize();
      const scales = [scale()], hidden = [];
      for (let i = 0; i <= 2 * stops.length; i += 1) {
        const stop = moment.now?.stop ?? stops[0];
        const box = picture.boxes.find(({ item }) => isSame(item, stop)), used = operands(stop.range);
        const all = bounds([box, ...picture.boxes.filter(({ item }) => used.has(item.id))].map(({ frame }) => frame));
        const fits = all.width <= frame.width && all.height <= frame.height;
        if (!isOnScreen(box) || (fits && !isOnScreen({ frame: all }))) hidden.push(step);
        go(step + 1);
      }
      return [scale(), ...scales, ...hidden];
      """
    let model = MLP(2, [2, 1], seed: 42), page = squaredError(model([0.888, 0.777])[0], 1).html()
    let got = try Browser.run(script, in: page, as: [Double].self)
    #expect(got.count == 2, "steps whose boxes are not on the screen: \(got.dropFirst(2))")
    #expect(got.prefix(2).allSatisfy { $0 <= 1.4 }, "12 / \(got[0]) pixels are too small for letters")
  }

  @Test(arguments: [390, 1280, 1920]) func nothingIsCoveredOrCut(width: Int) throws {
    let script = """
      document.body.style.width = "\(width)px";
      const cut = [...document.querySelectorAll("#leaves input")].filter(input => input.scrollWidth > input.clientWidth);
      const place = view.getBoundingClientRect(), covers = made => {
        const { left, right, top, bottom } = made.getBoundingClientRect();
        return right > place.left && left < place.right && bottom > place.top && top < place.bottom;
      };
      const covering = [...document.querySelectorAll("button, input, select, p, h1, h2, label")].filter(covers);
      const wide = document.querySelector("main").scrollWidth > \(width) || document.querySelector("header").scrollWidth > \(width);
      return [cut.length, covering.length, wide ? 1 : 0];
      """
    let numbers: [Double] = [-0.24108911648470444, -1.2345678901234567e-100, 1 / 3],
      leaves = numbers.map { Value($0) }
    let got = try Browser.run(script, in: leaves.sum().html(), as: [Int].self)
    #expect(got == [0, 0, 0], "numbers that are cut, things over the picture, and whether the page is too wide")
  }

  // MARK: Steps

  private static let helpers = """
    const press = key => document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    const click = id => find(id).click();
    const boxes = () => [...view.querySelectorAll("[data-node]")].map(box =>
      [Number(box.dataset.node), box.dataset.data, box.dataset.grad]);
    const words = () => [find("progress").textContent, find("sentence").textContent, find("arithmetic").textContent];

    """

  static func example(a: Double = 2) -> Value {
    let a = Value(a, label: "a"), b = Value(-3, label: "b"), c = Value(10, label: "c")
    return (pow((a * b + c).relu(), 2) / a + dot([a, b], [c, a]).gelu() * 0.01 - max(a, b)).labelled("y")
  }

  /// The example, with a power of a negative number and a closed ReLU.
  private static func exampleOfSigns() -> Value {
    let d = Value(-3, label: "d")
    return Self.example() + pow(d, 3) + d.relu()
  }

  private static func check(_ boxes: [Box], _ explanation: Explanation, after count: Int) {
    let moment = Moment(explanation, after: count)
    for box in boxes {
      let node = explanation.graph.nodes[box.node], data = moment.hasNumber[box.node] ? node.data : nil
      #expect(box.data.map { isClose($0, data ?? .nan) } ?? (data == nil), "step \(count), \(node.name): \(box)")
      let grad = moment.gradients[box.node]
      #expect(box.grad.map { isClose($0, grad ?? .nan) } ?? (grad == nil), "step \(count), \(node.name): \(box)")
    }
  }

  struct Box: Decodable {
    let node: Int
    let data: Double?
    let grad: Double?

    init(from decoder: any Decoder) throws {
      var values = try decoder.unkeyedContainer()
      node = try values.decode(Int.self)
      data = Double(try values.decode(String.self))
      grad = Double(try values.decode(String.self))
    }
  }

  struct Walk: Decodable {
    let moments: [[Box]]
    let words: [[String]]
  }

  @Test(arguments: [ComputationGraph.Detail.composed, .recorded])
  func everyStepShowsTheEnginesNumbers(_ detail: ComputationGraph.Detail) throws {
    let explanation = Explanation(Self.exampleOfSigns().graph(detail)), count = explanation.steps.count
    let script =
      Self.helpers + """
        press("0");  // everything on the screen
        const moments = [boxes()], said = [words()];
        for (let i = 0; i < \(count); i += 1) { press("ArrowRight"); moments.push(boxes()); said.push(words()); }
        return { moments, words: said };
        """
    let walk = try Browser.run(script, in: Self.exampleOfSigns().html(detail: detail), as: Walk.self)
    #expect(walk.moments.count == count + 1)
    let narration = Narration(explanation.graph, in: .english)
    for (index, boxes) in walk.moments.enumerated() {
      #expect(boxes.count == explanation.graph.nodes.count)
      Self.check(boxes, explanation, after: index)
      guard index > 0 else { continue }
      let step = explanation.steps[index - 1], words = walk.words[index]
      #expect(words[0] == "Step \(index) of \(count): \(step.direction.rawValue)")
      #expect(words[2] == narration.arithmetic(step).joined(), "step \(index)")
      if step.direction == .backward {
        #expect(words[1].hasPrefix(narration.sentence(step)), "step \(index): \(words)")
      }
    }
  }

  /// Of all operations, with numbers of both signs: the same formulas, and brackets at the same places. The last digits may
  /// differ.
  @Test(arguments: [1, 2]) func arithmeticIsThatOfTheTerminal(seed: Int) throws {
    var random = SplitMix(seed: seed)
    let graph = (0..<6).map { _ in ArithmeticTests.randomResult(&random) }.sum().graph(.recorded).grouped()
    let script = """
      const computed = graph.nodes.filter(node => !node.isLeaf), gradients = graph.gradients(0);
      return [...computed.map(node => forwardWords(node.id).lines),
        ...computed.reverse().map(node => backwardWords(node.id, gradients).lines)];
      """
    let lines = try Browser.run(script, in: GraphPage(graph).html(), as: [[String]].self)
    let explanation = Explanation(graph), narration = Narration(graph, in: .english)
    #expect(lines.count == explanation.steps.count && graph.nodes.contains { $0.operation == .dot })
    for (got, step) in zip(lines, explanation.steps) {
      let expected = narration.arithmetic(step)
      #expect(got.map(Self.form) == expected.map(Self.form), "got \(got), expected \(expected)")
    }
  }

  private static func form(_ line: String) -> String {
    line.replacing(/\b\d+(\.\d+)?(e[-+]?\d+)?/, with: "1")
  }

  @Test func buttonsSliderAndKeysWalk() throws {
    let script =
      Self.helpers + """
        const places = [], note = () => places.push(step);
        click("next"); note(); click("next"); note(); click("back"); note(); click("last"); note(); click("next"); note();
        click("first"); note(); press("End"); note(); press("ArrowLeft"); note(); press("Home"); note();
        find("slider").value = 5; find("slider").dispatchEvent(new Event("input")); note();
        const width = frame.width; press("+"); const larger = frame.width < width; press("0");
        return [...places, larger ? 1 : 0, [...document.querySelectorAll("button, input, select, svg")].filter(
          made => !made.textContent.trim() && !made.getAttribute("aria-label") && !made.closest("label")).length];
        """
    let count = Explanation(Self.example().graph()).steps.count
    let got = try Browser.run(script, in: Self.example().html(), as: [Int].self)
    #expect(
      got == [1, 2, 1, count, count, 0, count, count - 1, 0, 5, 1, 0], "places, larger, controls without a name")
  }

  @Test func anEditedLeafIsComputedAnew() throws {
    let leaf = try #require(Self.example().graph().nodes.first { $0.label == "a" }).id
    let script =
      Self.helpers + """
        const input = document.querySelector('[data-leaf="\(leaf)"]');
        input.value = "2.75"; input.dispatchEvent(new Event("input")); press("End");
        const edited = boxes();
        input.value = ""; input.dispatchEvent(new Event("input"));
        const refused = input.getAttribute("aria-invalid");
        click("reset"); press("End");
        return { moments: [edited, boxes()], words: [[refused]] };
        """
    let walk = try Browser.run(script, in: Self.example().html(), as: Walk.self)
    for (boxes, value) in zip(walk.moments, [2.75, 2]) {
      let explanation = Explanation(Self.example(a: value).graph())
      Self.check(boxes, explanation, after: explanation.steps.count)
    }
    #expect(walk.words == [["true"]])
  }

  @Test func speaksFrench() throws {
    let script =
      Self.helpers + """
        find("language").value = "fr"; find("language").dispatchEvent(new Event("change")); press("End");
        return [document.documentElement.lang, ...words(), find("next").getAttribute("aria-label")];
        """
    let words = try Browser.run(script, in: Self.example().html(), as: [String].self)
    #expect(words[0] == "fr" && words[1].contains("rétropropagation") && words[2].contains("Terminé"), "\(words)")
    #expect(words[3].contains("reçoit") && words[4] == "Étape suivante", "\(words)")
  }

  @Test func labelsAreTextAndNothingElse() throws {
    let script =
      "fit(); return [String(window.isBroken), ...[...view.querySelectorAll('.name')].map(made => made.textContent)];"
    let names = try Browser.run(script, in: PageTests.wildPage, as: [String].self)
    #expect(names[0] == "undefined")
    for label in PageTests.wild { #expect(names.contains(label), "\(label) is not among \(names)") }
  }

  // MARK: Boxes that open

  private static func net() -> Value {
    let model = MLP(2, [16, 1], seed: 42)
    model.labelParameters()
    return (0..<30).map { k in squaredError(model([Double(k) / 10, 1 - Double(k) / 20])[0], Double(k % 2)) }.mean()
  }

  struct Folding: Decodable {
    let visible: [Int]
    let hidden: [String]
    let overlaps: Int
    let spills: Int
    let boxes: [Box]
    let expanded: [String]
  }

  @Test func boxesOpenAndNumbersStay() throws {
    let script =
      Self.helpers + """
        const all = () => picture.boxes.length, visible = [all()], hidden = [], expanded = [];
        const onScreen = () => [...picture.boxes, ...picture.groups].filter(
          box => box.item.kind !== "sign" && isOnScreen(box)).map(({ item }) => `${item.kind} ${item.id}`);
        click("last"); click("fold"); visible.push(all());
        let overlaps = 0, spills = 0;
        for (let i = 0; i < 12; i += 1) {
          const closed = view.querySelector('[aria-expanded="false"]'), group = closed.dataset.group;
          const seen = onScreen();
          closed.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
          hidden.push([...seen, `group ${group}`].filter(key => !onScreen().includes(key)).join());
          expanded.push(view.querySelector(`[data-group="${group}"]`).getAttribute("aria-expanded"));
          visible.push(all());
          const frames = picture.boxes.map(({ frame }) => frame);
          frames.forEach((a, n) => frames.slice(n + 1).forEach(b => {
            if (Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 1
              && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 1) overlaps += 1;
          }));
          // From far away letters are not as large as they are said to be.
          const now = { ...frame };
          setScale(1); showFrame();
          for (const { frame, made } of picture.boxes) {
            const drawn = made?.getBBox();
            if (drawn && (drawn.x < frame.x - 1 || drawn.x + drawn.width > frame.x + frame.width + 1
              || drawn.y < frame.y - 1 || drawn.y + drawn.height > frame.y + frame.height + 1)) spills += 1;
          }
          Object.assign(frame, now); showFrame();
        }
        const far = scale();
        press("End");
        expanded.push(String(far > scale() && scale() === chosenScale));
        return { visible, hidden, overlaps, spills, boxes: boxes(), expanded };
        """
    let net = Self.net(), folding = try Browser.run(script, in: net.html(), as: Folding.self)
    #expect(folding.visible[0] < 60 && folding.visible[1] < 12, "\(folding.visible)")
    #expect(
      zip(folding.visible.dropFirst(1), folding.visible.dropFirst(2)).allSatisfy { $0 < $1 }, "\(folding.visible)")
    #expect(folding.hidden.allSatisfy { $0 == "" }, "on the screen before a box opened, and not afterwards")
    #expect(folding.spills == 0, "boxes whose drawing leaves their frames: \(folding.spills)")
    #expect(folding.overlaps == 0 && folding.expanded.allSatisfy { $0 == "true" }, "\(folding.overlaps)")
    let explanation = Explanation(net.graph().grouped())
    for box in folding.boxes {
      let expected = explanation.gradients[box.node]
      #expect(
        abs((box.grad ?? 0) - expected) <= 1e-12 * abs(expected),
        "gradient of \(explanation.graph.nodes[box.node].name): got \(box.grad ?? .nan), expected \(expected)")
    }
  }

  /// What was made smaller for a box that opens is made larger again, where it closes.
  @Test func closingUndoesOpening() throws {
    let script =
      Self.helpers + """
        const scales = [], group = () => view.querySelector('[data-group="0"]');
        click("fold");
        for (let i = 0; i < 2; i += 1) {
          scales.push(scale());
          group().dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
          scales.push(scale());
          group().dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
          scales.push(scale());
          zoom(0.5);
        }
        return scales;
        """
    let got = try Browser.run(script, in: Self.net().html(), as: [Double].self)
    #expect(got[0] < got[1] && got[0] == got[2], "all of the picture was on the screen, and is again: \(got)")
    #expect(got[3] < got[4] && got[4] > got[5], "a part of the picture was on the screen: \(got)")
  }

  /// Of a large picture only what is on the screen has words, and from far away only what the step is about.
  @Test func wordsAreWhereTheyCanBeRead() throws {
    let script =
      Self.helpers + """
        const isOnScreen = ({ frame: box }) => box.x < frame.x + frame.width && box.x + box.width > frame.x
          && box.y < frame.y + frame.height && box.y + box.height > frame.y;
        const single = () => picture.boxes.filter(({ item }) => item.kind !== "group");
        const drawn = () => single().filter(({ made }) => made), counts = [];
        description.groups.forEach((_, group) => picture.open.add(group));
        redraw(); press("0");
        counts.push(drawn().length);  // far: none
        press("End");
        counts.push(drawn().length > 0 && drawn().every(({ mark }) => mark !== "") ? 1 : 0);
        zoom(1 / scale()); press("ArrowLeft");
        counts.push(single().filter(isOnScreen).length > 0 && single().filter(isOnScreen).every(({ made }) => made) ? 1 : 0);
        counts.push(drawn().length < single().length / 2 ? 1 : 0);
        press("0"); press("Home");
        counts.push(drawn().length, details.childElementCount);
        return counts;
        """
    let counts = try Browser.run(script, in: Self.net().html(), as: [Int].self)
    #expect(counts == [0, 1, 1, 1, 0, 0], "drawn from far; marked, near, less than half; drawn from far again")
  }
}

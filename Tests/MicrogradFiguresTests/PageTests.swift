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
    #expect(
      html.components(separatedBy: "</script>").count == 4, "the data, the engine, the program, and nothing else")
    #expect(html.contains("<title>&lt;img src=x onerror=&#39;window.isBroken = 1&#39;&gt;</title>"))
  }

  /// A quote and the accent after it are one character.
  @Test func accentsHideNoMarkup() {
    let got = "\"\u{301} <\u{301}b> &\u{301}".escaped
    #expect(got.unicodeScalars.elementsEqual("&quot;\u{301} &lt;\u{301}b&gt; &amp;\u{301}".unicodeScalars), "\(got)")
  }

  /// The picture is there at once, and where scripts are off it stays. Its words are as harmless as in the page.
  @Test func thePictureIsThereAtOnce() throws {
    let html = Self.wildPage, start = try #require(html.range(of: "<div id=\"still\">")).upperBound
    let still = html[start..<(try #require(html.range(of: "<div id=\"stepper\">")).lowerBound)]
    let picture = try #require(still.range(of: "<svg")).lowerBound
    let end = try #require(still.range(of: "</svg>")).upperBound
    let parsed = try ParsedSVG(String(still[picture..<end]))
    #expect(parsed.styled("leaf").count == Self.wild.count && !still.contains("<script"))
    let french = GraphPage(Value(1).graph(), language: .french).html()
    #expect(french.contains("<p>Autorisez les scripts pour parcourir le graphe pas à pas.</p>"))
  }

  @Test func largeGraphsHaveSmallPages() {
    let model = MLP(2, [16, 1], seed: 42)
    let losses = (0..<100).map { k in squaredError(model([Double(k), 1])[0], Double(k % 2)) }
    let graph = losses.mean().graph()
    let html = GraphPage(graph).html()
    #expect(graph.nodes.count > 10_000 && html.utf8.count < 1_000_000, "\(html.utf8.count) bytes")
  }
}

/// The page in a browser: its numbers and words are the engine's, and it does what the reader asks.
@Suite(.enabled(if: Browser.path != nil, Browser.reason), .serialized)
struct BrowserTests {
  static let helpers = """
    await page.ready;
    const stepper = page.stepper, { picture, view, parts } = stepper;
    const press = (key, target = document) => target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    const click = name => parts[name].click();
    const closed = () => parts.picture.querySelector('[aria-expanded="false"]');
    const boxes = () => [...parts.picture.querySelectorAll("[data-node]")].map(box =>
      [box.dataset.node, box.querySelector("title").textContent]);
    const words = () => [parts.progress, parts.sentence, parts.arithmetic].map(part => part.textContent);
    // With words, however small.
    const showAll = () => { StepperPicture.farScale = Infinity; view.fit(); };
    const openAll = () => { stepper.receive(stepper.ask("setAll", { open: true })); view.fit(); };

    """

  private static func run<Result: Decodable>(_ script: String, in html: String, as type: Result.Type) throws -> Result
  {
    try Browser.run(helpers + script, in: html, as: type)
  }

  static func isClose(_ got: Double, _ expected: Double) -> Bool {
    got == expected || (got.isNaN && expected.isNaN) || abs(got - expected) <= 2e-13 * abs(expected) + 1e-290
  }

  // MARK: Its size

  /// As in a notebook, whose frames have no size when they are made.
  @Test func beginsOnceItHasASize() throws {
    let script = """
      const root = document.documentElement, isWhole = () =>
        view.frame.x <= 0 && view.frame.x + view.frame.width >= picture.size.width;
      root.style.display = "none";
      view.beginning = null;
      view.begin();
      root.style.display = "";
      view.fitNewSize();
      const first = isWhole();
      root.style.width = "1000px";
      view.fitNewSize();
      const second = isWhole();
      view.zoom(0.5);
      const { width } = view.frame;
      view.fitNewSize();
      return [first, second, view.frame.width === width];
      """
    let small = (Value(2, label: "a") * 3).html()
    let got = try Self.run(script, in: small, as: [Bool].self)
    #expect(got == [true, true, true], "whole when it has a size, whole in another size, left alone once moved")
  }

  /// In windows of these widths nothing of a small net is too small to be read at the beginning, and what each step is
  /// about is on the screen.
  @Test(arguments: [390, 1280, 1920]) func stepsAreFollowed(width: Int) throws {
    let script = """
      document.body.style.width = "\(width)px";
      view.beginning = null;
      view.fitNewSize();
      const scales = [view.scale], hidden = [];
      for (let i = 0; i <= stepper.moment.steps; i += 1) {
        const followed = i === 0 ? view.firstBoxes : stepper.boxesOfStep(), all = view.bounds(followed.map(({ frame }) => frame));
        const fits = all.width <= view.frame.width && all.height <= view.frame.height;
        if (!view.isOnScreen(followed[0]) || (fits && !view.isOnScreen({ frame: all }))) hidden.push(i);
        press("ArrowRight");
      }
      return [view.scale, ...scales, ...hidden];
      """
    let model = MLP(2, [2, 1], seed: 42), page = squaredError(model([0.888, 0.777])[0], 1).html()
    let got = try Self.run(script, in: page, as: [Double].self)
    #expect(got.count == 2, "steps whose boxes are not on the screen: \(got.dropFirst(2))")
    #expect(got.prefix(2).allSatisfy { $0 <= 1.4 }, "12 / \(got[0]) pixels are too small for letters")
  }

  @Test(arguments: [390, 1280, 1920]) func nothingIsCoveredOrCut(width: Int) throws {
    let script = """
      document.body.style.width = "\(width)px";
      const cut = [...parts.leaves.querySelectorAll("input")].filter(input => input.scrollWidth > input.clientWidth);
      const place = parts.picture.getBoundingClientRect(), covers = made => {
        const { left, right, top, bottom } = made.getBoundingClientRect();
        return right > place.left && left < place.right && bottom > place.top && top < place.bottom;
      };
      const covering = [...document.querySelectorAll("button, input, select, p, h1, legend, label")].filter(covers);
      const wide = document.querySelector("main").scrollWidth > \(width) || document.querySelector("header").scrollWidth > \(width);
      return [cut.length, covering.length, wide ? 1 : 0];
      """
    let numbers: [Double] = [-0.24108911648470444, -1.2345678901234567e-100, 1 / 3],
      leaves = numbers.map { Value($0) }
    let got = try Self.run(script, in: leaves.sum().html(), as: [Int].self)
    #expect(got == [0, 0, 0], "numbers that are cut, things over the picture, and whether the page is too wide")
  }

  // MARK: Steps

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

  /// What the box of a value says in full: `a: data 2.0, grad ·`.
  struct Box: Decodable {
    let node: Int
    let data: Double?
    let grad: Double?

    init(from decoder: any Decoder) throws {
      var values = try decoder.unkeyedContainer()
      node = Int(try values.decode(String.self))!
      let numbers = try values.decode(String.self).split(separator: " ")
      data = Double(numbers[numbers.count - 3].dropLast())
      grad = Double(numbers[numbers.count - 1])
    }
  }

  struct Walk: Decodable {
    let moments: [[Box]]
    let words: [[String]]
  }

  @Test(arguments: [ComputationGraph.Detail.composed, .recorded])
  func everyStepShowsTheEnginesNumbers(_ detail: ComputationGraph.Detail) throws {
    let explanation = Explanation(Self.exampleOfSigns().graph(detail)), count = explanation.steps.count
    let script = """
      showAll();
      const moments = [boxes()], said = [words()];
      for (let i = 0; i < \(count); i += 1) { press("ArrowRight"); moments.push(boxes()); said.push(words()); }
      return { moments, words: said };
      """
    let walk = try Self.run(script, in: Self.exampleOfSigns().html(detail: detail), as: Walk.self)
    #expect(walk.moments.count == count + 1)
    let narration = Narration(explanation.graph, in: .english)
    for (index, boxes) in walk.moments.enumerated() {
      #expect(boxes.count == explanation.graph.nodes.count)
      Self.check(boxes, explanation, after: index)
      guard index > 0 else { continue }
      let step = explanation.steps[index - 1], words = walk.words[index]
      #expect(words[0] == "Step \(index) of \(count): \(step.direction.rawValue)")
      #expect(words[1].hasPrefix(narration.sentence(step)), "step \(index): \(words)")
      #expect(words[2] == narration.arithmetic(step).joined(), "step \(index)")
    }
  }

  @Test func buttonsSliderAndKeysWalk() throws {
    let script = """
      const places = [], note = () => places.push(stepper.moment.step);
      click("next"); note(); click("next"); note(); click("back"); note(); click("last"); note(); click("next"); note();
      click("first"); note(); press("End"); note(); press("ArrowLeft"); note(); press("Home"); note();
      parts.slider.value = 5; parts.slider.dispatchEvent(new Event("input")); note();
      const { width } = view.frame; press("+"); const larger = view.frame.width < width; press("0");
      return [...places, larger ? 1 : 0, [...document.querySelectorAll("button, input, select, svg")].filter(
        made => !made.textContent.trim() && !made.getAttribute("aria-label") && !made.closest("label")).length];
      """
    let count = Explanation(Self.example().graph()).steps.count
    let got = try Self.run(script, in: Self.example().html(), as: [Int].self)
    #expect(
      got == [1, 2, 1, count, count, 0, count, count - 1, 0, 5, 1, 0], "places, larger, controls without a name")
  }

  @Test func anEditedLeafIsComputedAnew() throws {
    let leaf = try #require(Self.example().graph().nodes.first { $0.label == "a" }).id
    let script = """
      const input = parts.leaves.querySelector('[data-leaf="\(leaf)"]');
      input.value = "2.75"; input.dispatchEvent(new Event("input")); press("End");
      const edited = boxes();
      input.value = ""; input.dispatchEvent(new Event("input"));
      const refused = input.getAttribute("aria-invalid");
      click("reset"); press("End");
      return { moments: [edited, boxes()], words: [[refused]] };
      """
    let walk = try Self.run(script, in: Self.example().html(), as: Walk.self)
    for (boxes, value) in zip(walk.moments, [2.75, 2]) {
      let explanation = Explanation(Self.example(a: value).graph())
      Self.check(boxes, explanation, after: explanation.steps.count)
    }
    #expect(walk.words == [["true"]])
  }

  @Test func speaksFrench() throws {
    let script = """
      const select = document.getElementById("language");
      select.value = "fr"; select.dispatchEvent(new Event("change")); press("End");
      return [document.documentElement.lang, ...words(), parts.next.getAttribute("aria-label")];
      """
    let words = try Self.run(script, in: Self.example().html(), as: [String].self)
    #expect(words[0] == "fr" && words[1].contains("rétropropagation") && words[2].contains("Terminé"), "\(words)")
    #expect(words[3].contains("reçoit") && words[4] == "Étape suivante", "\(words)")
  }

  @Test func labelsAreTextAndNothingElse() throws {
    let script = """
      showAll();
      return [String(window.isBroken), ...[...parts.picture.querySelectorAll(".name")].map(made => made.textContent)];
      """
    let names = try Self.run(script, in: PageTests.wildPage, as: [String].self)
    #expect(names[0] == "undefined")
    for label in PageTests.wild { #expect(names.contains(label), "\(label) is not among \(names)") }
  }

  /// Two steppers of one engine know nothing of each other, and one that is removed leaves nothing behind.
  @Test func severalStandOnAPage() throws {
    let script = """
      const place = document.body.appendChild(document.createElement("div"));
      const other = new Stepper(place, stepper.engine, { language: "fr" });
      other.show(JSON.parse(document.getElementById("graph").textContent), { at: { node: 2, direction: "backward" } });
      click("next");
      const got = [parts.progress.textContent, other.parts.progress.textContent, parts.fold.textContent];
      other.remove();
      click("next");
      return [...got, parts.progress.textContent, place.innerHTML];
      """
    let page = ((Value(2, label: "a") * 3).tanh() * 2).html()
    let got = try Self.run(script, in: page, as: [String].self)
    #expect(
      got == [
        "Step 1 of 6: forward", "Étape 6 sur 6\u{A0}: rétropropagation", "Close all boxes", "Step 2 of 6: forward",
        "",
      ])
  }

  /// A message says that the engine has stopped, and a button starts anew.
  @Test func aStoppedEngineIsReplaced() throws {
    let script = """
      const hidden = () => parts.failure.hidden, states = [hidden()];
      stepper.engine.exports = { ...stepper.engine.exports, micrograd_call() { throw new WebAssembly.RuntimeError("unreachable"); } };
      click("next");
      states.push(hidden(), parts.failure.textContent.includes("unreachable"));
      click("restart");
      click("next");
      states.push(hidden(), stepper.moment.step === 1);
      return states;
      """
    let got = try Self.run(script, in: Self.example().html(), as: [Bool].self)
    #expect(
      got == [true, false, true, true, true], "hidden, shown, with the reason, hidden again, at the first step")
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
      """
      const single = () => picture.boxes.filter(({ isOpen }) => !isOpen);
      const all = () => single().length, visible = [all()], hidden = [], expanded = [];
      const onScreen = () => picture.boxes.filter(box => box.kind !== "sign" && view.isOnScreen(box))
        .map(({ kind, isGroup, id }) => `${isGroup ? "group" : kind} ${id}`);
      click("last"); click("fold"); visible.push(all());
      let overlaps = 0, spills = 0;
      for (let i = 0; i < 12; i += 1) {
        const button = closed(), { group } = button.dataset, seen = onScreen();
        press("Enter", button);
        hidden.push([...seen, `group ${group}`].filter(key => !onScreen().includes(key)).join());
        expanded.push(parts.picture.querySelector(`[data-group="${group}"]`).getAttribute("aria-expanded"));
        visible.push(all());
        const frames = single().map(({ frame }) => frame);
        frames.forEach((a, n) => frames.slice(n + 1).forEach(b => {
          if (Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 1
            && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 1) overlaps += 1;
        }));
        // From far away letters are not as large as they are said to be.
        const now = { ...view.frame };
        view.setScale(1); view.show();
        for (const { frame, made } of single()) {
          const drawn = made?.getBBox();
          if (drawn && (drawn.x < frame.x - 1 || drawn.x + drawn.width > frame.x + frame.width + 1
            || drawn.y < frame.y - 1 || drawn.y + drawn.height > frame.y + frame.height + 1)) spills += 1;
        }
        Object.assign(view.frame, now); view.show();
      }
      const far = view.scale;
      press("End");
      expanded.push(String(far > view.scale && view.scale === view.chosenScale));
      return { visible, hidden, overlaps, spills, boxes: boxes(), expanded };
      """
    let net = Self.net(), folding = try Self.run(script, in: net.html(), as: Folding.self)
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
      """
      const scales = [], toggle = () => press("Enter", parts.picture.querySelector('[data-group="0"]'));
      click("fold");
      for (let i = 0; i < 2; i += 1) {
        scales.push(view.scale);
        toggle();
        scales.push(view.scale);
        toggle();
        scales.push(view.scale);
        view.zoom(0.5);
      }
      return scales;
      """
    let got = try Self.run(script, in: Self.net().html(), as: [Double].self)
    #expect(got[0] < got[1] && got[0] == got[2], "all of the picture was on the screen, and is again: \(got)")
    #expect(got[3] < got[4] && got[4] > got[5], "a part of the picture was on the screen: \(got)")
  }

  /// Of a large picture only what is on the screen has words, and from far away only what the step is about.
  @Test func wordsAreWhereTheyCanBeRead() throws {
    let script =
      """
      const isOnScreen = ({ frame: box }) => box.x < view.frame.x + view.frame.width && box.x + box.width > view.frame.x
        && box.y < view.frame.y + view.frame.height && box.y + box.height > view.frame.y;
      const single = () => picture.boxes.filter(({ isGroup }) => !isGroup);
      const drawn = () => single().filter(({ made }) => made), counts = [];
      openAll(); press("0");
      counts.push(drawn().length);  // far: none
      press("End");
      counts.push(drawn().length > 0 && drawn().every(({ mark }) => mark !== "") ? 1 : 0);
      view.zoom(1 / view.scale); press("ArrowLeft");
      counts.push(single().filter(isOnScreen).length > 0 && single().filter(isOnScreen).every(({ made }) => made) ? 1 : 0);
      counts.push(drawn().length < single().length / 2 ? 1 : 0);
      press("0"); press("Home");
      counts.push(drawn().length, picture.details.childElementCount);
      return counts;
      """
    let counts = try Self.run(script, in: Self.net().html(), as: [Int].self)
    #expect(counts == [0, 1, 1, 1, 0, 0], "drawn from far; marked, near, less than half; drawn from far again")
  }
}

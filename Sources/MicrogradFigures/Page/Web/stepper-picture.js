// The visible boxes and lines of a graph, and their drawing.
//
// Text costs a browser most. So only the boxes on the screen have text, and if it would be too small to read, only those of
// the step. Of the other boxes the outlines are drawn, all of a kind as one path.

class StepperPicture {
  /** The kinds of boxes, as SteppingAnswer.swift has them. */
  static kinds = ["leaf", "computed", "result", "sign", "group", "open"];
  /** The count of numbers that describe a box. */
  static boxLength = 8;
  /** The number of edges in one path: the browser skips paths that are not on the screen. */
  static edgesInPath = 200;
  /** The number of picture units per pixel beyond which text cannot be read. */
  static farScale = 3;

  static isValue({ kind }) { return kind === "leaf" || kind === "computed" || kind === "result"; }

  /** `texts` returns the texts of boxes, given by their indices. */
  constructor(svg, texts) {
    Object.assign(this, { svg, texts, boxes: [], lines: [], trunks: [], size: { width: 1, height: 1 } });
  }

  // Reading

  /** Draws a picture of the engine: its size and groups, and its boxes and lines as numbers. */
  show({ width, height, groups }, boxes, lines) {
    this.size = { width, height };
    this.readBoxes(boxes);
    for (const [index, title, contents] of groups) Object.assign(this.boxes[index], { title, contents });
    this.readLines(lines);
    this.draw();
  }

  readBoxes(numbers) {
    this.boxes = [];
    for (let i = 0; i < numbers.length; i += StepperPicture.boxLength) {
      const kind = StepperPicture.kinds[numbers[i]];
      this.boxes.push({
        index: this.boxes.length, kind, id: numbers[i + 1], isGroup: kind === "group" || kind === "open",
        isOpen: kind === "open", made: null, mark: "",
        frame: { x: numbers[i + 2], y: numbers[i + 3], width: numbers[i + 4], height: numbers[i + 5] },
        operationWidth: numbers[i + 6], nameWidth: numbers[i + 7],
      });
    }
  }

  readLines(numbers) {
    this.lines = [];
    this.trunks = [];
    for (let i = 0; i < numbers.length;) {
      const isEdge = numbers[i] === 1, end = i + 2 + 2 * numbers[i + 1], points = numbers.subarray(i + 2, end);
      if (isEdge) {
        const x = points[points.length - 2], y = points[points.length - 1];
        points[points.length - 2] = x - 6;
        this.lines.push({ shaft: stepperShapes.path(points), head: stepperShapes.arrowHead(x, y) });
      } else {
        this.lines.push(null);
        this.trunks.push(stepperShapes.path(points));
      }
      i = end;
    }
  }

  // Drawing

  draw() {
    const shapes = stepperShapes, focused = this.svg.querySelector(":focus")?.dataset.group;
    this.details = shapes.element("g");
    this.active = shapes.element("g", { class: "active" });
    const groups = this.boxes.filter(box => box.isGroup);
    this.svg.replaceChildren(
      shapes.element("g", { class: "open" }, groups.filter(box => box.isOpen).map(({ frame }) =>
        shapes.element("rect", { class: "box", ...frame, rx: 8 }))),
      shapes.element("g", {}, this.paths()), this.active,
      shapes.element("g", { class: "outlines" }, ["leaf", "computed", "result", "sign"].map(kind => this.outlines(kind))),
      shapes.element("g", {}, groups.map(box => {
        box.made = box.isOpen ? shapes.openGroup(box) : shapes.closedGroup(box);
        return box.made;
      })),
      this.details);
    if (focused !== undefined) this.svg.querySelector(`[data-group="${focused}"]`)?.focus({ preventScroll: true });
  }

  paths() {
    const paths = this.trunks.map(d => stepperShapes.element("path", { class: "edge", d }));
    const edges = this.lines.filter(line => line !== null), length = StepperPicture.edgesInPath;
    for (let start = 0; start < edges.length; start += length) {
      paths.push(...stepperShapes.edges(edges.slice(start, start + length)));
    }
    return paths;
  }

  outlines(kind) {
    const boxes = this.boxes.filter(box => box.kind === kind);
    const frames = boxes.map(box => kind === "sign" ? box.frame : stepperShapes.cells(box));
    return stepperShapes.element("path", { class: kind, d: frames.map(frame => stepperShapes.outline(frame)).join("") });
  }

  // Boxes with words

  /** Gives words to the boxes in and around a frame, and takes them from the others. */
  showDetails(frame, scale) {
    const isFar = scale > StepperPicture.farScale, near = {
      left: frame.x - frame.width / 2, right: frame.x + frame.width * 1.5,
      top: frame.y - frame.height / 2, bottom: frame.y + frame.height * 1.5,
    };
    const isNear = ({ x, y, width, height }) =>
      x < near.right && x + width > near.left && y < near.bottom && y + height > near.top;
    this.svg.classList.toggle("far", isFar);
    const missing = [];
    for (const box of this.boxes) {
      if (box.isGroup) continue;
      const isWanted = box.mark !== "" || (!isFar && isNear(box.frame));
      if (isWanted && !box.made) missing.push(box);
      if (!isWanted && box.made) {
        box.made.remove();
        box.made = null;
      }
    }
    if (missing.length > 0) this.addDetails(missing);
  }

  addDetails(boxes) {
    const texts = this.texts(boxes.map(({ index }) => index));
    boxes.forEach((box, place) => {
      box.made = box.kind === "sign" ? stepperShapes.sign(box, texts[place]) : stepperShapes.value(box, texts[place]);
      this.showMark(box);
      if (StepperPicture.isValue(box)) stepperShapes.fill(box.made, texts[place]);
    });
    this.details.append(...boxes.map(box => box.made));
  }

  /** Writes the numbers of this moment into the boxes that have words. */
  showNumbers() {
    const values = this.boxes.filter(box => box.made && StepperPicture.isValue(box));
    if (values.length === 0) return;
    const texts = this.texts(values.map(({ index }) => index));
    values.forEach((box, place) => stepperShapes.fill(box.made, texts[place]));
  }

  // Marks

  /** Marks the boxes of a step, those that hold its operands, and the lines that it goes along, given by their indices. */
  mark(active, touched, lines) {
    const marks = new Map([...touched].map(index => [index, "touched"]));
    for (const index of active) marks.set(index, "active");
    for (const box of this.boxes) {
      const mark = marks.get(box.index) ?? "";
      if (box.mark === mark) continue;
      box.mark = mark;
      if (box.made) this.showMark(box);
    }
    this.active.replaceChildren(...stepperShapes.edges([...lines].map(index => this.lines[index])));
  }

  showMark({ kind, made, mark }) { made.setAttribute("class", `${kind} ${mark}`); }

  // Finding

  /** The box of a group, open or closed. */
  group(id) { return this.boxes.find(box => box.isGroup && box.id === id); }
}

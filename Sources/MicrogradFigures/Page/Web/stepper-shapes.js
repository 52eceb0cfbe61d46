// The looks of a graph's boxes and lines: SVG elements and paths. Positions and texts are the engine's.

const stepperShapes = {
  boxHeight: 26, groupHeight: 38, padding: 14, link: 18, cellWidth: 108,

  element(name, attributes = {}, children = []) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  },

  text(content, x, y, attributes = {}) {
    const made = this.element("text", { x, y: y + 4.3, "text-anchor": "middle", ...attributes });
    made.textContent = content;
    return made;
  },

  /**
   * The widths of characters in the reader's font: of those that figures are made of, and of others in a text.
   */
  widths(text) {
    const codes = (first, last) => Array.from({ length: last - first + 1 }, (_, index) => String.fromCharCode(first + index));
    const all = new Set([...codes(0x20, 0x7e), ..."\u00a0·×÷²½\u202f–…√−→Σσφ‘’“”àâçéèêîôûœÉÀ", ...text]);
    const characters = [...all].join(""), measure = document.createElement("canvas").getContext("2d");
    const list = weight => {
      measure.font = `${weight}12px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif`;
      return Array.from(characters, character => measure.measureText(character).width);
    };
    return { characters, normal: list(""), bold: list("600 ") };
  },

  // Paths

  tenths: number => Math.round(number * 10) / 10,

  /** A line through points, [x, y, x, y, …], with S-shaped curves where it climbs. */
  path(points) {
    let result = `M${this.tenths(points[0])} ${this.tenths(points[1])}`;
    for (let i = 2; i < points.length; i += 2) {
      const x = this.tenths(points[i]), y = this.tenths(points[i + 1]), start = this.tenths(points[i - 1]);
      const middle = this.tenths((points[i - 2] + points[i]) / 2);
      result += start === y ? `L${x} ${y}` : `C${middle} ${start} ${middle} ${y} ${x} ${y}`;
    }
    return result;
  },

  arrowHead(x, y) { return `M${this.tenths(x)} ${this.tenths(y)}l-7 -3.2v6.4z`; },

  outline({ x, y, width, height }) {
    return `M${this.tenths(x)} ${this.tenths(y)}h${this.tenths(width)}v${this.tenths(height)}h${-this.tenths(width)}z`;
  },

  edges(lines) {
    return [
      this.element("path", { class: "edge", d: lines.map(line => line.shaft).join("") }),
      this.element("path", { class: "arrow", d: lines.map(line => line.head).join("") }),
    ];
  },

  // Boxes

  /** The part of a value's frame that holds its name and numbers. The operation stands to its left. */
  cells({ frame, operationWidth }) {
    const sign = operationWidth === 0 ? 0 : operationWidth + this.link;
    return {
      x: frame.x + sign, y: frame.y + (frame.height - this.boxHeight) / 2, width: frame.width - sign,
      height: this.boxHeight,
    };
  },

  value(box, [name, symbol]) {
    const { frame, operationWidth, nameWidth } = box, cells = this.cells(box), middle = frame.y + frame.height / 2;
    const made = this.element("g", { "data-node": box.id }), title = this.element("title");
    made.append(title);
    if (operationWidth > 0) {
      made.append(
        this.element("path", { class: "edge", d: `M${cells.x - this.link} ${middle}H${cells.x - 6}` }),
        this.element("path", { class: "arrow", d: this.arrowHead(cells.x, middle) }),
        this.element("rect", {
          class: "operation", x: frame.x, y: frame.y, width: operationWidth, height: frame.height, rx: this.boxHeight / 2,
        }),
        this.text(symbol, frame.x + operationWidth / 2, middle));
    }
    const columns = [0, 1].map(place => cells.x + nameWidth + place * this.cellWidth);
    const numbers = columns.map(x => this.text("", x + this.cellWidth / 2, middle));
    made.append(
      this.element("rect", { class: "box", ...cells, rx: operationWidth > 0 ? 2 : 8 }),
      this.element("path", { class: "separator", d: columns.map(x => `M${x} ${cells.y}v${this.boxHeight}`).join("") }),
      this.text(name, cells.x + nameWidth / 2, middle, { class: "name" }), ...numbers);
    return Object.assign(made, { numbers, titleOf: title });
  },

  /** Writes the numbers of a value into its box. */
  fill(made, [, , data, grad, title]) {
    [data, grad].forEach((content, index) => {
      if (made.numbers[index].textContent !== content) made.numbers[index].textContent = content;
    });
    made.titleOf.textContent = title;
  },

  sign({ frame }, [name]) {
    return this.element("g", {}, [
      this.element("rect", { class: "box", ...frame, rx: 10 }),
      this.text(name, frame.x + frame.width / 2, frame.y + frame.height / 2),
    ]);
  },

  closedGroup(box) {
    const { x, y, width, height } = box.frame, middle = x + width / 2 - 2;
    return this.groupButton(box, [
      this.element("rect", { class: "box", x: x + 4, y, width: width - 4, height: height - 4, rx: 4 }),
      this.element("rect", { class: "box", x, y: y + 4, width: width - 4, height: height - 4, rx: 4 }),
      this.text(box.title, middle, y + height / 2 - 5, { class: "name" }),
      this.text(box.contents, middle, y + height / 2 + 10, { class: "small" }),
    ]);
  },

  /** The head of an open group, which closes it. */
  openGroup(box) {
    const { x, y, width } = box.frame;
    return this.groupButton(box, [
      this.element("rect", { class: "head", x, y, width, height: this.groupHeight - 6, rx: 8 }),
      this.text(`− ${box.title}`, x + this.padding, y + this.groupHeight / 2 - 3, { class: "name", "text-anchor": "start" }),
    ]);
  },

  groupButton(box, children) {
    return this.element("g", {
      class: "group", role: "button", tabindex: 0, "data-group": box.id, "aria-expanded": box.isOpen, "aria-label": box.title,
    }, children);
  },
};

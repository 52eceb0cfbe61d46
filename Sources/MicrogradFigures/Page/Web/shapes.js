// The looks of things: SVG elements, and paths.

const boxHeight = 26, groupHeight = 38, padding = 14, link = 18, cellWidth = 108;
const measure = document.createElement("canvas").getContext("2d");
const widths = { true: new Map(), false: new Map() };

/** The sum of the widths of the characters, each measured once: there are thousands of names, but few characters. */
function textWidth(text, isBold = false) {
  const known = widths[isBold];
  let width = 0;
  for (const character of text) {
    if (!known.has(character)) known.set(character, characterWidth(character, isBold));
    width += known.get(character);
  }
  return width;
}

function characterWidth(character, isBold) {
  measure.font = `${isBold ? "600 " : ""}12px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif`;
  return measure.measureText(character).width;
}

function element(name, attributes = {}, children = []) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function text(content, x, y, attributes = {}) {
  const made = element("text", { x, y: y + 4.3, "text-anchor": "middle", ...attributes });
  made.textContent = content;
  return made;
}

const tenths = number => Math.round(number * 10) / 10;

function path(points) {
  let result = "";
  points.forEach((point, index) => {
    const x = tenths(point.x), y = tenths(point.y);
    if (index === 0) { result = `M${x} ${y}`; return; }
    const before = points[index - 1], middle = tenths((before.x + point.x) / 2), start = tenths(before.y);
    result += start === y ? `L${x} ${y}` : `C${middle} ${start} ${middle} ${y} ${x} ${y}`;
  });
  return result;
}

function arrowHead(x, y) { return `M${tenths(x)} ${tenths(y)}l-7 -3.2v6.4z`; }

function outline({ x, y, width, height }) {
  return `M${tenths(x)} ${tenths(y)}h${tenths(width)}v${tenths(height)}h${-tenths(width)}z`;
}

function symbol(node, graph) {
  if (node.operation === "constantPower") return `^${inStep(node.constant)}`;
  return graph.definitions[node.operation].symbol;
}

/** The part of a value's frame that holds its name and numbers. The operation stands to its left. */
function cellsFrame(picture, id, frame) {
  const node = picture.graph.nodes[id], sign = node.isLeaf ? 0 : picture.signSize(node).width + link;
  return { x: frame.x + sign, y: frame.y + (frame.height - boxHeight) / 2, width: frame.width - sign, height: boxHeight };
}

function kindOf(picture, { kind, id }) {
  if (kind !== "node") return kind;
  return id === picture.graph.result ? "result" : picture.graph.nodes[id].isLeaf ? "leaf" : "computed";
}

function nodeShape(picture, id, frame) {
  const node = picture.graph.nodes[id], cells = cellsFrame(picture, id, frame), middle = frame.y + frame.height / 2;
  const made = element("g", { "data-node": id }), title = element("title"), nameWidth = textWidth(node.name, true) + 16;
  made.append(title);
  if (!node.isLeaf) {
    const { width, height } = picture.signSize(node);
    made.append(
      element("path", { class: "edge", d: `M${cells.x - link} ${middle}H${cells.x - 6}` }),
      element("path", { class: "arrow", d: arrowHead(cells.x, middle) }),
      element("rect", { class: "operation", x: frame.x, y: middle - height / 2, width, height, rx: boxHeight / 2 }),
      text(symbol(node, picture.graph), frame.x + width / 2, middle));
  }
  const columns = [0, 1].map(place => cells.x + nameWidth + place * cellWidth);
  const numbers = columns.map(x => text("", x + cellWidth / 2, middle));
  made.append(
    element("rect", { class: "box", ...cells, rx: node.isLeaf ? 8 : 2 }),
    element("path", { class: "separator", d: columns.map(x => `M${x} ${cells.y}v${boxHeight}`).join("") }),
    text(node.name, cells.x + nameWidth / 2, middle, { class: "name" }), ...numbers);
  return Object.assign(made, { numbers, titleOf: title });
}

function signShape(picture, item, frame) {
  return element("g", {}, [
    element("rect", { class: "box", ...frame, rx: 10 }),
    text(picture.signName(item), frame.x + frame.width / 2, frame.y + frame.height / 2),
  ]);
}

function closedGroup(picture, id, frame) {
  const group = picture.description.groups[id], { x, y, width, height } = frame, middle = x + width / 2 - 2;
  return groupButton(picture, id, false, [
    element("rect", { class: "box", x: x + 4, y, width: width - 4, height: height - 4, rx: 4 }),
    element("rect", { class: "box", x, y: y + 4, width: width - 4, height: height - 4, rx: 4 }),
    text(picture.title(id), middle, y + height / 2 - 5, { class: "name" }),
    text(group.contents[picture.language], middle, y + height / 2 + 10, { class: "small" }),
  ]);
}

/** The head of an open group, which closes it. */
function groupHead(picture, id, { x, y, width }) {
  return groupButton(picture, id, true, [
    element("rect", { class: "head", x, y, width, height: groupHeight - 6, rx: 8 }),
    text(`− ${picture.title(id)}`, x + padding, y + groupHeight / 2 - 3, { class: "name", "text-anchor": "start" }),
  ]);
}

function groupButton(picture, id, isOpen, children) {
  return element("g", {
    class: "group", role: "button", tabindex: 0, "data-group": id, "aria-expanded": isOpen,
    "aria-label": picture.title(id),
  }, children);
}

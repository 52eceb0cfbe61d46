// The picture: boxes for values, boxes that open for groups, signs for what stands elsewhere.

const boxHeight = 26, groupHeight = 38, padding = 14, link = 18, cellWidth = 108;
// One for each font, since setting a font takes far longer than measuring a text.
const [plain, bold] = ["", "600 "].map(weight => {
  const context = document.createElement("canvas").getContext("2d");
  context.font = `${weight}12px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif`;
  return context;
});

function textWidth(text, isBold = false) { return (isBold ? bold : plain).measureText(text).width; }

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

function path(points) {
  return points.map(({ x, y }, index) => {
    if (index === 0) return `M${x} ${y}`;
    const before = points[index - 1], middle = (before.x + x) / 2;
    return before.y === y ? `L${x} ${y}` : `C${middle} ${before.y} ${middle} ${y} ${x} ${y}`;
  }).join("");
}

class Picture {
  constructor(description, graph) {
    this.description = description;
    this.graph = graph;
    this.open = new Set(description.open);
    this.children = [[], ...description.groups.map(() => [])];
    description.groups.forEach((group, id) => this.children[group.parent + 1].push(id));
  }

  /** What stands at a level: {kind: "node" | "group" | "sign", id, range}. The level is a group, or -1 for the whole. */
  items(level) {
    const groups = this.description.groups, node = id => ({ kind: "node", id, range: [id, id + 1] });
    const [start, end] = level < 0 ? [0, this.graph.nodes.length] : groups[level].nodes;
    const signs = this.description.levels[level + 1].signs.map(sign => {
      const isNode = typeof sign === "number", id = isNode ? sign : sign[0];
      return { kind: "sign", isNode, id, range: isNode ? [id, id + 1] : groups[id].nodes };
    });
    const inside = [];
    let next = start;
    for (const child of this.children[level + 1]) {
      const range = groups[child].nodes;
      for (; next < range[0]; next += 1) inside.push(node(next));
      inside.push({ kind: "group", id: child, range });
      next = range[1];
    }
    for (; next < end; next += 1) inside.push(node(next));
    return [...signs, ...inside];
  }

  /** The visible boxes of computed values, in the order in which they are computed. */
  stops(level = -1) {
    return this.items(level).flatMap(item => {
      if (item.kind === "sign") return [];
      if (item.kind === "node") return this.graph.nodes[item.id].isLeaf ? [] : [item];
      if (this.open.has(item.id)) return this.stops(item.id);
      return this.isComputed(item.range) ? [item] : [];
    });
  }

  isComputed([start, end]) {
    for (let id = start; id < end; id += 1) if (!this.graph.nodes[id].isLeaf) return true;
    return false;
  }

  /** Draws all that is visible. Afterwards `boxes` and `edges` say what is where. */
  draw(language) {
    this.language = language;
    this.boxes = [];
    this.edges = [];
    const { content, width, height } = this.level(-1);
    this.size = { width, height };
    return content;
  }

  level(level) {
    const shape = this.description.shapes[this.description.levels[level + 1].shape], items = this.items(level);
    const insides = items.map(item => item.kind === "group" && this.open.has(item.id) ? this.level(item.id) : null);
    const sizes = items.map((item, index) => this.sizeOf(item, insides[index]));
    const { frames, routes, width, height } = openedLayout(shape, sizes);
    const content = element("g");
    for (const route of routes) content.append(this.edge(route, shape, items, frames));
    items.forEach((item, index) => content.append(this.box(item, frames[index], insides[index])));
    return { content, width, height };
  }

  // Sizes

  title(group) { return this.description.groups[group].title[this.language]; }

  signName(item) {
    if (!item.isNode) return this.title(item.id);
    return this.graph.nodes[item.id].name;
  }

  sizeOf(item, inside) {
    if (item.kind === "sign") return { width: textWidth(this.signName(item)) + 16, height: 20 };
    if (item.kind === "node") return this.nodeSize(this.graph.nodes[item.id]);
    const width = Math.max(textWidth(this.title(item.id), true) + 30, 110);
    if (!inside) return { width, height: groupHeight };
    return {
      width: Math.max(inside.width + 2 * padding, width), height: inside.height + groupHeight + padding,
    };
  }

  nodeSize(node) {
    const sign = node.isLeaf ? 0 : this.signSize(node).width + link;
    const name = textWidth(node.name, true) + 16;
    return { width: sign + name + 2 * cellWidth, height: this.signSize(node).height };
  }

  signSize(node) {
    const height = node.isLeaf ? boxHeight : Math.max(boxHeight, (node.operands.length + 1) * 9);
    return { width: Math.max(boxHeight, textWidth(symbol(node, this.graph)) + 14), height };
  }

  // Shapes

  box(item, frame, inside) {
    const made = item.kind === "node" ? this.node(item.id, frame)
      : item.kind === "sign" ? this.sign(item, frame)
      : inside ? this.openGroup(item.id, frame, inside) : this.closedGroup(item.id, frame);
    if (!inside) this.boxes.push({ item, made, frame });
    return made;
  }

  node(id, frame) {
    const node = this.graph.nodes[id], { width, height } = this.signSize(node);
    const kind = id === this.graph.result ? "result" : node.isLeaf ? "leaf" : "computed";
    const made = element("g", { class: kind, "data-node": id }), title = element("title");
    const left = frame.x + (node.isLeaf ? 0 : width + link), middle = frame.y + frame.height / 2;
    const top = middle - boxHeight / 2, nameWidth = textWidth(node.name, true) + 16;
    if (!node.isLeaf) {
      made.append(
        element("path", { class: "edge", d: `M${left - link} ${middle}H${left - 6}` }), arrowHead(left, middle),
        element("rect", { class: "operation", x: frame.x, y: middle - height / 2, width, height, rx: boxHeight / 2 }),
        text(symbol(node, this.graph), frame.x + width / 2, middle));
    }
    made.append(
      title,
      element("rect", {
        class: "box", x: left, y: top, width: frame.x + frame.width - left, height: boxHeight, rx: node.isLeaf ? 8 : 2,
      }),
      text(node.name, left + nameWidth / 2, middle, { class: "name" }));
    const cells = ["data", "grad"].map((name, place) => {
      const x = left + nameWidth + place * cellWidth, cell = text("", x + cellWidth / 2, middle);
      made.append(element("path", { class: "separator", d: `M${x} ${top}v${boxHeight}` }), cell);
      return cell;
    });
    Object.assign(made, { cells, titleOf: title });
    return made;
  }

  sign(item, frame) {
    return element("g", { class: "sign" }, [
      element("rect", { class: "box", ...frame, rx: 10 }),
      text(this.signName(item), frame.x + frame.width / 2, frame.y + frame.height / 2),
    ]);
  }

  closedGroup(id, frame) {
    const group = this.description.groups[id], { x, y, width, height } = frame, middle = x + width / 2 - 2;
    return this.button(id, false, [
      element("rect", { class: "box", x: x + 4, y, width: width - 4, height: height - 4, rx: 4 }),
      element("rect", { class: "box", x, y: y + 4, width: width - 4, height: height - 4, rx: 4 }),
      text(this.title(id), middle, y + height / 2 - 5, { class: "name" }),
      text(group.contents[this.language], middle, y + height / 2 + 10, { class: "small" }),
    ]);
  }

  openGroup(id, frame, inside) {
    inside.content.setAttribute("transform", `translate(${frame.x + padding} ${frame.y + groupHeight})`);
    const head = this.button(id, true, [
      element("rect", { class: "head", x: frame.x, y: frame.y, width: frame.width, height: groupHeight - 6, rx: 8 }),
      text(`− ${this.title(id)}`, frame.x + padding, frame.y + groupHeight / 2 - 3, { class: "name", "text-anchor": "start" }),
    ]);
    return element("g", { class: "open" }, [element("rect", { class: "box", ...frame, rx: 8 }), head, inside.content]);
  }

  button(id, isOpen, children) {
    return element("g", {
      class: "group", role: "button", tabindex: 0, "data-group": id, "aria-expanded": isOpen, "aria-label": this.title(id),
    }, children);
  }

  // Edges

  edge({ edge, target, points }, shape, items, frames) {
    if (target < 0) return element("path", { class: "edge", d: path(points) });
    const from = items[shape.edges[edge][0]].range, to = items[target].range, end = points[points.length - 1];
    const node = items[target].kind === "node" ? this.graph.nodes[items[target].id] : null;
    if (node && !node.isLeaf) end.x += this.recess(node, end.y - frames[target].y - frames[target].height / 2);
    const made = element("g", {}, [
      element("path", { class: "edge", d: path([...points.slice(0, -1), { x: end.x - 6, y: end.y }]) }),
      arrowHead(end.x, end.y),
    ]);
    this.edges.push({ from, to, made });
    return made;
  }

  /** How far an operation's round outline recedes from the left side of its frame. */
  recess(node, offset) {
    const radius = boxHeight / 2, straight = this.signSize(node).height / 2 - radius;
    const height = Math.min(Math.max(Math.abs(offset) - straight, 0), radius);
    return radius - Math.sqrt(radius * radius - height * height);
  }
}

function symbol(node, graph) {
  if (node.operation === "constantPower") return `^${inStep(node.constant)}`;
  return graph.definitions[node.operation].symbol;
}

function arrowHead(x, y) {
  return element("path", { class: "arrow", d: `M${x} ${y}l-7 -3.2v6.4z` });
}

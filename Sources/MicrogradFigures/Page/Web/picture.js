// The visible boxes and their positions: boxes for values, boxes that open for groups, signs for values of other levels.
// shapes.js draws them.

class Picture {
  constructor(description, graph) {
    this.description = description;
    this.graph = graph;
    this.open = new Set(description.open);
    this.children = [[], ...description.groups.map(() => [])];
    description.groups.forEach((group, id) => this.children[group.parent + 1].push(id));
  }

  /** The items of a level: {kind: "node" | "group" | "sign", id, range}. The level is a group, or -1 for the whole graph. */
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

  /**
   * Places all that is visible. Afterwards `boxes` are {item, frame}, `groups` those that are groups, and open ones, which
   * `isOpen`; `edges` are {from, to, shaft, head}, the last two being paths; `trunks` are what several edges have in common.
   */
  place(language) {
    this.language = language;
    Object.assign(this, { boxes: [], groups: [], edges: [], trunks: [] });
    const whole = this.plan(-1);
    this.size = { width: whole.width, height: whole.height };
    this.placeLevel(whole, { x: 0, y: 0 });
  }

  /** Places a level, from (0, 0), with the open levels in it. */
  plan(level) {
    const shape = this.description.shapes[this.description.levels[level + 1].shape], items = this.items(level);
    const insides = items.map(item => item.kind === "group" && this.open.has(item.id) ? this.plan(item.id) : null);
    const sizes = items.map((item, index) => this.sizeOf(item, insides[index]));
    return { shape, items, insides, ...openedLayout(shape, sizes) };
  }

  placeLevel({ shape, items, insides, frames, routes }, origin) {
    const placed = frames.map(frame => ({ ...frame, x: origin.x + frame.x, y: origin.y + frame.y }));
    for (const { edge, target, points } of routes) {
      const line = points.map(({ x, y }) => ({ x: origin.x + x, y: origin.y + y }));
      if (target < 0) this.trunks.push(path(line));
      else this.placeEdge(items[shape.edges[edge][0]], items[target], line, placed[target]);
    }
    items.forEach((item, index) => {
      const frame = placed[index], inside = insides[index], box = { item, frame, isOpen: Boolean(inside), mark: "" };
      if (item.kind === "group") this.groups.push(box);
      if (inside) this.placeLevel(inside, { x: frame.x + padding, y: frame.y + groupHeight });
      else this.boxes.push(box);
    });
  }

  placeEdge(source, target, line, frame) {
    const end = line[line.length - 1], node = target.kind === "node" ? this.graph.nodes[target.id] : null;
    if (node && !node.isLeaf) end.x += this.recess(node, end.y - frame.y - frame.height / 2);
    this.edges.push({
      from: source.range, to: target.range,
      shaft: path([...line.slice(0, -1), { x: end.x - 6, y: end.y }]), head: arrowHead(end.x, end.y),
    });
  }

  /** The frame of a group, open or closed. */
  frameOf(group) { return this.groups.find(({ item }) => item.id === group).frame; }

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

  /** How far an operation's round outline recedes from the left side of its frame. */
  recess(node, offset) {
    const radius = boxHeight / 2, straight = this.signSize(node).height / 2 - radius;
    const height = Math.min(Math.max(Math.abs(offset) - straight, 0), radius);
    return radius - Math.sqrt(radius * radius - height * height);
  }
}

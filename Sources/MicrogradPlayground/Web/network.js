// The net: layers and neurons that are added and removed in the picture itself, and weights that can be looked at.

parts.push({ id: "net", title: "net", place: "network", mount(root, app) { new NetPicture(root, app); } });

const headHeight = 76, leastHeight = 360, mostLabels = 48;

class NetPicture {
  neurons = [];
  edges = [];
  near = null;
  nextEdges = 0;

  constructor(root, app) {
    this.app = app;
    this.lines = svg("svg", { class: "edges", role: "presentation" });
    this.heads = html("div", { class: "heads" });
    this.nodes = html("div", { class: "nodes" });
    this.tip = html("div", { class: "tip", hidden: true });
    this.stage = html("div", { class: "stage", role: "group", label: "netLabel" }, [this.lines, this.nodes, this.tip]);
    this.scroller = html("div", { class: "scrolls net" }, html("div", { class: "sheet" }, [this.heads, this.stage]));
    this.total = html("span", { class: "remark" });
    this.numbers = html("input", { type: "checkbox", on: { change: () => this.show() } });
    this.numbersWord = html("span", { word: "showNumbers" });
    root.append(this.scroller, html("div", { class: "row foot" }, [
      choiceField({ word: "initialization", path: "network.initialization" }), seedField("network.seed"),
      html("label", { class: "check" }, [this.numbers, this.numbersWord]), this.total,
    ]));
    this.listen();
    app.on("settings", () => this.build());
    app.on("language", () => this.build());
    app.on("selection", () => this.show());
    app.on("frame", ({ neurons }) => { if (neurons) this.show(); });
    schemes.addEventListener("change", () => this.build());
    new ResizeObserver(onceAFrame(() => { const { clientWidth: width, clientHeight: height } = this.scroller;
      if (width !== this.width || height !== this.height) this.build();
    })).observe(this.scroller);
    this.build();
  }

  // Building

  build() {
    const { app } = this, shape = app.shape, focused = this.focusKey();
    [this.width, this.height] = [this.scroller.clientWidth, this.scroller.clientHeight];
    const columns = shape.length + 1, margin = this.width < 420 ? 42 : 66, pitch = Math.max(120, (this.width - 2 * margin) / (columns - 1));
    const most = Math.max(2, ...shape.map(({ neurons }) => neurons));
    const room = Math.max(leastHeight, this.scroller.clientHeight - headHeight), gap = clamp(room / most, 20, 72), height = Math.max(room, most * gap);
    this.size = clamp(Math.floor(gap * .75), 16, 44);
    const full = pitch * (columns - 1) + 2 * margin, x = column => margin + pitch * column;
    const y = (index, count) => height / 2 + (index - (count - 1) / 2) * gap;
    this.scroller.firstChild.style.width = `${full}px`;
    this.stage.style.height = `${height}px`;
    this.lines.setAttribute("viewBox", `0 0 ${full} ${height}`);
    this.neurons = [["x", "y"].map((name, index) => this.neuron(-1, index, x(0), y(index, 2)))];
    shape.forEach(({ neurons }, layer) => this.neurons.push(Array.from({ length: neurons }, (_, index) =>
      this.neuron(layer, index, x(layer + 1), y(index, neurons)))));
    this.edges = shape.flatMap((_, layer) => this.neurons[layer + 1].flatMap(to => this.neurons[layer].map(from => this.edge(layer, from, to))));
    const outputs = this.neurons.at(-1), signs = outputs.length < 2 ? [] : outputs.map(({ x, y }, index) => Object.assign(classSign(index), { style: `left:${x + this.size / 2 + 6}px;top:${y}px` }));
    this.nodes.replaceChildren(...this.neurons.flat().flatMap(({ element, bias }) => [element, bias].filter(Boolean)), ...signs);
    this.lines.replaceChildren(svg("g", {}, this.edges.map(({ element }) => element)), this.labels = svg("g", { class: "labels" }));
    this.showHeads(shape, x, pitch);
    this.total.textContent = app.word(app.opened.parameters === 1 ? "oneParameter" : "parameters", { count: count(app.opened.parameters) });
    setAttribute(this.numbersWord, "word", this.hasRoomForNumbers ? "showNumbers" : "showNumbersNear");
    this.stops = [...this.neurons.flat(), ...this.edges];
    this.setStop(this.stops.find(stop => this.identity(stop) === focused?.key) ?? this.neurons[1]?.[0], focused !== null);
    this.drawInputs();
    this.show();
  }

  neuron(layer, index, x, y) {
    const isInput = layer < 0, { size } = this, canvas = html("canvas", { "aria-hidden": "true" });
    const choose = isInput ? null : { kind: "neuron", layer, neuron: index };
    const element = html("button", {
      class: "neuron", tabindex: "-1", "aria-label": this.name({ layer, index }), "aria-disabled": isInput ? "true" : null,
      style: { left: `${x - size / 2}px`, top: `${y - size / 2}px`, width: `${size}px`, height: `${size}px` },
      on: { click: () => choose && this.choose(choose) },
    }, [canvas, isInput ? html("span", { text: index ? "y" : "x", style: { "font-size": `${Math.min(14, .6 * size)}px` } }) : null]);
    const bias = isInput ? null : html("span", { class: "bias", "aria-hidden": "true", style: { left: `${x - size / 2 - 6}px`, top: `${y + size / 2 - 6}px` }, on: {
      click: () => this.choose({ kind: "bias", layer, neuron: index }),
      pointerenter: () => this.hover({ bias: { kind: "bias", layer, neuron: index }, x, y: y + size / 2 }), pointerleave: () => this.hover(null),
    } });
    const neuron = { layer, index, x, y, element, canvas, bias, choose, key: selectionText(choose) };
    element.addEventListener("focus", () => { this.setStop(neuron); this.hover(neuron); });
    element.addEventListener("blur", () => this.hover(null));
    element.addEventListener("pointerenter", () => this.hover(neuron));
    element.addEventListener("pointerleave", () => this.hover(null));
    return neuron;
  }

  edge(layer, from, to) {
    const half = this.size / 2, [x1, x2] = [from.x + half, to.x - half], middle = (x1 + x2) / 2;
    const choose = { kind: "weight", layer, neuron: to.index, input: from.index };
    const edge = { layer, from, to, x1, x2, choose, key: selectionText(choose), parameter: this.app.parameterIndex(choose) };
    edge.element = svg("path", { class: "weight", d: `M${x1} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${x2} ${to.y}`,
      role: "button", tabindex: "-1", "aria-label": this.name(edge) });
    edge.element.addEventListener("focus", () => { this.setStop(edge); this.hover(edge); });
    edge.element.addEventListener("blur", () => this.hover(null));
    return edge;
  }

  name({ layer, index, from, to }) {
    const { app } = this, last = app.shape.length - 1;
    if (from) return app.word("weightName", { from: this.name(from), to: this.name(to) });
    if (layer < 0) return app.word("inputName", { name: app.inputName(index) });
    return layer === last ? app.word("outputName", { neuron: index + 1 }) : app.word("neuronName", { layer: layer + 1, neuron: index + 1 });
  }

  /** Above each layer, what changes it; between two layers, what inserts one. */
  showHeads(shape, x, pitch) {
    const { app } = this, focus = document.activeElement?.dataset.head, layers = app.settings.network.layers;
    const setLayers = layers => app.change({ network: { layers } });
    const limits = app.limits("network.layers.neurons"), mostLayers = app.limits("network.layers").max ?? 6;
    const button = (text, word, blanks, action, isUseless, key) => {
      const name = app.word(word, blanks);
      return html("button", { text, "aria-label": name, title: name, disabled: isUseless, data: { head: key }, on: { click: action } });
    };
    const head = (column, children) => html("div", { class: "head", style: { left: `${x(column)}px` } }, children);
    const resized = (index, neurons) => setLayers(layers.map((layer, at) => at === index ? { ...layer, neurons } : layer));
    const hidden = layers.map(({ neurons, activation }, index) => {
      const blanks = { layer: index + 1 }, select = html("select", { "aria-label": app.word("activationOf", blanks), data: { head: `a${index}` }, on: {
        change: () => setLayers(layers.map((layer, at) => at === index ? { ...layer, activation: select.value } : layer)),
      } }, app.choices("network.layers.activation").map(({ value, words }) => html("option", { value, words })));
      select.value = activation;
      return head(index + 1, [
        html("div", { class: "size" }, [
          button("−", "fewer", blanks, () => resized(index, neurons - 1), neurons <= (limits.min ?? 1), `m${index}`),
          html("output", { text: neurons, title: app.word("neuronsOf", blanks) }),
          button("+", "more", blanks, () => resized(index, neurons + 1), neurons >= (limits.max ?? 16), `p${index}`),
          button("×", "removeLayer", blanks, () => setLayers(layers.filter((_, at) => at !== index)), false, `r${index}`),
        ]), select]);
    });
    const inserts = Array.from({ length: layers.length + 1 }, (_, index) => html("div", { class: "insert", style: { left: `${x(index) + pitch / 2}px` } },
      button("+", "insertLayer", { layer: index + 1 }, () => setLayers(layers.toSpliced(index, 0, { neurons: 4, activation: layers[Math.max(index - 1, 0)]?.activation ?? "tanh" })),
        layers.length >= mostLayers, `i${index}`)));
    const ordered = inserts.flatMap((insert, index) => [insert, hidden[index]]).filter(Boolean);
    this.heads.replaceChildren(head(0, html("strong", { text: app.word("inputs") })), ...ordered, head(shape.length, html("strong", { text: app.word("output") })));
    if (focus) this.heads.querySelector(`[data-head="${focus}"]:not(:disabled)`)?.focus();
  }

  // Showing

  drawInputs() {
    this.neurons[0].forEach(({ canvas, index }) => paintGrid(canvas, 20, (pixels, place, at) =>
      paintNumber(pixels, place, (index ? 9.5 - Math.floor(at / 20) : at % 20 - 9.5) / 9.5)));
  }

  /** Returns if the last frame is one of the net that is drawn. */
  get isCurrent() { return this.app.frame?.parameters && this.app.frame.parameters.length === this.app.opened?.parameters; }

  show() {
    if (!this.isCurrent) return;
    const { app } = this, { frame } = app, chosen = selectionText(app.selection);
    const warned = new Map((frame.warnings ?? []).map(warning => [`${warning.layer} ${warning.neuron}`, warning]));
    if (frame.neurons) this.images = { size: frame.neuronSize, numbers: frame.neurons };
    const { size, numbers } = this.images, area = size ** 2;
    let at = 0;
    for (const neuron of this.neurons.slice(1).flat()) this.showNeuron(neuron, numbers.subarray(at, at += area), size, chosen, warned.get(`${neuron.layer} ${neuron.index}`));
    // Their drawing anew costs more than all else of a frame.
    if (!app.isPlaying || performance.now() > this.nextEdges) this.showEdges();
    if (this.near) this.showTip();
  }

  showEdges() {
    if (!this.isCurrent) return;
    this.nextEdges = performance.now() + 90;
    const { parameters } = this.app.frame, chosen = selectionText(this.app.selection);
    const largest = Math.max(1, ...parameters.map(Math.abs).filter(Number.isFinite));
    for (const edge of this.edges) this.showEdge(edge, parameters[edge.parameter], largest, chosen);
    this.showLabels();
  }

  /** Changes as little as possible: the browser computes anew the looks of what is touched. */
  showEdge(edge, weight, largest, chosen) {
    const size = Math.abs(weight), isChosen = edge.key === chosen;
    const share = Number.isFinite(weight) ? Math.sqrt(size / largest) * Math.min(1, Math.sqrt(size)) : 0;
    const exact = Math.max(isChosen ? 3 : .4, .4 + 5 * share), width = Math.abs(exact - edge.width) < .25 ? edge.width : exact;
    const sign = !Number.isFinite(weight) ? "broken" : weight < 0 ? "negative" : "positive";
    const looks = `weight ${sign}${isChosen ? " chosen" : ""}${edge === this.near ? " near" : ""}`;
    if (edge.width !== width) edge.element.style.strokeWidth = (edge.width = width).toFixed(1);
    if (edge.looks !== looks) edge.element.setAttribute("class", edge.looks = looks);
  }

  showNeuron({ element, canvas, bias, choose, key, layer, index }, numbers, size, chosen, warning) {
    let largest = 1e-9;
    for (const number of numbers) largest = Math.max(largest, Math.abs(number));
    const scale = Number.isFinite(largest) ? 1 / largest : 1;
    paintGrid(canvas, size, (pixels, place, at) => paintNumber(pixels, place, numbers[at] * scale));
    element.classList.toggle("chosen", key === chosen);
    element.classList.toggle("warned", warning !== undefined);
    const value = this.app.frame.parameters[this.app.parameterIndex({ kind: "bias", layer, neuron: index })];
    bias.className = `bias ${value < 0 ? "negative" : "positive"}${selectionText({ ...choose, kind: "bias" }) === chosen ? " chosen" : ""}`;
  }

  get hasRoomForNumbers() { return this.edges.length <= mostLabels; }

  showLabels() {
    const isOn = this.numbers.checked, { near } = this;
    const shown = this.edges.filter(edge => (isOn && this.hasRoomForNumbers) || (near?.element && (edge === near || edge.to === near || (isOn && edge.from === near))));
    const place = edge => .3 + .4 * ((edge.from.index + .5) / this.neurons[edge.layer].length);
    this.labels.replaceChildren(...shown.filter(edge => isOn || edge !== near).map(edge => {
      const t = place(edge), [x, y] = this.pointOn(edge, t);
      return svg("text", { x: x.toFixed(1), y: (y + 4).toFixed(1), text: short(this.app.frame.parameters[edge.parameter], 2) });
    }));
  }

  /** The point of an edge at a share of its curve. */
  pointOn({ x1, x2, from, to }, t) {
    const s = 1 - t, middle = (x1 + x2) / 2;
    return [s ** 3 * x1 + 3 * s * t * middle + t ** 3 * x2, (s ** 3 + 3 * s * s * t) * from.y + (t ** 3 + 3 * s * t * t) * to.y];
  }

  showTip() {
    const { near, app, tip } = this, { frame } = app;
    const parameter = near.bias?.kind ? app.parameterIndex(near.bias) : near.parameter;
    const name = near.bias?.kind ? app.word("biasName", { of: this.name({ layer: near.bias.layer, index: near.bias.neuron }) }) : this.name(near);
    const [x, y] = near.from ? this.pointOn(near, .5) : [near.x, near.y - this.size / 2];
    const lines = [html("strong", { text: name })];
    if (parameter !== undefined && frame?.parameters) {
      lines.push(html("span", { text: `${app.word(near.from ? "weight" : "bias")} ${short(frame.parameters[parameter])}` }),
        html("span", { text: `${app.word("gradient")} ${short(frame.gradients?.[parameter])}` }));
    } else if (near.choose && frame?.parameters) {
      lines.push(html("span", { text: `${app.word("bias")} ${short(frame.parameters[app.parameterIndex({ ...near.choose, kind: "bias" })])}` }));
    }
    if (near.choose || near.bias) lines.push(html("span", { class: "remark", text: app.word("clickForWhy") }));
    tip.replaceChildren(...lines);
    tip.hidden = false;
    tip.style.left = `${clamp(x, 90, this.lines.viewBox.baseVal.width - 90)}px`;
    tip.style.top = `${Math.max(y - 6, 56)}px`;
  }

  hover(near) {
    if (this.near === near) return;
    this.near = near;
    if (near) this.showTip();
    else this.tip.hidden = true;
    this.showEdges();
  }

  // The pointer and the keys

  listen() {
    const { stage } = this;
    let near = null;
    stage.addEventListener("pointermove", event => {
      if (event.target.closest(".neuron, .bias")) return;
      near = this.edgeAt(event);
      this.hover(near);
      stage.style.cursor = near ? "pointer" : "";
    });
    stage.addEventListener("pointerleave", () => this.hover(null));
    stage.addEventListener("click", event => {
      if (event.target.closest(".neuron, .bias")) return;
      const edge = this.edgeAt(event);
      if (edge) this.choose(edge.choose);
    });
    stage.addEventListener("keydown", event => this.key(event));
  }

  /** The edge at the pointer: within a gap all edges have the same share of their curves at the same x. */
  edgeAt(event) {
    const box = this.stage.getBoundingClientRect(), [x, y] = [event.clientX - box.x, event.clientY - box.y];
    const edges = this.edges.filter(({ x1, x2 }) => x > x1 && x < x2);
    if (!edges.length) return null;
    let [low, high] = [0, 1];
    for (let turn = 0; turn < 20; turn += 1) {
      const t = (low + high) / 2;
      if (this.pointOn(edges[0], t)[0] < x) low = t; else high = t;
    }
    const distance = edge => Math.abs(this.pointOn(edge, low)[1] - y);
    const best = edges.reduce((best, edge) => distance(edge) < distance(best) ? edge : best);
    return distance(best) < 9 ? best : null;
  }

  choose(selection) {
    this.app.select(selection);
    revealTools();
  }

  key(event) {
    const stop = this.stops.find(({ element }) => element === document.activeElement);
    if (!stop || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "b" && stop.choose?.kind === "neuron") { this.choose({ ...stop.choose, kind: "bias" }); return event.preventDefault(); }
    if ((event.key === "Enter" || event.key === " ") && stop.choose) { this.choose(stop.choose); return event.preventDefault(); }
    const next = this.neighbour(stop, event.key);
    if (next === undefined) return;
    event.preventDefault();
    if (next) this.setStop(next, true);
  }

  /** Left and right lead from a neuron to a weight and on to the next neuron; up and down to its like. */
  neighbour(stop, key) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[key], isEdge = stop.from !== undefined;
    if (by) {
      const likes = isEdge ? this.edges.filter(({ from, to }) => stop.isLeaving ? from === stop.from : to === stop.to) : this.neurons[stop.layer + 1];
      const next = likes[likes.indexOf(stop) + by];
      if (isEdge && next) next.isLeaving = stop.isLeaving;
      return next ?? null;
    }
    if (key === "ArrowLeft") return isEdge ? stop.from : this.leave(this.edges.find(({ to }) => to === stop), false);
    if (key === "ArrowRight") return isEdge ? stop.to : this.leave(this.edges.find(({ from }) => from === stop), true);
    return undefined;
  }
  leave(edge, isLeaving) { if (edge) edge.isLeaving = isLeaving; return edge ?? null; }

  identity(stop) { return stop && JSON.stringify(stop.choose ?? stop.index); }
  focusKey() {
    const stop = this.stops?.find(({ element }) => element === document.activeElement);
    return stop ? { key: this.identity(stop) } : null;
  }

  /** The one element of the net that Tab leads to. */
  setStop(stop, takesFocus = false) {
    if (!stop) return;
    this.stop?.element.setAttribute("tabindex", "-1");
    this.stop = stop;
    stop.element.setAttribute("tabindex", "0");
    if (takesFocus) stop.element.focus({ preventScroll: false });
  }
}

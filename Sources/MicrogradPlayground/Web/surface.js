// The plane: what the net says everywhere, and the samples. Points are chosen here, and drawn by hand.

parts.push({ id: "surface", title: "surface", place: "result", mount(root, app) { new Plane(root, app); } });

const planeSize = 400;

class Plane {
  mode = "look";
  class = 0;
  cursor = null;
  draft = null;
  signs = [];

  constructor(root, app) {
    this.app = app;
    this.canvas = html("canvas", { "aria-hidden": "true" });
    this.line = svg("path", { class: "boundary" });
    [this.points, this.axes, this.marks] = ["points", "axes", "marks"].map(name => svg("g", { class: name }));
    this.picture = svg("svg", { viewBox: `0 0 ${planeSize} ${planeSize}`, "aria-hidden": "true" }, [this.line, this.points, this.marks]);
    this.area = html("div", { class: "area", tabindex: "0", role: "application", label: "surfaceLabel", "aria-describedby": "plane-words" }, [this.canvas, this.picture]);
    this.words = html("p", { class: "remark reading", id: "plane-words" });
    this.tools = html("div", { class: "row drawing" });
    this.legend = html("div", { class: "legend" });
    this.modes = segments("planeMode", [{ value: "look", word: "look" }, { value: "draw", word: "draw" }], "look", mode => this.setMode(mode));
    this.ruler = { x: html("div", { class: "ruler x", "aria-hidden": "true" }), y: html("div", { class: "ruler y", "aria-hidden": "true" }) };
    titleBar(root).append(this.modes);
    root.append(this.tools, html("div", { class: "plane" }, [this.ruler.y, this.area, this.ruler.x]), this.words, this.legend);
    this.listen();
    app.on("settings", () => this.showSamples());
    app.on("language", () => { this.showSamples(); this.showReading(); });
    app.on("frame", frame => this.show(frame));
    app.on("selection", () => this.showMarks());
    this.showSamples();
  }

  // Places

  get bounds() { return this.app.bounds; }
  x(value) { const [low, high] = this.bounds.x; return (value - low) / (high - low) * planeSize; }
  y(value) { const [low, high] = this.bounds.y; return (high - value) / (high - low) * planeSize; }
  /** The point of the plane at a place of the picture. */
  point([x, y]) {
    const { x: [left, right], y: [low, high] } = this.bounds;
    return [left + x / planeSize * (right - left), high - y / planeSize * (high - low)];
  }
  place(event) {
    const box = this.area.getBoundingClientRect();
    return [(event.clientX - box.x) / box.width * planeSize, (event.clientY - box.y) / box.height * planeSize].map(x => clamp(x, 0, planeSize));
  }

  // Showing

  get isRegression() { return this.app.settings.task === "regression"; }

  showSamples() {
    const { app } = this, { settings, samples } = app;
    if (settings.data.kind !== "points" || !this.draft || this.draft.length >= 2) this.draft = null;
    if (settings.data.kind !== "points" && this.mode === "draw" && !this.isStarting) this.setMode("look");
    const drawn = this.draft ? [[this.draft.flat(), "train"]] : [[samples.test, "test"], [samples.train, "train"]];
    this.middle = this.targetRange(drawn.flatMap(([flat]) => [...flat].filter((_, index) => index % 3 === 2)));
    const total = drawn.reduce((sum, [{ length }]) => sum + length / 3, 0), radius = total <= 300 ? 4.6 : total <= 600 ? 3.6 : 2.8;
    this.signs = [];
    for (const [flat, kind] of drawn) {
      for (let at = 0; at < flat.length; at += 3) this.signs.push(this.sign(flat[at], flat[at + 1], flat[at + 2], kind, at / 3, radius));
    }
    this.points.replaceChildren(...this.signs.map(({ element }) => element));
    this.showAxes();
    this.showLegend();
    this.showTools();
    this.showMarks();
  }

  sign(x, y, target, kind, index, radius) {
    const looks = this.isRegression ? this.numberLooks(target) : { index: target, class: `c${target}` };
    const element = shape(looks.index, this.x(x), this.y(y), radius, { class: `point ${kind} ${looks.class}`, style: looks.style });
    return { element, x, y, target, kind, index };
  }

  /** Numbers above the middle point up, those below point down, the more colourful the farther away. */
  numberLooks(target) {
    const place = clamp((target - this.middle.middle) / this.middle.half, -1, 1);
    return { index: place < 0 ? 4 : 1, class: place < 0 ? "c0" : "c1", style: { "--amount": `${Math.round(25 + 75 * Math.abs(place))}%` } };
  }

  targetRange(targets) {
    const low = Math.min(...targets), high = Math.max(...targets);
    return Number.isFinite(low) ? { low, high, middle: (low + high) / 2, half: (high - low) / 2 || 1 } : { low: -1, high: 1, middle: 0, half: 1 };
  }

  showAxes() {
    for (const [axis, side] of [["x", "left"], ["y", "top"]]) {
      const [low, high] = this.bounds[axis];
      this.ruler[axis].replaceChildren(...ticks(low, high, 6).map(({ value, text }) =>
        html("span", { text, style: { [side]: `${this[axis](value) / planeSize * 100}%` } })));
    }
  }

  showLegend() {
    const { app } = this, item = (sign, word, blanks) => html("span", {}, [sign, app.word(word, blanks)]);
    const classes = this.isRegression ? [item(classSign(4), "low", { value: short(this.middle.low, 3) }), item(classSign(1), "high", { value: short(this.middle.high, 3) })]
      : Array.from({ length: app.opened.classes }, (_, index) => html("span", {}, [classSign(index), app.className(index)]));
    classes.forEach((element, index) => { if (this.isRegression) element.querySelector("path").setAttribute("class", `point train c${index}`); });
    const sets = [["train", "trainingSet", app.samples.train.length / 3], ["test", "testSet", app.samples.test.length / 3]];
    this.legend.replaceChildren(...classes, ...sets.map(([kind, word, count]) => {
      const element = item(classSign(0, kind), word, { count });
      element.querySelector("path").setAttribute("class", `point ${kind} plain`);
      return element;
    }), ...(this.isRegression ? [] : [item(svg("svg", { class: "sign", viewBox: "-1.8 -1.8 3.6 3.6", "aria-hidden": "true" }, shape(0, 0, 0, 1, { class: "point train plain wrong" })), "wrong")]));
  }

  show(frame) {
    if (!frame.surface) return;
    const { surface, size, outputs } = frame, area = size * size, { classes, none } = colors();
    const { middle, half } = this.middle;
    paintGrid(this.canvas, size, outputs === 1
      ? (pixels, place, index) => paintNumber(pixels, place, .7 * (surface[index] - middle) / half)
      : (pixels, place, index) => {
        let best = 0;
        for (let k = 1; k < outputs; k += 1) if (surface[k * area + index] > surface[best * area + index]) best = k;
        const sure = (surface[best * area + index] - 1 / outputs) / (1 - 1 / outputs);
        if (Number.isNaN(sure)) paint(pixels, place, none, .4);
        else paint(pixels, place, classes[best], .08 + .42 * sure);
      });
    this.line.setAttribute("d", boundaries(frame, middle));
    this.line.setAttribute("transform", `scale(${planeSize / size}) translate(.5 .5)`);
    for (const { element, x, y, target } of this.signs) element.classList.toggle("wrong", outputs > 1 && this.said(x, y, frame) !== target);
    if (this.cursor) this.showReading();
  }

  /** The probability of each class, or the number, at a point, from the picture's grid. */
  at(x, y, { surface, size, outputs } = this.app.frame) {
    const { x: [left, right], y: [low, high] } = this.bounds, area = size * size;
    const u = clamp((x - left) / (right - left) * size - .5, 0, size - 1), v = clamp((high - y) / (high - low) * size - .5, 0, size - 1);
    const column = Math.min(Math.floor(u), size - 2), row = Math.min(Math.floor(v), size - 2), a = u - column, b = v - row;
    return Array.from({ length: outputs }, (_, k) => {
      const at = (r, c) => surface[k * area + (row + r) * size + column + c];
      return (1 - b) * ((1 - a) * at(0, 0) + a * at(0, 1)) + b * ((1 - a) * at(1, 0) + a * at(1, 1));
    });
  }
  said(x, y, frame) { const shares = this.at(x, y, frame); return shares.indexOf(Math.max(...shares)); }

  showMarks() {
    const { selection } = this.app, marks = [];
    if (selection?.kind === "sample") {
      const sign = this.signs.find(({ kind, index }) => kind === "train" && index === selection.sample);
      if (sign) marks.push(svg("circle", { class: "chosen", cx: this.x(sign.x), cy: this.y(sign.y), r: 10 }));
    }
    if (this.cursor) {
      const [x, y] = this.cursor;
      marks.push(svg("path", { class: "cursor", d: `M${x - 9} ${y}H${x + 9}M${x} ${y - 9}V${y + 9}` }));
    }
    this.marks.replaceChildren(...marks);
  }

  showReading(place = this.cursor) {
    const { app } = this;
    if (!place || !app.frame?.surface) { this.words.textContent = app.word(this.mode === "draw" ? "drawHint" : "lookHint"); return; }
    const [x, y] = this.point(place), shares = this.at(x, y), near = this.nearest(place);
    const says = app.frame.outputs === 1 ? app.word("saysNumber", { value: short(shares[0], 3) })
      : app.word("saysClass", { name: app.className(shares.indexOf(Math.max(...shares))), share: percent(Math.max(...shares)) });
    const sample = near ? app.word(near.kind === "train" ? "nearTraining" : "nearTest", {
      target: this.isRegression ? short(near.target, 3) : app.className(near.target), sample: near.index + 1 }) : "";
    this.words.textContent = `${app.inputName(0)} ${short(x, 3)}, ${app.inputName(1)} ${short(y, 3)}: ${says}${sample}`;
    if (place === this.cursor) app.announce(this.words.textContent);
  }

  say(word, blanks) {
    this.words.textContent = this.app.word(word, blanks);
    this.app.announce(this.words.textContent);
  }

  nearest([x, y], reach = 14, kinds = ["train", "test"]) {
    const near = this.signs.filter(({ kind }) => kinds.includes(kind)).map(sign => ({ sign, distance: Math.hypot(this.x(sign.x) - x, this.y(sign.y) - y) }))
      .reduce((best, next) => next.distance < best.distance ? next : best, { distance: reach });
    return near.sign;
  }

  // The pointer and the keys

  listen() {
    const { area } = this;
    let last = null;
    area.addEventListener("pointerdown", event => {
      if (event.button !== 0) return;
      const place = this.place(event);
      if (this.mode === "look") return this.choose(place);
      area.setPointerCapture(event.pointerId);
      [last, this.isDragging] = [place, true];
      this.add(place);
    });
    area.addEventListener("pointermove", event => {
      const place = this.place(event);
      this.showReading(place);
      if (!this.isDragging || Math.hypot(place[0] - last[0], place[1] - last[1]) < 14) return;
      last = place;
      this.add(place);
    });
    const end = () => { if (this.isDragging) { this.isDragging = false; this.commit(); } };
    area.addEventListener("pointerup", end);
    area.addEventListener("pointercancel", end);
    area.addEventListener("pointerleave", () => this.showReading());
    area.addEventListener("keydown", event => this.key(event));
    area.addEventListener("blur", () => { this.cursor = null; this.showMarks(); });
    this.showReading();
  }

  choose(place) {
    const sample = this.nearest(place, 16, ["train"]);
    this.app.select(sample ? { kind: "sample", sample: sample.index } : null);
    if (sample) revealTools();
  }

  key(event) {
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const digit = Number(event.key), isDigit = digit >= 1 && digit <= 5 && !this.isRegression;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (move) {
      const step = event.shiftKey ? 40 : 8, [x, y] = this.cursor ?? [planeSize / 2, planeSize / 2];
      this.cursor = [x + step * move[0], y + step * move[1]].map(x => clamp(x, 0, planeSize));
      this.showMarks();
      this.showReading();
    } else if (event.key === "Enter") {
      this.cursor ??= [planeSize / 2, planeSize / 2];
      if (this.mode === "draw") { this.add(this.cursor); this.commit(); } else this.choose(this.cursor);
    } else if (isDigit && this.mode === "draw") this.setClass(digit - 1);
    else if ((event.key === "Delete" || event.key === "Backspace") && this.mode === "draw") this.remove(this.cursor);
    else return;
    event.preventDefault();
  }

  // Drawing

  setMode(mode) {
    this.mode = mode;
    this.modes.select(mode);
    this.area.classList.toggle("draws", mode === "draw");
    this.app.holdBounds(mode === "draw");
    if (mode === "draw" && this.app.settings.data.kind !== "points") this.begin();
    this.showTools();
    this.showReading(null);
  }

  /** All samples become points drawn by hand. */
  async begin() {
    this.isStarting = true;
    this.draft = this.all();
    await this.commit();
    this.isStarting = false;
  }

  all() { return this.draft ?? drawnPoints(this.app); }

  add(place) {
    const points = this.all(), [x, y] = this.point(place).map(number => Number(number.toFixed(3)));
    if (points.length >= this.app.description.points) return this.say("mostPoints", { count: count(this.app.description.points) });
    const target = this.isRegression ? Number(this.value?.value ?? 0) : this.class;
    this.draft = [...points, [x, y, target]];
    this.points.append(this.sign(x, y, target, "train", -1, 4.6).element);
  }

  remove(place) {
    const sign = place && this.nearest(place, 30);
    if (!sign) return;
    this.draft = this.all().filter(([x, y]) => Math.hypot(x - sign.x, y - sign.y) > 2e-3);
    this.commit();
  }

  clear() { this.draft = []; this.app.pause(); this.showSamples(); this.say("twoPoints"); }

  async commit() {
    if (!this.draft) return;
    if (this.draft.length < 2) { this.showSamples(); return this.say("twoPoints"); }
    const points = this.draft, { settings } = this.app, classes = Math.max(settings.data.classes ?? 2, ...points.map(([, , target]) => target + 1));
    const before = new Set(drawnPoints(this.app).map(String));
    // After clearing, nothing is the table's any more; a point more lies in its plane.
    if (!points.some(point => before.has(String(point)))) this.app.table = {};
    await this.app.change({ data: { kind: "points", points, ...(this.isRegression ? {} : { classes }) } });
  }

  setClass(index) {
    this.class = index;
    this.showTools();
    this.app.announce(this.app.className(index));
  }

  showTools() {
    const { app, tools } = this;
    if (this.mode !== "draw") return tools.replaceChildren();
    const most = app.limits("data.classes").max ?? 5;
    const choice = this.isRegression
      ? html("label", { class: "row" }, [html("span", { word: "value" }), this.value = html("input", { type: "number", step: "0.1", value: this.value?.value ?? 1, class: "short" })])
      : segments("classOfPoints", Array.from({ length: most }, (_, value) => ({ value, content: [classSign(value), html("span", { class: "unseen", text: app.className(value) })] })), this.class, index => { this.class = index; });
    tools.replaceChildren(choice, html("button", { word: "clear", on: { click: () => this.clear() } }));
  }
}

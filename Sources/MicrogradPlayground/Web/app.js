// The page's core: the settings, the worker that trains, and who is told of changes. Parts register by `parts.push`.

class App {
  language = document.documentElement.lang === "fr" ? "fr" : "en";
  settings = {};
  /** The settings that differ from the defaults, as the user has made them. */
  changes = {};
  /** The replies of "describe" and "open", and the samples as flat arrays x, y, target. */
  description = null;
  opened = null;
  samples = { train: new Float64Array(), test: new Float64Array() };
  frame = null;
  engine = null;
  selection = null;
  isPlaying = false;
  /** Steps a second. */
  speed = 200;
  tool = null;
  /**
   * The table that the points are from, as the engine describes it: the names {inputs, target, classes} and the scales
   * {means, deviations} of its columns. Empty without one.
   */
  table = {};
  /** The step that the page is on its way to. */
  destination = null;
  /** The place in a lesson, for the address: "gradient.2". */
  lesson = null;
  #listeners = {};
  #questions = new Map();
  #worker = null;
  #tickets = 0;
  #openings = 0;
  #wishes = 0;
  /** The step of the engine's last answer. */
  #at = 0;
  #isTellingWay = false;
  #isStale = false;
  #good = {};
  #address = "";
  #mounted = new Map();
  #heldBounds = null;
  bounds = { x: [-1, 1], y: [-1, 1] };

  // Words

  word(key, blanks = {}) {
    return this.#unbroken((words[this.language][key] ?? words.en[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => blanks[name] ?? ""));
  }
  /** Returns a text of the page in both languages, with counts in its blanks. */
  texts(key, counts = {}) {
    const filled = language => words[language][key].replace(/\{(\w+)\}/g, (_, name) => countFormats[language].format(counts[name]));
    return Object.fromEntries(Object.keys(words).map(language => [language, filled(language)]));
  }
  /** Returns a text that the engine gives in both languages. */
  say(text) { return this.#unbroken(typeof text === "object" && text !== null ? text[this.language] ?? text.en : String(text ?? "")); }
  /** In French, signs such as ":" keep to the word before them. */
  #unbroken(text) { return this.language === "fr" ? text.replace(/ (?=[:;?!»%])|(?<=«) /g, "\u00A0") : text; }
  setLanguage(language) {
    this.language = language;
    document.documentElement.lang = language;
    translate(document.documentElement);
    document.title = document.querySelector("h1").textContent = this.word("title");
    this.emit("language");
    this.writeAddress();
  }

  // Events: frame, settings, language, selection, playing, tool, stopped

  /** Calls a listener on each event, and returns a function that removes it. */
  on(event, listener) {
    (this.#listeners[event] ??= new Set()).add(listener);
    return () => this.#listeners[event].delete(listener);
  }
  emit(event, value) {
    for (const listener of this.#listeners[event] ?? []) {
      try { listener(value); } catch (error) { console.error(error); }
    }
  }

  // The worker

  async #startWorker() {
    this.#worker?.terminate();
    const source = ["bridge", "worker"].map(id => document.getElementById(id).textContent).join("\n");
    const url = URL.createObjectURL(new Blob([`"use strict";\n${source}`], { type: "text/javascript" }));
    const worker = new Worker(url), ready = new Promise((resolve, reject) => {
      worker.onmessage = ({ data: { kind, message } }) => kind === "ready" ? resolve() : kind === "text" ? sendText() : reject({ text: message });
      worker.onerror = reject;
    });
    // Where a module cannot be sent, the worker compiles its own.
    const sendText = () => worker.postMessage({ kind: "start", text: engineText() });
    try { worker.postMessage({ kind: "start", module: this.module }); } catch { sendText(); }
    await ready;
    URL.revokeObjectURL(url);
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onerror = ({ message }) => this.#stop({ en: message, fr: message });
    this.#worker = worker;
  }

  #receive({ kind, id, reply, frame, message, isStopped }) {
    this.#at = (frame ?? reply)?.step ?? this.#at;
    if (kind === "frame") return this.#show(frame);
    const question = this.#questions.get(id);
    this.#questions.delete(id);
    if (kind === "reply") return question?.resolve(reply);
    if (isStopped) this.#stop(message);
    if (question) question.reject(Object.assign(new Error(this.say(message)), { text: message, isStopped }));
    else if (!isStopped) this.tell(message);
  }

  #show(frame) {
    [this.frame, this.#isStale] = [frame, false];
    requestAnimationFrame(() => {
      // The worker makes the next frame while this one is drawn.
      this.#worker?.postMessage({ kind: "drawn" });
      if (this.frame === frame) this.emit("frame", frame);
    });
    if (!this.isPlaying) this.writeAddress();
    else if (frame.warnings?.some(({ kind }) => kind === "nan")) this.pause();
  }

  #stop(message) {
    this.#setPlaying(false);
    for (const { reject } of this.#questions.values()) reject(Object.assign(new Error(this.say(message)), { text: message, isStopped: true }));
    this.#questions.clear();
    this.emit("stopped", message);
    this.tell(message, { word: "startAnew", action: () => this.restartEngine() });
  }

  /** The last frame; null until there is one of the present settings. */
  get presentFrame() { return this.#isStale ? null : this.frame; }

  /** Throws the engine away, and begins anew with the same settings. */
  async restartEngine() {
    this.tell(null);
    this.engine = new Engine(this.module);
    await this.#startWorker();
    await this.#reopen();
  }

  /** Returns the reply of the worker's engine. Fails with an error whose `text` is {en, fr}. */
  ask(request) {
    const id = this.#tickets += 1;
    return new Promise((resolve, reject) => {
      this.#questions.set(id, { resolve, reject });
      this.#worker.postMessage({ kind: "ask", id, request });
    });
  }

  // Settings

  /** Puts settings into the present ones, and opens anew; null takes one back to its default. */
  change(settings) {
    this.changes = merged(this.changes, settings);
    return this.#reopen();
  }
  /**
   * Opens these settings and nothing else. `page`: table, step, language, open (a tool), select, speed. Returns whether the page
   * is there: false if the settings were refused, or something else was asked for meanwhile.
   */
  async load(settings, page = {}) {
    [this.changes, this.table] = [settings, page.table ?? {}];
    if (page.language && page.language !== this.language && words[page.language]) this.setLanguage(page.language);
    if (page.speed > 0) this.setSpeed(page.speed);
    const step = stepOf(page.step), opening = this.#reopen(), wish = this.#wishes;
    if (!await opening || wish !== this.#wishes || (step > 0 && !await this.#travel(step))) return false;
    this.#selectLinked(page.select);
    if (page.open) this.open(page.open);
    return true;
  }
  /** What `load` needs to come back to where the page is. */
  get place() {
    return [structuredClone(this.changes), { table: this.table, step: this.position, open: this.tool, select: selectionText(this.selection) }];
  }
  /** The limits of a number, and the choices of a setting, as the engine describes them. */
  limits(path) { return this.description.limits[path] ?? {}; }
  choices(path) {
    return (this.description.choices[path] ?? []).filter(({ task }) => (task ?? this.settings.task) === this.settings.task);
  }

  /** Returns whether the settings are open: false if they were refused, or others were asked for meanwhile. */
  async #reopen() {
    const opening = this.#openings += 1, settings = this.changes = addressable(this.changes);
    this.#wish();
    try {
      const reply = await this.ask({ do: "open", settings });
      if (opening !== this.#openings) return false;
      [this.#good, this.opened, this.settings, this.#at, this.#isStale] = [settings, reply, reply.settings, 0, true];
      if (this.settings.data.kind !== "points") this.table = {};
      [this.samples.train, this.samples.test] = reply.buffers;
      this.#showBounds();
      if (this.selection && !this.has(this.selection)) this.select(null);
      this.emit("settings");
      this.writeAddress();
      return true;
    } catch (error) {
      if (opening !== this.#openings || error.isStopped) return false;
      this.changes = this.#good;
      this.tell(error.text ?? String(error));
      // The engine still holds the last good settings; controls show them again.
      if (this.opened) this.emit("settings");
      else await this.#reopen();
      return false;
    }
  }

  /** Keeps the part of the plane that is shown while points are drawn; points outside of it still make it larger. */
  holdBounds(isHeld) { this.#heldBounds = isHeld ? this.bounds : null; }
  #showBounds() {
    const { x, y } = this.opened.bounds, held = this.#heldBounds;
    const wider = ([low, high], values) => [Math.min(low, ...values), Math.max(high, ...values)];
    const values = axis => [...this.samples.train, ...this.samples.test].filter((_, index) => index % 3 === axis);
    this.bounds = held ? { x: wider(held.x, values(0)), y: wider(held.y, values(1)) } : { x, y };
    this.#worker.postMessage({ kind: "view", bounds: held ? this.bounds : undefined });
  }
  /** The names of a class and of an input, counted from 0: those of a table, or "class 1" and "x". */
  className(index) { return this.table.classes?.[index] || this.word("className", { name: index + 1 }); }
  inputName(index) { return this.table.inputs?.[index] || "xy"[index]; }
  /** Takes a table's names and scales, and says so if the address has no room for the names. */
  setTable(table) {
    this.table = table;
    if (!fitsAddress(table)) this.tell(this.texts("longNames"));
  }

  // Running

  play() {
    this.#wish();
    this.#worker?.postMessage({ kind: "play", speed: this.speed });
    this.#setPlaying(true);
  }
  pause() {
    this.#wish();
    if (!this.isPlaying) return;
    this.#worker?.postMessage({ kind: "pause" });
    this.#setPlaying(false);
  }
  setSpeed(speed) {
    this.speed = speed;
    if (this.isPlaying) this.play();
    this.emit("playing");
  }
  step(count = 1) {
    this.pause();
    return this.#run({ do: "train", steps: count });
  }
  seek(step) {
    this.pause();
    return this.#travel(Math.max(0, Math.round(step)));
  }
  back() { return this.seek(this.position - 1); }
  /** The step that the page is at, or on its way to. */
  get position() { return this.destination ?? this.#at; }
  epoch() { return this.step(this.stepsPerEpoch); }
  get stepsPerEpoch() { return this.opened.stepsPerEpoch; }
  async #run(request) {
    try { return await this.ask(request); } catch (error) { if (!error.isStopped) this.tell(error.text); }
  }
  /**
   * Goes to a step by requests of a fifth of a second, between which the page shows how far it is. Returns whether it is there:
   * false if something else was asked for meanwhile.
   */
  async #travel(step) {
    const wish = this.#wish(), begin = performance.now();
    let at = this.#at, count = 100;
    this.destination = step;
    do {
      const start = performance.now();
      at = (await this.#run({ do: "seek", step: Math.min(step, at + count) }))?.step;
      if (wish !== this.#wishes) return false;
      const now = performance.now();
      count = Math.round(clamp(count * clamp(200 / (now - start), .2, 2), 1, 20000));
      if (at < step && now - begin > 1000 && !this.#isTellingWay) this.#tellWay(step);
    } while (at < step);
    this.#wish();
    return at === step;
  }
  #tellWay(step) {
    this.tell(this.texts("onTheWay", { step }), { word: "stopHere", action: () => this.#wish() });
    this.#isTellingWay = true;
  }
  /** Counts what is asked for, to tell whether it was the last, and ends the way to a step. */
  #wish() {
    this.destination = null;
    if (this.#isTellingWay) this.tell(null);
    return this.#wishes += 1;
  }
  #setPlaying(isPlaying) {
    this.isPlaying = isPlaying;
    this.emit("playing");
  }

  // Selection and tools

  /** Selects {kind: "weight", layer, neuron, input} | {kind: "bias" | "neuron", layer, neuron} | {kind: "sample", sample} | null. */
  select(selection) {
    // Who selects the same again asks anew.
    if (!selection && !this.selection) return;
    this.selection = selection;
    this.emit("selection", selection);
    this.writeAddress();
  }
  /** Selects what an address names, if it is there. */
  #selectLinked(text) {
    const selection = text ? selectionOf(text) : null;
    this.select(selection && this.has(selection) ? selection : null);
  }
  /** Returns if the net or the data have what is selected. */
  has({ kind, layer, neuron, input, sample }) {
    if (kind === "loss") return true;
    if (kind === "sample") return sample * 3 < this.samples.train.length;
    const shape = this.shape[layer];
    return shape !== undefined && neuron < shape.neurons && (kind !== "weight" || input < shape.inputs);
  }
  /** The layers, the output's among them: {inputs, neurons, activation}. */
  get shape() { return this.opened?.layers ?? []; }
  /** The place of a weight, or of a neuron's bias, among all parameters. */
  parameterIndex({ kind, layer, neuron, input }) {
    const before = this.shape.slice(0, layer).reduce((sum, { inputs, neurons }) => sum + neurons * (inputs + 1), 0);
    const { inputs } = this.shape[layer];
    return before + neuron * (inputs + 1) + (kind === "weight" ? input : inputs);
  }

  /** Shows a tool, by the id of its part; null closes it. */
  open(id) {
    const part = parts.find(part => part.id === id && part.place === "tools");
    this.tool = part ? id : null;
    if (part && !this.#mounted.has(id)) this.#mount(part, document.getElementById(`tool-${id}`));
    this.emit("tool", this.tool);
    this.writeAddress();
  }

  #mount(part, root) {
    this.#mounted.set(part.id, root);
    try { part.mount(root, this); } catch (error) { console.error(error); }
    translate(root);
  }

  // Messages

  /** Shows a message ({en, fr}, or null for none), with an action that the user may choose. */
  tell(text, action) {
    const place = document.getElementById("message");
    this.#isTellingWay = false;
    place.hidden = !text;
    place.replaceChildren(...!text ? [] : [
      html("p", typeof text === "object" ? { words: text } : { text }),
      action ? html("button", { word: action.word, on: { click: action.action } }) : null,
      html("button", { class: "quiet", label: "close", text: "×", on: { click: () => this.tell(null) } }),
    ].filter(Boolean));
  }

  /** Tells screen readers the last of the news that come in quick succession. */
  announce(text) {
    clearTimeout(this.announcing);
    this.announcing = setTimeout(() => { document.getElementById("live").textContent = text; }, 300);
  }

  // The address

  get address() {
    return addressOf(this.changes, {
      table: addressableTable(this.table), step: this.position || null, language: this.language === initialLanguage ? null : this.language, open: this.tool,
      select: selectionText(this.selection) ?? null, lesson: this.lesson,
    });
  }
  writeAddress() {
    if (!this.opened) return;
    const address = this.address;
    if (address === this.#address) return;
    this.#address = address;
    // A page inside another one may not.
    try { history.replaceState(null, "", `#${address}`); } catch { location.hash = address; }
  }
  #readAddress() {
    const text = location.hash.slice(1);
    if (text === this.#address) return;
    this.#address = text;
    const { settings, page } = readAddress(text);
    this.pause();
    return this.load(settings, page);
  }

  // The start

  async start() {
    try {
      this.module = await Engine.compile(engineText());
      this.engine = new Engine(this.module);
      await this.#startWorker();
      this.description = await this.ask({ do: "describe" });
      const { settings, page } = readAddress(location.hash);
      const isGiven = location.hash.length < 2, first = isGiven ? given("settings") : settings;
      this.setTable(isGiven ? given("table") : page.table ?? {});
      this.#address = location.hash.slice(1);
      this.changes = first;
      await this.#reopen();
      if (page.language && words[page.language]) this.setLanguage(page.language);
      if (page.speed > 0) this.speed = page.speed;
      makeTabs();
      mountHeader();
      for (const part of parts.filter(({ place }) => place !== "tools")) this.#mount(part, placeFor(part));
      this.open(page.open ?? parts.find(({ place }) => place === "tools")?.id);
      document.body.classList.add("ready");
      if (this.frame) this.emit("frame", this.frame);
      addEventListener("hashchange", () => this.#readAddress());
      const step = stepOf(page.step);
      if (step > 0 && !await this.#travel(step)) return;
      this.emit("started");
      this.#selectLinked(page.select);
    } catch (error) {
      this.tell(error.text ?? error.message ?? String(error));
      throw error;
    }
  }
}

const engineText = () => document.getElementById("engine").textContent;
const initialLanguage = document.documentElement.lang === "fr" ? "fr" : "en";

/** The step in an address; 0 if it is none. */
const stepOf = step => step > 0 && Number.isSafeInteger(Math.floor(step)) ? Math.floor(step) : 0;

/** What the page was made with. */
const given = id => JSON.parse(document.getElementById(id).textContent || "{}");

/** Returns a new section for a part in its place. What the part puts into `titleBar(root)` stands beside its title. */
function placeFor({ id, title, place }) {
  const hasTitle = title && place !== "run" && place !== "lessons", content = html("div", { class: "content" });
  const bar = hasTitle ? html("div", { class: "title" }, html("h2", { word: title, id: `title-${id}` })) : null;
  const section = html("section", { class: "part", id: `part-${id}`, ...(bar ? { "aria-labelledby": `title-${id}` } : { label: title }) }, [bar, content]);
  document.getElementById(place).append(section);
  return content;
}

const titleBar = root => root.previousElementSibling;

const app = new App();
translate(document.body);
// After the first picture of the page.
requestAnimationFrame(() => setTimeout(() => app.start()));

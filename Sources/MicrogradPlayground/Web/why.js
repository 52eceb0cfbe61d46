// Why a number moves: the scalar graph that its gradient comes from, at one moment of the training.

parts.push({ id: "why", title: "why", place: "tools", mount(root, app) { new Why(root, app); } });

// The graph of what is selected opens, whatever tool is shown. Tools come into being when they are first opened.
app.on("selection", selection => { if (selection) { app.open("why"); offerWay(); } });

/** Shows a button that leads to the tools, while they are below the edge of the window. */
function offerWay() {
  const tools = document.getElementById("tools"), isMoving = matchMedia("(prefers-reduced-motion: no-preference)").matches;
  document.querySelector(".why-way")?.remove();
  const button = html("button", { class: "why-way primary", on: { click: () => {
    app.open("why");
    document.getElementById("tool-why").focus({ preventScroll: true });
    tools.scrollIntoView({ behavior: isMoving ? "smooth" : "auto" });
  } } }, [html("span", { word: "why" }), " ↓"]);
  const observer = new IntersectionObserver(([{ isIntersecting }]) => {
    if (!isIntersecting) return document.querySelector("main").append(button);
    button.remove();
    observer.disconnect();
  }, { rootMargin: "0px 0px -200px" });
  observer.observe(tools);
}

class Why {
  /** The number, and whether its gradient is that of one sample or of the batch. */
  target = { kind: "loss" };
  over = "sample";
  sample = 0;
  /** The reply that is shown, and the step that it is of. */
  reply = null;
  step = 0;
  #isAsking = false;
  #isDue = false;
  #next = 0;

  constructor(root, app) {
    this.app = app;
    this.moment = html("span");
    this.now = html("button", { word: "whyNow", on: { click: () => this.ask() } });
    this.follow = html("input", { type: "checkbox", on: { change: () => this.#keepUp() } });
    this.answer = html("div", { role: "status" });
    this.parts = html("div", { class: "scrolls" });
    this.graph = html("div", { class: "why-graph" });
    root.append(
      html("p", { class: "remark", word: "whyHint" }), this.#form(),
      html("div", { class: "row" }, [this.moment, this.now, html("label", { class: "check" }, [this.follow, html("span", { word: "whyFollow" })])]),
      html("div", { class: "why-body" }, [html("div", {}, [this.answer, this.parts]), this.graph]));
    app.on("selection", selection => this.#take(selection));
    app.on("frame", () => this.#keepUp());
    app.on("tool", () => this.#keepUp());
    app.on("settings", () => this.#refit());
    app.on("language", () => { if (this.stepper) this.stepper.language = app.language; this.#show(); });
    this.#take(app.selection ?? this.target);
  }

  // What is asked

  #form() {
    const kinds = [["loss", "whyLoss"], ["weight", "whyWeight"], ["bias", "whyBias"], ["neuron", "whyNeuron"]];
    this.kind = html("select", { label: "whyNumber", on: { change: () => this.#choose() } }, kinds.map(([value, word]) => html("option", { value, word })));
    this.places = [["layer", "whyLayer"], ["neuron", "whyUnit"], ["input", "whyInput"]]
      .map(([name, word]) => Object.assign(numberEntry(word, {}, () => this.#choose()), { name }));
    this.overs = segments("whyOver", [{ value: "sample", word: "whyOne" }, { value: "batch", word: "whyBatch" }], this.over, over => { this.over = over; this.ask(); });
    this.samples = numberEntry("whySample", {}, () => this.#goTo(this.samples.read() - 1));
    const move = (label, text, by) => html("button", { label, text, on: { click: () => this.#goTo(this.sample + by) } });
    this.stepping = html("div", { class: "row" }, [this.samples, move("whyPrevious", "‹", -1), move("whyNext", "›", 1)]);
    return html("div", { class: "row" }, [this.kind, ...this.places, this.overs, this.stepping]);
  }

  get #count() { return this.app.samples.train.length / 3; }

  #goTo(sample) {
    this.sample = clamp(sample, 0, this.#count - 1);
    this.ask();
  }

  /** Reads the form, within the limits of the net. */
  #choose() {
    const target = { kind: this.kind.value };
    for (const place of this.#placesOf(target.kind)) {
      place.input.max = this.#most(place.name, target);
      target[place.name] = place.read() - 1;
    }
    this.app.select(target);
  }
  #placesOf(kind) { return this.places.slice(0, { loss: 0, weight: 3 }[kind] ?? 2); }
  #most(name, { layer = 0 }) {
    const { shape } = this.app;
    return { layer: shape.length, neuron: shape[layer]?.neurons, input: shape[layer]?.inputs }[name];
  }

  #take(selection) {
    if (!selection) return;
    if (selection.kind === "sample") [this.sample, this.over, this.target] = [selection.sample, "sample", { kind: "loss" }];
    else this.target = selection;
    this.ask();
  }

  /** After other data, or another net: what no longer exists is not asked for. */
  #refit() {
    this.sample = Math.min(this.sample, Math.max(this.#count - 1, 0));
    if (!this.app.has(this.target)) this.target = { kind: "loss" };
    this.reply = null;
    this.#showMoment();
    if (this.app.tool === "why") this.ask();
  }

  #keepUp() {
    this.#showMoment();
    const isWanted = !this.reply || (this.follow.checked && this.app.frame?.step !== this.step && performance.now() > this.#next);
    if (this.app.tool === "why" && isWanted && !this.#isAsking) this.ask();
  }

  /** Asks for the graph of the present moment. While an answer is awaited, only the last wish counts. */
  async ask() {
    this.#showForm();
    this.#isDue = true;
    if (this.#isAsking) return;
    this.#isAsking = true;
    while (this.#isDue) {
      this.#isDue = false;
      await this.#askOnce();
    }
    this.#isAsking = false;
  }
  async #askOnce() {
    const { over, sample, target, app } = this;
    try {
      const reply = await app.ask({ do: "why", target: { ...target, sample }, over });
      if (this.#isDue) return;
      [this.reply, this.step, this.graph.hidden] = [reply, reply.step, false];
      this.#show();
      this.stepper ??= new Stepper(this.graph, app.engine, { language: app.language });
      this.stepper.show(reply.description, { at: { node: reply.focus, direction: "backward" } });
      // Time to look, and time for everything else.
      this.#next = performance.now() + 300;
    } catch (error) {
      [this.reply, this.step, this.graph.hidden] = [{}, app.frame?.step, true];
      this.#show();
      this.answer.replaceChildren(errorText(error));
    }
  }

  // What is shown

  #showForm() {
    const { target } = this, shown = this.#placesOf(target.kind);
    this.kind.value = target.kind;
    for (const place of this.places) {
      place.hidden = !shown.includes(place);
      Object.assign(place.input, { max: this.#most(place.name, target), value: (target[place.name] ?? 0) + 1 });
    }
    this.overs.select(this.over);
    this.stepping.hidden = this.over === "batch";
    Object.assign(this.samples.input, { max: this.#count, value: this.sample + 1 });
  }

  #showMoment() {
    // A frame of the worker can be older than its answer.
    const { frame, isPlaying } = this.app, now = frame?.step ?? 0, isLater = this.reply !== null && (isPlaying ? now > this.step : now !== this.step);
    this.now.setAttribute("aria-disabled", !isLater);
    this.moment.textContent = this.reply && this.app.word(isLater ? "whyLater" : "whyAt", { step: count(this.step), now: count(now) });
  }

  #show() {
    this.#showMoment();
    const { sentence, value, gradient, summands = [] } = this.reply ?? {};
    this.answer.replaceChildren(...sentence ? [
      html("p", { text: this.app.say(sentence) }), html("dl", { class: "numbers" }, numberList([["whyValue", value], ["whyGradient", gradient]])),
    ] : []);
    this.#showParts(summands.map(({ sample, gradient }) => ({ sample, gradient: numberOf(gradient) })));
  }

  #showParts(summands, most = 10) {
    if (!summands.length) return this.parts.replaceChildren();
    const size = ({ gradient }) => Math.abs(gradient) || 0, sorted = [...summands].sort((a, b) => size(b) - size(a));
    const largest = size(sorted[0]) || 1, points = this.app.samples.train;
    const row = ({ sample, gradient }) => html("tr", {}, [
      html("th", { scope: "row" }, html("button", {
        class: "quiet", text: sample + 1, "aria-label": this.app.word("whyOpen", { sample: sample + 1 }),
        on: { click: () => { [this.over, this.sample] = ["sample", sample]; this.ask(); this.samples.input.focus(); } },
      })),
      html("td", { class: "number", text: short(points[3 * sample + 2]) }),
      html("td", { class: "bars" }, html("span", { class: gradient < 0 && "negative", style: { width: `${50 * size({ gradient }) / largest}%` } })),
      html("td", { class: "number", text: short(gradient) }),
    ]);
    const heads = ["whySample", "whyTarget", null, "whyPart"].map(word => word ? html("th", { scope: "col", word }) : html("td"));
    this.parts.replaceChildren(
      html("p", { class: "remark", word: "whyParts" }),
      html("table", { class: "bar-table" }, [html("thead", {}, html("tr", {}, heads)), html("tbody", {}, sorted.slice(0, most).map(row))]),
      ...sorted.length > most ? [html("button", { text: this.app.word("whyAll", { count: count(sorted.length) }), on: { click: () => {
        this.#showParts(summands, Infinity);
        this.parts.querySelector(`tbody tr:nth-child(${most + 1}) button`).focus();
      } } })] : []);
  }
}

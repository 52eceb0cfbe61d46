// A part of a page in which a reader steps forward and backward through a graph. The engine computes, lays out and explains;
// this draws its answers and passes the reader's actions on (SteppingDispatcher.swift has the requests).

class Stepper {
  /**
   * Fills an element. `tools` is an element for the buttons of the picture, if they have a place elsewhere, and `keys` the
   * target whose key events count, if it is not the element itself.
   */
  constructor(root, engine, { language = "en", tools = null, keys = root } = {}) {
    Object.assign(this, { root, engine, keys, spoken: language, graph: null, moment: null, parts: {} });
    this.press = event => this.onKey(event);
    root.classList.add("stepper");
    this.build(tools);
    this.picture = new StepperPicture(this.parts.picture, boxes => this.ask("texts", { boxes }).texts);
    this.view = new StepperView(this.parts.picture, this.picture);
    keys.addEventListener("keydown", this.press);
    this.speak();
  }

  // Building

  build(givenTools) {
    const { parts, root } = this;
    const make = (tag, attributes = {}, children = []) => {
      const made = document.createElement(tag);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      made.append(...children);
      return made;
    };
    const button = (name, sign = null) => {
      parts[name] = make("button", { type: "button", [sign === null ? "data-word" : "data-label"]: name }, [sign ?? ""]);
      parts[name].addEventListener("click", () => this.guard(this.actions[name]));
      return parts[name];
    };
    const part = (name, tag, attributes = {}, children = []) => (parts[name] = make(tag, attributes, children));

    const tools = part("tools", "div", { class: "stepper-tools" }, [
      button("smaller", "−"), button("larger", "+"), button("fit"), button("fold"),
    ]);
    parts.picture = stepperShapes.element("svg", { class: "picture", role: "group", "data-label": "picture" });
    const steps = make("div", { class: "steps" }, [
      button("first", "|◀"), button("back", "◀"),
      part("slider", "input", { type: "range", min: 0, value: 0, "data-label": "slider" }),
      button("next", "▶"), button("last", "▶|"),
    ]);
    const words = make("div", { "aria-live": "polite", "aria-atomic": "true" }, [
      part("progress", "p", { class: "progress" }), part("sentence", "p", { class: "sentence" }),
      part("arithmetic", "ul", { class: "arithmetic" }),
    ]);
    const inputs = make("div", { class: "inputs" }, [
      part("fields", "fieldset", {}, [make("legend", { "data-word": "leaves" }), part("leaves", "div", { class: "leaves" })]),
      button("reset"), make("p", { class: "keys", "data-word": "keys" }),
    ]);
    part("aside", "div", { class: "aside" }, [make("div", { class: "words" }, [steps, words]), inputs]);
    part("failure", "div", { class: "failure", role: "alert", hidden: "" }, [part("message", "p"), button("restart")]);
    root.replaceChildren(make("div", { class: "graph" }, [parts.picture]), parts.aside, parts.failure);
    (givenTools ?? root).prepend(tools);

    parts.slider.addEventListener("input", () => this.guard(() => this.go(Number(parts.slider.value))));
    parts.picture.addEventListener("click", event => this.guard(() => this.onClick(event)));
  }

  remove() {
    this.view.remove();
    this.keys.removeEventListener("keydown", this.press);
    this.parts.tools.remove();
    this.root.replaceChildren();
    this.root.classList.remove("stepper");
    if (this.graph !== null && this.parts.failure.hidden) this.guard(() => this.ask("close"));
    this.graph = null;
  }

  // The engine

  ask(action, members = {}) {
    return this.engine.call({ do: `graph.${action}`, graph: this.graph, ...members });
  }

  /** Runs an action of the reader. If the engine fails, says so, and offers to start anew. */
  guard(action) {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof EngineError || error instanceof EngineStopped)) throw error;
      this.fail(error);
      return undefined;
    }
  }

  fail(error) {
    const message = error[this.spoken] ?? error.message;
    const hasStopped = error instanceof EngineStopped;
    this.parts.message.textContent = hasStopped ? `${stepperWords[this.spoken].stopped} ${message}` : message;
    this.parts.restart.hidden = !hasStopped;
    this.parts.failure.hidden = false;
    this.root.classList.add("failed");
  }

  restart() {
    this.engine = new Engine(this.engine.module);
    this.graph = null;
    this.show(...this.shown);
  }

  // Showing

  /**
   * Shows a graph from its description (GraphDescription.swift). `open` are the groups that are open; `at`, an object of a
   * `node` and a `direction`, "forward" or "backward", is the step to begin with.
   */
  show(description, { open, at } = {}) {
    this.shown = [description, { open, at }];
    this.parts.failure.hidden = true;
    this.root.classList.remove("failed");
    this.guard(() => {
      if (this.graph !== null) this.ask("close");
      this.graph = null;
      const widths = stepperShapes.widths(JSON.stringify([description.labels, description.groups]));
      const reply = this.engine.call({ do: "graph.open", description, language: this.spoken, open, at, widths });
      this.graph = reply.graph;
      this.parts.fold.hidden = reply.groups === 0;
      this.receive(reply);
      const now = this.boxesOfStep();
      this.view.begin(now.length > 0 ? now : reply.picture.first.map(index => this.picture.boxes[index]));
    });
  }

  /** Takes an answer: a moment, and the picture if that has changed. */
  receive(reply) {
    const [active, touched, lines, boxes, edges] = reply.buffers;
    this.moment = reply.moment;
    if (reply.picture) {
      this.picture.show(reply.picture, boxes, edges);
      this.showLeaves(reply.picture);
    }
    this.picture.mark(active, touched, lines);
    this.picture.showNumbers();
    this.showWords();
  }

  showWords() {
    const { parts, moment: { step, steps, progress, sentence, lines } } = this;
    parts.slider.max = steps;
    parts.slider.value = step;
    parts.slider.setAttribute("aria-valuetext", progress);
    const isFirst = step === 0, isLast = step === steps;
    for (const [name, isUseless] of [["first", isFirst], ["back", isFirst], ["next", isLast], ["last", isLast]]) {
      parts[name].setAttribute("aria-disabled", isUseless);
    }
    parts.progress.textContent = progress;
    parts.sentence.textContent = sentence;
    parts.arithmetic.replaceChildren(...lines.map(line => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    }));
  }

  /** The box of the step, and those of its operands that are values. */
  boxesOfStep() {
    const { boxes } = this.picture;
    if (this.moment.stop < 0) return [];
    return [boxes[this.moment.stop], ...boxes.filter(box => box.mark === "touched" && StepperPicture.isValue(box))];
  }

  // Steps

  go(to) {
    this.receive(this.ask("go", { to: Math.max(0, Math.min(this.moment.steps, to)) }));
    this.view.follow(this.boxesOfStep());
    this.view.show();
  }

  actions = {
    first: () => this.go(0), back: () => this.go(this.moment.step - 1), next: () => this.go(this.moment.step + 1),
    last: () => this.go(this.moment.steps), fit: () => this.view.fit(), larger: () => this.view.zoom(0.8),
    smaller: () => this.view.zoom(1.25), restart: () => this.restart(),
    reset: () => { this.receive(this.ask("reset")); this.view.show(); },
    fold: () => { this.receive(this.ask("setAll", { open: false })); this.view.fit(); },
  };

  // Leaves that can be edited

  showLeaves({ leaves, more }) {
    const digits = Math.max(6, ...leaves.map(([, , number]) => String(number).length));
    this.parts.fields.hidden = leaves.length === 0;
    this.parts.leaves.style.setProperty("--digits", digits);
    this.parts.leaves.replaceChildren(...leaves.map(leaf => this.leafInput(leaf)), more ?? "");
  }

  leafInput([leaf, name, number]) {
    const label = document.createElement("label"), input = document.createElement("input");
    const words = document.createElement("span");
    words.textContent = name;
    Object.assign(input, { type: "number", step: "any", value: number });
    input.dataset.leaf = leaf;
    input.addEventListener("input", () => this.guard(() => this.edit(leaf, input)));
    label.append(words, input);
    return label;
  }

  edit(leaf, input) {
    const number = input.valueAsNumber;
    input.setAttribute("aria-invalid", Number.isNaN(number));
    if (!Number.isNaN(number)) this.receive(this.ask("edit", { leaf, number }));
  }

  // Boxes that open

  toggle(group) {
    const key = ({ kind, isGroup, id }) => `${isGroup ? "group" : kind} ${id}`;
    const all = () => this.picture.boxes.filter(({ kind }) => kind !== "sign");
    const seen = new Set(all().filter(box => this.view.isOnScreen(box)).map(key));
    const before = this.picture.group(group).frame;
    this.receive(this.ask("toggle", { group }));
    // Everything that was on the screen stays on it, and the whole box is on it too.
    const after = this.picture.group(group).frame, kept = all().filter(box => seen.has(key(box)));
    this.view.reveal(this.view.bounds([after, ...kept.map(({ frame }) => frame)]), before, after);
    this.view.show();
  }

  // Keys, the pointer, and the language

  onClick(event) {
    const group = event.target.closest("[data-group]"), leaf = event.target.closest(".leaf");
    if (group) this.toggle(Number(group.dataset.group));
    if (leaf) this.parts.leaves.querySelector(`[data-leaf="${leaf.dataset.node}"]`)?.focus();
  }

  onKey(event) {
    const group = event.target.closest?.("[data-group]");
    if (group && this.root.contains(group) && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      this.guard(() => this.toggle(Number(group.dataset.group)));
      return;
    }
    const isTaken = event.target.matches?.("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey;
    const action = {
      ArrowRight: "next", ArrowLeft: "back", Home: "first", End: "last", "+": "larger", "=": "larger", "-": "smaller",
      0: "fit",
    }[event.key];
    if (isTaken || !action || !this.moment) return;
    event.preventDefault();
    this.guard(this.actions[action]);
  }

  get language() { return this.spoken; }

  set language(language) {
    this.spoken = language;
    this.speak();
    if (this.graph === null) return;
    this.guard(() => {
      this.receive(this.ask("speak", { language }));
      this.view.show();
    });
  }

  speak() {
    const words = stepperWords[this.spoken];
    for (const place of [this.root, this.parts.tools]) {
      for (const made of place.querySelectorAll("[data-word]")) made.textContent = words[made.dataset.word];
      for (const made of place.querySelectorAll("[data-label]")) {
        made.setAttribute("aria-label", words[made.dataset.label]);
        if (made.tagName === "BUTTON") made.title = words[made.dataset.label];
      }
    }
  }
}

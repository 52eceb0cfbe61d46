// Lessons: guided tours, each a row of steps and a question at the end. What they set and ask is in lessons.json, `lessonsData`.

/** How far the reader has come in each lesson: {place, isDone}. */
const lessonProgress = Object.fromEntries(lessonsData.map(({ id }) => [id, { place: 0, isDone: false }]));
let tour = null;
/** The lesson of the address with which the page was opened, which the page then writes anew. */
const linked = readAddress(location.hash);

parts.push({
  id: "lessons", title: "lessons", place: "lessons",
  mount(root, app) {
    const buttons = lessonsData.map(lesson => html("button", {
      class: "card", data: { lesson: lesson.id }, on: { click: event => startLesson(lesson, undefined, event.currentTarget) },
    }, [html("strong", { word: `lesson.${lesson.id}` }), html("span", { word: `lesson.${lesson.id}.about` }), html("em", { class: "mark" })]));
    root.append(html("details", { class: "shelf" }, [
      html("summary", {}, [html("strong", { word: "lessons" }), " ", html("span", { class: "remark", word: "lessons.about" })]),
      html("div", { class: "cards" }, buttons),
    ]));
    const showProgress = () => buttons.forEach((button, index) => {
      const { place, isDone } = lessonProgress[lessonsData[index].id];
      button.querySelector(".mark").textContent = isDone ? `✓ ${app.word("lesson.isDone")}` : place > 0 ? app.word("lesson.goOn") : "";
    });
    app.on("language", showProgress);
    app.on("lesson", showProgress);
    const openLinked = ({ settings, page }) => {
      const [id, number] = String(page.lesson ?? "").split("."), lesson = lessonsData.find(lesson => lesson.id === id);
      if (!lesson || app.lesson === page.lesson) return;
      startLesson(lesson, Number(number) - 1, null, { isKept: Object.keys(settings).length > 0 });
    };
    app.on("started", () => openLinked(linked));
    // After the page has read the address.
    addEventListener("hashchange", () => { const address = readAddress(location.hash); setTimeout(() => openLinked(address)); });
  },
});

/** Starts a lesson at a place; without, where the reader has left it. `isKept`: with the settings that there are. */
function startLesson(lesson, place, opener, { isKept = false } = {}) {
  tour?.close();
  const progress = lessonProgress[lesson.id], last = lesson.steps.length;
  document.querySelectorAll(".shelf").forEach(shelf => { shelf.open = false; });
  tour = new Tour(lesson, opener);
  if (isKept) tour.before = [given("settings"), { table: given("table") }];
  tour.go(Number.isInteger(place) ? clamp(place, 0, last) : progress.isDone ? 0 : progress.place, { isFresh: !isKept, isKept });
}

/** A lesson that is open: its panel, and the place that the reader is at. The question is at the last one. */
class Tour {
  task = null;
  isClosed = false;
  #removers = [];
  #pointed = null;
  #visit = 0;
  #variant = 0;

  constructor(lesson, opener) {
    this.lesson = lesson;
    this.opener = opener;
    /** What the reader had made, for the way back. */
    this.before = app.place;
    this.#makePanel();
    this.#removers.push(app.on("language", () => this.#showPlace()));
    const keys = event => this.#key(event);
    document.addEventListener("keydown", keys);
    this.#removers.push(() => document.removeEventListener("keydown", keys));
    document.body.classList.add("touring");
  }

  // The panel

  #makePanel() {
    const act = (word, click, more = {}) => html("button", { word, on: { click }, ...more });
    this.title = html("h2", { id: "tour-title", tabindex: "-1" });
    this.dots = html("p", { class: "dots", "aria-hidden": "true" });
    this.content = html("div", { class: "tour-content" });
    this.back = act("lesson.back", () => this.go(this.place - 1));
    this.again = act("lesson.again", () => this.go(this.place, { isFresh: true }), { class: "quiet" });
    this.next = act("lesson.next", () => this.#advance(), { class: "primary" });
    const fold = html("button", { class: "quiet", label: "lesson.fold", "aria-expanded": "true", text: "▾", on: { click: () => {
      const isFolded = this.panel.classList.toggle("folded");
      fold.setAttribute("aria-expanded", String(!isFolded));
      fold.textContent = isFolded ? "▴" : "▾";
    } } });
    const leave = html("button", { class: "quiet", label: "lesson.leave", text: "×", on: { click: () => this.leave() } });
    this.panel = html("div", { class: "tour", role: "dialog", "aria-labelledby": "tour-title", data: { keys: "" } }, [
      html("div", { class: "tour-head" }, [this.title, fold, leave]), this.dots, this.content,
      html("div", { class: "tour-foot" }, [this.back, this.again, this.next]),
    ]);
    translate(this.panel);
    document.body.append(this.panel);
  }

  // Places

  get isQuestion() { return this.place === this.lesson.steps.length; }
  get item() { return this.isQuestion ? this.lesson.question : this.lesson.steps[this.place]; }
  /** The settings and the step of a place, for a reader who has done all tasks before it; those of the question do not build on them. */
  stateAt(place) {
    const { settings, steps, question } = this.lesson, before = steps.slice(0, place).flatMap(item => [item, item.do ?? {}]);
    // Other settings begin anew.
    const put = (state, { settings, step }) => settings ? { settings: merged(state.settings, settings), step } : { ...state, step: step ?? state.step };
    return (place === steps.length ? [question] : [...before, steps[place]]).reduce(put, { settings });
  }

  /** Goes to a place. Its settings are opened if it has some; elsewhere the reader's changes stay. */
  async go(place, { isFresh = false, isKept = false } = {}) {
    const visit = this.#visit += 1;
    this.place = place;
    lessonProgress[this.lesson.id].place = place;
    this.stopTask();
    if (!isKept) app.pause();
    app.lesson = `${this.lesson.id}.${place + 1}`;
    this.#showPlace();
    this.title.focus({ preventScroll: true });
    if (isFresh || !isKept && (this.item.settings || this.isQuestion)) {
      const { settings, step } = this.stateAt(place);
      await app.load(settings, { step });
    }
    if (visit !== this.#visit || this.isClosed) return;
    if (this.item.tool) app.open(this.item.tool);
    if ("select" in this.item) app.select(selectionOf(this.item.select));
    app.writeAddress();
    this.#point();
    if (this.isQuestion) return this.#ask(visit);
    if (this.item.task) this.#watch();
    app.emit("lesson");
  }

  #advance() {
    if (this.isQuestion) return this.leave();
    this.go(this.place + 1);
  }

  #showPlace() {
    const { id, steps } = this.lesson, count = steps.length + 1;
    this.title.replaceChildren(app.word(`lesson.${id}`), " ", html("small", { text: app.word("lesson.place", { place: this.place + 1, count }) }));
    this.dots.replaceChildren(...Array.from({ length: count }, (_, index) => html("span", { class: index <= this.place ? "passed" : null })));
    this.back.hidden = this.place === 0;
    this.next.dataset.word = this.isQuestion ? "lesson.finish" : "lesson.next";
    translateElement(this.next);
    if (this.isQuestion) {
      if (this.question) this.#showQuestion();
      else this.content.replaceChildren(html("p", { class: "remark", word: "lesson.thinking" }));
      return;
    }
    const key = `lesson.${id}.${this.place + 1}`;
    this.content.replaceChildren(html("p", { word: key }), ...(this.item.task ? [this.#makeTask(`${key}.task`)] : []),
      html("p", { class: "remark keys", word: "lesson.keys" }));
  }

  // Tasks

  #makeTask(key) {
    const isDone = this.task?.isDone ?? false;
    this.done = html("p", { role: "status", class: "done", text: isDone ? `✓ ${app.word("lesson.taskDone")}` : "" });
    return html("div", { class: "task" }, [
      html("p", { word: key }), html("button", { word: "lesson.doIt", on: { click: () => this.#doTask() } }), this.done,
    ]);
  }
  #watch() {
    this.task = new LessonTask(this.item.task, () => {
      if (this.done) this.done.textContent = `✓ ${app.word("lesson.taskDone")}`;
      this.panel.classList.remove("folded");
    });
  }
  stopTask() {
    this.task?.stop();
    this.task = null;
    this.question = null;
  }
  async #doTask() {
    const { settings, step, select, click } = this.item.do;
    if (settings) await app.change(settings);
    if (step) await app.seek(step);
    if (select) app.select(selectionOf(select));
    if (click) document.querySelector(click)?.click();
  }

  // The question

  async #ask(visit) {
    const { kind } = this.lesson.question;
    try {
      const question = await lessonQuestions[kind].prepare(this.stateAt(this.place).settings, this.lesson.question, this.#variant);
      if (visit !== this.#visit || this.isClosed) return;
      this.question = question;
      if (question.step) await app.seek(question.step);
      if (visit !== this.#visit || this.isClosed) return;
      // The graph is that of the number which is chosen last, for the sample that was chosen before.
      if (question.sample !== undefined) app.select({ kind: "sample", sample: question.sample });
      if (question.select) app.select(selectionOf(question.select));
      this.#showQuestion();
    } catch (error) {
      console.error(error);
      this.content.replaceChildren(html("p", { text: app.say(error.text ?? error.message) }));
    }
    app.emit("lesson");
  }

  #showQuestion() {
    const { blanks, choices } = this.question, key = `lesson.${this.lesson.id}.question`, id = uniqueID();
    const answers = choices
      ? choices.map(({ value, text, word }, index) => html("label", { class: "choice" }, [
        html("input", { type: "radio", name: id, value: String(value), required: true, checked: index === this.question.chosen }),
        html("span", { text: word ? app.word(`${key}.${word}`, blanks) : text }),
      ]))
      : html("input", { id, type: "text", inputmode: "decimal", autocomplete: "off", size: 8, "aria-labelledby": `${id}-text`, value: this.question.answer ?? null });
    this.verdict = html("p", { role: "status", class: "verdict" });
    const isVaried = this.lesson.question.targets ?? this.lesson.question.cases ?? this.lesson.question.samples;
    this.content.replaceChildren(html("form", { on: { submit: event => this.#judge(event) } }, [
      html("fieldset", {}, [html("legend", { id: `${id}-text`, text: app.word(key, blanks) }), html("div", { class: "choices" }, answers)]),
      html("div", { class: "row" }, [
        html("button", { type: "submit", word: "lesson.check" }),
        isVaried ? html("button", { type: "button", class: "quiet", word: "lesson.another", on: { click: () => { this.#variant += 1; this.go(this.place); } } }) : null,
      ]), this.verdict,
    ]));
    this.#showVerdict();
  }

  #judge(event) {
    event.preventDefault();
    const fields = [...event.target.elements], chosen = fields.filter(({ type }) => type === "radio").findIndex(({ checked }) => checked);
    const answer = fields.find(({ type, checked }) => type === "text" || checked)?.value ?? "";
    Object.assign(this.question, { answer, chosen, verdict: this.question.judge(answer) });
    if (this.question.verdict.isRight) {
      lessonProgress[this.lesson.id].isDone = true;
      app.emit("lesson");
    }
    this.#showVerdict();
  }
  #showVerdict() {
    const { verdict } = this.question;
    if (!verdict) return;
    const { word, isRight, isGeneral, blanks } = verdict, key = isGeneral ? `lesson.${word}` : `lesson.${this.lesson.id}.question.${word}`;
    this.verdict.className = `verdict ${isRight ? "right" : "wrong"}`;
    this.verdict.textContent = `${app.word(isRight ? "lesson.right" : "lesson.wrong")} ${app.word(key, blanks)}`;
    this.verdict.scrollIntoView({ block: "nearest" });
  }

  // Pointing

  #point() {
    this.#pointed?.classList.remove("pointed");
    const element = this.#pointed = lessonPlace(this.item.point);
    if (!element) return;
    element.closest("details")?.setAttribute("open", "");
    element.classList.add("pointed");
    const { left, right } = element.getBoundingClientRect();
    this.panel.classList.toggle("left", left + right > innerWidth);
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    // On a narrow screen the readings of the bar that sticks to the top have been scrolled away.
    if (element.closest("#run") && element.getBoundingClientRect().top < 0) scrollTo({ top: 0, behavior: isCalm ? "auto" : "smooth" });
    else element.scrollIntoView({ block: element.offsetHeight < innerHeight / 2 ? "center" : "start", behavior: isCalm ? "auto" : "smooth" });
  }
  #focusPointed() {
    if (!this.#pointed) return;
    const control = this.#pointed.querySelector("button:not([tabindex='-1']), input:not([tabindex='-1']), select, [tabindex='0']") ?? this.#pointed;
    if (control === this.#pointed) control.tabIndex = -1;
    control.focus();
  }
  /** Escape leaves; F6 goes from the panel to the marked part and back. */
  #key(event) {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") this.leave();
    else if (event.key === "F6" && this.panel.contains(document.activeElement)) this.#focusPointed();
    else if (event.key === "F6") this.title.focus();
    else return;
    event.preventDefault();
  }

  // The end

  /** Ends the lesson, and gives back what the reader had before. */
  async leave() {
    const { id } = this.lesson, kept = app.place;
    if (this.isQuestion) lessonProgress[id].place = 0;
    this.close();
    this.opener?.closest("details").setAttribute("open", "");
    this.opener?.focus();
    await app.load(...this.before);
    app.tell(app.texts("lesson.left"), {
      word: "lesson.keep", action: () => { app.tell(null); app.load(...kept); },
    });
  }

  close() {
    this.isClosed = true;
    this.stopTask();
    this.#removers.forEach(remove => remove());
    this.#pointed?.classList.remove("pointed");
    this.panel.remove();
    document.body.classList.remove("touring");
    app.lesson = null;
    tour = null;
    app.writeAddress();
    app.emit("lesson");
  }
}

/** Returns the part of the page that a lesson points at: a place, a part, a tool, or a control by its word. */
function lessonPlace(name) {
  const control = document.querySelector(`main .field [data-word="${name}"], main summary[data-word="${name}"]`);
  return control?.closest(".field, details") ?? document.getElementById(`part-${name}`)
    ?? document.getElementById(`tool-${name}`) ?? document.getElementById(name);
}

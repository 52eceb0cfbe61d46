// What a lesson asks the reader to do, and how the page sees that it is done.

const lessonConditions = {
  /** That is selected: "sample" is any of them, "weight.0.0.0" a certain weight. */
  selected: (name, { selection }) => `${selectionText(selection) ?? ""}.`.startsWith(`${name}.`),
  /** The run has come that far. */
  steps: (least, { frame }) => frame?.step >= least,
  /** A number of the frame, or of the settings, has that size. */
  atLeast: ([path, least], moment) => valueAt(moment, path) >= least,
  is: ([path, value], moment) => valueAt(moment, path) === value,
  /** The loss is smaller than at the start of the run, or larger, or no number any more. */
  falls: (_, { frame, firstLoss }) => frame?.loss.train < firstLoss,
  grows: (_, { frame, firstLoss }) => frame?.step > 0 && !(frame.loss.train <= firstLoss),
  layers: (least, { settings }) => settings.network.layers.length >= least,
  activation: (name, { settings }) => settings.network.layers.some(({ activation }) => activation === name),
  warning: (kind, { frame }) => frame?.warnings?.some(warning => warning.kind === kind) ?? false,
  /** The reader has used that tool. */
  touched: (tool, { touched }) => touched.has(tool),
};

/** Watches the page until a task is done. */
class LessonTask {
  isDone = false;
  #conditions;
  #whenDone;
  #removers;
  #moment;

  constructor(task, whenDone) {
    this.#conditions = [task].flat().flatMap(Object.entries);
    this.#whenDone = whenDone;
    this.#moment = { settings: app.settings, frame: app.presentFrame, selection: app.selection, firstLoss: NaN, touched: new Set() };
    this.#keepFirstLoss();
    const touch = event => {
      const tool = event.target.closest?.(".tool")?.id.replace("tool-", "");
      if (tool && (event.type === "click" || !["Tab", "Shift", "Escape"].includes(event.key))) this.#moment.touched.add(tool);
      this.#look();
    };
    document.addEventListener("click", touch, true);
    document.addEventListener("keydown", touch, true);
    this.#removers = [
      app.on("frame", frame => this.#see({ frame })), app.on("selection", selection => this.#see({ selection })),
      // The frame of the new settings is still to come.
      app.on("settings", () => this.#see({ settings: app.settings, frame: null, firstLoss: NaN })),
      () => document.removeEventListener("click", touch, true), () => document.removeEventListener("keydown", touch, true),
    ];
    this.#look();
  }

  #see(news) {
    Object.assign(this.#moment, news);
    this.#keepFirstLoss();
    this.#look();
  }
  #keepFirstLoss() {
    const first = this.#moment.frame?.curves?.loss.train[0];
    if (first !== undefined) this.#moment.firstLoss = first;
  }
  #look() {
    const { frame, settings } = this.#moment, moment = { ...this.#moment, ...frame, frame, setting: settings };
    if (this.isDone || !this.#conditions.every(([name, value]) => lessonConditions[name](value, moment))) return;
    this.isDone = true;
    this.stop();
    this.#whenDone();
  }
  stop() { this.#removers.forEach(remove => remove()); }
}

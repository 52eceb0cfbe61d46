// Experiments of the lessons: a net of their own, which trains beside the one that the page shows.

class Experiment {
  constructor(settings) {
    this.engine = new Engine(app.module);
    this.opened = this.engine.call({ do: "open", settings });
  }
  /** Trains in slices, between which the page draws. Returns the state at the end. */
  async train(steps) {
    let state, rest = steps;
    do {
      const start = performance.now();
      do {
        const slice = Math.min(rest, 5);
        state = this.engine.call({ do: "train", steps: slice });
        rest -= slice;
      } while (rest > 0 && performance.now() - start < 12);
      if (rest > 0) await new Promise(resolve => setTimeout(resolve));
    } while (rest > 0);
    return state;
  }
  /** The state now. */
  get state() { return this.engine.call({ do: "train", steps: 0 }); }
  /** Returns the gradient of a target, its number and its name, in the loss of one sample or of the batch. */
  why(target, sample = null) {
    const isOne = sample !== null, { description, focus, value, gradient } = this.engine.call({
      do: "why", target: { ...selectionOf(target), ...(isOne ? { sample } : {}) }, over: isOne ? "sample" : "batch",
    });
    return { gradient, number: value, name: description.labels.find(([node]) => node === focus)?.[1] ?? "" };
  }
}

// The three places of σ: the same network, seed and samples, trained with three losses.

/** The losses, and the gradient that each gives to the score z of a sample whose target is y. */
const comparedLosses = { sigmoidOutside: "2·(σ(z) − y)", sigmoidInside: "2·(σ(z) − y)·σ(z)·(1 − σ(z))", crossEntropy: "σ(z) − y" };

parts.push({
  id: "compare", title: "compare", place: "tools",
  mount(root, app) {
    let runs = [], order = 0, isRunning = false;
    const steps = numberEntry("compareSteps", { max: 5000, value: 100 });
    const start = html("button", { class: "primary", word: "compareRun", on: { click: compare } });
    const form = html("div", { class: "row" }, [steps, start]);
    const refusal = html("div", { class: "row" }, [
      html("span", { word: "compareTwo" }),
      html("button", { word: "compareTwoOpen", on: { click: () => app.change({ task: null, data: { kind: "moons", classes: null }, loss: null }) } }),
    ]);
    const state = html("p", { role: "status" }), curves = html("figure", { class: "compare-curves" }), figures = html("div", { class: "compare-runs" });
    root.append(html("p", { class: "remark", word: "compareIntroduction" }), form, refusal, state, curves, figures);

    async function compare() {
      if (isRunning) return;
      const mine = order += 1, number = steps.read(), results = [];
      setRunning(true);
      state.replaceChildren(html("span", { word: "compareBusy" }));
      try {
        // One by one, so that the worker can answer others between them.
        for (const loss of Object.keys(comparedLosses)) {
          results.push(comparedRun(await app.ask({ do: "compare", losses: [loss], steps: number, size: 48 })));
          if (mine !== order) return;
        }
        runs = results;
        state.replaceChildren(html("span", { words: app.texts("compareDone", { steps: number }) }));
      } catch (error) {
        if (mine !== order) return;
        state.replaceChildren(errorText(error));
      }
      setRunning(false);
      show();
    }
    function setRunning(isNow) {
      isRunning = isNow;
      start.setAttribute("aria-disabled", isNow);
    }
    function show() {
      form.hidden = app.opened.classes !== 2;
      refusal.hidden = !form.hidden;
      const word = "compareAccuracy", said = runs.map(({ words, accuracy }) => `${app.say(words)} ${percent(accuracy.at(-1))}`);
      curves.replaceChildren(...runs.length ? [
        html("figcaption", { word }), shareChart(runs.map(({ step, accuracy }) => ({ x: step, y: accuracy })), [app.word(word), ...said].join(", ")),
      ] : []);
      figures.replaceChildren(...runs.map(figure));
    }
    function figure(run, index) {
      const { loss, step, accuracy, error } = run, name = app.say(run.words), share = percent(accuracy.at(-1));
      return html("figure", {}, [
        html("h3", {}, [lineSign(index), ` ${name}`]),
        html("div", { class: "area", role: "img", "aria-label": app.word("compareSurface", { name, steps: count(step.at(-1)), share }) }, runPicture(run, app.samples.train)),
        html("figcaption", {}, [
          html("p", { text: app.word("compareRight", { share, error: short(error.at(-1)) }) }),
          html("code", { text: `∂L/∂z = ${comparedLosses[loss]}` }),
          html("p", { class: "remark", word: `${loss}Why` }),
          html("button", { word: "compareUse", on: { click: () => app.change({ loss }) } }),
        ]),
      ]);
    }

    app.on("settings", () => { order += 1; [runs, state.textContent] = [[], ""]; setRunning(false); show(); });
    app.on("language", show);
    schemes.addEventListener("change", show);
    show();
  },
});

/** A run: its curves, and the surface that it ended with. */
function comparedRun({ runs: [{ loss, words }], size, bounds, buffers: [step, error, , accuracy, , surface] }) {
  return { loss, words, step, error, accuracy, surface, size, bounds, outputs: 2 };
}

/** The shares of two classes, their boundary, and the training samples. */
function runPicture(run, points) {
  const { surface, size, bounds: { x: [left, right], y: [low, high] } } = run, { classes, none } = colors(), canvas = html("canvas");
  paintGrid(canvas, size, (pixels, place, index) => {
    const sure = 2 * surface[size * size + index] - 1;
    paint(pixels, place, Number.isNaN(sure) ? none : classes[sure < 0 ? 0 : 1], .08 + .42 * Math.abs(sure || 0));
  });
  const signs = Array.from({ length: points.length / 3 }, (_, index) => {
    const [x, y, target] = points.slice(3 * index);
    return shape(target, (x - left) / (right - left) * planeSize, (high - y) / (high - low) * planeSize, 6, { class: `point train c${target}` });
  });
  return [canvas, svg("svg", { viewBox: `0 0 ${planeSize} ${planeSize}`, "aria-hidden": "true" }, [
    svg("path", { class: "boundary", d: boundaries(run), transform: `scale(${planeSize / size}) translate(.5 .5)` }), ...signs,
  ])];
}

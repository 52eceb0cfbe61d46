// How the net learns: the loss, the optimizer and what belongs to it.

parts.push({
  id: "training", title: "training", place: "data",
  mount(root, app) {
    const number = (word, name, options = {}) => numberField({ word, path: `optimizer.${name}`, ...options });
    const bySetting = [];
    const when = (condition, ...fields) => { bySetting.push([condition, fields]); return fields; };
    const rule = () => app.settings.optimizer.rule;
    const needs = name => () => app.choices("schedule.kind").find(({ value }) => value === app.settings.schedule.kind)?.needs.includes(name);
    root.append(
      html("div", { class: "fields" }, [
        choiceField({ word: "lossFunction", path: "loss" }), choiceField({ word: "optimizer", path: "optimizer.rule" }),
        number("learningRate", "learningRate", { logarithmic: true, sliderMin: 1e-4, sliderMax: 10 }),
        numberField({ word: "batch", path: "batch", sliderMax: 100 }), html("p", { class: "remark", word: "batchHint" }),
      ]),
      fold("moreOptimizer", [
        when(() => rule() === "sgd", number("momentum", "momentum"), checkField({ word: "nesterov", path: "optimizer.nesterov" })),
        when(() => rule() === "adam", number("beta1", "beta1"), number("beta2", "beta2"), number("epsilon", "epsilon", { logarithmic: true, sliderMin: 1e-10, sliderMax: .1 })),
      ]),
      fold("schedule", [
        choiceField({ word: "scheduleKind", path: "schedule.kind" }),
        when(needs("to"), numberField({ word: "scheduleTo", path: "schedule.to", sliderMax: 1 })),
        when(needs("over"), numberField({ word: "scheduleOver", path: "schedule.over", logarithmic: true, sliderMin: 1, sliderMax: 1e5 })),
        when(needs("factor"), numberField({ word: "scheduleFactor", path: "schedule.factor" })),
        when(needs("every"), numberField({ word: "scheduleEvery", path: "schedule.every", logarithmic: true, sliderMin: 1, sliderMax: 1e4 })),
      ]),
      fold("regularization", [
        numberField({ word: "l1", path: "regularization.l1", logarithmic: true, zero: true, sliderMin: 1e-5, sliderMax: 1 }),
        numberField({ word: "l2", path: "regularization.l2", logarithmic: true, zero: true, sliderMin: 1e-5, sliderMax: 1 }),
        number("weightDecay", "weightDecay", { logarithmic: true, zero: true, sliderMin: 1e-5, sliderMax: 1 }), when(() => rule() === "adam", checkField({ word: "decoupled", path: "optimizer.decoupled" })),
      ]));
    const show = () => bySetting.forEach(([condition, fields]) => fields.forEach(field => { field.hidden = !condition(); }));
    app.on("settings", show);
    show();
  },
});

// Presets: settings that each show one thing, and a change that shows the opposite. They are in presets.json, `presetsData`.

parts.push({
  id: "presets", title: "presets", place: "lessons",
  mount(root, app) {
    let shown = null, before = null;
    const buttons = presetsData.map(preset => html("button", { class: "chip", "aria-pressed": "false", word: `preset.${preset.id}`, on: { click: () => start(preset) } }));
    const act = (word, click, more = {}) => html("button", { word, on: { click }, ...more });
    const text = html("p", { role: "status" });
    const then = html("button", { on: { click: () => run(merged(shown.settings, shown.then)) } });
    const note = html("div", { class: "note", hidden: true }, [
      text, html("div", { class: "row" }, [act("preset.again", () => run(shown.settings)), then, act("preset.undo", undo, { class: "quiet" })]),
    ]);
    root.append(html("details", { class: "shelf" }, [
      html("summary", {}, [html("strong", { word: "presets" }), " ", html("span", { class: "remark", word: "presets.about" })]),
      html("div", { class: "chips", role: "group", label: "presets" }, buttons), note,
    ]));

    function start(preset) {
      before ??= app.place;
      shown = preset;
      show();
      run(preset.settings);
    }
    /** Begins anew, and runs slowly enough to be watched. */
    async function run(settings) {
      app.pause();
      if (!await app.load(settings)) return;
      app.setSpeed(Math.max(10, Math.round(shown.run / 5)));
      app.play();
    }
    async function undo() {
      app.pause();
      const place = before;
      [shown, before] = [null, null];
      show();
      buttons[0].focus();
      await app.load(...place);
    }
    function show() {
      buttons.forEach((button, index) => button.setAttribute("aria-pressed", String(presetsData[index] === shown)));
      note.hidden = shown === null;
      if (!shown) return;
      text.textContent = app.word(`preset.${shown.id}.watch`);
      then.textContent = app.word(`preset.${shown.id}.then`);
    }
    app.on("language", show);
  },
});

// When training breaks: which operation, which neuron, since which step, and what mends it.

parts.push({
  id: "diagnosis", title: "diagnosis", place: "run",
  mount(root, app) {
    const hidden = new Set(), list = html("ul", { class: "warnings" });
    let shown = "", isOpen = false;
    root.append(html("div", { role: "status" }, list));
    const key = ({ kind, layer, neuron, since }) => [kind, layer, neuron, since].join();
    const button = (word, action, blanks) => html("button", { text: app.word(word, blanks), on: { click: action } });

    function lookAt({ layer, neuron, sample }) {
      app.pause();
      app.select(neuron >= 0 ? { kind: "neuron", layer, neuron } : sample >= 0 ? { kind: "sample", sample } : { kind: "loss" });
      app.open("why");
    }
    const row = (warning, index, { length }) => html("li", {}, [
      html("p", {}, [html("strong", { text: app.say(warning.text) }), " ", warning.remedy ? app.say(warning.remedy.text) : ""]),
      html("div", { class: "row" }, [
        button("diagnosisShow", () => lookAt(warning)),
        warning.since > 0 && button("diagnosisBack", () => app.seek(warning.since - 1), { step: count(warning.since - 1) }),
        warning.remedy?.settings && button("diagnosisRemedy", () => app.change(warning.remedy.settings)),
        !isOpen && length > 1 && button("diagnosisMore", () => { isOpen = true; show(true); }, { count: length - 1 }),
        html("button", { class: "quiet", text: "×", "aria-label": app.word("diagnosisHide"), on: { click: () => { hidden.add(key(warning)); show(); } } }),
      ]),
    ]);
    function show(isForced = false) {
      const warnings = (app.frame?.warnings ?? []).filter(warning => !hidden.has(key(warning))), keys = warnings.map(key).join(" ");
      if (keys === shown && !isForced) return;
      shown = keys;
      const held = list.contains(document.activeElement) ? document.activeElement.textContent : null;
      list.replaceChildren(...warnings.map(row).slice(0, isOpen ? undefined : 1));
      const buttons = [...list.querySelectorAll("button")];
      if (held !== null) (buttons.find(({ textContent }) => textContent === held) ?? buttons[0])?.focus({ preventScroll: true });
    }
    app.on("frame", () => show());
    app.on("language", () => show(true));
    app.on("settings", () => { hidden.clear(); isOpen = false; });
    show();
  },
});

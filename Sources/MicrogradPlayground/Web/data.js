// The data: their kind, their numbers, and tables that are pasted or dropped.

const kindIcons = { // Places of points of the first and of the second class.
  moons: [[[4, 13], [5, 8], [9, 5], [13, 7], [15, 12]], [[10, 12], [12, 17], [16, 19], [20, 16], [21, 11]]],
  circles: [[[12, 3], [19, 6], [21, 13], [17, 20], [9, 21], [3, 16], [4, 8]], [[12, 9], [15, 13], [11, 16], [9, 12]]],
  blobs: [[[5, 6], [8, 4], [8, 8], [5, 10], [10, 6]], [[15, 15], [18, 17], [15, 19], [20, 14], [19, 20]]],
  xor: [[[5, 5], [8, 8], [8, 5], [16, 16], [19, 19], [16, 19]], [[16, 5], [19, 8], [19, 5], [5, 16], [8, 19], [5, 19]]],
  spirals: [[[12, 10], [16, 10], [17, 15], [12, 19], [6, 17], [3, 11]], [[11, 14], [8, 13], [7, 8], [12, 4], [18, 6], [21, 13]]],
  plane: [[[4, 19], [8, 15], [4, 13], [10, 20]], [[15, 4], [20, 8], [20, 4], [14, 9]]],
  waves: [[[4, 6], [4, 18], [19, 11], [11, 11]], [[11, 4], [19, 5], [12, 19], [19, 19], [4, 12]]],
  points: [[[6, 17]], [[11, 10]]],
};

function kindIcon(kind) {
  const signs = (kindIcons[kind] ?? []).flatMap((places, index) => places.map(([x, y]) => shape(index, x, y, 1.7, { class: `point train c${index}` })));
  const pen = kind === "points" ? svg("path", { class: "pen", d: "M14 17l6.5-9.5 2 1.5L16 18.5l-2.5 1z" }) : null;
  return svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, [signs, pen]);
}

parts.push({
  id: "data", title: "data", place: "data",
  mount(root, app) {
    const kinds = html("div", { class: "kinds", role: "group", label: "kind" }), fields = html("div", { class: "fields" });
    const task = segments("task", app.choices("task"), app.settings.task, task => app.change({ task, loss: null, data: { kind: null, points: null, classes: null } }));
    const showKinds = () => {
      const choices = app.choices("data.kind");
      if (kinds.dataset.task !== app.settings.task) {
        kinds.dataset.task = app.settings.task;
        kinds.replaceChildren(...choices.map(({ value, words }) => html("button", { data: { kind: value }, on: { click: () => choose(value) } }, [kindIcon(value), html("span", { words })])));
      }
      for (const button of kinds.children) button.setAttribute("aria-pressed", button.dataset.kind === app.settings.data.kind);
      task.select(app.settings.task);
      const isDrawn = app.settings.data.kind === "points", isRegression = app.settings.task === "regression";
      [samples, noise, data].forEach(field => { field.hidden = isDrawn; });
      classes.hidden = isDrawn || isRegression || !takesClasses(app);
    };
    const choose = kind => {
      if (kind === app.settings.data.kind) return;
      app.change({ data: kind === "points" ? { kind, points: drawnPoints(app) } : { kind, points: null } });
    };
    const [samples, noise, classes, data] = [
      numberField({ word: "samples", path: "data.samples", sliderMax: 500 }), numberField({ word: "noise", path: "data.noise", sliderMax: .5 }),
      numberField({ word: "classes", path: "data.classes" }), seedField("data.seed"),
    ];
    fields.append(samples, noise, classes, numberField({ word: "testShare", path: "data.test", sliderMax: .8 }), data);
    titleBar(root).append(task);
    root.append(kinds, fields, pasteField(app));
    app.on("settings", showKinds);
    showKinds();
  },
});

/** Returns if the kind of data can have more than two classes. */
const takesClasses = app => app.choices("data.kind").find(({ value }) => value === app.settings.data.kind)?.classCount;

/** The samples as points drawn by hand. */
const drawnPoints = ({ samples: { train, test } }) => {
  const flat = [...train, ...test].map(number => Number(number.toFixed(3)));
  return Array.from({ length: flat.length / 3 }, (_, index) => flat.slice(3 * index, 3 * index + 3));
};

// Tables

function pasteField(app) {
  const id = uniqueID(), text = html("textarea", { id, rows: 4, spellcheck: "false", placeholder: "x,y,class\n0.5,1.2,a\n…" });
  const target = html("input", { type: "text", id: `${id}-target`, class: "short" });
  const error = html("p", { class: "error", role: "alert" }), read = html("p", { class: "remark", role: "status" });
  const file = html("input", { type: "file", accept: ".csv,.tsv,.txt,text/csv", class: "unseen", tabindex: "-1", "aria-hidden": "true" });
  const use = async () => {
    const { changes } = app;
    error.textContent = read.textContent = "";
    try {
      const { settings, table, rows, remarks } = await app.ask({ do: "csv", text: text.value, ...(target.value ? { target: target.value } : {}) });
      // Something else was asked for meanwhile.
      if (app.changes !== changes) return;
      app.setTable(table);
      if (!await app.change({ loss: null, ...settings })) return;
      read.replaceChildren(html("span", { words: app.texts("tableRead", { count: rows }) }), ...remarks.flatMap(remark => [" ", html("span", { words: remark })]));
    } catch (problem) { error.replaceChildren(errorText(problem)); }
  };
  const open = async file => { if (file) { text.value = await file.text(); details.open = true; await use(); } };
  file.addEventListener("change", () => open(file.files[0]));
  const details = fold("ownTable", [
    html("label", { for: id, word: "pasteTable" }), text,
    html("div", { class: "row" }, [html("label", { for: `${id}-target`, word: "targetColumn" }), target]),
    html("div", { class: "row" }, [html("button", { class: "primary", word: "useTable", on: { click: use } }),
      html("button", { word: "openFile", on: { click: () => file.click() } }), file]), error, read]);
  details.classList.add("table");
  addEventListener("dragover", event => { if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); });
  addEventListener("drop", event => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    open(event.dataTransfer.files[0]);
  });
  return details;
}

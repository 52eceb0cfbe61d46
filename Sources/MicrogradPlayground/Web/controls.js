// Controls that change one setting each, and show it.

/** A number with its slider. `options`: word, path ("data.noise"), sliderMin, sliderMax, step, logarithmic, zero (at its end). */
function numberField(options) {
  const { path, logarithmic = false } = options, limits = { ...stepped(app.limits(path), options), ...options };
  const low = limits.sliderMin ?? limits.min, high = limits.sliderMax ?? limits.max, id = uniqueID();
  const position = logarithmic ? Math.log10 : x => x;
  const rounded = limits.whole ? Math.round : x => x;
  const number = !logarithmic ? Number : x => options.zero && x <= position(low) ? 0 : rounded(Number((10 ** x).toPrecision(2)));
  const field = html("input", { id, type: "number", min: limits.min, max: limits.max, step: "any", inputmode: "decimal" });
  const slider = html("input", { type: "range", label: options.word, min: position(low), max: position(high),
    step: logarithmic ? .05 : limits.step, tabindex: "-1", "aria-hidden": "true" });
  const set = value => app.change(settingAt(path, value));
  field.addEventListener("change", () => {
    if (field.value === "" || !Number.isFinite(field.valueAsNumber)) return show();
    const value = clamp(field.valueAsNumber, limits.min, limits.max);
    set(rounded(value));
  });
  field.addEventListener("keydown", event => {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!direction) return;
    event.preventDefault();
    const from = Number.isFinite(field.valueAsNumber) ? field.valueAsNumber : valueAt(app.settings, path);
    const place = position(Math.max(from, low)) + direction * (logarithmic ? .1 : limits.step);
    const next = number(clamp(place, position(low), position(high)).toFixed(6));
    // Near 1, a tenth of a power of ten is less than a whole number.
    field.value = limits.whole && next === from ? clamp(from + direction, limits.min, limits.max) : next;
    set(field.valueAsNumber);
  });
  slider.addEventListener("input", () => set(number(slider.value)));
  const show = () => {
    const value = valueAt(app.settings, path);
    if (value === undefined) return;
    if (field.value !== String(value)) field.value = value;
    slider.value = position(Math.max(value, low));
    slider.style.setProperty("--part", `${100 * clamp((slider.value - slider.min) / (slider.max - slider.min), 0, 1)}%`);
  };
  app.on("settings", show);
  show();
  return html("div", { class: "field" }, [html("label", { for: id, word: options.word }), field, slider]);
}

/** Limits with the step of a slider: 1 for whole numbers, else about a hundredth of its length. */
function stepped(limits, { sliderMax = limits.max }) {
  return { ...limits, step: limits.whole ? 1 : 10 ** Math.round(Math.log10(sliderMax / 100)) };
}

/** A choice among few things. `options`: word, path, choices ([{value, words}]) or those of the description. */
function choiceField(options) {
  const id = uniqueID(), choices = options.choices ?? (() => app.choices(options.path));
  const select = html("select", { id });
  const show = () => {
    const list = choices(), key = JSON.stringify(list.map(({ value }) => value));
    if (select.dataset.key !== key) {
      select.replaceChildren(...list.map(({ value, words }) => html("option", { value, words })));
      select.dataset.key = key;
    }
    select.value = valueAt(app.settings, options.path);
  };
  select.addEventListener("change", () => app.change(settingAt(options.path, typeof choices()[0].value === "number" ? Number(select.value) : select.value)));
  app.on("settings", show);
  show();
  return html("div", { class: "field" }, [html("label", { for: id, word: options.word }), select]);
}

function checkField({ word, path }) {
  const box = html("input", { type: "checkbox" });
  box.addEventListener("change", () => app.change(settingAt(path, box.checked)));
  const show = () => { box.checked = valueAt(app.settings, path); };
  app.on("settings", show);
  show();
  return html("label", { class: "check" }, [box, html("span", { word })]);
}

/** A whole number that can be drawn anew. */
function seedField(path) {
  const field = numberField({ word: "seed", path, sliderMax: 100, step: 1 });
  field.classList.add("seed");
  field.querySelector("[type=range]").replaceWith(html("button", {
    class: "quiet", label: "otherSeed", text: "⚄",
    on: { click: () => app.change(settingAt(path, valueAt(app.settings, path) % 999 + 1)) },
  }));
  return field;
}

/** Buttons of which one is pressed. `choices`: [{value, word | words, content}] */
function segments(label, choices, value, change) {
  const buttons = choices.map(choice => html("button", {
    "aria-pressed": String(choice.value === value), word: choice.word, words: choice.words, label: choice.label,
    on: { click: () => { select(choice.value); change(choice.value); } },
  }, choice.content ?? []));
  const select = value => buttons.forEach((button, index) => button.setAttribute("aria-pressed", choices[index].value === value));
  return Object.assign(html("div", { class: "segments", role: "group", label }, buttons), { select });
}

/** A fold with a heading of its own. */
function fold(word, children) {
  return html("details", { class: "fold" }, [html("summary", { word }), html("div", { class: "fields" }, children)]);
}

const uniqueID = (() => { let last = 0; return () => `control-${last += 1}`; })();

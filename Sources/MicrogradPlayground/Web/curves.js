// The curves of loss and accuracy. A click leads to the step there.

parts.push({ id: "curves", title: "curves", place: "result", mount(root, app) { new Curves(root, app); } });

class Curves {
  constructor(root, app) {
    this.app = app;
    this.isLogarithmic = html("input", { type: "checkbox", on: { change: () => this.show() } });
    this.charts = [
      { key: "loss", word: "loss", height: 130, figure: null }, { key: "accuracy", word: "accuracy", height: 84, range: [0, 1], figure: null },
    ];
    this.charts.forEach(chart => {
      chart.picture = svg("svg", { class: "chart", role: "img", viewBox: `0 0 400 ${chart.height}` });
      chart.figure = html("figure", { class: "curve" }, chart.picture);
      chart.picture.addEventListener("pointerdown", event => this.seek(event, chart));
    });
    this.slider = html("input", { type: "range", min: 0, label: "timeline", on: { input: () => { this.isSeeking = true; this.to(this.slider.valueAsNumber); } } });
    titleBar(root).append(html("span", { class: "legend" }, [this.sample("train", "train"), this.sample("test", "test")]));
    root.append(...this.charts.map(({ figure }) => figure), html("div", { class: "row" }, [
      html("label", { class: "timeline" }, [html("span", { word: "timeline" }), this.slider]),
      html("label", { class: "check" }, [this.isLogarithmic, html("span", { word: "logarithmic" })])]));
    app.on("frame", () => this.show());
    app.on("language", () => this.show());
  }

  sample(kind, word) {
    return html("span", {}, [svg("svg", { class: "sign wide", viewBox: "0 0 24 10", "aria-hidden": "true" }, svg("path", { class: `line ${kind}`, d: "M1 5H23" })), html("span", { word })]);
  }

  /** Asks for one step at a time; the last one wins, unless something else is asked for meanwhile. */
  async to(step) {
    this.wanted = step;
    if (this.isAsking) return;
    this.isAsking = true;
    while (this.wanted !== null) {
      const next = this.wanted;
      this.wanted = null;
      if (!await this.app.seek(next)) this.wanted = null;
    }
    this.isAsking = false;
  }

  seek(event, { picture, x }) {
    if (!x) return;
    const at = ({ clientX }) => { const box = picture.getBoundingClientRect(); return clamp(x.number((clientX - box.x) / box.width * 400), 0, this.last); };
    const move = event => this.to(Math.round(at(event))), drag = new AbortController(), { signal } = drag;
    picture.setPointerCapture(event.pointerId);
    picture.addEventListener("pointermove", move, { signal });
    for (const end of ["pointerup", "pointercancel"]) picture.addEventListener(end, () => drag.abort(), { signal });
    move(event);
  }

  show() {
    const { frame } = this.app;
    // While the net trains, not every frame brings curves.
    if (this.app.isPlaying && !frame?.curves) return;
    if (frame?.curves) this.curves = frame.curves;
    const { curves } = this;
    if (!curves?.step) return;
    this.last = Math.max(10, frame.furthest ?? 0, frame.step);
    this.slider.max = this.last;
    this.slider.value = frame.step;
    this.slider.style.setProperty("--part", `${100 * frame.step / this.last}%`);
    this.slider.setAttribute("aria-valuetext", this.app.word("stepOf", { step: frame.step, last: this.last }));
    this.charts[1].figure.hidden = this.app.settings.task === "regression";
    for (const chart of this.charts) if (!chart.figure.hidden) this.draw(chart, curves);
  }

  draw(chart, curves) {
    const { key, height, picture, word } = chart, frame = this.app.frame, right = 392, top = 8, bottom = height - 20;
    const sets = ["train", "test"].map(kind => ({ kind, numbers: curves[key][kind] ?? [] }));
    const all = sets.flatMap(({ numbers }) => [...numbers]).filter(Number.isFinite), isLogarithmic = key === "loss" && this.isLogarithmic.checked;
    const positive = all.filter(number => number > 0), high = Math.max(...all, 0);
    let [low, up] = chart.range ?? (isLogarithmic ? [Math.min(...positive), Math.max(...positive)] : [0, high * 1.05 || 1]);
    if (!Number.isFinite(low) || !Number.isFinite(up) || up <= low) [low, up] = isLogarithmic ? [(low || 1) / 2, (low || 1) * 2] : [0, 1];
    const scale = isLogarithmic ? Math.log : number => number;
    const y = number => bottom - (scale(number) - scale(low)) / (scale(up) - scale(low)) * (bottom - top);
    const isShare = key === "accuracy", marks = (isLogarithmic ? logarithmicTicks(low, up) : ticks(low, up, isShare ? 2 : 4))
      .map(({ value, text }) => ({ value, label: isShare ? `${Math.round(100 * value)} %` : text }));
    // Room for the widest label.
    const left = Math.max(46, 14 + 6.5 * Math.max(...marks.map(({ label }) => label.length)));
    const x = step => left + step / this.last * (right - left);
    chart.x = { number: place => (place - left) / (right - left) * this.last };
    const now = frame[key] ?? {}, said = isShare ? percent : short;
    const text = (kind, x, y, text, attributes) => svg("text", { class: kind, x, y, text, ...attributes });
    picture.setAttribute("aria-label", this.app.word("curveLabel", { name: this.app.word(word), train: said(now.train), test: said(now.test) }));
    picture.replaceChildren(
      ...marks.flatMap(({ value, label }) => [svg("path", { class: "grid", d: `M${left} ${y(value).toFixed(1)}H${right}` }),
        text("tick", left - 6, y(value) + 4, label, { "text-anchor": "end" })]),
      ...ticks(0, this.last, 4).map(({ value }) => text("tick", x(value), height - 5, count(value), { "text-anchor": value === 0 ? "start" : value > .9 * this.last ? "end" : "middle" })),
      svg("path", { class: "now", d: `M${x(frame.step).toFixed(1)} ${top}V${bottom}` }),
      ...sets.toReversed().map(({ kind, numbers }) => svg("path", { class: `line ${kind}`, d: this.path(curves.step, numbers, x, y, isLogarithmic) })),
      ...sets.filter(({ kind }) => Number.isFinite(now[kind])).map(({ kind }) => svg("circle", { class: `dot ${kind}`, cx: x(frame.step), cy: y(Math.max(now[kind], isLogarithmic ? low : now[kind])), r: 3.2 })),
      text("name", right - 6, isShare ? bottom - 7 : top + 12, this.app.word(word), { "text-anchor": "end" }));
  }

  /** The line through the numbers that there are. */
  path(steps, numbers, x, y, isLogarithmic) {
    let path = "", isDown = false;
    numbers.forEach((number, index) => {
      const isThere = Number.isFinite(number) && (!isLogarithmic || number > 0);
      if (isThere) path += `${isDown ? "L" : "M"}${x(steps[index]).toFixed(1)} ${y(number).toFixed(1)}`;
      isDown = isThere;
    });
    return path;
  }
}

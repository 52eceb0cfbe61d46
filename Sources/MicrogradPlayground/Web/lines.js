// A chart of shares, its lines told apart by colour and dashes.

const dashes = ["", "7 3", "2 3"];

const lineSign = index => svg("svg", { class: "sign wide", viewBox: "0 0 24 10", "aria-hidden": "true" }, chartLine(index, "M1 5H23"));
const chartLine = (index, d) => svg("path", { class: "series", d, style: { stroke: `var(--class${index})`, "stroke-dasharray": dashes[index] } });

/** Draws lines {x, y} of shares, 0 to 1, over steps. */
function shareChart(lines, label) {
  const [left, right, top, bottom] = [46, 592, 8, 140], last = Math.max(1, ...lines.map(({ x }) => x.at(-1)));
  const x = step => left + step / last * (right - left), y = share => bottom - share * (bottom - top);
  const tick = (x, y, text, anchor) => svg("text", { class: "tick", x, y, text, "text-anchor": anchor });
  return svg("svg", { class: "chart", viewBox: "0 0 600 160", role: "img", "aria-label": label }, [
    ...[0, .5, 1].flatMap(share => [svg("path", { class: "grid", d: `M${left} ${y(share)}H${right}` }), tick(left - 6, y(share) + 4, `${100 * share} %`, "end")]),
    ...ticks(0, last, 4).map(({ value }) => tick(x(value), 156, count(value), value > .9 * last ? "end" : "middle")),
    ...lines.map((line, index) => chartLine(index, `M${Array.from(line.y, (share, at) => `${x(line.x[at]).toFixed(1)} ${y(share).toFixed(1)}`).join("L")}`)),
  ]);
}

// The tools below the net: one is shown at a time.

function makeTabs() {
  const place = document.getElementById("tools"), tools = parts.filter(({ place }) => place === "tools");
  const tabs = tools.map(({ id, title }) => html("button", {
    id: `tab-${id}`, role: "tab", word: title, "aria-controls": `tool-${id}`, on: { click: () => app.open(id) },
  }));
  const panels = tools.map(({ id }) => html("div", {
    id: `tool-${id}`, class: "tool", role: "tabpanel", "aria-labelledby": `tab-${id}`, tabindex: "-1", hidden: true,
  }));
  const list = html("div", { class: "tabs", role: "tablist", label: "tools", on: {
    keydown: event => {
      const move = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
      if (!move) return;
      event.preventDefault();
      event.stopPropagation();
      const now = tools.findIndex(({ id }) => id === app.tool), last = tools.length - 1;
      const next = Math.abs(move) === 1 ? (now + move + tools.length) % tools.length : move < 0 ? 0 : last;
      app.open(tools[next].id);
      tabs[next].focus();
    },
  } }, tabs);
  const show = () => tools.forEach(({ id }, index) => {
    const isShown = id === app.tool || (index === 0 && app.tool === null);
    tabs[index].setAttribute("aria-selected", isShown);
    tabs[index].tabIndex = isShown ? 0 : -1;
    panels[index].hidden = id !== app.tool;
  });
  app.on("tool", show);
  if (tools.length) place.replaceChildren(list, ...panels);
  show();
}

/** Scrolls as far as is needed to see the upper part of a tool. At once: what is clicked next must not move away. */
function revealTools() {
  const { top } = document.getElementById("tools").getBoundingClientRect();
  if (top >= innerHeight - 200) scrollBy(0, top - .6 * innerHeight);
}

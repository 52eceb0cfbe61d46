// What can be taken away: the net in other languages, the run as a table, the picture, the link, the formula.

const exportFormats = { swift: "Swift", c: "C", javascript: "JavaScript", onnx: "ONNX", safetensors: "safetensors", json: "JSON" };

parts.push({
  id: "export", title: "export", place: "tools",
  mount(root, app) {
    const message = html("p", { class: "export-message", role: "status" }), step = html("p", { class: "remark" });
    const formula = html("pre", { class: "formula", tabindex: "0", role: "region", label: "exportFormula" });
    const digits = html("select", { on: { change: showFormula } },
      [["3", "3"], ["6", "6"], ["17"]].map(([value, text]) => html("option", { value, text, word: text ? null : "exportAllDigits" })));
    const button = (name, action) => html("button", { ...name, on: { click: () => attempt(action) } });
    const group = (word, children) => html("div", {}, [html("h3", { word }), html("div", { class: "row", role: "group", label: word }, children)]);
    const formats = Object.entries(exportFormats).map(([format, text]) => button({ text }, () => saveReply({ do: "export", format, table: app.table })));
    root.append(
      step,
      html("div", { class: "export-groups" }, [
        group("exportNetwork", formats), group("exportRun", [button({ word: "exportCSV" }, () => saveReply({ do: "history" }))]),
        group("exportPicture", [
          button({ text: "SVG" }, () => save("decision-surface.svg", "image/svg+xml", pictureText(surfacePicture(app)))),
          button({ text: "PNG" }, async () => save("decision-surface.png", "image/png", await rasterized(surfacePicture(app)))),
        ]),
        group("exportLink", [button({ word: "share" }, () => { app.writeAddress(); return copy(location.href); })]),
      ]),
      message, html("h3", { word: "exportFormula" }),
      html("div", { class: "row" }, [
        html("label", {}, [html("span", { word: "exportDigits" }), " ", digits]), button({ word: "exportCopy" }, () => copy(formula.textContent)),
      ]),
      formula);

    /** Does something, and says what came of it. */
    async function attempt(action) {
      message.replaceChildren();
      try { message.textContent = await action(); } catch (error) { message.replaceChildren(errorText(error)); }
    }
    async function saveReply(request) {
      const { name, type, text, buffers } = await app.ask(request);
      return save(name, type, text ?? Uint8Array.from(buffers[0]));
    }
    /** Hands a file to the browser's downloads. */
    function save(name, type, content) {
      const url = URL.createObjectURL(new Blob([content], { type }));
      html("a", { href: url, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
      return app.word("exportSaved", { name });
    }
    async function copy(text) {
      try { await navigator.clipboard.writeText(text); } catch { return app.word("exportNotCopied", { text }); }
      return app.word("exportCopied");
    }

    let shown = null;
    async function showFormula() {
      const now = app.frame?.step ?? 0;
      step.textContent = app.word("exportAt", { step: count(now) });
      if (app.tool !== "export" || app.isPlaying) return;
      shown = now;
      try {
        formula.textContent = (await app.ask({ do: "formula", digits: Number(digits.value), table: app.table })).text;
      } catch (error) { formula.replaceChildren(errorText(error)); }
    }
    for (const event of ["frame", "tool", "playing"]) app.on(event, () => { if (app.frame?.step !== shown || app.isPlaying) showFormula(); });
    for (const event of ["settings", "language"]) app.on(event, showFormula);
    showFormula();
  },
});

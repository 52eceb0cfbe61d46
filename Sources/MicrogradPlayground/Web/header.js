// The page's language, its link, and the list of keys.

const helpKeys = [["helpSpace", "helpPlay"], ["→", "helpStep"], ["←", "helpBack"], ["E", "helpEpoch"], ["R", "helpRestart"], ["?", "helpHelp"],
  ["Tab", "helpTab"], ["← ↑ → ↓", "helpArrows"], ["helpEnterKey", "helpEnter"], ["B", "helpBias"], ["1 – 5", "helpDigits"], ["helpDeleteKey", "helpDelete"]];

function showHelp() {
  const dialog = document.getElementById("help");
  dialog.replaceChildren(
    html("h2", { id: "help-title", word: "helpTitle" }),
    html("dl", {}, helpKeys.flatMap(([key, word]) => [html("dt", {}, html("kbd", words.en[key] ? { word: key } : { text: key })), html("dd", { word })])),
    html("form", { method: "dialog" }, html("button", { class: "primary", word: "close" })));
  dialog.showModal();
}

function mountHeader() {
  const find = id => document.getElementById(id), share = find("share");
  find("language").value = app.language;
  find("language").addEventListener("change", event => app.setLanguage(event.target.value));
  app.on("language", () => { find("language").value = app.language; });
  find("help-button").addEventListener("click", showHelp);
  share.addEventListener("click", async () => {
    app.writeAddress();
    try { await navigator.clipboard.writeText(location.href); } catch { return app.tell(location.href); }
    share.textContent = app.word("shared");
    app.announce(app.word("shared"));
    setTimeout(() => translateElement(share), 1500);
  });
}

"""The playground as the checks see it: how it is opened, and how its controls are found and used."""

import json

READY = "document.body.classList.contains('ready') && app.frame !== null"

# Functions that the checks add to the page.
HELPERS = """
Object.assign(globalThis, { checks: {
  /** Shown to the reader: not hidden, nor in something that is closed. */
  isShown: element => element.checkVisibility({ visibilityProperty: true }) && element.closest("[inert], [aria-hidden=true]") === null,
  shown: selector => [...document.querySelectorAll(selector)].filter(element => checks.isShown(element)),
  /** What a control is called in the page's code, whatever the language. */
  key(element) {
    const { dataset, id, tagName, className } = element, holder = element.closest("label, .field, div"), named = holder?.querySelector("[data-word]");
    const head = dataset.head?.replace(/\\d+/, ""), lead = element.parentElement?.closest("[data-label]")?.dataset.label;
    const own = head ? `head ${head}` : dataset.kind ? "kind" : dataset.label ?? dataset.word ?? element.querySelector("[data-word]")?.dataset.word;
    const isField = ["INPUT", "SELECT", "TEXTAREA"].includes(tagName);
    return [tagName.toLowerCase(), own ?? (isField && named ? named.dataset.word : null) ?? (id.replace(/\\d+$/, "") || String(className.baseVal ?? className).split(" ")[0] || lead || "unnamed")].join(" ");
  },
  /** The button that is called by a word, in a place. */
  button: (place, word) => [...document.querySelectorAll(`${place} button`)].find(({ textContent }) => textContent === words[app.language][word]
    || textContent.startsWith(words[app.language][word].split("{")[0]) && words[app.language][word].includes("{")),
  controls: () => checks.shown("button, input, select, textarea, summary, a[href], [role=button], [role=tab], [role=application], [tabindex='0']"),
  /** The settings as pairs of path and value. */
  leaves(tree, path = "") {
    return Object.entries(tree).flatMap(([key, value]) => value !== null && typeof value === "object" && !Array.isArray(value)
      ? checks.leaves(value, path ? `${path}.${key}` : key) : [[path ? `${path}.${key}` : key, JSON.stringify(value)]]);
  },
  changed(before) {
    const now = new Map(checks.leaves(app.settings)), old = new Map(before);
    return [...new Set([...now.keys(), ...old.keys()])].filter(path => now.get(path) !== old.get(path));
  },
  /** The state to the last digit. */
  state: () => ({ step: app.frame.step, train: app.frame.loss.train, test: app.frame.loss.test }),
  async settle() {
    // All questions are answered in order, so this one comes after those before it; then two pictures.
    await app.ask({ do: "parameters" });
    for (let i = 0; i < 2; i += 1) await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
  },
} }); 0
"""


def describe(page):
    """The state of the page, for those who read a failure."""
    return page.evaluate("""`${decodeURIComponent(location.hash).slice(0, 300)} step ${app?.frame?.step} loss ${app?.frame?.loss?.train}`
      + ` playing ${app?.isPlaying} tool ${app?.tool} message “${document.getElementById("message").textContent}”`""")


def opened(checks, state="", **look):
    """The playground with a state in its address."""
    return checks.opened(f"{checks.playground}{'#' + state if state else ''}", READY, "the playground", **look)


def help_out(page):
    """Adds the functions of the checks."""
    page.evaluate(HELPERS)


def settle(page):
    page.evaluate("checks.settle()")


def load(page, settings=None, **state):
    """Opens settings as a preset does."""
    page.evaluate(f"app.load({json.dumps(settings or {})}, {json.dumps(state)})")
    settle(page)


def step(page, number):
    """Goes to a step, and waits until it is shown."""
    page.evaluate(f"app.seek({number})")
    page.wait(f"app.frame?.step === {number}", f"step {number}")
    return state(page)


def state(page):
    return page.evaluate("checks.state()")


def label(word):
    """The selector of a button that is called by a word of the page."""
    return f"button[data-label={json.dumps(word)}], button[data-word={json.dumps(word)}]"

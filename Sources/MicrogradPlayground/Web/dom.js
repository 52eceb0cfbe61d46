// Elements, and words in the page's language.

const parts = [];

/**
 * Creates an element. Special attributes: `on` ({event: listener}), `text`, `word` and `label` (keys of `words`), `words`
 * ({en, fr}), `style` (a text, or {property: value}), `data` ({name: value}). True sets an attribute; false, null and undefined leave it out.
 */
function html(tag, attributes = {}, children = []) { return furnish(document.createElement(tag), attributes, children); }

function svg(tag, attributes = {}, children = []) {
  return furnish(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function furnish(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  for (const child of [children].flat(Infinity)) if (child !== null && child !== undefined && child !== false) element.append(child);
  return element;
}

function setAttribute(element, name, value) {
  if (value === null || value === undefined || value === false) return element.removeAttribute(name);
  switch (name) {
    case "on": return Object.entries(value).forEach(([event, listener]) => element.addEventListener(event, listener));
    case "text": element.textContent = value; return;
    case "word": case "label": element.dataset[name] = value; return translateElement(element);
    case "words": element.dataset.en = value.en; element.dataset.fr = value.fr; return translateElement(element);
    case "data": Object.assign(element.dataset, value); return;
    case "style": if (typeof value === "object") return Object.entries(value).forEach(([key, text]) => element.style.setProperty(key, text));
  }
  element.setAttribute(name, value === true ? "" : value);
}

/** Shows the words of an element, and of all elements in it, in the page's language. */
function translate(root) {
  translateElement(root);
  root.querySelectorAll("[data-word], [data-label], [data-en]").forEach(translateElement);
}

function translateElement(element) {
  const { word, label, en } = element.dataset;
  if (word) element.textContent = app.word(word);
  if (en !== undefined) element.textContent = app.say(element.dataset);
  if (label) {
    element.setAttribute("aria-label", app.word(label));
    if (element.matches("button")) element.title = app.word(label) + (element.ariaKeyShortcuts ? ` (${element.dataset.key})` : "");
  }
}

/** A number as people read it: at most `digits` significant digits. */
function short(number, digits = 4) {
  if (number === null || number === undefined || Number.isNaN(number)) return "nan";
  if (!Number.isFinite(number)) return number > 0 ? "∞" : "−∞";
  const size = Math.abs(number);
  const text = size !== 0 && (size >= 1e6 || size < 1e-4) ? number.toExponential(Math.min(2, digits - 1))
    : String(Number(number.toPrecision(digits)));
  return text.replace(/-/g, "−").replace("e+", "e");
}

/** A count with the thousands set apart, as the language does. */
const count = number => countFormats[app.language].format(number);
const countFormats = { en: new Intl.NumberFormat("en"), fr: new Intl.NumberFormat("fr") };

const percent = share => share === null || share === undefined ? "–" : `${(100 * share).toFixed(share === 1 ? 0 : 1)} %`;

/** Calls a function at most once per animation frame. */
function onceAFrame(action) {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => { isDue = false; action(); });
  };
}

const clamp = (number, low, high) => Math.min(Math.max(number, low), high);

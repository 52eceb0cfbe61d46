// What several tools share.

/** A paragraph about a failure, in the page's language. */
function errorText({ text, message }) {
  return html("p", { class: "failure", ...text?.en ? { words: text } : { text: text ?? message } });
}

/** Colours of the style sheet, by name. */
function inks(names) {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(names.map(name => [name, style.getPropertyValue(`--${name}`).trim()]));
}

/** A number of a reply. JSON has none that are not finite: they come as text. */
const numberOf = value => typeof value === "string" ? Number(value.replace("inf", "Infinity")) : value;

/** Entries of a list of numbers with their names: [[word, number]]. */
const numberList = entries => entries.map(([word, number]) => html("div", {}, [html("dt", { word }), html("dd", { text: short(numberOf(number), 6) })]));

/** A field for a number with its name. `read` returns the number, within its limits, and shows it. */
function numberEntry(word, { value = 1, min = 1, max, step = 1 }, change) {
  const input = html("input", { type: "number", value, min, max, step, on: { change } });
  return Object.assign(html("label", {}, [html("span", { word }), " ", input]), { input, read() {
    const number = clamp(Number.isFinite(input.valueAsNumber) ? input.valueAsNumber : value, Number(input.min), Number(input.max));
    return input.value = step === 1 ? Math.round(number) : number;
  } });
}

// Numbers, formulas and sentences.

/** As in all figures: four decimals, exponents where these would show nothing or too much. */
function inFigure(number) {
  if (!Number.isFinite(number)) return notFinite(number);
  const size = Math.abs(number);
  if (size >= 1e6) return number.toExponential(4);
  if (size < 1e-3 && size !== 0) return number.toExponential(1);
  const text = number.toFixed(4);
  return /^-[0.]*$/.test(text) ? text.slice(1) : text;
}

/** At most six digits, to follow a calculation. */
function inStep(number) {
  return Number.isFinite(number) ? String(Number(number.toPrecision(6))) : notFinite(number);
}

function notFinite(number) {
  return Number.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
}

/** A formula or a sentence with its blanks filled. In {(a)} a negative number is put into brackets (see FormulaText.swift). */
function fill(text, word) {
  return text.replace(/\{(\(?)(\w+)\)?\}/g, (_, isOperand, name) => {
    const filling = word(name);
    return isOperand && filling.startsWith("-") ? `(${filling})` : filling;
  });
}

/** `name = formula = with numbers = result`, without repetitions. A variable is {name, number}. */
function equation(name, formula, variables, result) {
  const number = letter => inStep(variables[letter].number);
  return [name, fill(formula, letter => variables[letter].name ?? number(letter)), fill(formula, number), inStep(result)]
    .filter((part, index, parts) => part !== parts[index - 1]).join(" = ");
}

/** A sentence of `Phrase.swift`, its blanks filled. */
function fillPhrase(text, blanks = {}) { return fill(text, name => String(blanks[name] ?? "")); }

const labels = {
  en: {
    step: "Step {step} of {total}", first: "To the beginning", back: "One step back", next: "One step on",
    last: "To the end", slider: "Step", leaves: "Leaves", reset: "All as it was", fit: "Show all", larger: "Larger",
    smaller: "Smaller", picture: "The graph", language: "Language", fold: "Close all boxes",
    keys: "Keys: ← → step, Home and End jump, + − 0 zoom, Enter opens and closes a box. Drag to move the picture.",
    hands: "{name} receives {number}", more: "… and {count} more", data: "data", grad: "grad",
  },
  fr: {
    step: "Étape {step} sur {total}", first: "Au début", back: "Un pas en arrière", next: "Un pas en avant",
    last: "À la fin", slider: "Étape", leaves: "Feuilles", reset: "Tout remettre", fit: "Tout montrer",
    larger: "Agrandir", smaller: "Réduire", picture: "Le graphe", language: "Langue",
    fold: "Fermer toutes les boîtes",
    keys: "Touches : ← → avancer, Début et Fin sauter, + − 0 zoomer, Entrée ouvre et ferme une boîte. Glisser déplace.",
    hands: "{name} reçoit {number}", more: "… et {count} de plus", data: "data", grad: "grad",
  },
};

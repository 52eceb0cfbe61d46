// Numbers, formulas and sentences.

/** A number as in all figures: with four decimals, or with an exponent where they would show nothing or too much. */
function inFigure(number) {
  if (!Number.isFinite(number)) return notFinite(number);
  const size = Math.abs(number);
  if (size >= 1e6) return number.toExponential(4);
  if (size < 1e-3 && size !== 0) return number.toExponential(1);
  const text = number.toFixed(4);
  return /^-[0.]*$/.test(text) ? text.slice(1) : text;
}

/** A number with at most six digits, to follow a calculation. */
function inStep(number) {
  return Number.isFinite(number) ? String(Number(number.toPrecision(6))) : notFinite(number);
}

function notFinite(number) {
  return Number.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
}

/** Fills the blanks of a formula or a sentence. In {(a)} a negative number is put into brackets (see FormulaText.swift). */
function fill(text, word) {
  return text.replace(/\{(\(?)(\w+)\)?\}/g, (_, isOperand, name) => {
    const filling = word(name);
    return isOperand && filling.startsWith("-") ? `(${filling})` : filling;
  });
}

/** Returns `name = formula = formula with numbers = result`, without repetitions. A variable is {name, number}. */
function equation(name, formula, variables, result) {
  const number = letter => inStep(variables[letter].number);
  return [name, fill(formula, letter => variables[letter].name ?? number(letter)), fill(formula, number), inStep(result)]
    .filter((part, index, parts) => part !== parts[index - 1]).join(" = ");
}

/** Fills the blanks of a sentence of `Phrase.swift`. */
function fillPhrase(text, blanks = {}) { return fill(text, name => String(blanks[name] ?? "")); }

const labels = {
  en: {
    step: "Step {step} of {total}", first: "First step", back: "Previous step", next: "Next step", last: "Last step",
    slider: "Step", leaves: "Leaves", reset: "Reset all leaves", fit: "Show all", larger: "Zoom in",
    smaller: "Zoom out", picture: "The graph", language: "Language", fold: "Close all boxes", colon: ": ",
    keys: "Keys: ← → step, Home and End jump, + − 0 zoom, Enter opens and closes a box. Drag to move the picture.",
    hands: "{name} receives {number}", more: "… and {count} more", data: "data", grad: "grad",
  },
  fr: {
    step: "Étape {step} sur {total}", first: "Première étape", back: "Étape précédente", next: "Étape suivante",
    last: "Dernière étape", slider: "Étape", leaves: "Feuilles", reset: "Rétablir toutes les feuilles",
    fit: "Tout afficher", larger: "Zoom avant", smaller: "Zoom arrière", picture: "Le graphe", language: "Langue",
    fold: "Fermer toutes les boîtes", colon: "\u00A0: ",
    keys: "Touches : ← → changent d'étape, Début et Fin vont aux extrémités, + − 0 règlent le zoom, Entrée ouvre et ferme "
      + "une boîte. Glisser déplace l'image.",
    hands: "{name} reçoit {number}", more: "… et {count} de plus", data: "data", grad: "grad",
  },
};

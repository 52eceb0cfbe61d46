// Colours of classes and of numbers, on a canvas; shapes of classes.

let palette = null;
const schemes = matchMedia("(prefers-color-scheme: dark)");
schemes.addEventListener("change", () => { palette = null; if (app.frame) app.emit("frame", app.frame); });

/** The colours of the style sheet as [red, green, blue]. */
function colors() {
  if (palette) return palette;
  const style = getComputedStyle(document.documentElement);
  const color = name => { const hex = style.getPropertyValue(`--${name}`).trim(); return [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16)); };
  palette = { classes: [0, 1, 2, 3, 4].map(index => color(`class${index}`)), background: color("background"), none: color("frame") };
  return palette;
}

/** Puts a colour over the background. */
function paint(pixels, place, color, opacity) {
  const { background } = colors();
  for (let part = 0; part < 3; part += 1) pixels[place + part] = color[part] * opacity + background[part] * (1 - opacity);
  pixels[place + 3] = 255;
}

/** Paints a number of −1 to 1: negative ones in the colour of class 0, positive ones in that of class 1. */
function paintNumber(pixels, place, number) {
  const { classes, none } = colors();
  if (Number.isNaN(number)) return paint(pixels, place, none, .6);
  paint(pixels, place, classes[number < 0 ? 0 : 1], .85 * Math.min(Math.abs(number), 1));
}

/** Paints size² numbers, row by row from the top, on a canvas; `color(pixels, place, index)` paints one. */
function paintGrid(canvas, size, color) {
  if (canvas.width !== size) canvas.width = canvas.height = size;
  const context = canvas.getContext("2d"), image = imageFor(context, size);
  for (let index = 0; index < size * size; index += 1) color(image.data, 4 * index, index);
  context.putImageData(image, 0, 0);
}

const images = new Map();
function imageFor(context, size) {
  if (!images.has(size)) images.set(size, context.createImageData(size, size));
  return images.get(size);
}

// The shapes of the library's plots (Marker.swift).
const shapes = [
  "M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0z", "M0-1.2L1.1.8H-1.1z", "M-.9-.9H.9V.9H-.9z", "M0-1.3L1.1 0 0 1.3-1.1 0z", "M0 1.2L1.1-.8H-1.1z",
];

function shape(index, x, y, radius, attributes = {}) {
  return svg("path", { d: shapes[index % shapes.length], transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${radius})`, ...attributes });
}

/** The sign of a class, for legends and buttons. */
const classSign = (index, kind = "train") => svg("svg", { class: "sign", viewBox: "-1.8 -1.8 3.6 3.6", "aria-hidden": "true" },
  shape(index, 0, 0, 1, { class: `point ${kind} c${index}` }));

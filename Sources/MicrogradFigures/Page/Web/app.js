// The page: which step is shown, which boxes are open, and what the reader does.

const description = JSON.parse(document.getElementById("graph").textContent);
const graph = new Graph(description), picture = new Picture(description, graph);
const view = document.getElementById("picture"), find = id => document.getElementById(id);
let language = description.language, step = 0, stops = [];
let frame = { x: 0, y: 0, width: 100, height: 100 };

const word = name => labels[language][name];
const phrase = (name, blanks) => fillPhrase(description.phrases[name][language], blanks);

// Steps: forward through the visible boxes, and backward through them

/** The stop that the current step is about, if any, and its direction. */
function current() {
  if (step === 0) return null;
  const isForward = step <= stops.length;
  return { stop: isForward ? stops[step - 1] : stops[2 * stops.length - step], isForward };
}

function go(to) {
  step = Math.max(0, Math.min(2 * stops.length, to));
  showStep();
  keepInView();
}

/** After boxes opened or closed: stays at the same place of the pass. */
function followFold() {
  const now = current();
  stops = picture.stops();
  find("slider").max = 2 * stops.length;
  if (!now) return;
  const place = now.isForward ? stops.findLastIndex(stop => stop.range[0] < now.stop.range[1])
    : stops.findIndex(stop => stop.range[1] > now.stop.range[0]);
  step = now.isForward ? place + 1 : 2 * stops.length - place;
}

// What is shown

function redraw() {
  const focused = document.activeElement?.dataset?.group;
  view.replaceChildren(picture.draw(language));
  followFold();
  showLeaves();
  showStep();
  if (focused !== undefined) view.querySelector(`[data-group="${focused}"]`)?.focus({ preventScroll: true });
}

function showStep() {
  const now = current(), isBackward = step > stops.length;
  const computed = isBackward || !now ? (now ? graph.nodes.length : 0) : now.stop.range[1];
  const gradients = isBackward ? graph.gradients(now.stop.range[0]) : [];
  const touched = new Set(now ? operands(now.stop.range) : []);
  const isIn = ([start, end]) => now && start < now.stop.range[1] && end > now.stop.range[0];
  const holdsTouched = ([start, end]) => [...touched].some(id => id >= start && id < end);
  for (const { item, made } of picture.boxes) {
    made.classList.toggle("active", Boolean(item.kind !== "sign" && isIn(item.range)));
    made.classList.toggle("touched", holdsTouched(item.range));
    if (item.kind === "node") showNumbers(made, graph.nodes[item.id], computed, gradients);
  }
  for (const { from, to, made } of picture.edges) {
    made.classList.toggle("active", Boolean(isIn(to) && holdsTouched(from)));
  }
  find("slider").value = step;
  for (const [id, isUseless] of [["first", step === 0], ["back", step === 0], ["next", step === 2 * stops.length],
    ["last", step === 2 * stops.length]]) find(id).setAttribute("aria-disabled", isUseless);
  showWords(now, gradients);
}

function showNumbers(made, node, computed, gradients) {
  const data = node.isLeaf || node.id < computed ? graph.data[node.id] : undefined, grad = gradients[node.id];
  [data, grad].forEach((number, index) => {
    const content = `${word(index === 0 ? "data" : "grad")} ${number === undefined ? "·" : inFigure(number)}`;
    if (made.cells[index].textContent !== content) made.cells[index].textContent = content;
  });
  made.titleOf.textContent = `${node.name}: data ${data ?? "·"}, grad ${grad ?? "·"}`;
  made.dataset.data = data ?? "";
  made.dataset.grad = grad ?? "";
}

/** The nodes outside of a range that are used inside. */
function operands([start, end]) {
  const outside = new Set();
  for (let id = start; id < end; id += 1) {
    for (const operand of graph.nodes[id].operands) if (operand < start) outside.add(operand);
  }
  return outside;
}

// Words

function showWords(now, gradients) {
  const total = 2 * stops.length;
  const direction = now ? `: ${phrase(now.isForward ? "forward" : "backward")}` : "";
  find("progress").textContent = fillPhrase(word("step"), { step, total }) + direction;
  find("slider").setAttribute("aria-valuetext", find("progress").textContent);
  const { sentence, lines } = !now ? { sentence: phrase("start"), lines: [] }
    : now.stop.kind === "group" ? groupWords(now, gradients)
    : now.isForward ? forwardWords(now.stop.id) : backwardWords(now.stop.id, gradients);
  const end = step === total && now ? ` ${phrase("done")}` : "";
  find("sentence").textContent = sentence + end;
  find("arithmetic").replaceChildren(...lines.map(line => {
    const item = document.createElement("li");
    item.textContent = line;
    return item;
  }));
}

function groupWords(now, gradients) {
  const [start, end] = now.stop.range, count = graph.nodes.slice(start, end).filter(node => !node.isLeaf).length;
  const sentence = `${picture.title(now.stop.id)}: ${phrase("inside", { count })}`;
  if (now.isForward) return { sentence, lines: [] };
  const outside = [...operands(now.stop.range)], shown = outside.slice(0, 12);
  const lines = shown.map(id => fillPhrase(word("hands"), { name: graph.nodes[id].name, number: inStep(gradients[id] ?? 0) }));
  if (outside.length > shown.length) lines.push(fillPhrase(word("more"), { count: outside.length - shown.length }));
  return { sentence, lines };
}

function forwardWords(id) {
  const node = graph.nodes[id], { formula, variables, computed } = graph.rule(node);
  const line = equation(node.name, formula, variables, computed);
  return {
    sentence: node.isSetByHand ? phrase("setByHand", { result: inStep(graph.data[id]) }) : line, lines: [line],
  };
}

function backwardWords(id, gradients) {
  const node = graph.nodes[id], gradient = gradients[id] ?? 0, { variables } = graph.rule(node);
  const blanks = { name: node.name, gradient: inStep(gradient) };
  const rule = description.operations[node.operation].explanation[language];
  const sentence = gradient === 0 ? phrase("nothing", blanks)
    : `${phrase(id === graph.result ? "seed" : "arrives", blanks)} ${rule}`;
  const sums = graph.gradients(id + 1);
  const lines = graph.contributions(id, gradient).map(part => {
    const before = sums[part.operand] ?? 0, sum = before + part.product, name = graph.nodes[part.operand].name;
    sums[part.operand] = sum;
    const product = inStep(part.product), slope = `∂${node.name}/∂${name}`;
    const partial = equation(slope, part.formula, variables, part.partial);
    const receives = phrase("receives", {
      operand: name, gradient: inProduct(inStep(gradient)), partial: inProduct(inStep(part.partial)), product,
    });
    const adds = { before: inStep(before), product: inProduct(product), sum: inStep(sum) };
    return `${receives}   (${partial})${before === 0 ? "" : `; ${phrase("addsUp", adds)}`}`;
  });
  return { sentence, lines };
}

// Leaves that can be edited

function showLeaves() {
  const leaves = picture.boxes.filter(({ item }) => item.kind === "node" && graph.nodes[item.id].isLeaf).slice(0, 100);
  find("leaves").replaceChildren(...leaves.map(({ item }) => {
    const label = document.createElement("label"), input = document.createElement("input");
    Object.assign(input, { type: "number", step: "any", value: graph.data[item.id] });
    input.dataset.leaf = item.id;
    input.addEventListener("input", () => edit(item.id, input));
    label.append(graph.nodes[item.id].name, input);
    return label;
  }));
}

function edit(leaf, input) {
  const number = input.valueAsNumber;
  input.setAttribute("aria-invalid", Number.isNaN(number));
  if (Number.isNaN(number)) return;
  graph.set(leaf, number);
  showStep();
}

// Boxes that open

function toggle(group) {
  if (!picture.open.delete(group)) picture.open.add(group);
  const before = view.querySelector(`[data-group="${group}"]`).getBoundingClientRect();
  redraw();
  // The box stays where it was on the screen.
  const after = view.querySelector(`[data-group="${group}"]`).getBoundingClientRect(), scale = frame.width / view.clientWidth;
  frame.x += (after.left - before.left) * scale;
  frame.y += (after.top - before.top) * scale;
  showFrame();
}

// Pan and zoom

function showFrame() { view.setAttribute("viewBox", `${frame.x} ${frame.y} ${frame.width} ${frame.height}`); }

/** Sets the scale in picture units per pixel, keeping a place of the screen where it is. */
function zoom(factor, x = view.clientWidth / 2, y = view.clientHeight / 2) {
  const old = frame.width / view.clientWidth, scale = Math.max(0.1, Math.min(40, old * factor));
  frame.x += x * (old - scale);
  frame.y += y * (old - scale);
  frame.width = view.clientWidth * scale;
  frame.height = view.clientHeight * scale;
  showFrame();
}

/** All of the picture, or its beginning where `coarsest`, in picture units per pixel, leaves no room for all. */
function fit(coarsest = Infinity) {
  const whole = Math.max(picture.size.width / view.clientWidth, picture.size.height / view.clientHeight) * 1.06;
  const scale = Math.min(coarsest, Math.max(0.7, whole));
  frame.width = view.clientWidth * scale;
  frame.height = view.clientHeight * scale;
  frame.x = scale < whole ? -12 * scale : (picture.size.width - frame.width) / 2;
  frame.y = (picture.size.height - frame.height) / 2;
  showFrame();
}

function keepInView() {
  const now = current(), box = now && picture.boxes.find(({ item }) => item === now.stop || (
    item.kind === now.stop.kind && item.id === now.stop.id));
  if (!box) return;
  const place = box.made.getBoundingClientRect(), around = view.getBoundingClientRect(), scale = frame.width / view.clientWidth;
  const shift = (start, end, low, high) => start < low ? start - low - 40 : end > high ? end - high + 40 : 0;
  frame.x += shift(place.left, place.right, around.left, around.right) * scale;
  frame.y += shift(place.top, place.bottom, around.top, around.bottom) * scale;
  showFrame();
}

function drag(event) {
  if (event.button !== 0 || event.target.closest("[data-group]")) return;
  const start = { x: event.clientX, y: event.clientY, frame: { ...frame } }, scale = frame.width / view.clientWidth;
  const move = moved => {
    frame.x = start.frame.x - (moved.clientX - start.x) * scale;
    frame.y = start.frame.y - (moved.clientY - start.y) * scale;
    showFrame();
  };
  view.setPointerCapture(event.pointerId);
  view.addEventListener("pointermove", move);
  view.addEventListener("pointerup", () => view.removeEventListener("pointermove", move), { once: true });
}

// Keys and language

const keys = {
  ArrowRight: () => go(step + 1), ArrowLeft: () => go(step - 1), Home: () => go(0), End: () => go(Infinity),
  "+": () => zoom(0.8), "=": () => zoom(0.8), "-": () => zoom(1.25), 0: () => fit(),
};

function press(event) {
  const group = event.target.closest?.("[data-group]");
  if (group && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    toggle(Number(group.dataset.group));
    return;
  }
  const isTaken = event.target.matches?.("input, select") || event.ctrlKey || event.metaKey || event.altKey;
  if (isTaken || !Object.hasOwn(keys, event.key)) return;
  event.preventDefault();
  keys[event.key]();
}

function speak() {
  document.documentElement.lang = language;
  for (const made of document.querySelectorAll("[data-word]")) made.textContent = word(made.dataset.word);
  for (const made of document.querySelectorAll("[data-label]")) {
    made.setAttribute("aria-label", word(made.dataset.label));
    if (made.tagName === "BUTTON") made.title = word(made.dataset.label);
  }
  redraw();
}

const actions = {
  first: () => go(0), back: () => go(step - 1), next: () => go(step + 1), last: () => go(Infinity), fit: () => fit(),
  larger: () => zoom(0.8), smaller: () => zoom(1.25),
  reset: () => { graph.reset(); redraw(); },
  fold: () => { picture.open.clear(); redraw(); fit(); },
};
for (const [id, action] of Object.entries(actions)) find(id).addEventListener("click", action);
find("slider").addEventListener("input", event => go(Number(event.target.value)));
find("language").addEventListener("change", event => { language = event.target.value; speak(); });
find("language").value = language;
find("fold").hidden = description.groups.length === 0;
view.addEventListener("click", event => {
  const group = event.target.closest("[data-group]"), leaf = event.target.closest(".leaf");
  if (group) toggle(Number(group.dataset.group));
  if (leaf) document.querySelector(`[data-leaf="${leaf.dataset.node}"]`)?.focus();
});
view.addEventListener("pointerdown", drag);
view.addEventListener("wheel", event => {
  event.preventDefault();
  const place = view.getBoundingClientRect();
  zoom(Math.exp(event.deltaY * 0.0015), event.clientX - place.left, event.clientY - place.top);
}, { passive: false });
document.addEventListener("keydown", press);
window.addEventListener("resize", () => zoom(1));
speak();
// On a telephone all of the picture would be too small to read, and the steps move it anyway.
fit(view.clientWidth < 700 ? 1.4 : Infinity);

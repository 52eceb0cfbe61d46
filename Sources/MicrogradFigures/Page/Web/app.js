// The page: the step that is shown, the boxes that are open, and the reader's actions.

const description = JSON.parse(document.getElementById("graph").textContent);
const graph = new Graph(description), picture = new Picture(description, graph);
const find = id => document.getElementById(id);
let language = description.language, step = 0, stops = [];
/** The state of the step: its stop, the number of nodes that have values, and the gradients so far. */
let moment = { now: null, computed: 0, gradients: [] };

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
  follow();
  showFrame();
}

/** Keeps in view the box of a stop and, if there is room, the boxes of its operands. */
function follow(stop = moment.now?.stop) {
  const box = stop && picture.boxes.find(({ item }) => isSame(item, stop));
  if (!box) return;
  // Undoes the zoom that made room for a box that opened.
  setScale(Math.min(scale(), chosenScale));
  const used = operands(stop.range), holdsUsed = ({ item }) => used.has(item.id) && item.kind === "node";
  const all = bounds([box, ...picture.boxes.filter(holdsUsed)].map(({ frame }) => frame));
  if (all.width <= frame.width && all.height <= frame.height) keepInView(all);
  keepInView(box.frame);
}

const isSame = (a, b) => a.kind === b.kind && a.id === b.id;

/** Stays at the same place of the pass after boxes have opened or closed. */
function followFold() {
  const now = current();
  stops = picture.stops();
  find("slider").max = 2 * stops.length;
  if (!now) return;
  const place = now.isForward ? stops.findLastIndex(stop => stop.range[0] < now.stop.range[1])
    : stops.findIndex(stop => stop.range[1] > now.stop.range[0]);
  step = now.isForward ? place + 1 : 2 * stops.length - place;
}

// Showing

function redraw() {
  picture.place(language);
  drawPicture();
  followFold();
  showLeaves();
  showStep();
}

function showStep() {
  const now = current(), isBackward = step > stops.length;
  moment = {
    now, computed: isBackward ? graph.nodes.length : now ? now.stop.range[1] : 0,
    gradients: isBackward ? graph.gradients(now.stop.range[0]) : [],
  };
  showMarks();
  for (const { item, made } of picture.boxes) {
    if (made && item.kind === "node") showNumbers(made, graph.nodes[item.id]);
  }
  find("slider").value = step;
  const isFirst = step === 0, isLast = step === 2 * stops.length;
  for (const [id, isUseless] of [["first", isFirst], ["back", isFirst], ["next", isLast], ["last", isLast]]) {
    find(id).setAttribute("aria-disabled", isUseless);
  }
  showWords(now, moment.gradients);
}

function showMarks() {
  const { now } = moment, touched = now ? [...operands(now.stop.range)] : [];
  const isIn = ([start, end]) => now && start < now.stop.range[1] && end > now.stop.range[0];
  const holdsTouched = ([start, end]) => touched.some(id => id >= start && id < end);
  for (const box of picture.boxes) {
    const isActive = box.item.kind !== "sign" && isIn(box.item.range);
    mark(box, isActive ? "active" : holdsTouched(box.item.range) ? "touched" : "");
  }
  activeEdges.replaceChildren(...edgePaths(picture.edges.filter(({ from, to }) => isIn(to) && holdsTouched(from))));
}

function showNumbers(made, node) {
  const data = node.isLeaf || node.id < moment.computed ? graph.data[node.id] : undefined;
  const grad = moment.gradients[node.id];
  [data, grad].forEach((number, index) => {
    const content = `${word(index === 0 ? "data" : "grad")} ${number === undefined ? "·" : inFigure(number)}`;
    if (made.numbers[index].textContent !== content) made.numbers[index].textContent = content;
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

function showWords(now, gradients) {
  const total = 2 * stops.length;
  const direction = now ? `${word("colon")}${phrase(now.isForward ? "forward" : "backward")}` : "";
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

// Leaves that can be edited

const mostInputs = 100;

function showLeaves() {
  const leaves = picture.boxes.filter(({ item }) => item.kind === "node" && graph.nodes[item.id].isLeaf);
  const shown = leaves.slice(0, mostInputs), count = leaves.length - shown.length;
  const digits = Math.max(6, ...shown.map(({ item }) => String(graph.data[item.id]).length));
  find("leaves").style.setProperty("--digits", digits);
  find("leaves").replaceChildren(...shown.map(({ item }) => leafInput(item.id)));
  if (count > 0) find("leaves").append(fillPhrase(word("more"), { count }));
}

function leafInput(leaf) {
  const label = document.createElement("label"), input = document.createElement("input");
  const name = document.createElement("span");
  name.textContent = graph.nodes[leaf].name;
  Object.assign(input, { type: "number", step: "any", value: graph.data[leaf] });
  input.dataset.leaf = leaf;
  input.addEventListener("input", () => edit(leaf, input));
  label.append(name, input);
  return label;
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
  const key = ({ item }) => `${item.kind} ${item.id}`;
  const all = () => [...picture.boxes, ...picture.groups].filter(({ item }) => item.kind !== "sign");
  const seen = new Set(all().filter(isOnScreen).map(key)), before = picture.frameOf(group);
  if (!picture.open.delete(group)) picture.open.add(group);
  redraw();
  // Everything that was on the screen stays on it, and the whole box is on it too.
  const after = picture.frameOf(group), kept = all().filter(box => seen.has(key(box)));
  reveal(bounds([after, ...kept.map(({ frame }) => frame)]), before, after);
  showFrame();
}

// Keys and language

const keys = {
  ArrowRight: () => go(step + 1), ArrowLeft: () => go(step - 1), Home: () => go(0), End: () => go(Infinity),
  "+": () => zoom(0.8), "=": () => zoom(0.8), "-": () => zoom(1.25), 0: fit,
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
  showFrame();
}

const actions = {
  first: () => go(0), back: () => go(step - 1), next: () => go(step + 1), last: () => go(Infinity), fit,
  larger: () => zoom(0.8), smaller: () => zoom(1.25),
  reset: () => { graph.reset(); showLeaves(); showStep(); },
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
new ResizeObserver(fitNewSize).observe(view);
speak();
begin();

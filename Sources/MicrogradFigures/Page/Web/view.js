// The part of the picture that is on the screen.
//
// Text costs a browser most. So only the boxes on the screen have text, and if it would be too small to read, only those of
// the step. Of the other boxes the outlines are drawn, all of a kind as one path.

const view = document.getElementById("picture");
/** The number of picture units per pixel beyond which text cannot be read. */
const farScale = 3;
/** The scale at which a picture begins if the whole of it would be too small to read, and the largest readable one. */
const nearScale = 1, readableScale = 1.4;
/** The number of edges in one path: the browser skips paths that are not on the screen. */
const edgesInPath = 200;
let frame = { x: 0, y: 0, width: 100, height: 100 };
/** The scale that the reader has chosen, or with which the picture began. */
let chosenScale = 1;
let details, activeEdges, beginning;

const scale = () => frame.width / view.clientWidth;

// Drawing

function drawPicture() {
  const focused = document.activeElement?.dataset?.group;
  details = element("g");
  activeEdges = element("g", { class: "active" });
  view.replaceChildren(
    element("g", { class: "open" }, picture.groups.filter(({ isOpen }) => isOpen).map(({ frame }) =>
      element("rect", { class: "box", ...frame, rx: 8 }))),
    element("g", {}, lines()), activeEdges,
    element("g", { class: "outlines" }, ["leaf", "computed", "result", "sign"].map(outlines)),
    element("g", {}, picture.groups.map(drawGroup)), details);
  if (focused !== undefined) view.querySelector(`[data-group="${focused}"]`)?.focus({ preventScroll: true });
}

function lines() {
  const paths = picture.trunks.map(d => element("path", { class: "edge", d }));
  for (let start = 0; start < picture.edges.length; start += edgesInPath) {
    paths.push(...edgePaths(picture.edges.slice(start, start + edgesInPath)));
  }
  return paths;
}

function edgePaths(edges) {
  return [
    element("path", { class: "edge", d: edges.map(edge => edge.shaft).join("") }),
    element("path", { class: "arrow", d: edges.map(edge => edge.head).join("") }),
  ];
}

function outlines(kind) {
  const boxes = picture.boxes.filter(({ item }) => kindOf(picture, item) === kind);
  const frames = boxes.map(({ item, frame }) => item.kind === "node" ? cellsFrame(picture, item.id, frame) : frame);
  return element("path", { class: kind, d: frames.map(outline).join("") });
}

function drawGroup(box) {
  const draw = box.isOpen ? groupHead : closedGroup;
  box.made = draw(picture, box.item.id, box.frame);
  return box.made;
}

// Boxes with words

function showDetails() {
  const isFar = scale() > farScale, near = {
    left: frame.x - frame.width / 2, right: frame.x + frame.width * 1.5,
    top: frame.y - frame.height / 2, bottom: frame.y + frame.height * 1.5,
  };
  const isNear = ({ x, y, width, height }) =>
    x < near.right && x + width > near.left && y < near.bottom && y + height > near.top;
  view.classList.toggle("far", isFar);
  for (const box of picture.boxes) {
    if (box.item.kind === "group") continue;
    const isWanted = box.mark !== "" || (!isFar && isNear(box.frame));
    if (isWanted && !box.made) addDetail(box);
    if (!isWanted && box.made) {
      box.made.remove();
      box.made = null;
    }
  }
}

function addDetail(box) {
  const { item, frame } = box;
  box.made = item.kind === "node" ? nodeShape(picture, item.id, frame) : signShape(picture, item, frame);
  showMark(box);
  if (item.kind === "node") showNumbers(box.made, graph.nodes[item.id]);
  details.append(box.made);
}

/** The boxes of the step and of its operands. */
function mark(box, name) {
  if (box.mark === name) return;
  box.mark = name;
  if (box.made) showMark(box);
}

function showMark({ item, made, mark }) { made.setAttribute("class", `${kindOf(picture, item)} ${mark}`); }

// Pan and zoom

function showFrame() {
  view.setAttribute("viewBox", `${frame.x} ${frame.y} ${frame.width} ${frame.height}`);
  showDetails();
}

/** Changes the scale, and keeps a point of the screen where it is. */
function zoom(factor, x = view.clientWidth / 2, y = view.clientHeight / 2) {
  const old = scale();
  chooseScale(Math.max(0.1, Math.min(2 * wholeScale(), old * factor)));
  frame.x += x * (old - scale());
  frame.y += y * (old - scale());
  showFrame();
}

function chooseScale(scale) {
  chosenScale = scale;
  setScale(scale);
}

function setScale(scale) {
  frame.width = view.clientWidth * scale;
  frame.height = view.clientHeight * scale;
}

/** The scale at which all of the picture is on the screen. */
function wholeScale() {
  const whole = Math.max(picture.size.width / view.clientWidth, picture.size.height / view.clientHeight);
  return Math.max(0.7, whole * 1.06);
}

/** Shows the whole picture. */
function fit() {
  chooseScale(wholeScale());
  frame.x = (picture.size.width - frame.width) / 2;
  frame.y = (picture.size.height - frame.height) / 2;
  showFrame();
}

/** Shows the whole picture or, if it would be too small to read, the boxes of the first step, at the left. */
function begin() {
  if (view.clientWidth === 0 || view.clientHeight === 0) return;
  fit();
  if (scale() > readableScale) {
    chooseScale(nearScale);
    frame.x = -20;
    frame.y = (picture.size.height - frame.height) / 2;
    follow(stops[0]);
    showFrame();
  }
  beginning = { ...frame };
}

/** Begins anew as long as nobody has moved the picture: a frame in another page may get its size late. */
function fitNewSize() {
  const isUnmoved = !beginning || Object.keys(frame).every(key => frame[key] === beginning[key]);
  isUnmoved ? begin() : zoom(1);
}

/** The smallest frame around the given ones. */
function bounds(frames) {
  const x = Math.min(...frames.map(frame => frame.x)), y = Math.min(...frames.map(frame => frame.y));
  return {
    x, y, width: Math.max(...frames.map(frame => frame.x + frame.width)) - x,
    height: Math.max(...frames.map(frame => frame.y + frame.height)) - y,
  };
}

/** Whether the whole box is on the screen. */
function isOnScreen({ frame: box }) {
  return box.x >= frame.x && box.x + box.width <= frame.x + frame.width
    && box.y >= frame.y && box.y + box.height <= frame.y + frame.height;
}

/** Moves the picture as little as possible. */
function keepInView(part) {
  const shift = (start, length, low, room) => {
    const margin = Math.max(0, Math.min(40 * scale(), (room - length) / 2));
    return start < low ? start - low - margin : start + length > low + room ? start + length - low - room + margin : 0;
  };
  frame.x += shift(part.x, part.width, frame.x, frame.width);
  frame.y += shift(part.y, part.height, frame.y, frame.height);
}

/**
 * Brings a whole part onto the screen, at a smaller scale than the chosen one if necessary. The box that was at `before` and
 * is now at `after` stays where it was.
 */
function reveal(part, before, after) {
  const old = scale(), room = 1.04;
  setScale(Math.max(chosenScale, room * part.width / view.clientWidth, room * part.height / view.clientHeight));
  frame.x = after.x - (before.x - frame.x) / old * scale();
  frame.y = after.y - (before.y - frame.y) / old * scale();
  keepInView(part);
}

function drag(event) {
  if (event.button !== 0 || event.target.closest("[data-group]")) return;
  const start = { x: event.clientX, y: event.clientY, frame: { ...frame } }, unit = scale();
  const move = moved => {
    frame.x = start.frame.x - (moved.clientX - start.x) * unit;
    frame.y = start.frame.y - (moved.clientY - start.y) * unit;
    showFrame();
  };
  view.setPointerCapture(event.pointerId);
  view.addEventListener("pointermove", move);
  view.addEventListener("pointerup", () => view.removeEventListener("pointermove", move), { once: true });
}

// The part of the picture that is on the screen.

class StepperView {
  /** The scale at which a picture begins if the whole of it would be too small to read, and the largest readable one. */
  static nearScale = 1;
  static readableScale = 1.4;

  constructor(svg, picture) {
    Object.assign(this, { svg, picture, frame: { x: 0, y: 0, width: 100, height: 100 }, beginning: null, firstBoxes: [] });
    /** The scale that the reader has chosen, or with which the picture began. */
    this.chosenScale = 1;
    svg.addEventListener("pointerdown", event => this.drag(event));
    svg.addEventListener("wheel", event => this.wheel(event), { passive: false });
    this.observer = new ResizeObserver(() => this.fitNewSize());
    this.observer.observe(svg);
  }

  remove() { this.observer.disconnect(); }

  get scale() { return this.frame.width / this.svg.clientWidth; }

  get hasSize() { return this.svg.clientWidth > 0 && this.svg.clientHeight > 0; }

  show() {
    if (!this.hasSize) return;
    const { x, y, width, height } = this.frame;
    this.svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
    this.picture.showDetails(this.frame, this.scale);
  }

  // Zoom

  /** Changes the scale, and keeps a point of the screen where it is. */
  zoom(factor, x = this.svg.clientWidth / 2, y = this.svg.clientHeight / 2) {
    const old = this.scale;
    this.chooseScale(Math.max(0.1, Math.min(2 * this.wholeScale, old * factor)));
    this.frame.x += x * (old - this.scale);
    this.frame.y += y * (old - this.scale);
    this.show();
  }

  chooseScale(scale) {
    this.chosenScale = scale;
    this.setScale(scale);
  }

  setScale(scale) {
    this.frame.width = this.svg.clientWidth * scale;
    this.frame.height = this.svg.clientHeight * scale;
  }

  /** The scale at which all of the picture is on the screen. */
  get wholeScale() {
    const { width, height } = this.picture.size;
    return Math.max(0.7, 1.06 * Math.max(width / this.svg.clientWidth, height / this.svg.clientHeight));
  }

  /** Shows the whole picture. */
  fit() {
    if (!this.hasSize) return;
    this.chooseScale(this.wholeScale);
    this.frame.x = (this.picture.size.width - this.frame.width) / 2;
    this.frame.y = (this.picture.size.height - this.frame.height) / 2;
    this.show();
  }

  /** Shows the whole picture or, if it would be too small to read, its left side with the boxes of a step. */
  begin(boxes = this.firstBoxes) {
    this.firstBoxes = boxes;
    if (!this.hasSize) return;
    this.fit();
    if (this.scale > StepperView.readableScale) {
      this.chooseScale(StepperView.nearScale);
      this.frame.x = -20;
      this.frame.y = (this.picture.size.height - this.frame.height) / 2;
      this.follow(boxes);
      this.show();
    }
    this.beginning = { ...this.frame };
  }

  /** Begins anew as long as nobody has moved the picture: a frame in another page may get its size late. */
  fitNewSize() {
    if (!this.hasSize) return;
    const { frame, beginning } = this;
    const isUnmoved = !beginning || Object.keys(frame).every(key => frame[key] === beginning[key]);
    isUnmoved ? this.begin() : this.zoom(1);
  }

  // Keeping in view

  /** Keeps in view the first of some boxes and, if there is room, the others. */
  follow(boxes) {
    if (boxes.length === 0 || !this.hasSize) return;
    // Undoes the zoom that made room for a box that opened.
    this.setScale(Math.min(this.scale, this.chosenScale));
    const all = this.bounds(boxes.map(({ frame }) => frame));
    if (all.width <= this.frame.width && all.height <= this.frame.height) this.keepInView(all);
    this.keepInView(boxes[0].frame);
  }

  /** The smallest frame around the given ones. */
  bounds(frames) {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const { x, y, width, height } of frames) {
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x + width);
      bottom = Math.max(bottom, y + height);
    }
    return { x: left, y: top, width: right - left, height: bottom - top };
  }

  /** Whether the whole box is on the screen. */
  isOnScreen({ frame: box }) {
    const { frame } = this;
    return box.x >= frame.x && box.x + box.width <= frame.x + frame.width
      && box.y >= frame.y && box.y + box.height <= frame.y + frame.height;
  }

  /** Moves the picture as little as possible. */
  keepInView(part) {
    const { frame, scale } = this;
    const shift = (start, length, low, room) => {
      const margin = Math.max(0, Math.min(40 * scale, (room - length) / 2));
      return start < low ? start - low - margin : start + length > low + room ? start + length - low - room + margin : 0;
    };
    frame.x += shift(part.x, part.width, frame.x, frame.width);
    frame.y += shift(part.y, part.height, frame.y, frame.height);
  }

  /**
   * Brings a whole part onto the screen, at a smaller scale than the chosen one if necessary. The box that was at `before` and
   * is now at `after` stays where it was.
   */
  reveal(part, before, after) {
    if (!this.hasSize) return;
    const old = this.scale, room = 1.04, { frame, svg } = this;
    this.setScale(Math.max(this.chosenScale, room * part.width / svg.clientWidth, room * part.height / svg.clientHeight));
    frame.x = after.x - (before.x - frame.x) / old * this.scale;
    frame.y = after.y - (before.y - frame.y) / old * this.scale;
    this.keepInView(part);
  }

  // The pointer

  wheel(event) {
    event.preventDefault();
    const place = this.svg.getBoundingClientRect();
    this.zoom(Math.exp(event.deltaY * 0.0015), event.clientX - place.left, event.clientY - place.top);
  }

  drag(event) {
    if (event.button !== 0 || event.target.closest("[data-group]")) return;
    const { svg, frame } = this, start = { x: event.clientX, y: event.clientY, frame: { ...frame } }, unit = this.scale;
    const drag = new AbortController(), { signal } = drag;
    const move = moved => {
      frame.x = start.frame.x - (moved.clientX - start.x) * unit;
      frame.y = start.frame.y - (moved.clientY - start.y) * unit;
      this.show();
    };
    svg.setPointerCapture(event.pointerId);
    svg.addEventListener("pointermove", move, { signal });
    for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, () => drag.abort(), { signal });
  }
}

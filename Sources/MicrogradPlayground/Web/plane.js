// The loss in a plane through the weights, as a map that is refined while the worker has time.

const planeSizes = [9, 17, 33, 65], planeLines = 12;

parts.push({
  id: "plane", title: "plane", place: "tools",
  mount(root, app) {
    let order = 0, isDrawing = false, map = null, ground = null, path = [];
    const canvas = html("canvas", { width: 640, height: 640 }), picture = html("div", { class: "plane-map", role: "img" }, canvas);
    const span = numberEntry("planeSpan", { min: .01, max: 100, step: "any" }, draw), seed = numberEntry("planeSeed", { min: 0, max: 999 }, draw);
    const button = html("button", { on: { click: () => isDrawing ? end() : draw() } });
    const state = html("p", { class: "remark", role: "status" }), numbers = html("dl", { class: "numbers" }), remark = html("p", { class: "remark" });
    root.append(
      html("p", { class: "remark", word: "planeIntroduction" }), html("div", { class: "row" }, [span, seed, button]),
      html("div", { class: "plane-body" }, [picture, html("div", {}, [state, numbers, remark])]));

    function end() {
      order += 1;
      isDrawing = false;
      show();
    }
    /** Draws a coarse map, then finer ones, until the worker would be kept from its training for too long. */
    async function draw() {
      const mine = order += 1, request = { do: "plane", span: span.read(), seed: seed.read() };
      isDrawing = true;
      show();
      try {
        for (const size of planeSizes) {
          const start = performance.now(), reply = await app.ask({ ...request, size });
          if (mine !== order) return;
          map = planeMap(reply);
          show();
          if (performance.now() - start > (app.isPlaying ? 50 : 500)) break;
        }
        end();
      } catch (error) {
        if (mine !== order) return;
        map = null;
        end();
        state.replaceChildren(errorText(error));
      }
    }
    function show() {
      button.textContent = app.word(isDrawing ? "planeStop" : "planeDraw");
      picture.hidden = !(map?.low <= map?.high);
      const { center, low, high } = map ?? {}, shown = [["planeHere", center], ["planeLowest", low], ["planeHighest", high]];
      numbers.replaceChildren(...numberList(map ? shown : []));
      picture.setAttribute("aria-label", app.word("planeText", { here: short(center), low: short(low), high: short(high) }));
      ground = map && planeGround(map);
      showMoment();
    }
    function showMoment() {
      if (!map) return state.replaceChildren();
      const { low, high, step } = map, words = [app.word(app.frame?.step === step ? "planeAt" : "planeStale", { step: count(step) })];
      if (!(low <= high)) words.push(app.word("planeNot"));
      else if (low === high) words.push(app.word("planeFlat"));
      if (state.textContent !== words.join(" ")) state.textContent = words.join(" ");
      remark.textContent = drawPath(canvas, ground, map, path) ? app.word("planePath", { from: count(path[0].step) }) : "";
    }
    function remember({ step, parameters }) {
      path = path.filter(earlier => earlier.step < step);
      path.push({ step, parameters });
      if (path.length > 400) path = path.filter((_, index) => index % 2 === 0);
    }
    app.on("frame", frame => { remember(frame); if (app.tool === "plane") showMoment(); });
    app.on("settings", () => { [path, map] = [[], null]; if (app.tool === "plane") draw(); else end(); });
    app.on("tool", () => { if (app.tool !== "plane") end(); else if (!map) draw(); });
    app.on("language", show);
    schemes.addEventListener("change", show);
    if (app.frame) remember(app.frame);
    draw();
  },
});

/** A map of losses, with the lowest and the highest; NaN if none is a number. */
function planeMap({ buffers: [losses, ...directions], parameters, size, span, step }) {
  const finite = losses.filter(Number.isFinite), least = finite.length ? Infinity : NaN;
  return {
    losses, directions, parameters, size, span, step, center: losses[(size * size - 1) / 2],
    low: finite.reduce((a, b) => Math.min(a, b), least), high: finite.reduce((a, b) => Math.max(a, b), -least),
  };
}

/** A map in the colours of the theme, with lines of equal loss and a cross at the weights. */
function planeGround({ losses, size, low, high }) {
  const { classes, none } = colors(), canvas = html("canvas", { width: 640, height: 640 }), { context, scale, stroke } = planeCanvas(canvas, size);
  // Equal steps of the logarithm: losses grow quickly away from the weights.
  const least = low > 0 ? low / 4 : (high - low) / 200 || 1, logarithm = loss => Math.log((loss - low + least) / least);
  const levels = losses.map(loss => logarithm(loss) / (logarithm(high) || 1)), small = html("canvas");
  paintGrid(small, size, (pixels, place, index) => Number.isFinite(levels[index])
    ? paint(pixels, place, classes[0], .06 + .74 * (1 - levels[index])) : paint(pixels, place, none, .6));
  context.drawImage(small, .5, .5, size - 1, size - 1, 0, 0, size - 1, size - 1);
  for (let line = 1; line < planeLines; line += 1) stroke(contour(size, (x, y) => levels[y * size + x] - line / planeLines), "ink", 1.2, .4);
  const arm = 12 / scale, middle = (size - 1) / 2;
  stroke(`M${middle - arm} ${middle}h${2 * arm}M${middle} ${middle - arm}v${2 * arm}`, "ink", 3);
  return canvas;
}

/** A square canvas in units of a grid whose rows go up, and a function that draws path data on it. */
function planeCanvas(canvas, size, ground = null) {
  const context = canvas.getContext("2d"), scale = canvas.width / (size - 1), style = inks(["ink", "class1"]);
  context.resetTransform();
  if (ground) context.drawImage(ground, 0, 0);
  context.setTransform(scale, 0, 0, -scale, 0, canvas.height);
  const stroke = (line, color, thickness, globalAlpha = 1) => {
    Object.assign(context, { strokeStyle: style[color], globalAlpha, lineWidth: thickness / scale, lineJoin: "round" });
    context.stroke(new Path2D(line));
  };
  return { context, scale, stroke };
}

/** Draws the path of the training over a map. Returns whether there is one. */
function drawPath(canvas, ground, { directions, parameters, size, span }, path) {
  const { stroke } = planeCanvas(canvas, size, ground), middle = (size - 1) / 2;
  const places = projected(directions, parameters, path).map(place => place.map(along => middle * (1 + along / span)).join(" "));
  if (places.length > 2) stroke(`M${places.join("L")}`, "class1", 4);
  return places.length > 2;
}

/** The places on the plane that are nearest to earlier weights. */
function projected([first, second], parameters, path) {
  const dot = (a, b) => a.reduce((sum, number, index) => sum + number * b[index], 0);
  const [aa, ab, bb] = [dot(first, first), dot(first, second), dot(second, second)], area = aa * bb - ab * ab;
  const places = path.map(earlier => {
    const way = earlier.parameters.map((number, index) => number - parameters[index]), [a, b] = [dot(way, first), dot(way, second)];
    return [(a * bb - b * ab) / area, (b * aa - a * ab) / area];
  });
  return places.filter(place => place.every(Number.isFinite));
}

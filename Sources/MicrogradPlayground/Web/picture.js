// The decision surface as a file: what the page shows, with its axes, legend and colours of the present theme.

const pictureFrame = { left: 48, top: 40, right: 24, bottom: 36, line: 24 };
const drawnProperties = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "opacity", "paint-order", "vector-effect"];

/** The plane of the page as an SVG element that needs no style sheet. */
function surfacePicture(app) {
  const part = document.getElementById("part-surface"), area = part.querySelector(".area svg"), { left, top, right, bottom, line } = pictureFrame;
  const { ink, secondaryInk, background, frame } = inks(["ink", "secondaryInk", "background", "frame"]);
  const legend = [...part.querySelectorAll(".legend > span")], width = left + planeSize + right, size = planeSize;
  const height = top + size + bottom + line * Math.ceil(legend.length / 2) + 8;
  const text = (x, y, text, attributes = {}) => svg("text", { x, y, text, fill: secondaryInk, ...attributes });
  const rulers = ["x", "y"].flatMap(axis => {
    const [low, high] = app.bounds[axis];
    return ticks(low, high, 6).map(({ value, text: label }) => {
      const place = size * (value - low) / (high - low);
      return axis === "x" ? text(left + place, top + size + 20, label, { "text-anchor": "middle" }) : text(left - 8, top + size - place + 4, label, { "text-anchor": "end" });
    });
  });
  const title = app.word("exportPictureText", { step: count(app.frame.step) });
  return svg("svg", {
    xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height, "font-family": "system-ui, sans-serif", "font-size": 12,
  }, [
    svg("title", { text: title }), svg("rect", { width, height, fill: background }),
    text(left, 24, title, { fill: ink, "font-size": 14, "font-weight": 600 }),
    svg("image", { href: part.querySelector("canvas").toDataURL(), x: left, y: top, width: size, height: size, preserveAspectRatio: "none" }),
    svg("svg", { x: left, y: top, width: size, height: size, viewBox: area.getAttribute("viewBox") }, [...area.children].map(standalone)),
    svg("rect", { x: left, y: top, width: size, height: size, fill: "none", stroke: frame }), ...rulers,
    ...legend.map((entry, index) => {
      const x = left + size / 2 * (index % 2), y = top + size + bottom + line * Math.floor(index / 2), sign = entry.querySelector("svg");
      return svg("g", {}, [
        svg("svg", { x, y, width: 16, height: 16, viewBox: sign.getAttribute("viewBox") }, [...sign.children].map(standalone)),
        text(x + 22, y + 12, entry.textContent.trim()),
      ]);
    }),
  ]);
}

/** A copy of an element, whose looks are attributes. */
function standalone(element) {
  const copy = element.cloneNode(false), style = getComputedStyle(element);
  for (const name of ["class", "style"]) copy.removeAttribute(name);
  // Few programs know the notation in which browsers give mixed colours.
  const rgb = (_, ...parts) => `rgb(${parts.slice(0, 3).map(part => Math.round(255 * part))})`;
  for (const name of drawnProperties) copy.setAttribute(name, style.getPropertyValue(name).replace(/^color\(srgb (\S+) (\S+) (\S+)\)$/, rgb));
  copy.append(...[...element.children].map(standalone));
  return copy;
}

const pictureText = picture => new XMLSerializer().serializeToString(picture);

/** A picture as PNG, at twice its size. */
async function rasterized(picture) {
  const image = new Image(), [width, height] = ["width", "height"].map(side => 2 * picture.getAttribute(side));
  image.src = `data:image/svg+xml,${encodeURIComponent(pictureText(picture))}`;
  await image.decode();
  const canvas = html("canvas", { width, height });
  canvas.getContext("2d").drawImage(image, 0, 0, width, height);
  return new Promise((resolve, reject) => canvas.toBlob(blob => blob ? resolve(blob) : reject(new Error("PNG")), "image/png"));
}

// Settings as a tree, and as text in the page's address.

const isTree = value => typeof value === "object" && value !== null && !Array.isArray(value);

/** Returns the settings with those of another tree put in; arrays are replaced, and null removes a setting. */
function merged(settings, other) {
  const result = { ...settings };
  for (const [key, value] of Object.entries(other)) {
    if (value === null) delete result[key];
    else result[key] = isTree(value) ? merged(isTree(result[key]) ? result[key] : {}, value) : value;
  }
  return result;
}

const valueAt = (settings, path) => path.split(".").reduce((tree, key) => tree?.[key], settings);

/** Returns `{data: {noise: 0.1}}` for `data.noise`. */
const settingAt = (path, value) => path.split(".").reduceRight((tree, key) => ({ [key]: tree }), value);

/** The settings as an address: `data.kind=xor&network.layers=4.tanh-2.relu`. Points are three numbers each. */
function addressOf(settings, more = {}) {
  const pairs = [];
  const add = (tree, path) => Object.entries(tree).forEach(([key, value]) => {
    const place = path ? `${path}.${key}` : key;
    if (isTree(value)) add(value, place);
    else if (value !== undefined && value !== null) pairs.push(`${place}=${encodeURIComponent(written(place, value)).replace(/%2C/g, ",")}`);
  });
  add({ ...settings, ...more }, "");
  return pairs.join("&");
}

function written(path, value) {
  if (path.startsWith("table.")) return [value].flat().map(encodeURIComponent).join(",");
  if (path === "network.layers") return value.map(({ neurons, activation }) => activation === undefined ? neurons : `${neurons}.${activation}`).join("-");
  if (path === "data.points") return value.map(point => point.join("_")).join("__");
  return String(value);
}

/** Returns the settings with no more digits than an address holds, so that a link opens the very same ones. */
function addressable(settings) {
  const points = settings.data?.points;
  return Array.isArray(points) ? merged(settings, settingAt("data.points", points.map(point => point.map(number => Number(number.toPrecision(5)))))) : settings;
}

/** Returns whether the names in a table are short enough to stand in an address. */
const fitsAddress = table => addressOf({ table }).length <= 600;

/** Returns what an address holds of a table: without names, if they are too long. */
const addressableTable = table => fitsAddress(table) ? table : { means: table.means, deviations: table.deviations };

/** Reads an address. Returns the settings, and of the page's own state what is not a setting. What cannot be read is left out. */
function readAddress(text) {
  const settings = {}, page = {};
  for (const pair of text.replace(/^#/, "").split("&")) {
    const [path, encoded] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
    let value;
    try { value = readSetting(path, decodeURIComponent(encoded)); } catch { continue; }
    if (!/^[A-Za-z\d]+(\.[A-Za-z\d]+)*$/.test(path) || value === undefined || path.includes("__proto__")) continue;
    const tree = pageState.includes(path.split(".")[0]) ? page : settings;
    Object.assign(tree, merged(tree, settingAt(path, value)));
  }
  return { settings, page };
}

const pageState = ["table", "step", "language", "open", "select", "speed", "lesson"];

function readSetting(path, text) {
  if (path.startsWith("table.")) {
    const texts = text === "" ? [] : text.split(",").map(decodeURIComponent);
    return path === "table.target" ? texts[0] : /means|deviations/.test(path) ? texts.map(Number) : texts;
  }
  if (path === "network.layers") {
    return text === "" ? [] : text.split("-").map(layer => {
      const [neurons, activation] = layer.split(".");
      return { neurons: Number(neurons), activation };
    });
  }
  if (path === "data.points") {
    const points = text === "" ? [] : text.split("__").map(point => point.split("_").map(Number));
    return points.every(point => point.length === 3 && point.every(Number.isFinite)) ? points : undefined;
  }
  if (text === "true" || text === "false") return text === "true";
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** A selection as text, `weight.0.1.2`, and back. */
const selectionParts = ["layer", "neuron", "input"];
const selectionText = selection => selection && [selection.kind, ...(selection.kind === "sample" ? [selection.sample]
  : selectionParts.map(part => selection[part]))].filter(part => part !== undefined).join(".");

function selectionOf(text) {
  const [kind, ...numbers] = String(text).split("."), places = numbers.map(Number);
  if (!["weight", "bias", "neuron", "sample", "loss"].includes(kind) || !places.every(place => Number.isInteger(place) && place >= 0)) return null;
  return kind === "sample" ? { kind, sample: places[0] }
    : { kind, ...Object.fromEntries(places.map((place, index) => [selectionParts[index], place])) };
}

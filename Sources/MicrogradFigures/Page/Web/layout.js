// Positions. The layout was computed in Swift, with all boxes closed. A box that opens makes room for itself (see
// Stretch.swift).

/** Stretches intervals to given lengths, and moves the rest along. It never brings two points closer together. */
function stretch(demands) {
  const needed = demands.filter(demand => demand.length > demand.end - demand.start);
  const places = [...new Set(needed.flatMap(demand => [demand.start, demand.end]))].sort((a, b) => a - b);
  const byEnd = groupBy(needed, demand => demand.end);
  const images = [], imageOf = new Map();
  places.forEach((place, index) => {
    let image = index === 0 ? place : images[index - 1] + place - places[index - 1];
    for (const demand of byEnd.get(place) ?? []) image = Math.max(image, imageOf.get(demand.start) + demand.length);
    images.push(image);
    imageOf.set(place, image);
  });
  return place => {
    let low = 0, high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (places[middle] <= place) low = middle + 1; else high = middle;
    }
    return low === 0 ? place : images[low - 1] + place - places[low - 1];
  };
}

function groupBy(elements, key) {
  const groups = new Map();
  for (const element of elements) {
    if (groups.has(key(element))) groups.get(key(element)).push(element);
    else groups.set(key(element), [element]);
  }
  return groups;
}

/** The layout of a level with its boxes in their current sizes. A route is {source, edge, target, points}. */
function openedLayout(shape, sizes) {
  const widest = shape.sides.map(() => 0);
  sizes.forEach((size, index) => { widest[shape.layers[index]] = Math.max(widest[shape.layers[index]], size.width); });
  const stretchX = stretch(shape.sides.map(([start, end], layer) => ({ start, end, length: widest[layer] })));
  const middles = shape.frames.map(([y, height]) => y + height / 2);
  const stretchY = stretch(shape.frames.flatMap(([y, height], index) => {
    const middle = middles[index], length = sizes[index].height / 2;
    return [{ start: y, end: middle, length }, { start: middle, end: y + height, length }];
  }));
  const frames = sizes.map((size, index) => ({
    x: stretchX(shape.sides[shape.layers[index]][1]) - size.width, y: stretchY(middles[index]) - size.height / 2, ...size,
  }));
  const heightAt = (y, item) => frames[item].y + sizes[item].height / 2 + y - middles[item];
  const routes = shape.routes.map(([source, edge, target, flat]) => {
    let points = [];
    for (let i = 0; i < flat.length; i += 2) points.push({ x: stretchX(flat[i]), y: stretchY(flat[i + 1]) });
    if (flat[0] === shape.sides[shape.layers[source]][1]) points[0].y = heightAt(flat[1], source);
    if (target >= 0) {
      const y = heightAt(flat[flat.length - 1], target), left = stretchX(shape.sides[shape.layers[target]][0]);
      points = points.slice(0, -1).filter(point => point.x < left - 0.01);
      if (frames[target].x - left > 0.01) points.push({ x: left, y });
      points.push({ x: frames[target].x, y });
    }
    return { source, edge, target, points };
  });
  // Positions were rounded to tenths.
  return { frames, routes, width: stretchX(shape.size[0] + 0.2), height: stretchY(shape.size[1] + 0.2) };
}

// Lines along which a function that is known on a grid is zero ("marching squares").

/** Returns the line as path data in units of the grid. */
function contour(size, at) {
  const grid = new Float64Array(size * size);
  for (let index = 0; index < grid.length; index += 1) grid[index] = at(index % size, Math.floor(index / size));
  let path = "";
  for (let row = 0; row + 1 < size; row += 1) {
    for (let column = 0; column + 1 < size; column += 1) {
      const place = row * size + column, isBelow = grid[place] < 0;
      if (isBelow !== grid[place + 1] < 0 || isBelow !== grid[place + size] < 0 || isBelow !== grid[place + size + 1] < 0) path += cell(grid, size, row, column);
    }
  }
  return path;
}

function cell(grid, size, row, column) {
  const corners = [[column, row], [column + 1, row], [column + 1, row + 1], [column, row + 1]];
  const values = corners.map(([x, y]) => grid[y * size + x]), crossings = [];
  for (let side = 0; side < 4; side += 1) {
    const a = values[side], b = values[(side + 1) % 4];
    if (a < 0 === b < 0 || Number.isNaN(a + b)) continue;
    // In the middle, where a number is infinite.
    const exact = a / (a - b), share = Number.isNaN(exact) ? 0.5 : exact, [from, to] = [corners[side], corners[(side + 1) % 4]];
    crossings.push(`${(from[0] + share * (to[0] - from[0])).toFixed(2)} ${(from[1] + share * (to[1] - from[1])).toFixed(2)}`);
  }
  return crossings.length === 2 ? `M${crossings[0]}L${crossings[1]}`
    : crossings.length === 4 ? `M${crossings[0]}L${crossings[1]}M${crossings[2]}L${crossings[3]}` : "";
}

/** Returns the function of the grid that is zero on the boundaries of class `k`, or at `middle` of a number. */
function boundaryFunction({ surface, size, outputs }, k, middle = 0) {
  const area = size * size;
  if (outputs === 1) return (x, y) => surface[y * size + x] - middle;
  return (x, y) => {
    let rest = -Infinity;
    for (let other = 0; other < outputs; other += 1) if (other !== k) rest = Math.max(rest, surface[other * area + y * size + x]);
    return surface[k * area + y * size + x] - rest;
  };
}

/** The boundaries between classes, or the line at the middle of the numbers. */
function boundaries(frame, middle) {
  const kinds = frame.outputs <= 2 ? [0] : Array.from({ length: frame.outputs }, (_, k) => k);
  return kinds.map(k => contour(frame.size, boundaryFunction(frame, k, middle))).join("");
}

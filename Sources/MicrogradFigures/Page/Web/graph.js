// The graph, and the two passes through it.

/** Reads a number from JSON, in which those that are not finite are strings. */
function readNumber(value) {
  if (typeof value !== "string") return value;
  return { inf: Infinity, "-inf": -Infinity }[value] ?? NaN;
}

class Graph {
  constructor(description) {
    this.definitions = description.operations;
    this.dots = description.dots;
    this.nodes = description.nodes.map(([operation, operands, data, constant, label, isSetByHand], id) => ({
      id, operation, operands, constant: constant === null ? null : readNumber(constant), label,
      name: label ?? `v${id}`, isLeaf: operation === "leaf", isSetByHand: isSetByHand === 1,
    }));
    this.initial = description.nodes.map(node => readNumber(node[2]));
    this.data = [...this.initial];
  }

  get result() { return this.nodes.length - 1; }

  /** Gives a leaf another value, and computes all values that were not set by hand. */
  set(leaf, number) {
    this.data[leaf] = number;
    for (const node of this.nodes) {
      if (!node.isLeaf && !node.isSetByHand) this.data[node.id] = this.rule(node).computed;
    }
  }

  reset() { this.data = [...this.initial]; }

  /** The formula, its variables with their numbers, the result, the partial derivatives, and the gradients of the operands. */
  rule(node) {
    const values = node.operands.map(operand => ({ name: this.nodes[operand].name, number: this.data[operand] }));
    if (node.operation === "dot") return dotRule(values, this.dots[values.length]);
    const a = values[0].number, b = node.constant ?? values[1]?.number ?? 0, y = this.data[node.id];
    const definition = this.definitions[node.operation], operation = operations[node.operation];
    const partials = operation.parts(1, a, b, y);
    return {
      formula: definition.formula, computed: operation.value(a, b),
      variables: { a: values[0], b: values[1] ?? { number: b }, y: { name: node.name, number: y } },
      partials: definition.partials.map((formula, index) => ({ formula, number: partials[index] })),
      parts: gradient => operation.parts(gradient, a, b, y),
    };
  }

  /** The gradients after the backward steps of all nodes from the last one down to `first`; undefined where there is none. */
  gradients(first) {
    const gradients = new Array(this.nodes.length);
    gradients[this.result] = 1;
    for (let id = this.result; id >= first; id -= 1) {
      if (this.nodes[id].isLeaf) continue;
      for (const part of this.contributions(id, gradients[id] ?? 0)) {
        gradients[part.operand] = (gradients[part.operand] ?? 0) + part.product;
      }
    }
    return gradients;
  }

  /** The contributions of a node to the gradients of its operands. A gradient of 0 contributes nothing, as in `backward()`. */
  contributions(id, gradient) {
    const node = this.nodes[id], { partials, parts } = this.rule(node);
    const products = gradient === 0 ? [] : parts(gradient);
    return partials.map(({ formula, number }, index) => ({
      operand: node.operands[index], formula, partial: number, product: products[index] ?? 0,
    }));
  }
}

/** The operands are the bias, if their number is odd, and then pairs of a weight and an input. */
function dotRule(values, { variables, formula, partials }) {
  const first = values.length % 2, numbers = first === 1 ? [1] : [];
  let computed = first === 1 ? values[0].number : 0;
  for (let place = first; place < values.length; place += 2) {
    const weight = values[place].number, input = values[place + 1].number;
    computed += weight * input;
    numbers.push(input, weight);
  }
  return {
    formula, computed, variables: Object.fromEntries(variables.map((letter, index) => [letter, values[index]])),
    partials: partials.map((formula, index) => ({ formula, number: numbers[index] })),
    parts: gradient => numbers.map(number => gradient * number),
  };
}

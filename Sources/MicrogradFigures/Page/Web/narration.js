// The sentence and the arithmetic of a step: {sentence, lines}.

function groupWords(now, gradients) {
  const [start, end] = now.stop.range, count = graph.nodes.slice(start, end).filter(node => !node.isLeaf).length;
  const sentence = `${picture.title(now.stop.id)}${word("colon")}${phrase("inside", { count })}`;
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
    sentence: node.isSetByHand ? phrase("setByHand", { result: inStep(graph.data[id]) }) : "", lines: [line],
  };
}

function backwardWords(id, gradients) {
  const node = graph.nodes[id], gradient = gradients[id] ?? 0, { variables } = graph.rule(node);
  const blanks = { name: node.name, gradient: inStep(gradient) };
  const rule = description.operations[node.operation].explanation[language];
  const isClosed = node.operation === "relu" && graph.contributions(id, gradient)[0].partial === 0;
  const sentence = gradient === 0 ? phrase("nothing", blanks)
    : `${phrase(id === graph.result ? "seed" : "arrives", blanks)} ${rule}${isClosed ? ` ${phrase("closed", blanks)}` : ""}`;
  const sums = graph.gradients(id + 1);
  const lines = graph.contributions(id, gradient).map(part => {
    const before = sums[part.operand] ?? 0, sum = before + part.product, name = graph.nodes[part.operand].name;
    sums[part.operand] = sum;
    const product = inStep(part.product), derivative = `∂${node.name}/∂${name}`;
    const partial = equation(derivative, part.formula, variables, part.partial);
    const receives = phrase("receives", { operand: name, gradient: inStep(gradient), partial: inStep(part.partial), product });
    const adds = { before: inStep(before), product, sum: inStep(sum) };
    return `${receives}   (${partial})${before === 0 ? "" : `; ${phrase("addsUp", adds)}`}`;
  });
  return { sentence, lines };
}

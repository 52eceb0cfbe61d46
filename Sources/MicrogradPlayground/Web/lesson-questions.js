// The questions at the end of the lessons. Each asks an engine of its own for the truth, and knows what wrong answers come from.
// `prepare` returns the words' blanks, the choices ([{value, text | word}]; without, the answer is a number), and
// `judge(answer)`: {isRight, word, blanks}.

const lessonQuestions = {
  /** A parameter after one step of gradient descent. */
  update: {
    async prepare(settings, { targets }, variant) {
      const experiment = new Experiment(settings), target = targets[variant % targets.length];
      const { name, number, gradient } = experiment.why(target), { learningRate: rate } = experiment.opened.settings.optimizer;
      await experiment.train(1);
      const after = experiment.why(target).number, blanks = { name, number: short(number, 3), gradient: short(gradient, 3), rate };
      return {
        blanks, judge: judgeNumber(after, blanks, {
          uphill: [number + rate * gradient], noRate: [number - gradient, number + gradient],
          onlyStep: [rate * gradient, -rate * gradient], unchanged: [number],
        }),
      };
    },
  },

  /** The sign of the part that one sample has in a gradient. */
  sign: {
    async prepare(settings, { cases, score }, variant) {
      const experiment = new Experiment(settings), [target, sample] = cases[variant % cases.length];
      const samples = experiment.opened.buffers[0], [x, y, label] = samples.slice(3 * sample, 3 * sample + 3);
      const { name, gradient } = experiment.why(target, sample), { input: index } = selectionOf(target);
      const input = index === undefined ? 1 : [x, y][index], error = Math.sign(gradient) * Math.sign(input);
      const blanks = {
        name, sample: sample + 1, x: short(x), y: short(y), label, score: short(experiment.why(score, sample).number, 3),
        input: short(input), gradient: short(gradient, 3),
      };
      const judge = answer => {
        const sign = Number(answer);
        if (sign === Math.sign(gradient)) return { isRight: true, word: error > 0 ? "rightHigh" : "rightLow", blanks };
        if (sign === 0) return { word: "zero", blanks };
        // The wrong sign: one factor of the product was not seen, or the direction of the step was meant.
        return { word: input < 0 && error < 0 ? "bothNegative" : input < 0 ? "inputNegative" : error < 0 ? "errorNegative" : "step", blanks };
      };
      return { blanks, sample, judge, choices: [1, -1, 0].map(value => ({ value, word: ["minus", "none", "plus"][value + 1] })) };
    },
  },

  /** The smallest of some learning rates with which the loss grows. */
  diverges: {
    async prepare(settings, { rates, steps }) {
      const runs = [];
      for (const rate of rates) {
        const experiment = new Experiment(merged(settings, { optimizer: { learningRate: rate } }));
        const first = experiment.state.loss.train, last = (await experiment.train(steps)).loss.train;
        runs.push({ rate, first, last, grows: !(last <= first) });
      }
      const truth = runs.find(({ grows }) => grows).rate;
      return {
        blanks: { steps }, choices: rates.map(rate => ({ value: rate, text: String(rate) })),
        judge(answer) {
          const { rate, first, last, grows } = runs.find(({ rate }) => rate === Number(answer));
          const blanks = { rate, steps, first: short(first, 3), last: short(last, 3) };
          return rate === truth ? { isRight: true, word: "right", blanks } : { word: grows ? "notSmallest" : "converges", blanks };
        },
      };
    },
  },

  /** The smallest number of hidden neurons that is enough. */
  fewest: {
    async prepare(settings, { counts, activation, steps, accuracy }) {
      const runs = [];
      for (const neurons of counts) {
        const experiment = new Experiment(merged(settings, { network: { layers: [{ neurons, activation }] } }));
        runs.push({ neurons, share: (await experiment.train(steps)).accuracy.train });
      }
      const truth = runs.find(({ share }) => share >= accuracy).neurons, blanks = { steps, accuracy: percent(accuracy) };
      return {
        blanks, choices: counts.map(neurons => ({ value: neurons, text: String(neurons) })),
        judge(answer) {
          const { neurons, share } = runs.find(({ neurons }) => neurons === Number(answer));
          const found = { ...blanks, neurons, share: percent(share) };
          return neurons === truth ? { isRight: true, word: "right", blanks: found }
            : { word: neurons === 1 ? "one" : neurons < truth ? "tooFew" : "fewerDo", blanks: found };
        },
      };
    },
  },

  /** The change after which training and test losses are closest. */
  gap: {
    async prepare(settings, { changes, steps }) {
      const gapOf = async (changed, count) => {
        const { loss } = await new Experiment(changed).train(count);
        return loss.test - loss.train;
      };
      const now = await gapOf(settings, steps), gaps = {};
      for (const change of changes) gaps[change.id] = await gapOf(merged(settings, change.settings ?? {}), change.steps ?? steps);
      const truth = Object.keys(gaps).reduce((best, id) => gaps[id] < gaps[best] ? id : best);
      return {
        blanks: { steps, now: short(now, 3) }, choices: changes.map(({ id }) => ({ value: id, word: id })),
        judge: id => ({ isRight: id === truth, word: `${id}.said`, blanks: { now: short(now, 3), gap: short(gaps[id], 3) } }),
      };
    },
  },

  /** The parameters that a dead neuron leaves without a gradient. */
  dead: {
    async prepare(settings, { step }) {
      const experiment = new Experiment(settings), { warnings } = await experiment.train(step);
      const { neuron } = warnings.find(({ kind }) => kind === "deadReLU"), { inputs, neurons } = experiment.opened.layers[0];
      const into = [...Array(inputs).keys()].map(input => experiment.why(`weight.0.${neuron}.${input}`)).concat(experiment.why(`bias.0.${neuron}`));
      const out = experiment.why(`weight.1.0.${neuron}`), other = experiment.why(`weight.0.${(neuron + 1) % neurons}.0`);
      const isZero = { into: into.every(({ gradient }) => gradient === 0), out: out.gradient === 0, all: other.gradient === 0 };
      const truth = isZero.all ? "all" : isZero.into && isZero.out ? "both" : isZero.into ? "into" : "out";
      const blanks = { step, neuron: neuron + 1, out: out.name, gradient: short(out.gradient, 3), other: other.name, alive: short(other.gradient, 3) };
      return {
        blanks, step, choices: ["into", "out", "both", "all"].map(value => ({ value, word: value })),
        judge: answer => ({ isRight: answer === truth, word: `${answer}.said`, blanks }),
      };
    },
  },

  /** The length of Adam's first step. */
  firstStep: {
    async prepare(settings, { targets }, variant) {
      const experiment = new Experiment(settings), target = targets[variant % targets.length];
      const { name, number, gradient } = experiment.why(target), { learningRate: rate } = experiment.opened.settings.optimizer;
      await experiment.train(1);
      const moved = Math.abs(experiment.why(target).number - number), size = Math.abs(gradient);
      const lengths = { asSGD: rate * size, right: rate, noRate: size };
      const truth = Object.keys(lengths).reduce((best, key) => Math.abs(lengths[key] - moved) < Math.abs(lengths[best] - moved) ? key : best);
      const blanks = { name, gradient: short(gradient, 3), rate, moved: short(moved, 4), product: short(rate * size, 3) };
      return {
        blanks, choices: Object.keys(lengths).map(key => ({ value: key, text: short(lengths[key], 3) })),
        judge: answer => ({ isRight: answer === truth, word: answer === truth ? "right" : answer, blanks }),
      };
    },
  },

  /** The gradient of a weight, from what arrives at the product and the other factor. */
  chain: {
    async prepare(settings, { layer, neuron, inputs, samples }, variant) {
      const experiment = new Experiment(settings), input = inputs[variant % inputs.length], sample = samples[variant % samples.length];
      const weight = experiment.why(`weight.${layer}.${neuron}.${input}`, sample);
      const arriving = experiment.why(`neuron.${layer}.${neuron}`, sample).gradient;
      const other = experiment.why(`neuron.${layer - 1}.${input}`, sample).number;
      const blanks = { name: weight.name, sample: sample + 1, arriving: short(arriving, 3), other: short(other, 3), weight: short(weight.number, 3) };
      return {
        blanks, select: `neuron.${layer}.${neuron}`, sample, judge: judgeNumber(weight.gradient, blanks, {
          opposite: [-weight.gradient], onlyArriving: [arriving], onlyLocal: [other], wrongFactor: [arriving * weight.number],
          sum: [arriving + other], value: [weight.number],
        }),
      };
    },
  },
};

/** Judges a number: right, the result of a known mistake ({word: [numbers]}), or any other. Readers round. */
function judgeNumber(truth, blanks, mistakes) {
  const isNear = (a, b) => Math.abs(a - b) <= Math.max(.006, .01 * Math.abs(b));
  return answer => {
    const number = Number(String(answer).trim().replace(",", ".").replace("−", "-"));
    if (String(answer).trim() === "" || !Number.isFinite(number)) return { word: "noNumber", isGeneral: true, blanks };
    if (isNear(number, truth)) return { isRight: true, word: "right", blanks: { ...blanks, truth: short(truth, 4) } };
    const mistake = Object.keys(mistakes).find(key => mistakes[key].some(wrong => isNear(number, wrong)));
    return { word: mistake ?? "other", blanks };
  };
}

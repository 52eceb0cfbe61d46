// The worker: trains in slices of a few milliseconds, and makes pictures of the state when the page wants one.

let engine, state, speed = Infinity, isPlaying = false, isWanted = true, isChanged = false, bounds;
let pace = { start: 0, steps: 0 }, stepTime = 1, frameTime = 4, lastFrame = 0, lastCurves = 0, lastNeurons = 0, resting = 0, size = 48;
const slice = 3, channel = new MessageChannel();
channel.port1.onmessage = () => guarded(train);

const actions = {
  async start({ module, text }) { engine = new Engine(module ?? await Engine.compile(text)); postMessage({ kind: "ready" }); },
  ask({ id, request }) {
    try {
      const reply = engine.call(request), buffers = reply.buffers ?? [];
      if (["train", "seek"].includes(request.do)) [state] = [reply, change()];
      if (request.do === "open") [state, lastNeurons, lastCurves] = [engine.call({ do: "train", steps: 0 }), 0, 0, change()];
      postMessage({ kind: "reply", id, reply: { ...reply, buffers } }, buffers.map(({ buffer }) => buffer));
    } catch (error) { fail(error, id); }
  },
  play(message) {
    speed = message.speed;
    pace = { start: performance.now(), steps: 0 };
    if (isPlaying) return;
    isPlaying = true;
    channel.port2.postMessage(0);
  },
  pause() { isPlaying = false; change(); },
  view(message) { bounds = message.bounds; change(); },
  /** The page has drawn the last frame. */
  drawn() { isWanted = true; if (isChanged && !isPlaying) guarded(sendFrame); },
};
onmessageerror = () => postMessage({ kind: "text" });
onmessage = ({ data }) => guarded(() => actions[data.kind](data));

function guarded(action) {
  const failed = error => fail(error);
  try { action()?.catch?.(failed); } catch (error) { failed(error); }
}

function fail(error, id) {
  const { message, en, fr } = error, isStopped = !en;
  if (isStopped) isPlaying = false;
  postMessage({ kind: "failed", id, isStopped, message: isStopped ? { en: `The engine has stopped: ${message}`, fr: `Le moteur s'est arrêté : ${message}` } : { en, fr } });
}

function train() {
  if (!isPlaying) return;
  const now = performance.now(), due = Math.floor((now - pace.start) / 1000 * speed) - pace.steps;
  const steps = Math.min(due, Math.max(1, Math.floor(slice / stepTime)));
  if (steps > 0) {
    state = engine.call({ do: "train", steps });
    stepTime = .7 * stepTime + .3 * (performance.now() - now) / steps;
    pace.steps += steps;
    isChanged = true;
    // What could not be done in time is forgiven.
    if (due > 2 * steps) pace = { start: performance.now(), steps: 0 };
  }
  // Three quarters of the time are for training.
  if (isWanted && isChanged && performance.now() - lastFrame > 3 * frameTime) sendFrame();
  if (!isPlaying) return;
  if (steps > 0) channel.port2.postMessage(0);
  else setTimeout(() => guarded(train), clampWait((pace.steps + 1) * 1000 / speed - (now - pace.start)));
}

const clampWait = wait => Math.min(Math.max(wait, 1), 50);

function change() {
  isChanged = true;
  if (isWanted) setTimeout(() => guarded(() => { if (isWanted && isChanged) sendFrame(); }));
}

/** JSON has no numbers that are not finite: they come as text. */
const numeric = numbers => Object.fromEntries(Object.entries(numbers).map(([name, number]) =>
  [name, typeof number === "string" ? Number(number.replace("inf", "Infinity")) : number]));

/** Sends the state with its pictures: coarse ones while it changes quickly, and a fine one once it rests. */
function sendFrame(isFine = false) {
  if (!state) return;
  const start = performance.now(), transfer = [];
  const take = request => { const reply = engine.call(request); transfer.push(...reply.buffers.map(({ buffer }) => buffer)); return reply; };
  const output = take({ do: "surface", size: isFine ? 100 : size, neurons: false, bounds });
  const frame = { ...state, loss: numeric(state.loss), accuracy: numeric(state.accuracy), buffers: undefined, outputs: output.outputs, size: output.size, surface: output.buffers[0], isFine };
  // Not all pictures change with each frame: there are many neurons, and the curves are long.
  if (!isPlaying || start - lastNeurons > 50) {
    lastNeurons = start;
    const neurons = take({ do: "surface", size: 20, neurons: true, bounds });
    Object.assign(frame, { neuronSize: neurons.size, neurons: neurons.buffers[1] });
  }
  const parameters = take({ do: "parameters" });
  Object.assign(frame, { layers: parameters.layers, parameters: parameters.buffers[0], gradients: parameters.buffers[1] });
  if (!isPlaying || start - lastCurves > 100) {
    lastCurves = start;
    const [step, trainLoss, testLoss, trainAccuracy, testAccuracy] = take({ do: "curves" }).buffers;
    frame.curves = { step, loss: { train: trainLoss, test: testLoss }, accuracy: { train: trainAccuracy, test: testAccuracy } };
  }
  [isWanted, isChanged] = [false, false];
  postMessage({ kind: "frame", frame }, transfer);
  lastFrame = performance.now();
  clearTimeout(resting);
  if (isFine) return;
  frameTime = .8 * frameTime + .2 * (lastFrame - start);
  size = Math.min(Math.max(Math.round(size * (frameTime > 2.5 ? .9 : frameTime < 1.8 ? 1.1 : 1)), 24), 80);
  if (!isPlaying) resting = setTimeout(() => guarded(() => { if (!isPlaying) sendFrame(true); }), 150);
}

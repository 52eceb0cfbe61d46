"""What the peers in Python train, as Sources/compiled/Workload.swift has it for us, and how they are asked to.

One step is forward, backward and plain gradient descent. Weights are (outputs, inputs), as in PyTorch.
"""
import dataclasses
import json
import statistics
import sys
import time

import numpy as np

PENALTY = 1e-4
CHECKED_STEPS = 100
PRECISIONS = {"f32": np.float32, "f64": np.float64}


@dataclasses.dataclass(frozen=True)
class Workload:
    sizes: tuple
    samples: int
    loss: str  # of the output layer; hidden layers end in ReLU
    rate: float
    chunk: int  # steps that together take a few milliseconds, for peers that must know beforehand; divides or exceeds 100


WORKLOADS = {
    "W1": Workload((2, 2, 1), 100, "squared error of sigmoid", 0.1, 2000),
    "W2": Workload((2, 16, 16, 1), 100, "hinge and penalty", 0.1, 500),
    "W3": Workload((64, 128, 64, 10), 128, "cross-entropy of softmax", 0.05, 20),
    "W4": Workload((784, 512, 256, 10), 128, "cross-entropy of softmax", 0.05, 4),
}


def make_data(workload, precision):
    """Inputs, labels, and parameters: weights and biases of the first layer, of the second, …"""
    number = PRECISIONS[precision]
    random = np.random.RandomState(1234)
    inputs = random.uniform(-1, 1, (workload.samples, workload.sizes[0]))
    same_sign = inputs[:, :1] * inputs[:, 1:2] > 0
    if workload.loss.startswith("cross-entropy"):
        labels = random.randint(0, workload.sizes[-1], workload.samples)
    else:
        labels = np.where(same_sign, 1, -1 if workload.loss.startswith("hinge") else 0).astype(number)
    parameters = []
    for fan_in, fan_out in zip(workload.sizes, workload.sizes[1:]):
        parameters.append((random.uniform(-1, 1, (fan_out, fan_in)) * np.sqrt(3 / fan_in)).astype(number))
        parameters.append(np.full(fan_out, 0.01, number))
    return inputs.astype(number), labels, parameters


@dataclasses.dataclass
class Training:
    """`run(steps)` takes so many steps, a multiple of `chunk`, waits for them, and returns the loss of the last."""

    run: callable
    chunk: int = 1


def measure(training, seconds):
    """Microseconds of a step, the least and the median of many samples of at least 2 ms, as our Measuring.swift."""
    def sample(steps):
        start = time.perf_counter()
        training.run(steps)
        return time.perf_counter() - start

    steps = training.chunk
    once = sample(steps)
    while once < 2e-3:
        steps = max(steps * 2, round(steps * 2e-3 / once) // training.chunk * training.chunk)
        once = sample(steps)
    samples, end = [], time.perf_counter() + seconds
    while len(samples) < 5 or time.perf_counter() < end:
        samples.append(sample(steps) / steps * 1e6)
    return min(samples), statistics.median(samples)


def serve(peer, version, variants):
    """Answers each line VARIANT WORKLOAD PRECISION SECONDS of standard input with a line of JSON.

    `variants` are functions that make a `Training` from a workload and a precision. What they compile lives as long
    as the process, so that every round after the first measures at once.
    """
    made = {}
    print(json.dumps({"peer": peer, "version": version, "variants": list(variants)}), flush=True)
    for line in sys.stdin:
        *key, seconds = line.split()
        variant, workload, precision = key
        try:
            if tuple(key) not in made:
                training = variants[variant](WORKLOADS[workload], precision)
                made[tuple(key)] = training, float(training.run(CHECKED_STEPS))
            training, loss = made[tuple(key)]
            least, median = measure(training, float(seconds))
            answer = {"us_min": least, "us_median": median, "loss": loss}
        except Exception as error:  # Compilers fail in many ways; the other variants can go on.
            answer = {"error": f"{type(error).__name__}: {error}".strip().splitlines()[0]}
        print(json.dumps(answer), flush=True)

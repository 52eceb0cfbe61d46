"""micrograd, the Python original, takes the training step of training_step.hpp."""
import json
import statistics
import sys
import time

from micrograd.engine import Value

WIDTHS = [2, 16, 16, 1]
LEARNING_RATE = 0.1
MASK = 2**64 - 1


class SplitMix64:
    def __init__(self, state):
        self.state = state

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def uniform(self):
        """From [-1, 1)."""
        return (self.next() >> 11) * 2.0**-52 - 1


class Training:
    def __init__(self):
        random = SplitMix64(42)
        self.samples = []
        for _ in range(100):
            x, y = random.uniform(), random.uniform()
            self.samples.append(([x, y], 1.0 if x * y > 0 else -1.0))
        self.layers = []
        for inputs, outputs in zip(WIDTHS, WIDTHS[1:]):
            limit = (3 / inputs) ** 0.5
            self.layers.append(
                [([Value(random.uniform() * limit) for _ in range(inputs)], Value(0.0)) for _ in range(outputs)])
        self.parameters = [p for layer in self.layers for weights, bias in layer for p in weights + [bias]]

    def score(self, inputs):
        values = inputs
        for index, layer in enumerate(self.layers):
            values = [sum((w * x for w, x in zip(weights, values)), bias) for weights, bias in layer]
            if index + 1 < len(self.layers):
                values = [value.relu() for value in values]
        return values[0]

    def step(self, phases):
        """Takes one step, adds the seconds of its parts to `phases`, and returns the loss before the update."""
        start = time.perf_counter()
        losses = [(1 - label * self.score(inputs)).relu() for inputs, label in self.samples]
        loss = sum(losses) / len(losses)
        recorded = time.perf_counter()
        loss.backward()
        swept = time.perf_counter()
        for parameter in self.parameters:
            parameter.data -= LEARNING_RATE * parameter.grad
            parameter.grad = 0
        value = loss.data
        del loss, losses
        end = time.perf_counter()
        for i, seconds in enumerate([recorded - start, swept - recorded, end - swept]):
            phases[i] += seconds
        return value


def main():
    if len(sys.argv) != 4 or sys.argv[1] != "plain" or not sys.argv[2].isdigit() or int(sys.argv[2]) < 1:
        sys.exit(f"usage: {sys.argv[0]} plain STEPS SECONDS")
    sys.setrecursionlimit(1_000_000)  # backward() recurses, as deep as the sum of all losses is long.
    steps, seconds = int(sys.argv[2]), float(sys.argv[3])
    runs = []
    end = time.perf_counter() + seconds
    while not runs or time.perf_counter() < end:
        training, phases = Training(), [0.0, 0.0, 0.0]
        losses = [training.step(phases) for _ in range(steps)]
        runs.append([phase * 1e3 / steps for phase in phases])
    runs.sort(key=sum)
    parts = dict(zip(["forward", "backward", "rest"], runs[0]))
    print(json.dumps({
        "peer": "micrograd (Python)", "variant": "plain", "unit": "ms/step", "min": sum(runs[0]),
        "median": statistics.median(map(sum, runs)), "parts": parts, "losses": losses}))


if __name__ == "__main__":
    main()

"""The GPT as it is written without any library, scalar by scalar, and with a class that records what is computed: what
microgpt does, and how most people write it first. CPython and nothing else.

usage: gpt_cpython.py FOLDER DOCUMENTS [ORIGINAL DATA]; prints a line of JSON. FOLDER is what `gpt --write` wrote. With
ORIGINAL, a copy of microgpt.py, and its DATA, that is measured instead, unchanged.
"""
import array
import json
import math
import os
import pathlib
import sys
import tempfile
import time

VOCABULARY, WIDTH, HEADS, CONTEXT, HIDDEN = 27, 16, 4, 16, 64


class Value:
    """A number, the values it was computed from, and its derivatives with respect to them."""

    __slots__ = ("data", "grad", "operands", "derivatives")

    def __init__(self, data, operands=(), derivatives=()):
        self.data, self.grad, self.operands, self.derivatives = data, 0.0, operands, derivatives

    def __add__(self, other):
        if isinstance(other, Value):
            return Value(self.data + other.data, (self, other), (1.0, 1.0))
        return Value(self.data + other, (self,), (1.0,))

    def __mul__(self, other):
        if isinstance(other, Value):
            return Value(self.data * other.data, (self, other), (other.data, self.data))
        return Value(self.data * other, (self,), (other,))

    def __pow__(self, exponent):
        return Value(self.data ** exponent, (self,), (exponent * self.data ** (exponent - 1),))

    def exp(self):
        power = math.exp(self.data)
        return Value(power, (self,), (power,))

    def log(self):
        return Value(math.log(self.data), (self,), (1 / self.data,))

    def relu(self):
        return Value(max(self.data, 0.0), (self,), (1.0 if self.data > 0 else 0.0,))

    def __truediv__(self, other):
        return self * other ** -1

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + -other

    __radd__, __rmul__ = __add__, __mul__

    def backward(self):
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            value, is_done = stack.pop()
            if is_done:
                order.append(value)
            elif value not in seen:
                seen.add(value)
                stack.append((value, True))
                stack += [(operand, False) for operand in value.operands]
        self.grad = 1.0
        for value in reversed(order):
            for operand, derivative in zip(value.operands, value.derivatives):
                operand.grad += derivative * value.grad


def product(matrix, x):
    return [sum(w * xi for w, xi in zip(row, x)) for row in matrix]


def softmax(x):
    largest = max(value.data for value in x)
    powers = [(value - largest).exp() for value in x]
    total = sum(powers)
    return [power / total for power in powers]


def norm(x):
    scale = (sum(xi * xi for xi in x) / len(x) + 1e-5) ** -0.5
    return [xi * scale for xi in x]


class GPT:
    def __init__(self, numbers):
        numbers = iter(numbers)
        matrix = lambda rows, columns: [[Value(next(numbers)) for _ in range(columns)] for _ in range(rows)]
        self.tokens, self.positions = matrix(VOCABULARY, WIDTH), matrix(CONTEXT, WIDTH)
        self.logits = matrix(VOCABULARY, WIDTH)
        self.queries, self.keys, self.values, self.mixing = (matrix(WIDTH, WIDTH) for _ in range(4))
        self.up, self.down = matrix(HIDDEN, WIDTH), matrix(WIDTH, HIDDEN)
        matrices = (self.tokens, self.positions, self.logits, self.queries, self.keys, self.values, self.mixing,
                    self.up, self.down)
        self.parameters = [value for matrix in matrices for row in matrix for value in row]

    def __call__(self, token, position, keys, values):
        """The logits of the next letter; the keys and values of this position are appended to those before it."""
        x = norm([a + b for a, b in zip(self.tokens[token], self.positions[position])])
        normed = norm(x)
        keys.append(product(self.keys, normed))
        values.append(product(self.values, normed))
        query, attended, size = product(self.queries, normed), [], WIDTH // HEADS
        for start in range(0, WIDTH, size):
            own = range(start, start + size)
            weights = softmax([sum(query[i] * key[i] for i in own) / size ** 0.5 for key in keys])
            attended += [sum(w * value[i] for w, value in zip(weights, values)) for i in own]
        x = [a + b for a, b in zip(product(self.mixing, attended), x)]
        hidden = [h.relu() for h in product(self.up, norm(x))]
        x = [a + b for a, b in zip(product(self.down, hidden), x)]
        return product(self.logits, x)

    def loss(self, document):
        keys, values, losses = [], [], []
        for position, (token, target) in enumerate(zip(document, document[1:])):
            losses.append(-softmax(self(token, position, keys, values))[target].log())
        return sum(losses) * (1 / len(losses))


def train(folder, count):
    """The losses of the first documents, and the seconds that they took."""
    folder, weights = pathlib.Path(folder), array.array("d")
    weights.frombytes((folder / "weights").read_bytes())
    documents = [list(map(int, line.split())) for line in (folder / "documents").read_text().splitlines()[:count]]
    model, losses = GPT(weights), []
    means, squares = [0.0] * len(model.parameters), [0.0] * len(model.parameters)
    start = time.perf_counter()
    for k, document in enumerate(documents):
        loss = model.loss(document)
        loss.backward()
        losses.append(loss.data)
        rate = 0.01 * (1 - k / 1000)
        for i, p in enumerate(model.parameters):
            means[i] = 0.85 * means[i] + (1 - 0.85) * p.grad
            squares[i] = 0.99 * squares[i] + (1 - 0.99) * p.grad ** 2
            mean, square = means[i] / (1 - 0.85 ** (k + 1)), squares[i] / (1 - 0.99 ** (k + 1))
            p.data -= rate * mean / (square ** 0.5 + 1e-8)
            p.grad = 0.0
    return losses, time.perf_counter() - start


class Enough(Exception):
    pass


def train_by(original, data, count):
    """The same by microgpt.py: a step ends when it prints `step …`, with some digits of its loss."""
    times, losses = [], []

    def note(*words, **options):
        line = " ".join(map(str, words))
        if line.startswith("num params"):
            times.append(time.perf_counter())
        elif line.startswith("step"):
            times.append(time.perf_counter())
            losses.append(float(line.split()[-1]))
            if len(losses) == count:
                raise Enough

    source = compile(pathlib.Path(original).read_text(), original, "exec")
    data = pathlib.Path(data).read_text()
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "input.txt").write_text(data)
        os.chdir(folder)
        try:
            exec(source, {"__name__": "__main__", "print": note})
        except Enough:
            pass
        os.chdir("/")
    return losses, times[-1] - times[0]


if __name__ == "__main__":
    folder, count, *original = sys.argv[1:]
    losses, seconds = train_by(*original, int(count)) if original else train(folder, int(count))
    version = ".".join(map(str, sys.version_info[:3]))
    print(json.dumps({"losses": losses, "us": seconds / int(count) * 1e6, "version": version}))

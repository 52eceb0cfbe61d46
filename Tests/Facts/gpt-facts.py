#!/usr/bin/env python3
"""Prints the facts of Tests/MicrogradNetworksTests/GPTTrainingTests.swift: the losses of a small GPT that is trained on a few
names, and what it then says.

    python3 Tests/Facts/gpt-facts.py

Written for this test, on plain numbers with a scalar autograd of its own; it shares nothing with the library but the
definition of the model. CPython 3.11 or later, nothing else.
"""
import math
import random

NAMES = "ada ben cleo dora emil fay gus hugo ines jon kira leo mia nora otto pia".split()


class Number:
    def __init__(self, data, parents=()):
        self.data, self.grad, self.parents = data, 0.0, parents

    def __add__(self, other):
        other = number(other)
        return Number(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        other = number(other)
        return Number(self.data * other.data, ((self, other.data), (other, self.data)))

    def __pow__(self, power):
        return Number(self.data**power, ((self, power * self.data ** (power - 1)),))

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + -number(other)

    def exp(self):
        result = math.exp(self.data)
        return Number(result, ((self, result),))

    def log(self):
        return Number(math.log(self.data), ((self, 1 / self.data),))

    def relu(self):
        return Number(max(self.data, 0.0), ((self, 1.0 if self.data > 0 else 0.0),))

    def backward(self):
        order, seen, waiting = [], set(), [(self, False)]
        while waiting:
            node, is_done = waiting.pop()
            if is_done:
                order.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                waiting.append((node, True))
                waiting.extend((parent, False) for parent, _ in node.parents)
        self.grad = 1.0
        for node in reversed(order):
            for parent, slope in node.parents:
                parent.grad += slope * node.grad


def number(x):
    return x if isinstance(x, Number) else Number(x)


def product(matrix, x):
    return [sum(w * v for w, v in zip(row, x)) for row in matrix]


def norm(x):
    scale = (sum(v * v for v in x) * (1 / len(x)) + 1e-5) ** -0.5
    return [v * scale for v in x]


def softmax(x):
    largest = max(v.data for v in x)
    powers = [(v - largest).exp() for v in x]
    total = sum(powers) ** -1
    return [p * total for p in powers]


class Model:
    def __init__(self, generator, tokens, width, heads, layers, context):
        def matrix(rows, columns):
            return [[Number(generator.gauss(0, 0.08)) for _ in range(columns)] for _ in range(rows)]

        self.width, self.heads, self.context = width, heads, context
        self.tokens, self.positions = matrix(tokens, width), matrix(context, width)
        self.head = matrix(tokens, width)
        self.blocks = [
            [matrix(width, width) for _ in range(4)] + [matrix(4 * width, width), matrix(width, 4 * width)]
            for _ in range(layers)
        ]
        matrices = [self.tokens, self.positions, self.head] + [m for block in self.blocks for m in block]
        self.parameters = [w for m in matrices for row in m for w in row]

    def logits(self, tokens):
        """The logits at all positions, block by block and not position by position."""
        xs = [norm([a + b for a, b in zip(self.tokens[t], self.positions[p])]) for p, t in enumerate(tokens)]
        for queries, keys, values, output, expand, contract in self.blocks:
            attended = self.attention([norm(x) for x in xs], queries, keys, values)
            xs = [[a + b for a, b in zip(product(output, a), x)] for a, x in zip(attended, xs)]
            hidden = [[h.relu() for h in product(expand, norm(x))] for x in xs]
            xs = [[a + b for a, b in zip(product(contract, h), x)] for h, x in zip(hidden, xs)]
        return [product(self.head, x) for x in xs]

    def attention(self, xs, queries, keys, values):
        q, k, v = ([product(m, x) for x in xs] for m in (queries, keys, values))
        size, results = self.width // self.heads, [[] for _ in xs]
        for first in range(0, self.width, size):
            part = slice(first, first + size)
            for p in range(len(xs)):
                scores = [sum(a * b for a, b in zip(q[p][part], k[t][part])) * size**-0.5 for t in range(p + 1)]
                weights = softmax(scores)
                results[p] += [sum(w * v[t][j] for t, w in enumerate(weights)) for j in range(first, first + size)]
        return results


def run(seed, width, heads, layers, context, steps=8):
    generator = random.Random(seed)
    names = NAMES[:]
    generator.shuffle(names)
    letters = sorted(set("".join(names)))
    end = len(letters)
    model = Model(generator, end + 1, width, heads, layers, context)
    means, squares, losses = [0.0] * len(model.parameters), [0.0] * len(model.parameters), []
    for step in range(steps):
        name = names[step % len(names)]
        tokens = [end] + [letters.index(c) for c in name] + [end]
        count = min(context, len(tokens) - 1)
        logits = model.logits(tokens[:count])
        loss = sum(-softmax(logits[p])[tokens[p + 1]].log() for p in range(count)) * (1 / count)
        loss.backward()
        losses.append(loss.data)
        rate = 0.01 * (1 - step / steps)
        for i, w in enumerate(model.parameters):
            means[i] = 0.85 * means[i] + 0.15 * w.grad
            squares[i] = 0.99 * squares[i] + 0.01 * w.grad**2
            mean, square = means[i] / (1 - 0.85 ** (step + 1)), squares[i] / (1 - 0.99 ** (step + 1))
            w.data -= rate * mean / (math.sqrt(square) + 1e-8)
            w.grad = 0.0
    words = []
    for _ in range(4):
        tokens = [end]
        while len(tokens) <= context:
            logits = model.logits(tokens)[-1]
            weights = [p.data for p in softmax([x * (1 / 0.5) for x in logits])]
            token = generator.choices(range(end + 1), weights=weights)[0]
            if token == end:
                break
            tokens.append(token)
        words.append("".join(letters[t] for t in tokens[1:]))
    return losses, words, len(model.parameters), generator.random()


for seed, width, heads, layers, context in [(42, 8, 2, 1, 8), (1, 6, 3, 2, 4), (7, 4, 1, 1, 6)]:
    losses, words, count, after = run(seed, width, heads, layers, context)
    print(f"Fact(\n  seed: {seed}, width: {width}, heads: {heads}, layers: {layers}, context: {context}, parameters: {count},")
    print(f"  losses: {losses},\n  words: {words}, after: {after!r}),".replace("'", '"'))

#!/usr/bin/env python3
"""Prints the facts of Tests/MicrogradTextTests/TextFacts.swift: losses of models that are trained on the library's names,
and what they write then.

    python3 Tests/Facts/text-facts.py

Written for this test: whole documents as NumPy matrices, and all derivatives by hand, so that it shares with the library
only the definition of the model. CPython 3.11 and NumPy, nothing else.
"""
import pathlib
import random

import numpy as np

SOURCE = pathlib.Path(__file__).parents[2] / "Sources/MicrogradText/TextModel+Names.swift"
NAMES = SOURCE.read_text().split('"""')[1].split()


def norm(x):
    scale = ((x * x).mean(axis=1, keepdims=True) + 1e-5) ** -0.5
    return x * scale, scale


def norm_backward(d, x, scale):
    return d * scale - x * scale**3 * (d * x).mean(axis=1, keepdims=True)


def softmax(x):
    powers = np.exp(x - x.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


class Model:
    def __init__(self, vocabulary, width, heads, layers, context):
        def matrix(rows, columns):
            return np.array([[random.gauss(0, 0.08) for _ in range(columns)] for _ in range(rows)])

        self.heads, self.layers, self.context = heads, layers, context
        self.weights = {"wte": matrix(vocabulary, width), "wpe": matrix(context, width),
                        "head": matrix(vocabulary, width)}
        for layer in range(layers):
            for name in "qkvo":
                self.weights[f"{layer}{name}"] = matrix(width, width)
            self.weights[f"{layer}in"] = matrix(4 * width, width)
            self.weights[f"{layer}out"] = matrix(width, 4 * width)

    def forward(self, tokens):
        w, count = self.weights, len(tokens)
        embedded = w["wte"][tokens] + w["wpe"][:count]
        x, scale = norm(embedded)
        trace = [(embedded, scale)]
        future = np.triu(np.full((count, count), -np.inf), 1)
        for layer in range(self.layers):
            before, (a, scale_a) = x, norm(x)
            q, k, v = (a @ w[f"{layer}{name}"].T for name in "qkv")
            size = q.shape[1] // self.heads
            mixed, attention = np.zeros_like(q), []
            for h in range(self.heads):
                part = slice(h * size, (h + 1) * size)
                attention.append(softmax(q[:, part] @ k[:, part].T / size**0.5 + future))
                mixed[:, part] = attention[-1] @ v[:, part]
            middle = mixed @ w[f"{layer}o"].T + before
            b, scale_b = norm(middle)
            hidden = np.maximum(b @ w[f"{layer}in"].T, 0)
            x = hidden @ w[f"{layer}out"].T + middle
            trace.append((before, a, scale_a, q, k, v, attention, mixed, middle, b, scale_b, hidden))
        return x @ w["head"].T, x, trace

    def loss(self, document, gradients, share):
        """Returns the loss of a document, and adds its gradients, times its share, to others."""
        w = self.weights
        inputs = document[:-1][: self.context]
        targets = document[1:][: self.context]
        count = len(inputs)
        logits, x, trace = self.forward(inputs)
        p, rows = softmax(logits), np.arange(count)
        loss = -np.log(p[rows, targets]).mean()
        d = p
        d[rows, targets] -= 1
        d *= share / count
        gradients["head"] += d.T @ x
        dx = d @ w["head"]
        for layer in reversed(range(self.layers)):
            before, a, scale_a, q, k, v, attention, mixed, middle, b, scale_b, hidden = trace[layer + 1]
            gradients[f"{layer}out"] += dx.T @ hidden
            dh = (dx @ w[f"{layer}out"]) * (hidden > 0)
            gradients[f"{layer}in"] += dh.T @ b
            dx = dx + norm_backward(dh @ w[f"{layer}in"], middle, scale_b)
            gradients[f"{layer}o"] += dx.T @ mixed
            dmixed = dx @ w[f"{layer}o"]
            dq, dk, dv = np.zeros_like(q), np.zeros_like(k), np.zeros_like(v)
            size = q.shape[1] // self.heads
            for h, weights in enumerate(attention):
                part = slice(h * size, (h + 1) * size)
                dv[:, part] = weights.T @ dmixed[:, part]
                dweights = dmixed[:, part] @ v[:, part].T
                dscores = weights * (dweights - (dweights * weights).sum(axis=1, keepdims=True)) / size**0.5
                dq[:, part] = dscores @ k[:, part]
                dk[:, part] = dscores.T @ q[:, part]
            da = np.zeros_like(a)
            for name, part in zip("qkv", (dq, dk, dv)):
                gradients[f"{layer}{name}"] += part.T @ a
                da += part @ w[f"{layer}{name}"]
            dx = dx + norm_backward(da, before, scale_a)
        embedded, scale = trace[0]
        dx = norm_backward(dx, embedded, scale)
        np.add.at(gradients["wte"], inputs, dx)
        gradients["wpe"][:count] += dx
        return loss


def run(seed, steps, batch, rate, samples, **sizes):
    random.seed(seed)
    names = list(NAMES)
    random.shuffle(names)
    letters = sorted(set("".join(names)))
    boundary = len(letters)
    documents = [np.array([boundary] + [letters.index(c) for c in name] + [boundary]) for name in names]
    model = Model(boundary + 1, **sizes)
    first = {key: np.zeros_like(value) for key, value in model.weights.items()}
    second = {key: np.zeros_like(value) for key, value in model.weights.items()}
    losses = []
    for step in range(steps):
        gradients = {key: np.zeros_like(value) for key, value in model.weights.items()}
        chosen = [documents[(step * batch + i) % len(documents)] for i in range(batch)]
        losses.append(float(sum(model.loss(document, gradients, 1 / batch) for document in chosen) / batch))
        for key, g in gradients.items():
            first[key] = 0.85 * first[key] + 0.15 * g
            second[key] = 0.99 * second[key] + 0.01 * g * g
            mean, square = first[key] / (1 - 0.85 ** (step + 1)), second[key] / (1 - 0.99 ** (step + 1))
            model.weights[key] -= rate * (1 - step / steps) * mean / (square**0.5 + 1e-8)
    texts = []
    for _ in range(samples):
        tokens = [boundary]
        while len(tokens) <= model.context:
            logits, _, _ = model.forward(np.array(tokens))
            p = softmax(logits[-1] / 0.5)
            token = random.choices(range(boundary + 1), weights=p.tolist())[0]
            if token == boundary:
                break
            tokens.append(token)
        texts.append("".join(letters[token] for token in tokens[1:]))
    return losses, texts


def show(losses, texts):
    print([losses[0], losses[1], losses[len(losses) // 2], losses[-1]])
    print(texts)


show(*run(42, 60, 1, 0.01, 5, width=16, heads=4, layers=1, context=16))
show(*run(7, 30, 4, 0.02, 5, width=12, heads=3, layers=2, context=5))

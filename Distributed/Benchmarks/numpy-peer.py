"""The steps of data-parallel training by hand, in mpi4py and NumPy: what compare-data-parallel.py measures beside ours.

    mpirun -n 2 python3 numpy-peer.py WORKLOAD PRECISION EPOCHS       prints a line of JSON

Rows, parameters and batches are those of data-parallel/DataParallelBenchmark.swift. Parameters and gradients are views of
one flat array each, so that a step needs one Allreduce and copies nothing.
"""

import json
import random
import sys
import time

import numpy as np
from mpi4py import MPI

# Sizes, whether the loss is that of classes, rows, rows of a batch, learning rate, factor of the sum of squares.
WORKLOADS = {
    "W2": ([2, 16, 16, 1], False, 2000, 100, 0.1, 1e-4),
    "W4": ([784, 512, 256, 10], True, 1280, 128, 0.05, 0.0),
    "million": ([20, 64, 32, 1], False, 1_000_000, 8192, 0.1, 0.0),
}
PARTS, SEED, MASK = 16, 1, (1 << 64) - 1


def numbers(index):
    """A number from -1 to 1 for each index: SplitMix64."""
    z = index.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((z ^ (z >> np.uint64(31))) >> np.uint64(11)).astype(np.float64) * 2.0**-52 - 1


def mixed(values):
    state = 0
    for number in values:
        z = ((state + 0x9E3779B97F4A7C15) & MASK) ^ number
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        state = z ^ (z >> 31)
    return state >> 1


def rows_of(first, last, sizes, classes):
    index = np.arange(first, last)
    x = numbers(1 + index[:, None] * sizes[0] + np.arange(sizes[0])[None, :])
    if classes:
        targets = np.eye(10)[(index * 7) % 10]
    else:
        targets = np.where(x[:, :1] * x[:, 1:2] > 0, 1.0, -1.0)
    return x, targets


def views(flat, sizes):
    """Weights and biases of each layer, as they lie in the flat array: for each neuron its weights, then its bias."""
    result, start = [], 0
    for inputs, outputs in zip(sizes, sizes[1:]):
        layer = flat[start : start + outputs * (inputs + 1)].reshape(outputs, inputs + 1)
        result.append((layer[:, :inputs], layer[:, inputs]))
        start += outputs * (inputs + 1)
    return result


def main():
    name, precision, epochs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    sizes, classes, row_count, batch_size, rate, decay = WORKLOADS[name]
    comm = MPI.COMM_WORLD
    kind = np.float64 if precision == "double" else np.float32
    counts = [o * (i + 1) for i, o in zip(sizes, sizes[1:])]
    scales = np.concatenate([np.full(n, 1 / np.sqrt(i)) for n, i in zip(counts, sizes)])
    parameters = (numbers((1 << 40) + np.arange(sum(counts))) * scales).astype(kind)
    gradient = np.zeros_like(parameters)
    layers, gradients = views(parameters, sizes), views(gradient, sizes)

    starts = [part * row_count // PARTS for part in range(PARTS + 1)]
    own = range(comm.rank * PARTS // comm.size, (comm.rank + 1) * PARTS // comm.size)
    inputs, targets = rows_of(starts[own[0]], starts[own[-1] + 1], sizes, classes)
    inputs, targets = inputs.astype(kind), targets.astype(kind)
    steps = (row_count + batch_size - 1) // batch_size

    losses, seconds = [], []
    for epoch in range(epochs):
        orders = []
        for part in own:
            order = list(range(starts[part + 1] - starts[part]))
            random.Random(mixed([SEED, epoch, part])).shuffle(order)
            orders.append(np.array(order) + starts[part] - starts[own[0]])
        comm.Barrier()
        begin = time.perf_counter()
        total = 0.0
        for step in range(steps):
            batch = np.concatenate([o[step * len(o) // steps : (step + 1) * len(o) // steps] for o in orders])
            sizes_of_parts = [starts[part + 1] - starts[part] for part in range(PARTS)]
            count = sum((step + 1) * n // steps - step * n // steps for n in sizes_of_parts)
            activations = [inputs[batch]]
            for weights, biases in layers[:-1]:
                activations.append(np.maximum(activations[-1] @ weights.T + biases, 0))
            outputs = activations[-1] @ layers[-1][0].T + layers[-1][1]
            wanted = targets[batch]
            if classes:
                shifted = outputs - outputs.max(axis=1, keepdims=True)
                exponentials = np.exp(shifted)
                sums = exponentials.sum(axis=1, keepdims=True)
                total += float((np.log(sums) - (shifted * wanted).sum(axis=1, keepdims=True)).sum())
                delta = (exponentials / sums - wanted) / kind(count)
            else:
                margins = 1 - outputs * wanted
                total += float(np.maximum(margins, 0).sum())
                delta = np.where(margins > 0, -wanted, 0).astype(kind) / kind(count)
            for layer in range(len(layers) - 1, -1, -1):
                gradients[layer][0][...] = delta.T @ activations[layer]
                gradients[layer][1][...] = delta.sum(axis=0)
                if layer > 0:
                    delta = (delta @ layers[layer][0]) * (activations[layer] > 0)
            if comm.size > 1:
                comm.Allreduce(MPI.IN_PLACE, gradient)
            if decay:
                total += decay * float(parameters @ parameters) * len(batch)
                parameters -= kind(rate) * (gradient + kind(2 * decay) * parameters)
            else:
                parameters -= kind(rate) * gradient
        losses.append(comm.allreduce(total) / row_count)
        seconds.append(time.perf_counter() - begin)
    if comm.rank == 0:
        print(json.dumps({"ranks": comm.size, "ms": 1000 * min(seconds) / steps, "losses": losses}))


main()

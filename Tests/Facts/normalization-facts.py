#!/usr/bin/env python3
"""Prints the facts of Tests/MicrogradNetworksTests/NormalizationFact.swift: PyTorch's layer norm and RMS norm in double
precision, and the gradients that a sum of the results, each times a factor, gives the inputs.

    pip install torch==2.13.0
    Tests/Facts/normalization-facts.py
"""
import torch
from torch.nn import functional

CASES = [
    ([1.0, 2.0, 4.0], [1.0, 1.0, 1.0], [0.0, 0.0, 0.0], [1.0, -2.0, 0.5], 1e-5),
    ([0.3, -1.7, 2.5, 0.0, 12.25], [0.5, 1.0, -2.0, 3.0, 1.5], [0.1, 0.2, -0.3, 0.0, 5.0], [1.0, 2.0, 3.0, -4.0, 0.5], 1e-5),
    ([1e-3, -2e-3, 0.0, 5e-4], [1.0, 2.0, 0.5, -1.0], [1.0, 0.0, 0.0, -1.0], [1.0, 1.0, 2.0, -1.0], 1e-3),
    ([100.0, 101.0, 97.0], [1.0, 2.0, 3.0], [0.0, 0.5, 0.0], [1.0, -1.0, 1.0], 1e-5),
]


def results(function, x, factors):
    x = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    y = function(x)
    (y * torch.tensor(factors, dtype=torch.float64)).sum().backward()
    return f".init(outputs: {y.tolist()}, gradients: {x.grad.tolist()})"


for x, gains, biases, factors, epsilon in CASES:
    g, b = (torch.tensor(v, dtype=torch.float64) for v in (gains, biases))
    layer = results(lambda v: functional.layer_norm(v, v.shape, g, b, epsilon), x, factors)
    mean_square = results(lambda v: functional.rms_norm(v, v.shape, g, epsilon), x, factors)
    print(f"NormalizationFact(\n  x: {x}, gains: {gains}, biases: {biases}, factors: {factors}, epsilon: {epsilon},")
    print(f"  layer: {layer},\n  meanSquare: {mean_square}),")

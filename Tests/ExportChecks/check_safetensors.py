#!/usr/bin/env python3
"""Reads files that Swift wrote with the package safetensors: check_safetensors.py FILE EXPECTED.

EXPECTED is a JSON document with the tensors of the file: {"layers.0.bias": {"shape": [2], "numbers": [0.5, -0.5]}, …}.
"""
import json
import math
import sys

import numpy as np
import safetensors
import safetensors.numpy


def check(path, expected_json):
    """Compares the tensors of a file with those of a JSON document: names, shapes, and each number exactly."""
    with open(expected_json, encoding="utf-8") as file:
        expected = json.load(file)
    tensors = safetensors.numpy.load_file(path)
    assert sorted(tensors) == sorted(expected), f"{path}: got {sorted(tensors)}, expected {sorted(expected)}"
    for name, tensor in tensors.items():
        shape = tuple(expected[name]["shape"])
        numbers = np.array(expected[name]["numbers"], dtype=np.float64).reshape(shape)
        assert tensor.dtype == np.float64, f"{path}: {name} is of {tensor.dtype}, expected float64"
        assert tensor.shape == shape, f"{path}: {name} has the shape {tensor.shape}, expected {shape}"
        assert tensor.tobytes() == numbers.tobytes(), f"{path}: {name} is {tensor}, expected {numbers}"
    return len(tensors)


def predictions(path, model):
    """The probabilities or numbers of the model's rows, and the labels, computed from the file alone."""
    tensors = safetensors.numpy.load_file(path)
    with safetensors.safe_open(path, framework="numpy") as file:
        description = json.loads(file.metadata()["micrograd"])
    assert description["version"] == 1, description["version"]
    values = np.array([inputs(row, description["features"]) for row in model.rows])
    for index, layer in enumerate(description["layers"]):
        sums = values @ tensors[f"layers.{index}.weight"].T + tensors[f"layers.{index}.bias"]
        values = ACTIVATIONS[layer["activation"]](sums, layer.get("constant"))
    return outputs(values, description["target"])


def inputs(row, features):
    """The numbers that a raw row becomes."""
    numbers = []
    for field, feature in zip(row, features):
        if feature["encoding"] == "oneHot":
            numbers += [float(field == category) for category in feature["categories"]]
        else:
            number = (field - feature["mean"]) / feature["deviation"]
            numbers.append(0.0 if math.isnan(field) else number)
    return numbers


def outputs(values, target):
    """The probabilities of the classes and the most probable ones, or the numbers and None."""
    if target["encoding"] == "standardized":
        return target["mean"] + target["deviation"] * values, None
    if len(target["classes"]) == 2:
        values = np.hstack([np.zeros_like(values), values])
    exponentials = np.exp(values - values.max(axis=1, keepdims=True))
    probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
    return probabilities, [target["classes"][index] for index in probabilities.argmax(axis=1)]


def softplus(x):
    return np.logaddexp(0, x)


def elu(x, scale):
    return np.where(x > 0, x, scale * np.expm1(np.minimum(x, 0)))


ACTIVATIONS = {
    "linear": lambda x, _: x,
    "relu": lambda x, _: np.maximum(x, 0),
    "tanh": lambda x, _: np.tanh(x),
    "sigmoid": lambda x, _: np.exp(-softplus(-x)),
    "gelu": lambda x, _: x * np.vectorize(math.erfc)(-x / math.sqrt(2)) / 2,
    "silu": lambda x, _: x * np.exp(-softplus(-x)),
    "softplus": lambda x, _: softplus(x),
    "softsign": lambda x, _: x / (1 + np.abs(x)),
    "logSigmoid": lambda x, _: -softplus(-x),
    "leakyReLU": lambda x, slope: np.where(x > 0, x, slope * x),
    "elu": elu,
}


if __name__ == "__main__":
    print(f"{check(*sys.argv[1:])} tensors agree")

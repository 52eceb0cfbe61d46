"""Predictions of a safetensors file: its weights by the safetensors package, and what the JSON in its metadata says."""
import json
import math

import numpy as np
from safetensors import safe_open


def predictions(path, model):
    """The probabilities or numbers of the model's rows, and the labels."""
    with safe_open(path, framework="numpy") as file:
        description = json.loads(file.metadata()["micrograd"])
        names, tensors = set(file.keys()), {name: file.get_tensor(name) for name in file.keys()}
    layers, target = description["layers"], description["target"]
    assert names == {f"layers.{i}.{part}" for i in range(len(layers)) for part in ("weight", "bias")}, names
    assert all(tensor.dtype == np.float64 for tensor in tensors.values())
    assert target["name"] == model.target and target.get("classes", []) == model.classes
    x = np.array([inputs(description["features"], row) for row in model.rows])
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        for i, layer in enumerate(layers):
            x = x @ tensors[f"layers.{i}.weight"].T + tensors[f"layers.{i}.bias"]
            x = FUNCTIONS[layer["activation"]](x, layer.get("constant"))
    if not model.classes:
        return target["mean"] + target["deviation"] * x, None
    if len(model.classes) == 2:
        x = np.hstack([np.zeros_like(x), x])
    powers = np.exp(x - x.max(axis=1, keepdims=True))
    probabilities = powers / powers.sum(axis=1, keepdims=True)
    return probabilities, [model.classes[i] for i in probabilities.argmax(axis=1)]


def inputs(features, row):
    numbers = []
    for feature, field in zip(features, row):
        if feature["encoding"] == "standardized":
            numbers.append(0.0 if math.isnan(field) else (field - feature["mean"]) / feature["deviation"])
        else:
            numbers += [float(field == category) for category in feature["categories"]]
    return numbers


def softplus(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def sigmoid(x):
    return np.exp(-softplus(-x))


erfc = np.vectorize(math.erfc, otypes=[float])

FUNCTIONS = {
    "linear": lambda x, b: x,
    "relu": lambda x, b: np.maximum(x, 0),
    "tanh": lambda x, b: np.tanh(x),
    "sigmoid": lambda x, b: sigmoid(x),
    "gelu": lambda x, b: x * erfc(-x / math.sqrt(2)) / 2,
    "silu": lambda x, b: x * sigmoid(x),
    "softplus": lambda x, b: softplus(x),
    "softsign": lambda x, b: x / (1 + np.abs(x)),
    "logSigmoid": lambda x, b: -softplus(-x),
    "leakyReLU": lambda x, b: np.where(x > 0, x, b * x),
    "elu": lambda x, b: np.where(x > 0, x, b * np.expm1(x)),
    # Operations that are no activations.
    "-": lambda x, b: -x,
    "pow": lambda x, b: x**b,
    "exp": lambda x, b: np.exp(x),
    "expMinusOne": lambda x, b: np.expm1(x),
    "log": lambda x, b: np.log(x),
    "logOnePlus": lambda x, b: np.log1p(x),
    "sqrt": lambda x, b: np.sqrt(x),
    "abs": lambda x, b: np.abs(x),
    "sin": lambda x, b: np.sin(x),
    "cos": lambda x, b: np.cos(x),
    "erf": lambda x, b: 1 - erfc(x),
    "erfc": lambda x, b: erfc(x),
}

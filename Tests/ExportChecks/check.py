#!/usr/bin/env python3
"""Compares the predictions of exported models with those of Swift: check.py FOLDER, which has a folder for each model.

`run` has the folder written, by the test `writesModelsForOtherReaders`. Each model's folder has the raw rows in `rows.csv`, the
predictions in Double in `expected.json`, and the model in several formats.
"""
import csv
import json
import pathlib
import sys

import numpy as np

import core_ml_reader
import onnx_reader
import safetensors_reader

# What is compared: the reader, the file, and how far off a prediction may be, relative to the size of the numbers that it is
# a sum of, at least 1.
CHECKS = [
    ("safetensors", "model.safetensors", safetensors_reader.predictions, 1e-12),
    ("ONNX, double", "model.onnx", onnx_reader.predictions, 1e-12),
    ("ONNX, float", "model-float.onnx", onnx_reader.predictions, 1e-6),
    ("Core ML", "model.mlmodel", core_ml_reader.predictions, 1e-6),
]


class Model:
    """What Swift says about a model: the columns, the rows as lists of numbers and texts, and the predictions."""

    def __init__(self, folder):
        facts = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        self.kind, self.seed = facts["kind"], facts["seed"]
        self.target, self.classes, self.features = facts["target"], facts["classes"], facts["features"]
        self.predictions = np.array(facts["predictions"], dtype=float)
        self.scales = np.array(facts["scales"])
        with open(folder / "rows.csv", encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        assert header == [feature["name"] for feature in self.features], header
        self.rows = [[self.field(text, feature) for text, feature in zip(row, self.features)] for row in rows]

    @staticmethod
    def field(text, feature):
        return (float(text) if text else float("nan")) if feature["isNumber"] else text

    def labels(self):
        """The most probable class of each row, and whether it is so by more than rounding errors."""
        best = np.sort(self.predictions, axis=1)
        return [self.classes[i] for i in self.predictions.argmax(axis=1)], best[:, -1] - best[:, -2] > 1e-5


def deviation(model, got):
    """The largest deviation of any prediction, relative to its scale."""
    expected = model.predictions
    assert got.shape == expected.shape, f"shape {got.shape}, expected {expected.shape}"
    assert np.isfinite(got).all(), f"{got} is not finite"
    scales = np.maximum(model.scales[:, None], np.abs(expected))
    return float((np.abs(got - expected) / scales).max())


def check_labels(model, labels):
    expected, certain = model.labels()
    for row, (got, right, is_certain) in enumerate(zip(labels, expected, certain)):
        assert got == right or not is_certain, f"row {row}: label {got!r}, expected {right!r}"


def check(model, file, predictions, bound):
    """The largest deviation of a file's predictions."""
    got, labels = predictions(file, model)
    difference = deviation(model, got)
    if model.classes:
        check_labels(model, labels)
    assert difference <= bound, f"{difference:.2g} off, more than {bound:g}"
    return difference


def check_all(models, name, file, predictions, bound):
    """Prints a line on all files of a format, and on each one that fails; returns how many passed and failed."""
    differences, failed = [(0.0, "none")], 0
    for folder, model in models:
        try:
            differences.append((check(model, folder / file, predictions, bound), model.kind))
        except Exception as error:  # Whatever is wrong with one file, the others are looked at.
            print(f"FAILED: {name}, {model.kind}, seed {model.seed}: {type(error).__name__}: {error}")
            failed += 1
    difference, kind = max(differences)
    agree = f"{len(differences) - 1} of {len(models)} models agree"
    print(f"{name}: {agree}; the largest deviation is {difference:.1e} ({kind})")
    return len(differences) - 1, failed


def main():
    folders = sorted(pathlib.Path(sys.argv[1]).iterdir(), key=lambda folder: int(folder.name))
    models = [(folder, Model(folder)) for folder in folders]
    counts = [check_all(models, *format) for format in CHECKS]
    passed, failed = (sum(column) for column in zip(*counts))
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()

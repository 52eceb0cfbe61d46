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

# What is compared: the reader, the file, and how far off a prediction may be, relative to the size of the numbers that it is
# a sum of, at least 1.
CHECKS = [
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


def check(folder):
    """The lines to print on a model, and how many checks passed and failed."""
    model = Model(folder)
    results, passed, failed = [], 0, 0
    for name, file, predictions, bound in CHECKS:
        try:
            got, labels = predictions(folder / file, model)
            difference = deviation(model, got)
            if model.classes:
                check_labels(model, labels)
            assert difference <= bound, f"{difference:.2g} off, more than {bound:g}"
            results.append(f"{name} {difference:.1e}")
            passed += 1
        except Exception as error:  # Whatever is wrong with one file, the others are looked at.
            results.append(f"{name} FAILED: {type(error).__name__}: {error} (seed {model.seed})")
            failed += 1
    return f"{model.kind}: {'; '.join(results)}", passed, failed


def main():
    folders = sorted(pathlib.Path(sys.argv[1]).iterdir(), key=lambda folder: int(folder.name))
    passed = failed = 0
    for folder in folders:
        line, right, wrong = check(folder)
        print(line)
        passed, failed = passed + right, failed + wrong
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()

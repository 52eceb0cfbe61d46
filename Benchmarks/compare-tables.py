#!/usr/bin/env python3
"""Compares `micrograd train` with scikit-learn's MLPClassifier and MLPRegressor on four data sets of scikit-learn.

Both cross-validate on the same folds, with the same layer sizes; scikit-learn's model is a pipeline with StandardScaler, and
standardizes the target of diabetes too, as micrograd does. Other settings are the defaults of each. The programs run in turn,
round after round, each with one thread. The table comes out as Markdown on standard output, progress on standard error, and
goes into docs/own-data.md with --guide.

It needs scikit-learn:  python3 -m venv .venv && .venv/bin/pip install scikit-learn==1.9.1
"""
import argparse
import csv
import gzip
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import warnings

for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"]:
    os.environ[name] = "1"
for name in ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"]:
    os.environ.pop(name, None)

import numpy as np
import sklearn
from sklearn.compose import TransformedTargetRegressor
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris, load_wine
from sklearn.metrics import accuracy_score, r2_score
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

HERE = pathlib.Path(__file__).resolve().parent
GUIDE = HERE.parent / "docs" / "own-data.md"
MARKS = "<!-- results of compare-tables.py -->", "<!-- end of results -->"
FILES = pathlib.Path(sklearn.__file__).parent / "datasets" / "data"
HIDDEN, FOLDS = 32, 5


def say(text):
    print(text, file=sys.stderr, flush=True)


def raw_rows(name):
    """The rows of scikit-learn's own file, and its names of the columns, without the line that counts them."""
    if name == "diabetes":
        features = gzip.open(FILES / "diabetes_data_raw.csv.gz", "rt").read().split("\n")
        targets = gzip.open(FILES / "diabetes_target.csv.gz", "rt").read().split("\n")
        return [line.split() + [target] for line, target in zip(features, targets) if line]
    file = {"iris": "iris.csv", "wine": "wine_data.csv", "breast cancer": "breast_cancer.csv"}[name]
    return list(csv.reader(open(FILES / file)))[1:]


class Data:
    def __init__(self, name, folder):
        load = {"iris": load_iris, "wine": load_wine, "breast cancer": load_breast_cancer}.get(name)
        data = load() if load else load_diabetes(scaled=False)
        self.name, self.inputs, self.targets = name, data.data, data.target
        self.is_regression = load is None
        self.columns = ",".join([f"x{i + 1}" for i in range(self.inputs.shape[1])] + ["target"])
        self.path = folder / f"{name}.csv"
        with open(self.path, "w") as file:
            csv.writer(file).writerows(raw_rows(name))

    def peer(self, seed):
        """scikit-learn's scores of the folds, and the seconds that training takes."""
        splitter = (KFold if self.is_regression else StratifiedKFold)(FOLDS, shuffle=True, random_state=seed)
        scores, seconds = [], 0
        for training, test in splitter.split(self.inputs, self.targets):
            network = (MLPRegressor if self.is_regression else MLPClassifier)(
                hidden_layer_sizes=(HIDDEN,), random_state=seed)
            model = make_pipeline(StandardScaler(), network)
            if self.is_regression:
                model = TransformedTargetRegressor(model, transformer=StandardScaler())
            start = time.perf_counter()
            model.fit(self.inputs[training], self.targets[training])
            seconds += time.perf_counter() - start
            score = r2_score if self.is_regression else accuracy_score
            scores.append(score(self.targets[test], model.predict(self.inputs[test])))
        return scores, seconds / FOLDS

    def ours(self, program, seed):
        """Our scores of the folds, and the seconds of the whole command for one fold: start and reading included."""
        command = [program, "train", self.path, "--columns", self.columns, "--target", "target", "--hidden", str(HIDDEN),
                   "--folds", str(FOLDS), "--seed", str(seed), "--format", "json", "--quiet"]
        start = time.perf_counter()
        result = subprocess.run(list(map(str, command)), capture_output=True, text=True)
        seconds = time.perf_counter() - start
        if result.returncode != 0:
            raise SystemExit(f"{command} failed: {result.stderr}")
        name = "R²" if self.is_regression else "accuracy"
        return [fold["scores"][name]["value"] for fold in json.loads(result.stdout)["folds"]], seconds / FOLDS


def cell(scores, is_regression):
    mean, spread = np.mean(scores), np.std(scores)
    return f"{mean:.3f} ± {spread:.3f}" if is_regression else f"{100 * mean:.1f} ± {100 * spread:.1f} %"


def compare(program, rounds, folder):
    lines = ["| data | score | micrograd | scikit-learn | a fit, ms: micrograd | scikit-learn | ratio |",
             "| --- | --- | --- | --- | --- | --- | --- |"]
    for data in [Data(name, folder) for name in ["iris", "wine", "breast cancer", "diabetes"]]:
        runs = []
        for seed in range(rounds):
            say(f"{data.name}, seed {seed}")
            runs.append((data.ours(program, seed), data.peer(seed)))
        ours, theirs = [[score for run in runs for score in run[who][0]] for who in (0, 1)]
        times = [1000 * np.median([run[who][1] for run in runs]) for who in (0, 1)]
        score = "R²" if data.is_regression else "accuracy"
        lines.append(
            f"| {data.name} | {score} | {cell(ours, data.is_regression)} | {cell(theirs, data.is_regression)} "
            f"| {times[0]:.1f} | {times[1]:.0f} | {times[1] / times[0]:.0f} |")
    return "\n".join(lines)


def processor():
    try:
        return next(line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name"))
    except (OSError, StopIteration):
        return "an unknown processor"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="micrograd", help="the command micrograd, built for release")
    parser.add_argument("--rounds", type=int, default=5, help="seeds, each with folds of its own (default: 5)")
    parser.add_argument("--guide", action="store_true", help="write the table into docs/own-data.md")
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    with tempfile.TemporaryDirectory() as folder:
        table = compare(options.program, options.rounds, pathlib.Path(folder))
    text = (f"{table}\n\nMeans and standard deviations over {options.rounds} × {FOLDS} folds; median times of one thread "
            f"of {processor()}, with scikit-learn {sklearn.__version__}.")
    print(text)
    if options.guide:
        page = GUIDE.read_text()
        before, rest = page.split(MARKS[0])
        GUIDE.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{rest.split(MARKS[1])[1]}")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Writes what scikit-learn's metrics and splits give on random vectors to Tests/MicrogradDataTests/Facts.

    pip install scikit-learn==1.9.1 numpy==2.4.6
    Tests/Facts/scikit-learn-facts.py

Case s draws its vectors from RandomState(s), as RandomVectors.swift does with NumPyRandom(seed: s), so that only the results
are stored: row s of a file. The scores of precision, recall and F1 are stored as combined numbers, and matrices and
positions as digests.
"""
import pathlib
import warnings

import numpy as np
from sklearn import metrics
from sklearn.model_selection import KFold, StratifiedKFold, train_test_split

warnings.simplefilter("ignore")  # Undefined metrics, small classes: the tests are about them.
folder = pathlib.Path(__file__).parent.parent / "MicrogradDataTests" / "Facts"

# Labels that are not in order, as numbers and as text.
NUMBERS = [3, -1, 10, 0, 2, 7]
WORDS = ["b", "B", "10", "9", "é", "a"]


def digest(numbers):
    result = 0
    for number in numbers:
        result = (result * 31 + int(number) + 1) % (2**31 - 1)
    return result


def text(value):
    return str(value) if isinstance(value, int) else f"{value:.14g}"


def write(name, header, cases, row):
    lines = [header] + [",".join(map(text, row(np.random.RandomState(case), case))) for case in range(cases)]
    (folder / f"{name}.csv").write_text("\n".join(lines) + "\n")


# Classes and predicted classes

def class_metrics(random, case):
    names = NUMBERS if case % 2 == 0 else WORDS
    count, classes = random.randint(1, 31), random.randint(2, 7)
    target_classes, predicted_classes = random.randint(1, classes + 1), random.randint(1, classes + 1)
    targets, predictions = [], []
    for _ in range(count):
        target = random.randint(target_classes)
        is_right = random.random_sample() < 0.5
        targets.append(names[target])
        predictions.append(names[target] if is_right else names[classes - 1 - random.randint(predicted_classes)])

    positive = max(targets + predictions)
    scores = [metrics.precision_score, metrics.recall_score, metrics.f1_score]
    accuracy = metrics.accuracy_score(targets, predictions)
    combined = []
    for score in scores:
        def value(**options):
            return score(targets, predictions, zero_division=0, **options)
        assert abs(value(average="micro") - accuracy) < 1e-15
        binary = value(labels=[positive], average="macro")
        if len(set(targets + predictions)) == 2:
            assert binary == value(average="binary", pos_label=positive)
        given = value(labels=names[:classes], average="macro")
        combined.append(value(average="macro") + 2 * value(average="weighted") + 4 * binary + 8 * given)
    matrix = metrics.confusion_matrix(targets, predictions)
    given = metrics.confusion_matrix(targets, predictions, labels=names[:classes])
    return [accuracy, *combined, digest(matrix.flat), digest(given.flat)]


# Classes and their probabilities

def probability_metrics(random, case):
    names = NUMBERS if case % 2 == 0 else WORDS
    count, classes = random.randint(1, 61), random.randint(2, 7)
    # In one case of four, classes may be absent, for which there is no area.
    target_classes = random.randint(1, classes + 1) if random.randint(4) == 0 else classes
    steps = random.randint(0, 5)
    labels = sorted(names[:classes])
    targets, rows = [], []
    for _ in range(count):
        targets.append(labels[random.randint(target_classes)])
        # Few steps give ties, and probabilities of 0 and 1.
        weights = [random.random_sample() for _ in range(classes)]
        if steps > 0:
            weights = [np.floor(weight * (steps + 1)) for weight in weights]
        total = 0.0
        for weight in weights:
            total += weight
        rows.append([weight / total for weight in weights] if total > 0 else [1.0] + [0.0] * (classes - 1))

    rows = np.array(rows)
    one_hot = np.array([[int(target == label) for label in labels] for target in targets])
    binary = metrics.roc_auc_score(one_hot[:, -1], rows[:, -1])
    areas = []
    for average in ["micro", "macro", "weighted"]:
        if classes == 2:
            areas.append(metrics.roc_auc_score(one_hot, rows, average=average))
        else:
            areas.append(metrics.roc_auc_score(targets, rows, multi_class="ovr", labels=labels, average=average))
    return [binary, *areas, metrics.log_loss(targets, rows, labels=labels)]


# Numbers

def regression_metrics(random, case):
    count, kind, spread = random.randint(1, 31), random.randint(6), random.random_sample() * 4
    targets = [3.0 if kind < 2 else random.random_sample() * 10 - 5 for _ in range(count)]
    predictions = [target + (0 if kind in (1, 2) else (random.random_sample() - 0.5) * spread) for target in targets]
    return [
        metrics.mean_squared_error(targets, predictions), metrics.mean_absolute_error(targets, predictions),
        metrics.r2_score(targets, predictions)]


# Splits; -1 where scikit-learn raises an error

def digest_of(splits):
    try:
        return digest(number for split in splits() for part in split for number in [*part, 999])
    except ValueError:
        return -1


def split_digests(random, case):
    names = NUMBERS if case % 2 == 0 else WORDS
    count, classes, folds = random.randint(2, 61), random.randint(1, 7), random.randint(2, 9)
    fraction = np.floor(random.random_sample() * 90 + 5) / 100
    labels = [names[min(random.randint(classes), random.randint(classes))] for _ in range(count)]
    positions = range(count)

    def stratified(**options):
        return StratifiedKFold(folds, **options).split(positions, labels)

    return [
        digest_of(lambda: KFold(folds).split(positions)),
        digest_of(lambda: KFold(folds, shuffle=True, random_state=case).split(positions)),
        digest_of(lambda: stratified()),
        digest_of(lambda: stratified(shuffle=True, random_state=case)),
        digest_of(lambda: [train_test_split(positions, test_size=fraction, random_state=case)]),
        digest_of(lambda: [train_test_split(positions, test_size=fraction, random_state=case, stratify=labels)]),
    ]


write("metrics-classes", "accuracy,precision,recall,f1,matrix,given", 1600, class_metrics)
write("metrics-probabilities", "binary,micro,macro,weighted,loss", 1200, probability_metrics)
write("metrics-numbers", "mse,mae,r2", 800, regression_metrics)
write("splits", "folds,shuffled,stratified,both,random,proportional", 1000, split_digests)

"""What the peers in Python train, as `gpt --write FOLDER` wrote it, and how they are asked to.

A step is forward, backward and Adam, for a batch of documents. The loss of a document is the mean over its positions,
that of a batch the mean over its documents.
"""
import os
import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from serving import Training, serve_by  # noqa: E402

VOCABULARY, WIDTH, HEADS, CONTEXT, HIDDEN = 27, 16, 4, 16, 64
SHAPES = {
    "tokens": (VOCABULARY, WIDTH), "positions": (CONTEXT, WIDTH), "logits": (VOCABULARY, WIDTH),
    "queries": (WIDTH, WIDTH), "keys": (WIDTH, WIDTH), "values": (WIDTH, WIDTH), "mixing": (WIDTH, WIDTH),
    "up": (HIDDEN, WIDTH), "down": (WIDTH, HIDDEN)}
BETAS, EPSILON = (0.85, 0.99), 1e-8
PRECISIONS = {"float": np.float32, "double": np.float64}
CHECKED_STEPS = 16


def rate(step):
    return 0.01 * (1 - step % 1000 / 1000)


def read_documents(folder):
    return [list(map(int, line.split())) for line in (folder / "documents").read_text().splitlines()]


def read_weights(folder, precision):
    numbers, weights = np.fromfile(folder / "weights"), {}
    for name, shape in SHAPES.items():
        size = shape[0] * shape[1]
        weights[name], numbers = numbers[:size].reshape(shape).astype(PRECISIONS[precision]), numbers[size:]
    return weights


def padded(documents, length, precision):
    """Tokens, targets, and each position's share in the loss, 0 behind a document's end; (documents, length) each."""
    tokens, targets = np.zeros((2, len(documents), length), np.int64)
    shares = np.zeros((len(documents), length), PRECISIONS[precision])
    for row, document in enumerate(documents):
        count = len(document) - 1
        tokens[row, :count], targets[row, :count] = document[:-1], document[1:]
        shares[row, :count] = 1 / (count * len(documents))
    return tokens, targets, shares


def batches(documents, batch, precision, is_padded_to_longest_of_all):
    """The batches of a pass over all documents, padded to the longest of each, or to the longest of all."""
    pieces = [documents[i:i + batch] for i in range(0, len(documents) - batch + 1, batch)]
    longest = lambda some: max(map(len, some)) - 1
    of_all = longest(documents)
    return [
        padded(piece, of_all if is_padded_to_longest_of_all else longest(piece), precision) for piece in pieces]


def serve(peer, version, variants):
    """Answers lines VARIANT BATCH PRECISION SECONDS with microseconds of a document.

    `variants` make from weights, documents, the size of a batch and a precision a function that takes a number of steps
    and returns their losses, and the number of steps that it takes at once, or 1.
    """
    folder = pathlib.Path(os.environ["GPT_FOLDER"])
    documents = read_documents(folder)

    def make(variant, batch, precision):
        take, at_once = variants[variant](read_weights(folder, precision), documents, int(batch), precision)
        losses = []
        while len(losses) < CHECKED_STEPS:
            losses += [float(loss) for loss in take(at_once)]
        steps = len(documents) // int(batch)
        # A step of `Training` is a document, so that microseconds are those of one.
        def run(count):
            take(count // int(batch))
        return Training(run, chunk=steps * int(batch)), {"losses": losses[:CHECKED_STEPS]}

    serve_by(make, peer, version, variants, least=1)

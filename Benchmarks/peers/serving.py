"""How the peers in Python are asked to train, and how they measure."""
import dataclasses
import json
import statistics
import sys
import time


@dataclasses.dataclass
class Training:
    """`run(steps)` takes so many steps, a multiple of `chunk`, waits for them, and returns the loss of the last."""

    run: callable
    chunk: int = 1


def measure(training, seconds, least=5):
    """Microseconds of a step: the least and the median of at least `least` samples of 2 ms or more, as our
    Sources/compiled/Measuring.swift."""
    def sample(steps):
        start = time.perf_counter()
        training.run(steps)
        return time.perf_counter() - start

    steps = training.chunk
    once = sample(steps)
    while once < 2e-3:
        steps = max(steps * 2, round(steps * 2e-3 / once) // training.chunk * training.chunk)
        once = sample(steps)
    samples, end = [], time.perf_counter() + seconds
    while len(samples) < least or time.perf_counter() < end:
        samples.append(sample(steps) / steps * 1e6)
    return min(samples), statistics.median(samples)


def serve_by(make, peer, version, variants, least=5):
    """Answers each line VARIANT KEY … SECONDS of standard input with a line of JSON.

    `make(variant, key, …)` returns a `Training`, and what is checked of it. What it compiles lives as long as the
    process, so that every round after the first measures at once.
    """
    made = {}
    print(json.dumps({"peer": peer, "version": version, "variants": list(variants)}), flush=True)
    for line in sys.stdin:
        *key, seconds = line.split()
        try:
            if tuple(key) not in made:
                made[tuple(key)] = make(*key)
            training, checked = made[tuple(key)]
            us_min, us_median = measure(training, float(seconds), least)
            answer = {"us_min": us_min, "us_median": us_median, **checked}
        except Exception as error:  # Compilers fail in many ways; the other variants can go on.
            answer = {"error": f"{type(error).__name__}: {error}".strip().splitlines()[0]}
        print(json.dumps(answer), flush=True)

# Prints the facts of Tests/MicrogradRandomTests/DistributionTests.swift: what CPython's random gives for the calls that the
# tests name. Run with CPython 3.11: python3 Tests/Facts/python-random-facts.py
import math
import random

CALLS = {
    "triangular": lambda r: r.triangular(-1, 3, 0.5),
    "expovariate": lambda r: r.expovariate(1.5),
    "paretovariate": lambda r: r.paretovariate(3),
    "weibullvariate": lambda r: r.weibullvariate(2, 1.5),
    "normalvariate": lambda r: r.normalvariate(1, 2),
    "lognormvariate": lambda r: r.lognormvariate(0.5, 0.25),
    "vonmisesvariate": lambda r: r.vonmisesvariate(-1, 4),
    "vonmisesvariate, uniform": lambda r: r.vonmisesvariate(1, 0),
    "gammavariate above 1": lambda r: r.gammavariate(2.5, 3),
    "gammavariate of 1": lambda r: r.gammavariate(1, 0.5),
    "gammavariate below 1": lambda r: r.gammavariate(0.3, 2),
    "betavariate": lambda r: r.betavariate(0.5, 2),
}

for name, call in CALLS.items():
    for seed in (0, 42, 2026):
        r = random.Random(seed)
        numbers = [call(r) for _ in range(10_000)]
        print(f'Fact("{name}", {seed}, {numbers[:3]}, {math.fsum(numbers)!r}, {r.random()!r}),')

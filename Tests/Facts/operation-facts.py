#!/usr/bin/env python3
"""Writes Tests/MicrogradTestSupport/OperationFacts.swift: what the operations of the engine give, in 40 digits, rounded once.

    pip install mpmath
    Tests/Facts/operation-facts.py > Tests/MicrogradTestSupport/OperationFacts.swift

Most arguments are numbers of single precision, so that the facts hold for Float and Double; the others have squares that
Double cannot hold.
"""
import math
import struct

import mpmath
from mpmath import mpf

mpmath.mp.dps = 60


def single(x):
    return struct.unpack("f", struct.pack("f", x))[0]


def rounded(x):
    """The nearest Double; None for what is not finite."""
    if isinstance(x, mpmath.mpc) or mpmath.isnan(x) or abs(x) >= mpf(2) ** 1024:
        return None
    # What is below the normal numbers is rounded to a multiple of the smallest number.
    if abs(x) < mpf(2) ** -1022:
        return float(mpmath.nint(x * mpf(2) ** 1074)) * 5e-324
    return float(x)


sigma = lambda a: 1 / (1 + mpmath.exp(-a))
phi = lambda a: mpmath.exp(-a * a / 2) / mpmath.sqrt(2 * mpmath.pi)
Phi = lambda a: mpmath.erfc(-a / mpmath.sqrt(2)) / 2
step = lambda x: (1 + mpmath.sign(x)) / 2
two_by_root_pi = 2 / mpmath.sqrt(mpmath.pi)

# Name: value, derivative by a, derivative by b (None: no gradient flows there).
operations = {
    "add": (lambda a, b: a + b, lambda a, b: mpf(1), lambda a, b: mpf(1)),
    "subtract": (lambda a, b: a - b, lambda a, b: mpf(1), lambda a, b: mpf(-1)),
    "multiply": (lambda a, b: a * b, lambda a, b: b, lambda a, b: a),
    "divide": (lambda a, b: a / b, lambda a, b: 1 / b, lambda a, b: -a / b**2),
    "power": (lambda a, b: a**b, lambda a, b: b * a ** (b - 1), lambda a, b: a**b * mpmath.log(a)),
    "constantPower": (lambda a, b: a**b, lambda a, b: b * a ** (b - 1), None),
    "maximum": (lambda a, b: max(a, b), lambda a, b: step(a - b), lambda a, b: step(b - a)),
    "minimum": (lambda a, b: min(a, b), lambda a, b: step(b - a), lambda a, b: step(a - b)),
    "leakyReLU": (lambda a, b: a if a > 0 else b * a, lambda a, b: mpf(1) if a > 0 else b, None),
    "elu": (lambda a, b: a if a > 0 else b * mpmath.expm1(a), lambda a, b: mpf(1) if a > 0 else b * mpmath.exp(a), None),
    "negate": (lambda a: -a, lambda a: mpf(-1)),
    "relu": (lambda a: max(a, mpf(0)), lambda a: mpf(a > 0)),
    "gelu": (lambda a: a * Phi(a), lambda a: Phi(a) + a * phi(a)),
    "silu": (lambda a: a * sigma(a), lambda a: sigma(a) * (1 + a * sigma(-a))),
    "softplus": (lambda a: mpmath.log1p(mpmath.exp(-abs(a))) + max(a, 0), sigma),
    "softsign": (lambda a: a / (1 + abs(a)), lambda a: 1 / (1 + abs(a)) ** 2),
    "logSigmoid": (lambda a: -mpmath.log1p(mpmath.exp(-abs(a))) + min(a, 0), lambda a: sigma(-a)),
    "sigmoid": (sigma, lambda a: sigma(a) * sigma(-a)),
    "tanh": (mpmath.tanh, lambda a: 1 / mpmath.cosh(a) ** 2),
    "exp": (mpmath.exp, mpmath.exp),
    "expMinusOne": (mpmath.expm1, mpmath.exp),
    "log": (mpmath.log, lambda a: 1 / a),
    "logOnePlus": (mpmath.log1p, lambda a: 1 / (1 + a)),
    "sqrt": (mpmath.sqrt, lambda a: 1 / (2 * mpmath.sqrt(a))),
    "abs": (abs, lambda a: mpmath.sign(a)),
    "sin": (mpmath.sin, mpmath.cos),
    "cos": (mpmath.cos, lambda a: -mpmath.sin(a)),
    "arctangent": (mpmath.atan, lambda a: 1 / (1 + a * a)),
    "erf": (mpmath.erf, lambda a: two_by_root_pi * mpmath.exp(-a * a)),
    "erfc": (mpmath.erfc, lambda a: -two_by_root_pi * mpmath.exp(-a * a)),
}

magnitudes = [
    1e-36, 1e-20, 1e-10, 1e-5, 0.003, 0.1, 0.2, 0.3, 0.45, 0.5, 0.7, 0.75, 0.9, 0.999, 1, 1.1, 1.3, 1.4, 1.5, 1.7, 2,
    2.1, 2.5, 3, 3.3, 4, 4.7, 5.5, 6.3, 7.1, 8.4, 9.7, 11, 13, 15.2, 17.3, 19, 21.5, 25.7, 26.4, 29, 33.3, 37.4, 38.3, 45,
    60.6, 80, 86.3, 88.5, 101, 151, 350.3, 610, 700.1, 708.2, 745, 1e3, 1e5, 1e10, 1e30,
]
arguments = [single(sign * x) for x in magnitudes for sign in (-1, 1)]
arguments += [sign * x for x in (0.61, 1.23456789, 2.3, 4.41, 6.1, 9.87, 18.3, 26.1, 33.7) for sign in (-1, 1)]
few = [single(a) for a in (-1e10, -2, -0.3, 1e-20, 0.7, 5)]


def rows():
    for name, (value, *partials) in operations.items():
        binary = len(partials) == 2
        # Arithmetic and choices are the same everywhere.
        simple = name in ("add", "subtract", "multiply", "divide", "maximum", "minimum", "leakyReLU")
        seconds = few if simple else [2.0, single(0.3)] if name == "elu" else [-2.5, single(0.1), 0.5, 3.0]
        for a in few if simple else arguments:
            for b in seconds if binary else [0.0]:
                x = (mpf(a), mpf(b)) if binary else (mpf(a),)
                if name == "log" and a < 0 or name == "sqrt" and a < 0 or name == "logOnePlus" and a <= -1:
                    continue
                if name in ("power", "constantPower") and a < 0 and (name == "power" or b != round(b)):
                    continue
                facts = [rounded(value(*x))] + [rounded(f(*x)) for f in partials if f]
                if None in facts:
                    continue
                yield " ".join([name, repr(a), repr(b)] + [repr(fact) for fact in facts])


print('''// Made by Tests/Facts/operation-facts.py, which says how.

/// Operation, operands, value, and the derivatives by the operands that a gradient flows into, a line each.
public let operationFacts = """''')
for row in rows():
    print("  " + row)
print('  """')

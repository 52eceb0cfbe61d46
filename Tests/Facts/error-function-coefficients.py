#!/usr/bin/env python3
"""Writes Sources/MicrogradExport/Formulas/ErrorFunctionCoefficients.swift: a polynomial from which erfc can be computed.

    pip install mpmath
    Tests/Facts/error-function-coefficients.py > Sources/MicrogradExport/Formulas/ErrorFunctionCoefficients.swift

For z >= 0, with t = 3 / (3 + z), which runs from 1 at z = 0 to 0 at infinity,

    erfc(z) = e^(-z^2) * t * p(2 t - 1)

where p is smooth: its Chebyshev series is cut off where what is left is less than 1e-16, and written in powers. The form is
that of W. J. Cody, "Rational Chebyshev approximations for the error function", Mathematics of Computation 23 (1969), and of
"Numerical Recipes" (3rd edition, 2007), section 6.2.2, with another scale than theirs, for which the series is shortest.
"""
import mpmath
from mpmath import mpf

mpmath.mp.dps = 50
SCALE, POINTS, ACCURACY = 3, 120, mpf(10) ** -16


def scaled_erfc(z):
    """e^(z^2) erfc(z), by its asymptotic series where erfc is tiny."""
    if z < 50:
        return mpmath.exp(z * z) * mpmath.erfc(z)
    terms = ((-1) ** m * mpmath.fac2(2 * m - 1) / (2 * z * z) ** m for m in range(12))
    return sum(terms) / (z * mpmath.sqrt(mpmath.pi))


def p(u):
    t = (u + 1) / 2
    return scaled_erfc(SCALE / t - SCALE) / t


def chebyshev_series():
    angles = [mpmath.pi * (j + mpf(1) / 2) / POINTS for j in range(POINTS)]
    values = [p(mpmath.cos(angle)) for angle in angles]

    def coefficient(k):
        total = sum(value * mpmath.cos(k * angle) for value, angle in zip(values, angles))
        return (1 if k == 0 else 2) * total / POINTS

    series = [coefficient(k) for k in range(60)]
    while sum(abs(c) for c in series[-2:]) < ACCURACY:
        series.pop()
    return series


def in_powers(series):
    """The coefficients of 1, u, u^2, …"""
    powers = [mpf(0)] * len(series)
    before, now = [mpf(1)], [mpf(0), mpf(1)]  # T0, T1
    for c in series:
        for power, factor in enumerate(before):
            powers[power] += c * factor
        doubled = [mpf(0)] + [2 * factor for factor in now]
        before, now = now, [d - b for d, b in zip(doubled, before + [mpf(0)] * 2)]
    return powers


def main():
    powers = in_powers(chebyshev_series())
    print("// Made by Tests/Facts/error-function-coefficients.py, which says how.\n")
    print("/// The coefficients of 1, u, u², … of the polynomial p with which erfc(z) = e^(-z²) · t · p(2t - 1), where")
    print(f"/// t = {SCALE} / ({SCALE} + z), for z ≥ 0.")
    print("let errorFunctionCoefficients: [Double] = [")
    for c in powers:
        print(f"  {float(c)!r},".replace("e-0", "e-"))
    print("]")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Measures steps of data-parallel training for some numbers of ranks, beside mpi4py and NumPy doing the same by hand.

    swift build -c release --package-path Distributed
    python3 -m venv VENV && VENV/bin/pip install mpi4py numpy
    Distributed/Benchmarks/compare-data-parallel.py --python VENV/bin/python

Prints a table in Markdown: milliseconds for a step, the least of all epochs and rounds; all ways are measured in turn in
each round. Fails if a loss differs from that of NumPy by more than rounding.
"""

import argparse
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
EPOCHS = {"W2": 40, "W4": 3, "million": 1}


def run(arguments, options, ranks):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("OPENBLAS_")}
    environment["OPENBLAS_NUM_THREADS"] = "1"
    command = ["mpirun.openmpi", "--allow-run-as-root", "--oversubscribe", "--bind-to", "none", "-n", str(ranks)]
    command += ["--mca", "pml", "ob1", "--mca", "btl", "self,vader"] + arguments
    result = subprocess.run(command, env=environment, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{result.stderr}{result.stdout}")
    return json.loads(result.stdout.strip().splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default=sys.executable, help="a Python with mpi4py and NumPy")
    parser.add_argument("--program", default=f"{HERE}/../.build/release/data-parallel")
    parser.add_argument("--workloads", default="W2,W4,million")
    parser.add_argument("--precisions", default="float,double")
    parser.add_argument("--ranks", default="1,2,4")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    ranks = [int(count) for count in options.ranks.split(",")]
    print("| ms a step | ranks | NumPy | ours | × | of one rank's | reproducible | whole program |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for workload in options.workloads.split(","):
        for precision in options.precisions.split(","):
            compare(workload, precision, ranks, options)


def compare(workload, precision, ranks, options):
    epochs = str(EPOCHS[workload])
    ways = [(count, way) for count in ranks for way in ("numpy", "fast", "reproducible")] + [(1, "whole")]
    least, losses = {}, {}
    for _ in range(options.rounds):
        for count, way in ways:
            if way == "numpy":
                arguments = [options.python, f"{HERE}/numpy-peer.py", workload, precision, epochs]
            else:
                arguments = [options.program, workload, precision, way, epochs]
            result = run(arguments, options, count)
            key = (count, way)
            least[key] = min(least.get(key, float("inf")), result["ms"])
            losses[key] = result["losses"]
    tolerance = 1e-8 if precision == "double" else 2e-3
    expected = losses[(ranks[0], "numpy")]
    for (count, way), got in losses.items():
        if way != "whole" and any(not abs(g - e) <= tolerance * max(1, abs(e)) for g, e in zip(got, expected)):
            sys.exit(f"{workload}, {precision}, {way} on {count} ranks: losses {got}, expected {expected}")
    for count in ranks:
        numpy, fast = least[(count, "numpy")], least[(count, "fast")]
        cells = [f"{workload}, {precision}", count, f"{numpy:.4g}", f"{fast:.4g}", f"{numpy / fast:.2f}"]
        cells.append(f"{fast / least[(ranks[0], 'fast')]:.2f}")
        cells += [f"{least[(count, 'reproducible')]:.4g}", f"{least[(1, 'whole')]:.4g}" if count == 1 else ""]
        print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


if __name__ == "__main__":
    main()

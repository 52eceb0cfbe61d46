#!/usr/bin/env python3
"""Compares the compiled path with JAX, PyTorch and NumPy on training steps of four nets, in Float and Double.

Everybody trains from the same weights on the same data, on one core and one thread, and must reach the same loss. The
programs run in turn, round after round, so that a machine that slows down slows all of them down, and beside them one
that measures how many multiply-adds the core can do. The tables come out as Markdown on standard output, progress on
standard error. See docs/benchmarks-compiled.md.
"""
import argparse
import json
import os
import pathlib
import shlex
import statistics

from comparison import (
    BUILD, ENVIRONMENT, HERE, PEERS, UNWANTED, Failure, build_product, clang, machine, names_of, pin, positive, run,
    run_script, say, start_peers, table, update_guide, write)

OURS = "swift-micrograd"
LIMIT = "C by hand"  # not a contestant: what a compiler could reach
LIMITED = ["W1", "W2"]
PEER_NAMES = ["numpy", "jax", "torch"]
WORKLOADS = {"W1": "2-2-1", "W2": "2-16-16-1", "W3": "64-128-64-10", "W4": "784-512-256-10"}
PRECISIONS = {"f32": "float", "f64": "double"}
TOLERANCES = {"f32": 1e-3, "f64": 1e-9}
CELLS = [(workload, precision) for workload in WORKLOADS for precision in PRECISIONS]
GUIDE = HERE.parent / "docs" / "benchmarks-compiled.md"
MARKS = "<!-- results of compare-compiled.py -->", "<!-- end of results -->"

# Running


def build_peak():
    say("building peak")
    BUILD.mkdir(parents=True, exist_ok=True)
    compiler = shlex.split(os.environ.get("CC", "cc"))
    run([*compiler, "-std=gnu11", "-O3", "-ffp-contract=fast", PEERS / "peak.c", "-o", BUILD / "peak"])
    return BUILD / "peak"


def build_by_hand(skipped):
    """The step of small nets written by hand, a program for each precision; none if it cannot be compiled."""
    say("building by_hand")
    BUILD.mkdir(parents=True, exist_ok=True)
    programs = {name: BUILD / f"by-hand-{name}" for name in PRECISIONS}
    try:
        for name, program in programs.items():
            run([*clang(), "-std=c11", "-O3", "-march=native", f"-DMG_DOUBLE={int(name == 'f64')}",
                 PEERS / "by_hand.c", "-o", program, "-lm"])
    except Failure as failure:
        skipped[LIMIT] = str(failure).splitlines()[0]
        return None
    return programs


class Measurements:
    """What every round gave: `rounds[i][cell][(name, variant)]` is a result, and `peaks[i][cell]` the core's peak."""

    def __init__(self):
        self.rounds, self.peaks, self.instructions, self.skipped = [], [], None, {}

    def run_round(self, compiled, peak, by_hand, peers, cells, seconds):
        results, peaks = {}, {}
        for workload, precision in cells:
            say(f"  {workload} {precision}")
            of_cell = results[workload, precision] = {}
            measured_peak = json.loads(run([peak, precision, min(seconds, 0.2)]))
            self.instructions = measured_peak["instructions"]
            peaks[workload, precision] = measured_peak["gflops"]
            of_cell[OURS, "compiled"] = json.loads(run([
                compiled, workload, "--precision", PRECISIONS[precision], "--seconds", seconds, "--json"]))
            if by_hand and workload in LIMITED:
                of_cell[LIMIT, "C"] = json.loads(run([by_hand[precision], workload, seconds]))
            for peer in peers:
                for variant in peer.variants:
                    key = peer.name, variant, workload, precision
                    if key in self.skipped:
                        continue
                    result = peer.measure(variant, workload, precision, seconds)
                    if "error" in result:
                        self.skipped[key] = result["error"]
                        say(f"    {peer.name} {variant} cannot: {result['error']}")
                    else:
                        of_cell[peer.name, variant] = result
        self.rounds.append(results)
        self.peaks.append(peaks)

    def check_losses(self):
        """The largest relative difference in each precision; fails if that is more than rounding."""
        worst = dict.fromkeys(PRECISIONS, 0.0)
        for (workload, precision), results in self.rounds[0].items():
            expected = results[OURS, "compiled"]["loss"]
            for (name, variant), result in results.items():
                difference = abs(result["loss"] - expected) / abs(expected)
                worst[precision] = max(worst[precision], difference)
                if not difference <= TOLERANCES[precision]:
                    raise Failure(
                        f"{name} ({variant}) computes something else: on {workload} in {precision} its loss after 100 "
                        f"steps is {result['loss']!r}, ours {expected!r}")
        return worst

    def least(self, cell, name, variant=None):
        """The least microseconds of a step over all rounds (None if there are none), and the variant that took it."""
        found = [
            (result["us_min"], of) for results in self.rounds
            for (peer, of), result in results[cell].items() if peer == name and variant in (None, of)]
        return min(found, default=(None, None))

    def contestants(self):
        """Names and variants, in the order they ran."""
        return list(dict.fromkeys(key for results in self.rounds for cell in results.values() for key in cell))

    def summary(self, cell):
        ours = [results[cell][OURS, "compiled"] for results in self.rounds]
        work = ours[0]["gflops"] * ours[0]["us_min"]
        least = min(result["us_min"] for result in ours)
        peaks = [peaks[cell] for peaks in self.peaks]
        names = list(dict.fromkeys(name for name, _ in self.contestants() if name not in (OURS, LIMIT)))
        peers = {name: self.least(cell, name) for name in names}
        of_rounds = [
            [result["us_min"] for (name, _), result in results[cell].items() if name not in (OURS, LIMIT)]
            for results in self.rounds]
        ratios = [min(others) / mine["us_min"] for others, mine in zip(of_rounds, ours) if others]
        by_hand = [
            mine["us_min"] / results[cell][LIMIT, "C"]["us_min"]
            for mine, results in zip(ours, self.rounds) if (LIMIT, "C") in results[cell]]
        best = min((time for time, _ in peers.values() if time), default=None)
        return {
            "workload": cell[0], "precision": cell[1], "peers": peers, "ours": least,
            "by hand": self.least(cell, LIMIT)[0], "to by hand": statistics.median(by_hand) if by_hand else None,
            "ratio": statistics.median(ratios) if ratios else None, "ratio of minima": best and best / least,
            "gflops": work / least, "peak": max(peaks),
            "share": statistics.median(mine["gflops"] / peak for mine, peak in zip(ours, peaks)),
            "share of minima": work / least / max(peaks)}


# Reporting


def with_variant(time, variant):
    return "–" if time is None else f"{time:.3g} {variant}" if time < 100 else f"{time:.0f} {variant}"


def markdown(report):
    about = ", ".join(f"{key}: {value}" for key, value in report["machine"].items())
    names = list(report["cells"][0]["peers"])
    text = lambda number, digits: "–" if number is None else f"{number:.{digits}f}"
    rows = [
        [f"{row['workload']} {WORKLOADS[row['workload']]}", PRECISIONS[row["precision"]].title(),
         *(with_variant(*row["peers"][name]) for name in names), row["ours"],
         text(row["ratio"], 2), text(row["ratio of minima"], 2),
         "–" if row["by hand"] is None else row["by hand"], text(row["to by hand"], 2), text(row["gflops"], 1),
         text(row["share"] * 100, 0), text(row["share of minima"] * 100, 0)]
        for row in report["cells"]]
    header = ["µs per step", "", *(f"{name}, best" for name in names), "ours", "peer ÷ ours", "of minima",
              LIMIT, f"ours ÷ {LIMIT}", "GFLOP/s", "% of peak", "of maxima"]
    columns = [f"{row['workload']} {row['precision']}" for row in report["cells"]]
    everybody = [
        [row["name"], row["variant"], *("–" if time is None else time for time in row["times"])]
        for row in report["contestants"]]
    peaks = ", ".join(
        f"{max(row['peak'] for row in report['cells'] if row['precision'] == precision):.0f} GFLOP/s in {name.title()}"
        for precision, name in PRECISIONS.items() if any(row["precision"] == precision for row in report["cells"]))
    worst = ", ".join(f"{value:.1e} in {PRECISIONS[precision].title()}"
                      for precision, value in report["largest difference of losses"].items())
    lines = [
        f"Measured: {about}.", "", table(header, rows), "",
        "The minimum of each variant, in microseconds per step:", "", table(["", "variant", *columns], everybody), "",
        f"Multiply-add peak of the core: {peaks} ({report['instructions']}).",
        f"Largest relative difference between losses after 100 steps: {worst}."]
    lines += [f"Left out: {name}: {reason}." for name, reason in report["skipped"].items()]
    return "\n".join(lines)


# The command line


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="peers/install-python.sh installs the peers; those that are missing are left out, and the report says so.\n"
               "The first run takes long: PyTorch compiles with the system's C++ compiler, for minutes on a busy machine.\n"
               "CC names another C compiler for the peak, CLANG another clang for the program by hand.\n"
               "For figures to publish, let the machine do nothing else.")
    parser.add_argument("--peers", type=names_of(PEER_NAMES, "peer"), default=PEER_NAMES, metavar="A,B",
                        help=f"only these of {', '.join(PEER_NAMES)}; an empty list for none")
    parser.add_argument("--workloads", type=names_of(WORKLOADS, "workload"), default=list(WORKLOADS), metavar="W1,W2",
                        help=f"only these of {', '.join(WORKLOADS)}")
    parser.add_argument("--rounds", type=positive(int), default=5, help="how often everybody runs (5)")
    parser.add_argument("--seconds", type=positive(float), default=0.5, help="how long each run repeats (0.5)")
    parser.add_argument("--core", type=int, help="the core to run on; by default the last")
    parser.add_argument("--quick", action="store_true", help="a smoke run, to see that all works; ignore its numbers")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE", help="write everything measured to FILE as well")
    parser.add_argument("--update-guide", action="store_true", help=f"put the tables into docs/{GUIDE.name}")
    options = parser.parse_args()
    if not options.workloads:
        parser.error("--workloads needs at least one")
    if options.quick:
        options.rounds, options.seconds = 1, 0.02
    return options


def make_report(measurements, about, skipped, options):
    cells = list(measurements.rounds[0])
    return {
        "machine": about, "settings": {key: getattr(options, key) for key in ("rounds", "seconds", "quick")},
        "instructions": measurements.instructions,
        "largest difference of losses": measurements.check_losses(),
        "cells": [measurements.summary(cell) for cell in cells],
        "contestants": [
            {"name": name, "variant": variant,
             "times": [measurements.least(cell, name, variant)[0] for cell in cells]}
            for name, variant in measurements.contestants()],
        "skipped": {**skipped, **{" ".join(key): reason for key, reason in measurements.skipped.items()}}}


def main():
    options = parse_arguments()
    if options.json and not options.json.resolve().parent.is_dir():
        raise Failure(f"cannot write {options.json}: no such folder")
    about, skipped = machine(swift=["swift", "--version"]), {}
    if about["load before"] > 0.5:
        say(f"the machine is busy (load {about['load before']}): expect noise")
    compiled, peak, by_hand = build_product("compiled"), build_peak(), build_by_hand(skipped)
    os.environ.update(ENVIRONMENT)
    for variable in UNWANTED:
        os.environ.pop(variable, None)
    about["core"] = pin(options.core)
    peers, measurements = start_peers({name: f"{name}_peer.py" for name in options.peers}, skipped), Measurements()
    about.update({peer.name: peer.version for peer in peers})
    cells = [cell for cell in CELLS if cell[0] in options.workloads]
    for number_of_round in range(options.rounds):
        say(f"round {number_of_round + 1} of {options.rounds}" + (", which compiles" if number_of_round == 0 else ""))
        measurements.run_round(compiled, peak, by_hand, peers, cells, options.seconds)
    for peer in peers:
        peer.close()
    # Asked at the end: somebody may have changed it in the middle, and a process of low priority measures badly.
    about["niceness"] = os.nice(0)
    if about["niceness"] > 0:
        say(f"this ran at niceness {about['niceness']}: expect noise")
    report = make_report(measurements, about, skipped, options)
    text = markdown(report)
    print(text)
    if options.json:
        write(options.json, json.dumps(report, indent=2) + "\n")
    if options.update_guide:
        update_guide(GUIDE, MARKS, text)


if __name__ == "__main__":
    run_script(main)

#!/usr/bin/env python3
"""Compares the engine with other libraries on one training step, and measures the engine itself.

Everybody trains the same network from the same initial weights on the same data, and computes the same losses, which is
checked. The programs run in turn, round after round, so that a machine that slows down slows all of them down. The
tables come out as Markdown on standard output, progress on standard error. See docs/benchmarks-engine.md.
"""
import argparse
import json
import os
import pathlib
import shlex
import statistics
import subprocess

from comparison import (
    BUILD, PEERS, VENV, Failure, build_product, machine, positive, run, run_script, say, table, write)

TOLERANCE = 1e-9
OURS = "swift-micrograd"
ENGINE_BENCHMARKS = ["memory", "evaluation", "operations", "dot", "rows", "chain", "sum"]


# Building


def site_packages(path):
    """Where the virtual environment has `path`; a path that does not exist if it has not."""
    return next(iter(sorted(VENV.glob(f"lib/python3*/site-packages/{path}"))), VENV / path)


class Peer:
    """A program of peers/ in C++, and what the compiler needs to know about its library."""

    def __init__(self, name, source, header, variants=("plain",), includes=(), flags=()):
        self.name, self.source, self.header, self.variants = name, PEERS / source, header, variants
        self.flags = [flag for folder in includes if folder.is_dir() for flag in ("-isystem", folder)] + list(flags)

    def build(self, compiler):
        """The program, compiled unless it is up to date."""
        probe = subprocess.run(
            [*compiler, "-std=c++17", *map(str, self.flags), "-E", "-x", "c++", "-"],
            input=f"#include <{self.header}>\n", capture_output=True, text=True)
        if probe.returncode != 0:
            raise Failure(f"{self.header} is not installed, or incomplete; peers/install-debian.sh installs it")
        BUILD.mkdir(parents=True, exist_ok=True)
        program, note = BUILD / self.source.stem, BUILD / f"{self.source.stem}.command"
        command = [*compiler, "-std=c++17", "-O3", "-DNDEBUG", self.source, "-o", program, *self.flags]
        line = shlex.join(map(str, command))
        newest = max(path.stat().st_mtime for path in [self.source, PEERS / "training_step.hpp"])
        if not (program.exists() and program.stat().st_mtime > newest and note.exists() and note.read_text() == line):
            say(f"compiling {self.name}")
            run(command)
            note.write_text(line)
        return program


def cxx_peers():
    httpstan = site_packages("httpstan")
    stan_flags = ["-D_REENTRANT", f"-L{httpstan / 'lib'}", f"-Wl,-rpath,{httpstan / 'lib'}", "-ltbb"]
    stan_includes = [
        httpstan / "include", pathlib.Path("/usr/lib/R/site-library/StanHeaders/include"),
        pathlib.Path("/usr/include/eigen3")]
    return {
        "stan": Peer("Stan Math", "stan.cpp", "stan/math/rev/core.hpp", ("plain", "dot", "matrix"),
                     stan_includes, stan_flags),
        "sacado": Peer("Sacado", "sacado.cpp", "Sacado_trad.hpp",
                       includes=[pathlib.Path("/usr/include/trilinos")]),
        "cppad": Peer("CppAD", "cppad.cpp", "cppad/cppad.hpp", includes=[site_packages("cmeel.prefix/include")]),
        "adolc": Peer("ADOL-C", "adolc.cpp", "adolc/adolc.h", flags=["-ladolc"]),
    }


PEER_NAMES = ["stan", "sacado", "cppad", "adolc", "micrograd"]


# Running


class Contestant:
    """A program that takes the training step, and what it has printed so far."""

    def __init__(self, name, variant, command):
        self.name, self.variant, self.command, self.rounds = name, variant, command, []

    def run(self):
        result = json.loads(run(self.command))
        self.name = result.get("peer", self.name)
        self.rounds.append(result)

    def summary(self, ours):
        best = min(self.rounds, key=lambda result: result["min"])
        ratios = {
            other.variant: statistics.median(
                mine["median"] / other_round["median"] for mine, other_round in zip(self.rounds, other.rounds))
            for other in ours}
        return {
            "name": self.name, "variant": self.variant, "min": best["min"],
            "median": statistics.median(result["median"] for result in self.rounds), "parts": best["parts"],
            "ratios": ratios, "losses": self.rounds[0]["losses"]}


def contestants(options, engine, skipped):
    ours = [
        Contestant(OURS, variant, [
            engine, f"step-{variant}", "--steps", options.steps, "--seconds", options.seconds, "--json"])
        for variant in ("plain", "fused", "mlp")]
    theirs = []
    compiler = shlex.split(os.environ.get("CXX", "c++"))
    for key, peer in cxx_peers().items():
        if key not in options.peers:
            continue
        try:
            program = peer.build(compiler)
        except Failure as failure:
            skipped[peer.name] = str(failure).splitlines()[0]
            continue
        theirs += [
            Contestant(peer.name, variant, [program, variant, options.steps, options.seconds])
            for variant in peer.variants]
    if "micrograd" in options.peers:
        python = VENV / "bin" / "python"
        try:
            run([python, "-c", "import micrograd.engine"])
            script = PEERS / "micrograd_peer.py"
            command = [python, script, "plain", options.python_steps, options.seconds]
            theirs.append(Contestant("micrograd (Python)", "plain", command))
        except Failure:
            skipped["micrograd (Python)"] = "not installed; peers/install-debian.sh installs it"
    return ours, theirs


def check_losses(reference, others):
    """The largest relative difference between any two losses of one step; fails if that is not rounding."""
    worst = 0.0
    for other in others:
        for step, (got, expected) in enumerate(zip(other.rounds[0]["losses"], reference.rounds[0]["losses"])):
            difference = abs(got - expected) / max(abs(expected), 1e-300)
            worst = max(worst, difference)
            if not difference <= TOLERANCE:
                raise Failure(
                    f"{other.name} ({other.variant}) computes something else: loss {got!r} in step {step + 1}, "
                    f"expected {expected!r} as {reference.name} ({reference.variant})")
    return worst


def measure_engine(options, engine, results):
    """Each benchmark in a process of its own, so that none finds memory that another has left behind."""
    for name in ENGINE_BENCHMARKS:
        command = [engine, name, "--seconds", options.seconds / 2, "--json"]
        lines = run(command + (["--quick"] if options.quick else [])).splitlines()
        for result in map(json.loads, lines):
            results.setdefault(result["benchmark"], []).append(result)


def summarize_engine(results):
    rows = []
    for name, rounds in results.items():
        best = min(rounds, key=lambda result: result["min"])
        median = statistics.median(result["median"] for result in rounds)
        rows.append({"name": name, "unit": best["unit"], "min": best["min"], "median": median, "parts": best["parts"]})
    return rows


# Reporting


def markdown(report):
    parts = ["forward", "backward", "rest"]
    about = ", ".join(f"{key}: {value}" for key, value in report["machine"].items())
    steps = [
        [row["name"], row["variant"], row["min"], row["median"], *(row["parts"].get(part) for part in parts),
         *(f"{row['ratios'][variant]:.2f}" for variant in ("plain", "fused"))]
        for row in report["step"]]
    engine = [
        [row["name"], row["unit"], row["min"], row["median"], *(row["parts"].get(part) for part in parts)]
        for row in report["engine"]]
    text = [
        f"Measured: {about}.", "",
        table(["ms per training step", "sums written", "min", "median", *parts, "× plain", "× fused"], steps), "",
        f"Largest relative difference between the losses: {report['largest difference of losses']:.1e}."]
    text += [f"Skipped: {name}: {reason}." for name, reason in report["skipped"].items()]
    if engine:
        text += ["", table(["engine", "unit", "min", "median", *parts], engine)]
    return "\n".join(text)


# The command line


def peer_list(text):
    names = [name for name in text.split(",") if name]
    for name in names:
        if name not in PEER_NAMES:
            raise argparse.ArgumentTypeError(f"there is no peer {name!r}; known: {', '.join(PEER_NAMES)}")
    return names


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="Peers whose library is not installed are skipped, and the report says so. CXX names another compiler for\n"
               "the C++ peers. For figures to publish, let the machine do nothing else, and compare ratios, not times.")
    parser.add_argument("--peers", type=peer_list, default=PEER_NAMES, metavar="A,B",
                        help=f"only these of {', '.join(PEER_NAMES)}; an empty list for none")
    parser.add_argument("--rounds", type=positive(int), default=5, help="how often each program runs (5)")
    parser.add_argument("--seconds", type=positive(float), default=1.0, help="how long each run repeats (1)")
    parser.add_argument("--steps", type=positive(int), default=100,
                        help="training steps, each time from the same initial weights (100)")
    parser.add_argument("--python-steps", type=positive(int), default=3,
                        help="the same for micrograd in Python, where a step takes a second (3)")
    parser.add_argument("--step-only", action="store_true", help="leave out the benchmarks of the engine alone")
    parser.add_argument("--quick", action="store_true", help="a smoke run, to see that all works; ignore its numbers")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE", help="write everything measured to FILE as well")
    options = parser.parse_args()
    if options.quick:
        # Two steps at least: the second loss shows whether the gradients were right.
        options.rounds, options.seconds, options.steps, options.python_steps = 1, 0.05, 5, 2
    return options


def main():
    options = parse_arguments()
    if options.json and not options.json.resolve().parent.is_dir():
        raise Failure(f"cannot write {options.json}: no such folder")
    compiler = shlex.split(os.environ.get("CXX", "c++"))
    about = machine(**{"swift": ["swift", "--version"], "c++": [*compiler, "--version"]})
    skipped, engine_results = {}, {}
    if about["load before"] > 0.5:
        say(f"the machine is busy (load {about['load before']}): expect noise")
    engine = build_product("engine")
    ours, theirs = contestants(options, engine, skipped)
    for number_of_round in range(options.rounds):
        say(f"round {number_of_round + 1} of {options.rounds}")
        for contestant in ours + theirs:
            contestant.run()
        if not options.step_only:
            measure_engine(options, engine, engine_results)
    report = {
        "machine": about,
        "settings": {key: getattr(options, key) for key in ("rounds", "seconds", "steps", "python_steps", "quick")},
        "largest difference of losses": check_losses(ours[0], ours + theirs),
        "step": [contestant.summary(ours) for contestant in ours + theirs],
        "engine": summarize_engine(engine_results),
        "skipped": skipped}
    print(markdown(report))
    if options.json:
        write(options.json, json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    run_script(main)

#!/usr/bin/env python3
"""Compares the training of a small GPT, microgpt's: CPython, PyTorch, JAX, swift-micrograd, and C written by hand.

Everybody starts from the same weights and takes the same documents in the same order, on one core and one thread, and
must reach the same losses in the first 16 steps, which is checked before a time is printed. The programs run in turn,
round after round, so that a machine that slows down slows all of them down; the least time counts. The table comes out
as Markdown on standard output, progress on standard error. See docs/benchmarks-gpt.md.
"""
import argparse
import json
import math
import os
import pathlib
import sys
import textwrap

from comparison import (
    BUILD, ENVIRONMENT, HERE, PEERS, UNWANTED, Failure, Process, build_product, clang, machine, names_of, pin,
    positive, run, run_script, say, start_peers, table, update_guide, write)

SOURCES = PEERS / "gpt"
FOLDER = BUILD / "gpt"  # what everybody reads
PEER_NAMES = ["cpython", "jax", "torch"]
PRECISIONS = ["float", "double"]
BATCHES = ["1", "32", "128"]
TOLERANCES = {"float": 1e-4, "double": 1e-9}
# The original prints four digits.
TOLERANCE_OF_ORIGINAL = 1e-4
DOCUMENTS_OF_CPYTHON = 32
OURS, LIMIT, ORIGINAL = "swift-micrograd", "C by hand", "microgpt.py"
PLAIN, DOT, COMPILED = "values, + and *", "values, `dot`", "compiled"
OF_BATCH, OF_ALL, EXACT = "longest of the batch", "longest of all", "not padded"
PADDING = {
    (OURS, COMPILED): OF_BATCH, ("JAX", "jit"): OF_BATCH, ("JAX", "scan"): OF_ALL, ("PyTorch", "eager"): OF_BATCH,
    ("PyTorch", "compiled"): OF_ALL, ("PyTorch", "compiled-step"): OF_ALL}
GUIDE = HERE.parent / "docs" / "benchmarks-gpt.md"
MARKS = "<!-- results of compare-gpt.py -->", "<!-- end of results -->"


class Contestant:
    """One way to train in batches of one size, and the least time so far."""

    def __init__(self, name, variant, batch, precision, answer):
        """`answer(seconds)` returns a dictionary with `us`, microseconds of a document, and `losses`."""
        self.name, self.variant, self.batch, self.precision, self.answer = name, variant, batch, precision, answer
        self.least, self.losses, self.preparation, self.note = math.inf, None, None, ""

    @property
    def is_slow(self):
        return self.name == "CPython"

    def measure(self, seconds):
        result = self.answer(seconds)
        if "error" in result:
            raise Failure(f"{self}: {result['error']}")
        self.least = min(self.least, result["us"])
        self.losses = self.losses or result["losses"]
        self.preparation, self.note = result.get("preparation"), result.get("note", "")

    def __str__(self):
        return f"{self.name}, {self.variant}, batch {self.batch}, {self.precision}"


# The programs


def ours(process, options):
    def contestant(name, variant, batch, precision):
        return Contestant(OURS, name, batch, precision, lambda seconds: process.measure(
            variant, batch, precision, seconds))

    found = [contestant(name, variant, batch, "double") for batch in options.batches
             for name, variant in [(PLAIN, "plain"), (DOT, "dot")]]
    return found + [contestant(COMPILED, "compiled", batch, precision)
                    for batch in options.batches for precision in PRECISIONS]


def data_arguments(options):
    return ["--data", options.data] if options.data else []


def by_hand(options, skipped):
    say("building gpt_by_hand")
    BUILD.mkdir(parents=True, exist_ok=True)
    programs = {precision: BUILD / f"gpt-by-hand-{precision}" for precision in PRECISIONS}
    try:
        for precision, program in programs.items():
            run([*clang(), "-std=c11", "-O3", "-march=native", f"-DMG_DOUBLE={int(precision == 'double')}",
                 SOURCES / "gpt_by_hand.c", "-o", program, "-lm"])
    except Failure as failure:
        skipped[LIMIT] = str(failure).splitlines()[0]
        return []
    return [
        Contestant(LIMIT, "", batch, precision, lambda seconds, batch=batch, precision=precision: json.loads(
            run([programs[precision], FOLDER, batch, seconds])))
        for batch in options.batches for precision in PRECISIONS]


def cpython(options):
    def answer(arguments):
        return lambda _: json.loads(
            run([sys.executable, SOURCES / "gpt_cpython.py", FOLDER, DOCUMENTS_OF_CPYTHON, *arguments]))

    ways = [("written plainly", [])] + ([(ORIGINAL, [options.original, options.data])] if options.original else [])
    return [Contestant("CPython", variant, "1", "double", answer(arguments)) for variant, arguments in ways]


def others(options, peers):
    def answer(peer, variant, batch, precision):
        def ask(seconds):
            result = peer.measure(variant, batch, precision, seconds)
            return {**result, "us": result["us_min"]} if "us_min" in result else result
        return ask

    return [
        Contestant(peer.name, variant, batch, precision, answer(peer, variant, batch, precision))
        for peer in peers for variant in peer.variants for batch in options.batches for precision in PRECISIONS]


# Running


def first_round(found, seconds, skipped):
    """Runs everybody once, and leaves out who cannot."""
    for contestant in list(found):
        say(f"  {contestant}")
        try:
            contestant.measure(seconds)
        except Failure as failure:
            if contestant.name in (OURS, LIMIT):
                raise
            skipped[str(contestant)] = str(failure).splitlines()[0]
            found.remove(contestant)


def check_losses(found):
    """The largest relative difference from the losses of our values, in each precision; fails if it is too large."""
    worst = dict.fromkeys(PRECISIONS, 0.0)
    expected = {way.batch: way.losses for way in found if way.name == OURS and way.variant == PLAIN}
    for way in found:
        for step, (loss, own) in enumerate(zip(way.losses, expected[way.batch])):
            difference = abs(loss - own) / own
            tolerance = TOLERANCE_OF_ORIGINAL if way.variant == ORIGINAL else TOLERANCES[way.precision]
            if not difference <= tolerance:
                raise Failure(
                    f"{way} computes something else: its loss of step {step + 1} is {loss!r}, ours {own!r}")
            if way.variant != ORIGINAL:
                worst[way.precision] = max(worst[way.precision], difference)
    return worst


# Reporting


def least(found, batch, precision, is_wanted):
    return min((way.least for way in found if (way.batch, way.precision) == (batch, precision) and is_wanted(way)),
               default=None)


def digits(number):
    if number is None:
        return ""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def table_of_times(found, batches):
    """A row for each way, a column for each size of batch and precision; behind a time its ratio to that by hand."""
    columns = [(batch, precision) for batch in batches for precision in PRECISIONS]
    limits = {column: least(found, *column, lambda way: way.name == LIMIT) for column in columns}

    def cell(column, is_wanted):
        time = least(found, *column, is_wanted)
        if time is None:
            return ""
        limit = limits[column]
        return digits(time) if limit in (None, time) else f"{digits(time)} ({digits(time / limit)})"

    rows = []
    for name, variant in dict.fromkeys((way.name, way.variant) for way in found):
        cells = [cell(column, lambda way: (way.name, way.variant) == (name, variant)) for column in columns]
        rows.append([" ".join([name, variant]).strip(), *cells, PADDING.get((name, variant), EXACT)])
    best = [least(found, *column, lambda way: way.name not in (OURS, LIMIT, "CPython")) for column in columns]
    own = [least(found, *column, lambda way: way.name == OURS) for column in columns]
    ratios = [digits(theirs / time) if theirs and time else "" for theirs, time in zip(best, own)]
    if any(ratios):
        rows.append(["best of JAX and PyTorch ÷ best of ours", *ratios, ""])
    header = ["µs per document (× C by hand)"]
    return table(header + [f"{batch}, {precision.title()}" for batch, precision in columns] + ["padded to"], rows)


def times_of_cpython(found):
    """How often our values fit into CPython's time, as sentences."""
    lines = []
    for way in found:
        if way.name != "CPython":
            continue
        ratios = [(ours.variant, way.least / ours.least) for ours in found
                  if ours.name == OURS and ours.variant != COMPILED and (ours.batch, ours.precision) == ("1", "double")]
        text = ", ".join(f"{variant} {digits(ratio)}" for variant, ratio in ratios)
        lines.append(f"CPython ({way.variant}) takes this many times as long at batch 1, in Double: {text}.")
    return lines


def markdown(found, batches, about, worst, skipped):
    notes = [f"batch {way.batch}, {way.precision.title()}, {digits(way.preparation)} ms: "
             + textwrap.shorten(way.note, 160, placeholder=" …") for way in found
             if (way.name, way.variant) == (OURS, COMPILED)]
    paragraphs = [
        f"Measured: {', '.join(f'{key}: {value}' for key, value in about.items())}.", table_of_times(found, batches),
        "\n".join(times_of_cpython(found)),
        "Largest relative difference from the losses of our values in the first 16 steps: "
        + ", ".join(f"{value:.1e} in {precision.title()}" for precision, value in worst.items()) + ".",
        "Programs, and the time to make those of all lengths:", "\n".join(f"- {note}" for note in notes),
        "\n".join(f"Left out: {name}: {reason}." for name, reason in skipped.items())]
    return "\n\n".join(filter(None, paragraphs))


# The command line


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="peers/install-python.sh installs JAX and PyTorch; those that are missing are left out, and the report\n"
               "says so. The first run takes long: PyTorch compiles with the system's C++ compiler, for minutes. CLANG\n"
               "names another clang for the program by hand. For figures to publish, let the machine do nothing else.")
    parser.add_argument("--peers", type=names_of(PEER_NAMES, "peer"), default=PEER_NAMES, metavar="A,B",
                        help=f"only these of {', '.join(PEER_NAMES)}; an empty list for none")
    parser.add_argument("--batches", type=names_of(BATCHES, "batch"), default=BATCHES, metavar="1,32",
                        help=f"only these of {', '.join(BATCHES)}")
    parser.add_argument("--data", type=pathlib.Path, metavar="FILE",
                        help="documents, one a line, such as makemore's names.txt; invented names otherwise")
    parser.add_argument("--original", type=pathlib.Path, metavar="FILE",
                        help="a copy of microgpt.py, measured as well; it takes --data")
    parser.add_argument("--rounds", type=positive(int), default=5, help="how often everybody runs (5); CPython twice")
    parser.add_argument("--seconds", type=positive(float), default=0.2, help="how long each run repeats (0.2)")
    parser.add_argument("--core", type=int, help="the core to run on; by default the last")
    parser.add_argument("--quick", action="store_true", help="a smoke run, to see that all works; ignore its numbers")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE", help="write everything measured to FILE as well")
    parser.add_argument("--update-guide", action="store_true", help=f"put the table into docs/{GUIDE.name}")
    options = parser.parse_args()
    if not options.batches:
        parser.error("--batches needs at least one")
    if options.original and not options.data:
        parser.error("--original needs --data: microgpt.py reads a file of documents")
    for name in ("data", "original"):
        path = getattr(options, name)
        if path and not path.is_file():
            parser.error(f"--{name}: there is no file {path}")
        setattr(options, name, path and path.resolve())
    if options.json and not options.json.resolve().parent.is_dir():
        parser.error(f"cannot write {options.json}: no such folder")
    if options.quick:
        options.rounds, options.seconds = 1, 0.01
    return options


def main():
    options, skipped = parse_arguments(), {}
    about = machine(swift=["swift", "--version"], python=[sys.executable, "--version"])
    # Where files are is nobody's business.
    for path in filter(None, (options.data, options.original, options.json)):
        about["command"] = about["command"].replace(f"{path.parent}/", "")
    if about["load before"] > 0.5:
        say(f"the machine is busy (load {about['load before']}): expect noise")
    program = build_product("gpt")
    FOLDER.mkdir(parents=True, exist_ok=True)
    run([program, *data_arguments(options), "--write", FOLDER])
    found = by_hand(options, skipped)
    os.environ.update(ENVIRONMENT, GPT_FOLDER=str(FOLDER))
    for variable in UNWANTED:
        os.environ.pop(variable, None)
    about["core"] = pin(options.core)
    own = Process([program, *data_arguments(options), "--serve"], "gpt")
    found += ours(own, options)
    if "cpython" in options.peers and "1" in options.batches:
        found += cpython(options)
    peers = start_peers({name: f"gpt/gpt_{name}.py" for name in options.peers if name != "cpython"}, skipped)
    about.update({peer.name: peer.version for peer in peers})
    found += others(options, peers)
    say(f"round 1 of {options.rounds}, which compiles")
    first_round(found, options.seconds, skipped)
    worst = check_losses(found)
    for number_of_round in range(1, options.rounds):
        say(f"round {number_of_round + 1} of {options.rounds}")
        for contestant in found:
            if not contestant.is_slow or number_of_round == options.rounds - 1:
                contestant.measure(options.seconds)
    for process in [own, *peers]:
        process.close()
    # Asked at the end: somebody may have changed it in the middle, and a process of low priority measures badly.
    about["niceness"] = os.nice(0)
    text = markdown(found, options.batches, about, worst, skipped)
    print(text)
    if options.json:
        rows = [{"name": way.name, "variant": way.variant, "batch": int(way.batch), "precision": way.precision,
                 "us": way.least, "losses": way.losses} for way in found]
        write(options.json, json.dumps({"machine": about, "results": rows}, indent=2) + "\n")
    if options.update_guide:
        update_guide(GUIDE, MARKS, text)


if __name__ == "__main__":
    run_script(main)

#!/usr/bin/env python3
"""Compares derivatives by swift-micrograd with derivatives by C++ libraries, and with derivatives derived by hand, on the
workloads of two public benchmarks, ADBench and GradBench.

Everybody computes the same derivatives of the same inputs, which is checked against those by hand. The programs run in
turn, round after round, on one core, so that a machine that slows down slows all of them down. The table comes out as
Markdown on standard output, progress on standard error. See docs/benchmarks-workloads.md.
"""
import argparse
import array
import json
import math
import os
import pathlib
import shlex
import shutil
import tempfile
import textwrap

from comparison import (
    BUILD, HERE, PEERS, VENV, Failure, build_product, machine, names_of, positive, run, run_script, say, table,
    update_guide, write)

SOURCES = PEERS / "workloads"
WORKLOADS = [
    "gmm-2-5", "gmm-10-25", "gmm-20-25", "gmm-32-25", "llsq", "lstm", "ode-10", "ode-100", "ode-sum-10", "ode-sum-100",
    "kmeans", "ba", "hand", "det", "lse"]
# Several gigabytes of values: only if they are asked for.
LARGE = ["gmm-32-25"]
OURS = "swift-micrograd"
HAND = "by hand"
TAPES = ["tape", "dot"]
TOLERANCE = 1e-7
# Milliseconds from which on a way is measured once if it takes a hundred times as long as the best.
SLOW = 1000
GUIDE = HERE.parent / "docs" / "benchmarks-workloads.md"
MARKS = "<!-- results of compare-workloads.py -->", "<!-- end of results -->"


# The programs


def site_packages(path):
    """Where the virtual environment has `path`; a path that does not exist if it has not."""
    return next(iter(sorted(VENV.glob(f"lib/python3*/site-packages/{path}"))), VENV / path)


class Peer:
    """A program of peers/workloads in C++: the folders and the libraries that the compiler needs."""

    def __init__(self, name, source, folders=(), flags=(), hint="peers/install-debian.sh installs it"):
        self.name, self.source, self.hint = name, SOURCES / source, hint
        self.flags = [flag for folder in folders if folder.is_dir() for flag in ("-isystem", folder)] + list(flags)

    def build(self, compiler):
        """The program, compiled unless it is up to date."""
        BUILD.mkdir(parents=True, exist_ok=True)
        program, note = BUILD / f"workloads-{self.source.stem}", BUILD / f"workloads-{self.source.stem}.command"
        command = [*compiler, "-std=c++17", "-O3", "-march=native", "-DNDEBUG", self.source, "-o", program, *self.flags]
        line = shlex.join(map(str, command))
        newest = max(path.stat().st_mtime for path in [self.source, *SOURCES.glob("*.hpp")])
        if program.exists() and program.stat().st_mtime > newest and note.exists() and note.read_text() == line:
            return program
        say(f"compiling {self.name}")
        try:
            run(command)
        except Failure as failure:
            errors = [text for text in str(failure).splitlines() if "error" in text]
            raise Failure(f"it does not compile ({errors[0] if errors else failure}); {self.hint}")
        note.write_text(line)
        return program


def peers(options):
    """All that can be compared with; those that live in a folder of the user's, only if it is named."""
    httpstan = site_packages("httpstan")
    stan_flags = ["-D_REENTRANT", f"-L{httpstan / 'lib'}", f"-Wl,-rpath,{httpstan / 'lib'}", "-ltbb"]
    known = {"hand": Peer(HAND, "by_hand.cpp")}
    if options.codipack:
        known["codipack"] = Peer(
            "CoDiPack", "codipack.cpp", [options.codipack / "include"], hint="--codipack names a checkout of it")
    if options.adept:
        known["adept"] = Peer(
            "Adept", "adept.cpp", [options.adept / "include", options.adept], hint="--adept names a checkout of it")
    known["stan"] = Peer("Stan Math", "stan.cpp", [
        httpstan / "include", pathlib.Path("/usr/lib/R/site-library/StanHeaders/include"),
        pathlib.Path("/usr/include/eigen3")], stan_flags)
    known["sacado"] = Peer("Sacado", "sacado.cpp", [pathlib.Path("/usr/include/trilinos")])
    known["cppad"] = Peer("CppAD", "cppad.cpp", [site_packages("cmeel.prefix/include")])
    known["adolc"] = Peer("ADOL-C", "adolc.cpp", flags=["-ladolc"])
    return known


PEER_NAMES = ["codipack", "adept", "stan", "sacado", "cppad", "adolc"]


class Contestant:
    """One way to compute one workload, and the least time so far."""

    def __init__(self, peer, variant, workload, command):
        self.peer, self.variant, self.workload, self.command = peer, variant, workload, command
        self.least, self.preparation, self.note, self.difference = math.inf, math.inf, "", None

    def measure(self, seconds, results=None):
        """Returns False if there is no such way."""
        output = run(self.command(self.workload, self.variant, seconds, results)).strip()
        if not output:
            return False
        report = json.loads(output)
        self.least = min(self.least, report["ms"])
        self.preparation = min(self.preparation, report.get("preparation", math.inf))
        self.note = report.get("note", "")
        return True


def pinned(command, core):
    taskset = shutil.which("taskset")
    return [taskset, "-c", str(core), *command] if taskset and core is not None else command


def contestants(options, skipped):
    """For each workload all ways to compute it, ours first."""
    compiler = shlex.split(os.environ.get("CXX", "c++"))
    ours = build_product("workloads")

    def command_of_ours(workload, variant, seconds, results):
        command = [ours, workload, "--variants", variant, "--seconds", seconds, "--json"]
        return pinned([*command, *(["--results", results] if results else [])], options.core)

    found = {workload: [] for workload in options.workloads}
    variants = ["number", "tape", "dot", "gradient", "jacobian", "program", "program made anew"]
    for workload in options.workloads:
        found[workload] += [Contestant(OURS, variant, workload, command_of_ours) for variant in variants]
    for key, peer in peers(options).items():
        if key != "hand" and key not in options.peers:
            continue
        try:
            program = peer.build(compiler)
        except Failure as failure:
            skipped[peer.name] = str(failure).splitlines()[0]
            continue

        def command_of_theirs(workload, variant, seconds, results, program=program):
            return pinned([program, workload, variant, seconds, *([results] if results else [])], options.core)

        for variant in run([program]).split("\n"):
            for workload in options.workloads if variant else []:
                found[workload].append(Contestant(peer.name, variant, workload, command_of_theirs))
    return found


# Checking


def numbers(path):
    list = array.array("d")
    list.frombytes(path.read_bytes())
    return list


def difference(got, expected):
    """The largest relative difference; numbers below a millionth of the largest count as that."""
    floor = 1e-6 * max(map(abs, expected), default=0)
    return max((abs(g - e) / max(abs(e), floor, 1e-300) for g, e in zip(got, expected)), default=0)


def first_round(found, options):
    """Runs everybody once, leaves out who has no way, and compares what they compute."""
    with tempfile.TemporaryDirectory() as folder:
        for workload, ways in found.items():
            say(f"checking {workload}")
            results, expected = pathlib.Path(folder) / "results", None
            # By hand first: the others are compared with it.
            for way in sorted(ways, key=lambda way: way.peer != HAND):
                results.unlink(missing_ok=True)
                if not way.measure(options.seconds, results) or not results.exists():
                    ways.remove(way)
                    continue
                got = numbers(results)
                if way.variant in ("number", "function"):
                    continue
                if expected is None:
                    expected = got
                if len(got) == 0:
                    ways.remove(way)
                    continue
                way.difference = difference(got, expected)
                if len(got) != len(expected) or not way.difference <= TOLERANCE:
                    raise Failure(
                        f"{way.peer} ({way.variant}) computes something else for {workload}: {len(got)} numbers of "
                        f"{len(expected)}, relative difference {way.difference:.1e}")


# Reporting


def least(ways, peer, variants=None):
    times = [
        way.least for way in ways
        if way.peer == peer and way.variant not in ("number", "function") and (not variants or way.variant in variants)]
    return min(times, default=None)


def geometric_mean(ratios):
    return math.exp(sum(map(math.log, ratios)) / len(ratios)) if ratios else None


def ratio(a, b):
    return a / b if a is not None and b is not None else None


def cell(time, hand):
    """A time, and behind it the ratio to the one by hand."""
    if time is None:
        return ""
    text = f"{time:.0f}" if time >= 100 else f"{time:.3g}"
    return f"{text} ({time / hand:.2g})" if hand else text


def markdown(found, names, about, skipped):
    ours = {
        "tape": ["tape"], "dot": ["dot"], "function form": ["gradient", "jacobian"], "`Program`": ["program"],
        "made anew": ["program made anew"]}
    rows, ratios, refusals = [], {name: [] for name in ["best", *names]}, []
    for workload, ways in found.items():
        hand = least(ways, HAND)
        cells = [cell(hand, None)]
        times = {name: least(ways, name) for name in names}
        cells += [cell(times[name], hand) for name in names]
        cells += [cell(least(ways, OURS, variants), hand) for variants in ours.values()]
        tape = least(ways, OURS, ["tape"])
        best = min((time for time in times.values() if time), default=None)
        quotient = ratio(tape, best)
        rows.append([workload, *cells, "" if quotient is None else f"{quotient:.2f}"])
        for name, time in [("best", best), *times.items()]:
            if ratio(tape, time) is not None:
                ratios[name].append(ratio(tape, time))
        for way in ways:
            if way.variant == "program":
                note = textwrap.shorten(way.note, 120, placeholder=" …")
                refusals.append(f"- {workload}, made in {cell(way.preparation, None)} ms: {note}")
    means = [f"{name} {geometric_mean(list_):.2f}" for name, list_ in ratios.items() if list_ and name != "best"]
    worst = max((way.difference or 0 for ways in found.values() for way in ways), default=0)
    text = [
        f"Measured: {', '.join(f'{key}: {value}' for key, value in about.items())}.", "",
        table(["ms (× by hand)", HAND, *names, *ours, "tape / best peer"], rows), ""]
    if ratios["best"]:
        text += [
            f"Our tape's time divided by a peer's, geometric mean over the workloads: {', '.join(means)}; by that of the "
            f"best peer of each workload {geometric_mean(ratios['best']):.2f}.", ""]
    text += [f"Largest relative difference from the derivatives by hand: {worst:.1e}.", ""]
    text += ["Programs:", "", *refusals] if refusals else []
    text += ["", *[f"Left out: {name}: {reason}." for name, reason in skipped.items()]] if skipped else []
    return "\n".join(text)


# The command line


def folder(inside):
    def parse(text):
        path = pathlib.Path(text).resolve()
        if not (path / inside).exists():
            raise argparse.ArgumentTypeError(f"{path} has no {inside}: name the folder of a checkout")
        return path
    return parse


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="CoDiPack and Adept are in no registry. Get them once, and name their folders:\n\n"
               "  git clone https://github.com/SciCompKL/CoDiPack\n"
               "  git clone https://github.com/rjhogan/Adept-2\n"
               "  Benchmarks/compare-workloads.py --codipack CoDiPack --adept Adept-2\n\n"
               "The others are installed by peers/install-debian.sh, and left out if they are not. CXX names another\n"
               "compiler. For figures to publish, let the machine do nothing else, and compare ratios, not times.")
    parser.add_argument("--workloads", type=names_of(WORKLOADS), metavar="A,B",
                        default=[name for name in WORKLOADS if name not in LARGE],
                        help=f"only these of {', '.join(WORKLOADS)}; all but {', '.join(LARGE)} by default")
    parser.add_argument("--peers", type=names_of(PEER_NAMES), default=PEER_NAMES, metavar="A,B",
                        help=f"only these of {', '.join(PEER_NAMES)}; an empty list for none")
    parser.add_argument("--codipack", type=folder("include/codi.hpp"), metavar="FOLDER", help="a checkout of CoDiPack")
    parser.add_argument("--adept", type=folder("include/adept.h"), metavar="FOLDER", help="a checkout of Adept 2")
    parser.add_argument("--rounds", type=positive(int), default=5, help="how often each program runs (5)")
    parser.add_argument("--seconds", type=positive(float), default=0.3,
                        help="how long each run repeats, three times at least (0.3)")
    parser.add_argument("--core", type=int, default=os.cpu_count() - 1,
                        help="the core that all run on, if there is taskset (the last)")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE", help="write everything measured to FILE as well")
    parser.add_argument("--update-guide", action="store_true", help=f"write the table into docs/{GUIDE.name}")
    return parser.parse_args()


def main():
    options = parse_arguments()
    compiler = shlex.split(os.environ.get("CXX", "c++"))
    about = machine(**{"swift": ["swift", "--version"], "c++": [*compiler, "--version"]})
    for path in filter(None, (options.codipack, options.adept)):  # Where they are is nobody's business.
        about["command"] = about["command"].replace(f"{path.parent}/", "")
    if about["load before"] > 0.5:
        say(f"the machine is busy (load {about['load before']}): expect noise")
    skipped = {}
    found = contestants(options, skipped)
    for key, name in (("codipack", "CoDiPack"), ("adept", "Adept")):
        if key in options.peers and not getattr(options, key):
            skipped[name] = f"--{key} names its folder"
    first_round(found, options)
    for number_of_round in range(1, options.rounds):
        say(f"round {number_of_round + 1} of {options.rounds}")
        for ways in found.values():
            best = min((way.least for way in ways), default=0)
            for way in ways:
                # The rest is known well enough, and would take minutes.
                if way.least < SLOW or way.least < 100 * best:
                    way.measure(options.seconds)
    present = {way.peer for ways in found.values() for way in ways}
    names = [peer.name for key, peer in peers(options).items() if key != "hand" and peer.name in present]
    text = markdown(found, names, about, skipped)
    print(text)
    if options.update_guide:
        update_guide(GUIDE, MARKS, text)
    if options.json:
        rows = [
            {"workload": workload, "peer": way.peer, "variant": way.variant, "ms": way.least, "difference": way.difference,
             "note": way.note}
            for workload, ways in found.items() for way in ways]
        write(options.json, json.dumps({"machine": about, "results": rows}, indent=2) + "\n")


if __name__ == "__main__":
    run_script(main)

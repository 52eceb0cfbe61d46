#!/usr/bin/env python3
"""Compares the model of cost of `micrograd-mpi train --dry-run` with the training itself.

    swift build -c release --package-path Distributed
    sudo Distributed/Benchmarks/compare-cost.py

For 1, 2 and 4 ranks of this machine, and for 2 and 4 ranks of two hosts that a slow network joins (slow_network.py; needs root, Linux,
ip, tc, unshare and taskset), each round predicts and trains in turn. Prints a table in Markdown: milliseconds of a step, an epoch
divided by its steps, as trained (the median of all epochs of all rounds), as predicted by a dry run with the same ranks, and as
predicted by the dry run with 2 ranks, each with its ratio. Fails if a prediction with the same ranks is more than 30 % off.
"""

import argparse
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import slow_network

HERE = os.path.dirname(os.path.abspath(__file__))
# Name: rows, columns, layers, batch, epochs on a machine, epochs on the slow network.
WORKLOADS = {
    "large batch": (65536, 20, "64,32", 8192, 12, 8),
    "small batch": (16384, 20, "64,32", 256, 12, 2),
    "large net": (4096, 100, "512,256", 512, 8, 2),
}
FLAGS = ["--allow-run-as-root", "--oversubscribe", "--bind-to", "none", "--mca", "pml", "ob1"]


class Setting:
    """Some ranks, on this machine or on the hosts of a slow network."""

    def __init__(self, name, ranks, mpirun):
        self.name, self.ranks, self.mpirun = name, ranks, mpirun

    def run(self, arguments, timeout, line=lambda text: None):
        """Runs the program on the ranks; calls a function for each line of errors. Returns the output."""
        command = self.mpirun + ["-n", str(self.ranks)] + arguments
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        timer = threading.Timer(timeout, process.terminate)
        timer.start()
        errors = []
        try:
            for text in process.stderr:
                errors.append(text)
                line(text)
            output = process.stdout.read()
        except BaseException:
            process.terminate()
            raise
        finally:
            timer.cancel()
        if process.wait() != 0:
            sys.exit(f"{' '.join(command)} failed, or took {timeout} s:\n{''.join(errors)}{output}")
        return output


def here(ranks):
    return Setting("this machine", ranks, ["mpirun.openmpi"] + FLAGS + ["--mca", "btl", "self,vader"])


def apart(ranks, agent):
    hosts = ",".join(f"{address}:{ranks // 2}" for address in slow_network.ADDRESSES)
    mpirun = slow_network.on_host(0) + ["mpirun.openmpi"] + FLAGS + ["--host", hosts, "--mca", "btl", "self,vader,tcp"]
    for option in ("oob_tcp_if_include", "btl_tcp_if_include"):
        mpirun += ["--mca", option, slow_network.NETWORK]
    return Setting("two hosts", ranks, mpirun + ["--mca", "plm_rsh_agent", agent])


def write_table(path, rows, columns):
    chance = random.Random(1)
    with open(path, "w") as file:
        file.write(",".join(f"x{index}" for index in range(columns)) + ",y\n")
        for _ in range(rows):
            x = [chance.uniform(-1, 1) for _ in range(columns)]
            file.write(",".join(f"{number:.4f}" for number in x) + f",{x[0] * x[1] + x[2]:.4f}\n")


def predicted(setting, arguments, counts):
    """The seconds of an epoch for each count of ranks, by a dry run; and what it printed."""
    output = setting.run(arguments + ["--dry-run"], 120)
    rows = re.findall(r"^ +(\d+) +\S+ +\S+ +(\S+) +\S+(?:  these ranks)?$", output, re.MULTILINE)
    epochs = {int(count): float(seconds) for count, seconds in rows}
    return {count: epochs[count] for count in counts if count in epochs}, output


def trained(setting, arguments):
    """The seconds of each epoch but the first."""
    times = []
    setting.run(arguments, 300, lambda text: times.append(time.monotonic()) if text.startswith("epoch ") else None)
    return [after - before for before, after in zip(times, times[1:])]


def compare(name, settings, folder, options):
    rows, columns, layers, batch, epochs, slow_epochs = WORKLOADS[name]
    table = os.path.join(folder, name.replace(" ", "-") + ".csv")
    write_table(table, rows, columns)
    steps = -(-rows // batch)
    counts = [setting.ranks for setting in settings]
    forecasts, times, outputs = {}, {setting: [] for setting in settings}, {}
    for _ in range(options.rounds):
        for setting in settings:
            count = epochs if setting.name == "this machine" else slow_epochs
            arguments = [options.program, "train", table, "--target", "y", "-o", os.path.join(folder, "model.safetensors")]
            arguments += ["--hidden", layers, "--batch-size", str(batch), "--epochs", str(count + 1)]
            forecast, outputs[setting] = predicted(setting, arguments, counts)
            for ranks, seconds in forecast.items():
                forecasts.setdefault((setting.ranks, ranks), []).append(seconds)
            times[setting] += trained(setting, arguments)
    worst = 1.0
    for setting in settings:
        if options.figures:
            print(f"\n{name}, {setting.ranks} ranks, {setting.name}:\n{outputs[setting]}", file=sys.stderr)
        measured = statistics.median(times[setting])
        cells = [name, setting.name, str(setting.ranks), f"{1000 * measured / steps:.3g}"]
        for source in (setting.ranks, 2):
            seconds = forecasts.get((source, setting.ranks))
            if not seconds:
                cells += ["", ""]
                continue
            ratio = statistics.median(seconds) / measured
            cells += [f"{1000 * statistics.median(seconds) / steps:.3g}", f"{ratio:.2f}"]
            if source == setting.ranks:
                worst = max(worst, ratio, 1 / ratio)
        print("| " + " | ".join(cells) + " |", flush=True)
    return worst


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=f"{HERE}/../.build/release/micrograd-mpi")
    parser.add_argument("--workloads", default=",".join(WORKLOADS), help="some of: " + ", ".join(WORKLOADS))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--delay", type=float, default=1, help="milliseconds of the slow network, one way")
    parser.add_argument("--rate", type=float, default=100, help="its Mbit/s")
    parser.add_argument("--places", default="here,apart", help="this machine, two hosts, or both")
    parser.add_argument("--figures", action="store_true", help="print the last dry runs, too")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated"))  # so that the network is removed
    workloads, places, worst = options.workloads.split(","), options.places.split(","), 1.0
    with tempfile.TemporaryDirectory() as folder:
        print("| workload | ranks of | ranks | trained, ms a step | predicted | ratio | by 2 ranks | ratio |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- |")
        if "here" in places:
            for name in workloads:
                worst = max(worst, compare(name, [here(ranks) for ranks in (1, 2, 4)], folder, options))
        if "apart" in places:
            with slow_network.slow_network(options.delay / 1000, options.rate * 1e6, folder) as (words, agent):
                print(f"two hosts: {options.delay:g} ms and {options.rate:g} Mbit/s by {words}", file=sys.stderr)
                for name in workloads:
                    worst = max(worst, compare(name, [apart(ranks, agent) for ranks in (2, 4)], folder, options))
    if worst > 1.3:
        sys.exit(f"a prediction is off by a factor of {worst:.2f}")


if __name__ == "__main__":
    main()

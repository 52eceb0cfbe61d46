"""What compare.py and compare-compiled.py share: running programs, describing the machine, tables, files."""
import datetime
import os
import pathlib
import platform
import re
import shlex
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PEERS = HERE / "peers"
BUILD = HERE / ".build" / "peers"
VENV = PEERS / ".venv"


class Failure(Exception):
    """Something that the user should read."""


def say(text):
    print(text, file=sys.stderr, flush=True)


def run(command, **options):
    try:
        result = subprocess.run(list(map(str, command)), capture_output=True, text=True, **options)
    except OSError as error:
        raise Failure(f"cannot run {command[0]}: {error.strerror}")
    if result.returncode != 0:
        raise Failure(f"{shlex.join(map(str, command))} failed:\n{result.stderr.strip() or result.stdout.strip()}")
    return result.stdout


def build_product(name):
    """Our benchmark `name`, compiled unless it is up to date."""
    say(f"building {name}")
    command = ["swift", "build", "-c", "release", "--package-path", HERE]
    run([*command, "--product", name])
    return pathlib.Path(run([*command, "--show-bin-path"]).strip()) / name


def first_line(command):
    try:
        return run(command).splitlines()[0].strip()
    except (Failure, IndexError):
        return "unknown"


def machine(**tools):
    """Where and how the figures came about; `tools` are commands that print a version."""
    try:
        cpu = re.search(r"model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text())[1]
    except (OSError, TypeError):
        cpu = platform.processor() or platform.machine()
    try:
        system = re.search(r'PRETTY_NAME="(.*)"', pathlib.Path("/etc/os-release").read_text())[1]
    except (OSError, TypeError):
        system = platform.platform()
    return {
        "date": datetime.date.today().isoformat(), "cpu": cpu, "cores": os.cpu_count(), "system": system,
        **{tool: first_line(command) for tool, command in tools.items()},
        "load before": round(os.getloadavg()[0], 2),
        "command": shlex.join([f"Benchmarks/{pathlib.Path(sys.argv[0]).name}", *sys.argv[1:]])}


def number(value):
    return "" if value is None else f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def table(header, rows):
    """Markdown, with aligned columns for those who read it as it is."""
    cells = [header] + [[text if isinstance(text, str) else number(text) for text in row] for row in rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
    lines = ["| " + " | ".join(text.ljust(width) for text, width in zip(row, widths)) + " |" for row in cells]
    lines.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
    return "\n".join(lines)


def write(path, text):
    """The whole file or nothing."""
    temporary = path.with_name(path.name + ".part")
    try:
        temporary.write_text(text)
        temporary.replace(path)
    except OSError as error:
        raise Failure(f"cannot write {path}: {error.strerror}")


def positive(kind):
    def parse(text):
        value = kind(text)
        if not 0 < value < float("inf"):
            raise ValueError
        return value
    parse.__name__ = "positive number"  # What argparse calls it: "invalid positive number value".
    return parse

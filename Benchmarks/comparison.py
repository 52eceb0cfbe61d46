"""What the compare-….py share: running programs and peers, describing the machine, tables, files."""
import argparse
import datetime
import json
import os
import pathlib
import platform
import re
import shlex
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PEERS = HERE / "peers"
BUILD = HERE / ".build" / "peers"
VENV = PEERS / ".venv"

# What an environment may say otherwise: one thread for everybody, and the kernels that fit the processor.
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "JAX_PLATFORMS": "cpu",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false", "TORCHINDUCTOR_CACHE_DIR": str(BUILD / "torch")}
UNWANTED = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"]


class Failure(Exception):
    """Something that the user should read."""


def run_script(main):
    """Runs a script, whose failures are lines for the user."""
    try:
        main()
    except Failure as failure:
        sys.exit(f"{pathlib.Path(sys.argv[0]).name}: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)


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


class Process:
    """A program that answers each line of its input with a line of JSON, and lives as long as the comparison, so that
    it compiles everything once. Programs of peers/ in Python do, by peers/serving.py."""

    def __init__(self, command, name):
        BUILD.mkdir(parents=True, exist_ok=True)
        self.log = BUILD / f"{name}.log"
        try:
            with open(self.log, "w") as log:
                self.process = subprocess.Popen(
                    list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True)
        except OSError:
            raise Failure("not installed; peers/install-python.sh installs it")

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            said = self.log.read_text().strip().splitlines()
            if said and said[-1].startswith("ModuleNotFoundError"):
                raise Failure("not installed; peers/install-python.sh installs it")
            raise Failure(f"ended: {said[-1] if said else 'without a word'}")
        return json.loads(line)

    def measure(self, *request):
        """Sends a line, and returns the answer."""
        try:
            print(*request, file=self.process.stdin, flush=True)
        except BrokenPipeError:
            pass  # answer() says why.
        return self.answer()

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Peer(Process):
    """A program of peers/ in Python, which first says what it is."""

    def __init__(self, program):
        super().__init__([VENV / "bin" / "python", PEERS / program], pathlib.Path(program).stem)
        about = self.answer()
        self.name, self.version, self.variants = about["peer"], about["version"], about["variants"]


def start_peers(programs, skipped):
    """The peers that are installed; `programs` are their files by name. Those that are not are noted in `skipped`."""
    peers = []
    for name, program in programs.items():
        say(f"starting {name}")
        try:
            peers.append(Peer(program))
        except Failure as failure:
            skipped[name] = str(failure)
    return peers


def clang():
    """The compiler of our kernels, whose vectors the program by hand shares: that of the Swift toolchain."""
    if "CLANG" in os.environ:
        return shlex.split(os.environ["CLANG"])
    swift = shutil.which("swift")
    beside = swift and pathlib.Path(swift).resolve().parent / "clang"
    return [beside if beside and beside.exists() else "clang"]


def pin(core):
    """Puts this process, and those it starts, on one core; says on which."""
    if not hasattr(os, "sched_setaffinity"):
        return "any, as this system cannot pin"
    core = max(os.sched_getaffinity(0)) if core is None else core
    try:
        os.sched_setaffinity(0, {core})
    except OSError:
        raise Failure(f"there is no core {core} to run on")
    return core


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


def update_guide(guide, marks, text):
    """Writes the text between the two marks of a page."""
    updated, count = re.subn(
        f"(?s){re.escape(marks[0])}.*?{re.escape(marks[1])}", lambda _: f"{marks[0]}\n\n{text}\n\n{marks[1]}",
        guide.read_text())
    if count != 1:
        raise Failure(f"{guide} has lost its marks {marks[0]} and {marks[1]}")
    write(guide, updated)


def positive(kind):
    def parse(text):
        value = kind(text)
        if not 0 < value < float("inf"):
            raise ValueError
        return value
    parse.__name__ = "positive number"  # What argparse calls it: "invalid positive number value".
    return parse


def names_of(known, what="name"):
    """A type of argparse: names with commas between them."""
    def parse(text):
        names = [name for name in text.split(",") if name]
        for name in names:
            if name not in known:
                raise argparse.ArgumentTypeError(f"there is no {what} {name!r}; known: {', '.join(known)}")
        return names
    return parse

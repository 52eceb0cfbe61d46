"""Whole notebooks, and what happens between the front end and the kernel while they run."""

import glob
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

KERNEL = "micrograd-swift"


@pytest.fixture(scope="module")
def kernel():
    manager, client = start_new_kernel(kernel_name=KERNEL, startup_timeout=60)
    yield Kernel(manager, client)
    client.stop_channels()
    manager.shutdown_kernel()


class Kernel:
    """Runs cells, and gathers what they show."""

    def __init__(self, manager, client):
        self.manager, self.client = manager, client

    def run(self, code, timeout=60, **options):
        messages = []
        reply = self.client.execute_interactive(code, timeout=timeout, output_hook=messages.append, **options)
        return Outcome(reply["content"], [m for m in messages if m["msg_type"] not in ("status", "execute_input")])

    def interrupt_after(self, seconds, code):
        """Starts a cell, interrupts it, and returns the answer."""
        request = self.client.execute(code)
        time.sleep(seconds)
        self.manager.interrupt_kernel()
        while True:
            reply = self.client.get_shell_msg(timeout=60)
            if reply["parent_header"].get("msg_id") == request:
                return reply["content"]


class Outcome:
    def __init__(self, reply, messages):
        self.reply, self.messages = reply, messages

    def text(self, stream="stdout"):
        return "".join(
            m["content"]["text"] for m in self.messages if m["msg_type"] == "stream" and m["content"]["name"] == stream
        )

    @property
    def result(self):
        found = [m["content"]["data"]["text/plain"] for m in self.messages if m["msg_type"] == "execute_result"]
        return found[0] if found else None

    @property
    def traceback(self):
        return "\n".join(self.reply.get("traceback", []))


def notebook(*cells):
    return nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
        metadata={"kernelspec": {"name": KERNEL, "display_name": "Swift", "language": "swift"}},
    )


def execute(*cells, **options):
    document = notebook(*cells)
    NotebookClient(document, kernel_name=KERNEL, timeout=120, **options).execute()
    return document.cells


# Language


@pytest.mark.parametrize(
    "cells, expected",
    [
        (["let a = 1", "let a = a + 1", "let a = a * 10\na"], "20"),
        (["var n = 1", "n += 1\nn"], "2"),
        (["print(1)\nlet z = 5", "let zz = z\nlet z = zz + z\nz"], "10"),
        (["infix operator ~>\nfunc ~> (a: Int, b: Int) -> Int { a * 10 + b }", "1 ~> 2"], "12"),
        (["func f<T: Numeric>(_ x: T) -> T { x * x }", "f(1.5)"], "2.25"),
        (["func f(_ x: Int) -> Int { x }", "func f(_ x: String) -> Int { 7 }", 'f(1) + f("")'], "8"),
        (["func f(_ x: Int) -> Int { 1 }", "func f(_ x: Int) -> Int { 2 }", "f(0)"], "2"),
        (["extension Int { var half: Int { self / 2 } }", "extension Int { var half: Int { 0 } }", "8.half"], "0"),
        (["struct P { var x: Int }\nvar p = P(x: 1)", "p.x += 4\np.x"], "5"),
        (["class A { func f() -> Int { 1 } }", "class B: A { override func f() -> Int { 2 } }", "(B() as A).f()"], "2"),
        (["let v: Int\nif Bool.random() { v = 3 } else { v = 3 }", "v"], "3"),
        (["let (a, b) = (1, 2)", "a + b"], "3"),
        (['guard let g = Int("4") else { fatalError() }\nlet h = g + 1', "g + h"], "9"),
        (["func f() async throws -> Int { 6 }\nlet x = try await f()", "x + 1"], "7"),
        (["async let x = 5\nlet y = await x + 1", "x + y"], "11"),
        (["actor A { var n = 0; func up() -> Int { n += 1; return n } }\nlet a = A()", "await a.up()"], "1"),
        (["import Observation\n@Observable class M { var x = 4 }", "M().x"], "4"),
        (["let f: (Int) -> Int = { $0 < 2 ? 1 : $0 * f($0 - 1) }", "f(5)"], "120"),
        (["typealias Pair = (Int, Int)\nlet p: Pair = (1, 2)", "p.1"], "2"),
        (["import Foundation", "Date(timeIntervalSince1970: 0).timeIntervalSince1970"], "0.0"),
        (["enum E { case a, b }", "[E.a]"], "[E.a]"),
        (["protocol N { var n: Int { get } }\nextension Int: N { var n: Int { self } }", "3.n"], "3"),
        (['"ab12".firstMatch(of: /\\d+/)!.output'], '"12"'),
    ],
)
def test_language(kernel, cells, expected):
    kernel.run("%reset")
    outcomes = [kernel.run(cell) for cell in cells]
    assert [o.traceback for o in outcomes] == [""] * len(cells)
    assert outcomes[-1].result == expected, cells


def test_last_expression_is_shown_and_others_are_not(kernel):
    assert kernel.run("1 + 1\n2 + 2").result == "4"
    assert kernel.run("5;").result is None
    assert kernel.run("var q = 1\nq = 2").result is None
    assert kernel.run('print("x")').result is None


def test_order_of_output(kernel):
    outcome = kernel.run('print("a")\ndisplay(HTML("b"))\nprint("c")\n"d"')
    kinds = [m["msg_type"] for m in outcome.messages]
    assert kinds == ["stream", "display_data", "stream", "execute_result"]


# Errors


@pytest.mark.parametrize(
    "code, place",
    [
        ("missing", "In[{n}]:1:1"),
        ("let a = 1\n  a + missing", "In[{n}]:2:7"),
        ("for i in 0..<2 { print(missing) }", "In[{n}]:1:24"),
        ("func f() throws -> Int { 1 }\nlet x = try f() + missing", "In[{n}]:2:19"),
        ("let b: Int = \n\n  \"s\"", "In[{n}]:3:3"),
        ("func f( {", "In[{n}]:1:8"),
        ("%time\nmissing", "In[{n}]:2:1"),
    ],
)
def test_diagnostics_name_the_place_in_the_cell(kernel, code, place):
    outcome = kernel.run(code)
    assert outcome.reply["ename"] == "CompileError"
    assert outcome.reply["evalue"].startswith(place.format(n=outcome.reply["execution_count"])), outcome.reply["evalue"]


def test_thrown_error(kernel):
    kernel.run("%reset")
    kernel.run("struct Oops: Error {}\nfunc fails() throws -> Int { throw Oops() }")
    outcome = kernel.run("let first = 1\nlet second = try fails()\nlet third = 3")
    assert outcome.reply["ename"] == "Oops"
    assert kernel.run("first").result == "1"
    assert kernel.run("third").reply["ename"] == "CompileError"


def test_a_trap_says_what_and_where_and_the_variables_come_back(kernel):
    kernel.run("%reset")
    kernel.run("var list = [1, 2, 3]")
    kernel.run("list.append(4)")
    outcome = kernel.run("func at(_ i: Int) -> Int {\n  list[i]\n}\nat(10)")
    assert "Index out of range" in outcome.reply["evalue"]
    count = outcome.reply["execution_count"]
    assert f"In[{count}]:2:7 at(_:)" in outcome.traceback
    assert f"In[{count}]:4:1" in outcome.traceback
    assert kernel.run("list").result == "[1, 2, 3, 4]"


def test_a_trap_while_a_program_runs_that_the_cell_has_started(kernel):
    outcome = kernel.run(
        'import Foundation\nlet p = Process()\np.executableURL = URL(filePath: "/bin/sleep")\n'
        'p.arguments = ["20"]\ntry p.run()\n[1][1]', timeout=15)
    assert "Index out of range" in outcome.reply["evalue"]


def test_end_of_the_process(kernel):
    outcome = kernel.run("import Foundation\nexit(3)")
    assert "exit(3)" in outcome.reply["evalue"]
    assert kernel.run("1 + 1").result == "2"


def test_a_type_declared_again_is_another_type(kernel):
    kernel.run("%reset")
    kernel.run("struct T {}\nlet old = T()")
    kernel.run("struct T {}\nfunc take(_ t: T) {}")
    outcome = kernel.run("take(old)")
    assert "T has been declared again" in outcome.traceback


def test_cells_after_an_error_are_aborted(kernel):
    requests = [kernel.client.execute(code) for code in ("missing", "1 + 1")]
    statuses = {}
    while len(statuses) < 2:
        reply = kernel.client.get_shell_msg(timeout=60)
        statuses[reply["parent_header"]["msg_id"]] = reply["content"]["status"]
    assert [statuses[r] for r in requests] == ["error", "aborted"]


# Interrupts


def test_interrupting_a_loop_keeps_the_variables(kernel):
    kernel.run("%reset")
    kernel.run("var rounds = 0")
    reply = kernel.interrupt_after(1.5, "while true { rounds += 1 }")
    assert reply["ename"] == "Interrupted" and "keep" in reply["evalue"]
    assert int(kernel.run("rounds").result) > 1000


def test_interrupting_sleep(kernel):
    reply = kernel.interrupt_after(1, "try await Task.sleep(nanoseconds: 60_000_000_000)")
    assert reply["ename"] == "Interrupted"


def test_interrupting_what_cannot_be_interrupted(kernel):
    kernel.run("%reset")
    kernel.run("var kept = 41")
    kernel.run("kept += 1")
    reply = kernel.interrupt_after(1, "func forever() { while true {} }\nforever()")
    assert reply["ename"] == "Interrupted" and "run again" in reply["evalue"]
    assert kernel.run("kept").result == "42"


def test_interrupted_cells_do_not_run_for_ever_when_run_again(kernel):
    kernel.run("%reset")
    kernel.interrupt_after(1, "var rounds = 7\nwhile true { rounds += 1 }")
    assert "only came to the first loop" in kernel.run("[1][1]").traceback
    assert kernel.run("rounds").result == "7"


def test_interrupting_the_build_of_a_package(kernel, tmp_path):
    write_package(tmp_path / "Slow", "Slow")
    manifest = tmp_path / "Slow" / "Package.swift"
    manifest.write_text(manifest.read_text() + "import Foundation\nsleep(30)\n")
    reply = kernel.interrupt_after(2, f'%package "{tmp_path / "Slow"}"')
    assert reply["ename"] == "Interrupted" and "not been added" in reply["evalue"]
    assert kernel.run("1 + 1").result == "2"


# Input and output


def test_input(kernel):
    outcome = kernel.run(
        "let line = readLine()\nlet next = readLine()\nprint(line!, next!)",
        allow_stdin=True, stdin_hook=lambda message: kernel.client.input("typed"),
    )
    assert outcome.text() == "typed typed\n"


def test_input_is_there_again_after_a_crash(kernel):
    kernel.run("%reset")
    kernel.run("let typed = readLine()!", allow_stdin=True, stdin_hook=lambda message: kernel.client.input("words"))
    assert "run again" in kernel.run("[1][1]").traceback
    assert kernel.run("typed").result == '"words"'


def test_an_interrupt_is_no_answer_to_later_questions(kernel):
    kernel.interrupt_after(1, "while true {}")
    outcome = kernel.run(
        "readLine() as Any", allow_stdin=True, stdin_hook=lambda message: kernel.client.input("asked"))
    assert outcome.result == 'Optional("asked")'


def test_no_input(kernel):
    outcome = kernel.run("readLine() as Any", allow_stdin=False)
    assert outcome.result == "nil"


def test_output_streams_while_the_cell_runs(kernel):
    moments = []
    kernel.client.execute_interactive(
        'import Foundation\nfor i in 0..<4 { print(i, terminator: ""); Thread.sleep(forTimeInterval: 0.3) }',
        timeout=60, output_hook=lambda m: moments.append(m["msg_type"]) if m["msg_type"] == "stream" else None,
    )
    assert len(moments) >= 3


def test_long_output_is_all_there(kernel):
    outcome = kernel.run("for i in 0..<100_000 { print(i) }")
    assert outcome.text() == "".join(f"{i}\n" for i in range(100_000))


def test_characters_are_whole(kernel):
    assert kernel.run('print(String(repeating: "é😀", count: 50_000))').text() == "é😀" * 50_000 + "\n"


def test_displays_can_be_replaced(kernel):
    outcome = kernel.run('let shown = display(HTML("a"))\nshown.update(HTML("b"))\nclearOutput(wait: true)')
    first, second, third = outcome.messages
    assert (first["msg_type"], second["msg_type"], third["msg_type"]) == (
        "display_data", "update_display_data", "clear_output")
    assert first["content"]["transient"] == second["content"]["transient"]


def test_user_expressions(kernel):
    reply = kernel.run("let ue = 20", user_expressions={"twice": "ue * 2", "wrong": "nope"}).reply
    assert reply["user_expressions"]["twice"]["data"]["text/plain"] == "40"
    assert reply["user_expressions"]["wrong"]["status"] == "error"


def test_completion_and_inspection_know_earlier_cells(kernel):
    kernel.run("/// A planet.\nstruct Planet { var radius = 1.0 }\nlet earth = Planet()")
    matches = kernel.client.complete("earth.rad", reply=True, timeout=60)["content"]["matches"]
    assert "radius" in matches
    content = kernel.client.inspect("earth", reply=True, timeout=60)["content"]
    assert content["found"] and "Planet" in content["data"]["text/plain"]


# Commands


def write_package(folder, name):
    (folder / "Sources" / name).mkdir(parents=True)
    (folder / "Sources" / name / f"{name}.swift").write_text("public func triple(_ x: Int) -> Int { 3 * x }\n")
    (folder / "Package.swift").write_text(
        "// swift-tools-version: 6.0\nimport PackageDescription\n"
        f'let package = Package(name: "{name}", products: [.library(name: "{name}", targets: ["{name}"])],\n'
        f'  targets: [.target(name: "{name}")])\n'
    )


def git(*arguments):
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


def write_repository(folder, name):
    write_package(folder, name)
    git("init", folder)
    git("-C", folder, "add", "-A")
    git("-C", folder, "commit", "-m", "First")
    git("-C", folder, "tag", "1.2.0")
    return folder


def test_packages(kernel, tmp_path):
    """One by its path and one by its URL, in one cell: each set of packages is built with all of Micrograd."""
    package = tmp_path / "a package" / "Triples"
    write_package(package, "Triples")
    fetched = write_repository(tmp_path / "Fetched", "Fetched")
    kernel.run("%reset")
    kernel.run("let before = 5")
    kernel.client.complete("before.adv", reply=True, timeout=60)
    outcome = kernel.run(f'%package "{package}"\n%package file://{fetched} 1.2.0', timeout=600)
    assert "Triples" in outcome.text() and "Fetched" in outcome.text(), outcome.traceback
    assert kernel.run("import Triples\ntriple(before)").result == "15"
    assert "triple(" in str(kernel.client.complete("trip", reply=True, timeout=60)["content"]["matches"])
    assert kernel.run("import Fetched\nFetched.triple(2)").result == "6"


@pytest.mark.parametrize("command", ["%package", "%package /nowhere", "%package https://example.org/x", "%nonsense"])
def test_commands_that_make_no_sense(kernel, command):
    assert kernel.run(command).reply["status"] == "error"


def test_names_are_listed(kernel):
    kernel.run("%reset")
    kernel.run("let planets = 8\nfunc orbit(_ n: Int) {}\nstruct Moon {}")
    text = kernel.run("%who").text()
    assert "var planets: Int" in text and "func orbit" in text and "struct Moon" in text


# The end


def folders():
    return set(glob.glob(os.path.join(tempfile.gettempdir(), "micrograd-kernel-*")))


def wait_until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.1)
    return condition()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, "shutdown"])
def test_no_files_stay_behind(how):
    before = folders()
    manager, client = start_new_kernel(kernel_name=KERNEL, startup_timeout=60)
    client.execute_interactive("let a = 1", timeout=60)
    client.complete("a.adv", reply=True, timeout=60)
    mine = folders() - before
    assert len(mine) == 1
    request = client.execute("import Foundation\nwhile true { usleep(1000) }")
    client.stop_channels()
    if how == "shutdown":
        manager.shutdown_kernel()
    else:
        os.kill(manager.provisioner.pid, how)
    assert wait_until(lambda: not folders() & mine), request
    manager.shutdown_kernel(now=True)


def test_files_of_killed_kernels_are_removed_by_the_next():
    before = folders()
    manager, client = start_new_kernel(kernel_name=KERNEL, startup_timeout=60)
    client.execute_interactive("let a = 1", timeout=60)
    (mine,) = folders() - before
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    assert os.path.exists(mine)
    wait_until(lambda: not subprocess.run(["pgrep", "-f", mine], capture_output=True).stdout)
    os.utime(mine, (0, 0))
    manager, client = start_new_kernel(kernel_name=KERNEL, startup_timeout=60)
    client.stop_channels()
    assert not os.path.exists(mine)
    manager.shutdown_kernel()


# The start


def without_a_function(library):
    """As an update of the toolchain may leave a library: what parses a cell has another name."""
    code, changed = library.read_bytes(), b"SwiftParser0C0V5parse"
    assert changed in code
    return code.replace(changed, changed.replace(b"5parse", b"5other"))


@pytest.mark.skipif(sys.platform != "linux", reason="libraries are found by another variable, which sh does not pass on")
@pytest.mark.parametrize(
    "name, change", [("libswiftCore.so", lambda library: b""), ("libSwiftParser.so", without_a_function)])
def test_a_kernel_that_does_not_find_its_libraries_says_what_to_do(tmp_path, name, change):
    start = KernelSpecManager().get_kernel_spec(KERNEL).argv[:-1]
    library = next(Path(start[1]).parent.glob(f"lib/swift/*/{name}"))
    (tmp_path / name).write_bytes(change(library))
    result = subprocess.run(
        [*start, "/nowhere"], env={**os.environ, "LD_LIBRARY_PATH": str(tmp_path)}, capture_output=True, text=True)
    assert result.returncode == 1, result.stderr
    assert str(tmp_path / name) in result.stderr or "undefined symbol" in result.stderr, result.stderr
    assert "micrograd-kernel install" in result.stderr, result.stderr


# Security


def test_messages_with_a_wrong_signature_are_dropped(kernel):
    session = kernel.client.session
    for key in (b"another key", b""):
        forged = type(session)(key=key, session=str(uuid.uuid4()))
        forged.send(kernel.client.shell_channel.socket, "execute_request", {"code": "let forged = 1", "silent": False})
    assert kernel.run("forged").reply["ename"] == "CompileError"


# Whole notebooks


def test_errors_stop_a_notebook():
    with pytest.raises(CellExecutionError, match="missing"):
        execute("let a = 1", "missing", "a")


def test_errors_can_be_allowed():
    cells = execute("let a = 1", "[1][a]", "a", allow_errors=True)
    assert cells[1].outputs[0]["ename"] == "Crash"
    assert cells[2].outputs[0]["data"]["text/plain"] == "1"


def test_two_hundred_cells():
    cells = execute("var sum = 0", *[f"let v{i} = {i}\nsum += v{i}" for i in range(200)], "sum")
    assert cells[-1].outputs[0]["data"]["text/plain"] == str(sum(range(200)))


def test_deep_shadowing():
    cells = execute("let a = 0", *["let a = a + 1\nfunc f() -> Int { a }"] * 60, "[a, f()]")
    assert cells[-1].outputs[0]["data"]["text/plain"] == "[60, 60]"


# The lab


def solutions(document):
    """The hidden solutions of exercises, each as a cell where its exercise stands."""
    for cell in document.cells:
        yield cell
        if cell.cell_type == "markdown":
            for code in re.findall(r"<summary>Solution</summary>\s*```swift\n(.*?)```", cell.source, re.DOTALL):
                yield nbformat.v4.new_code_cell(code)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_solutions_of_the_lab_run(language):
    document = nbformat.read(Path(__file__).parent.parent / "notebooks" / f"lab-{language}.ipynb", as_version=4)
    count = len(document.cells)
    document.cells = list(solutions(document))
    assert len(document.cells) - count == 7
    NotebookClient(document, kernel_name=KERNEL, timeout=120).execute()
    shown = "".join(str(cell.get("outputs", "")) for cell in document.cells)
    assert "0.1276478871797816" in shown, "task 9, with the rate read literally"

"""The lab as a course: the notebooks that students get, unwritten, solved, and with functions that harm."""

import json

import nbformat
import pytest
from nbclient import NotebookClient
from test_notebooks import KERNEL, execute, kernel  # noqa: F401, a fixture

WORDS = {
    "en": {"unwritten": "still to be written", "done": ": done", "next": "Next comes task", "result": "updates needed"},
    "fr": {"unwritten": "encore à écrire", "done": " : réussie", "next": "La suite", "result": "mises à jour nécessaires"},
}


def text(cell):
    """What a cell has printed and shown, as plain text."""
    return "\n".join(o["text"] if o["output_type"] == "stream" else o["data"]["text/plain"] for o in cell.outputs)


def html(cell):
    return "\n".join(o["data"].get("text/html", "") for o in cell.outputs if "data" in o)


def task(cell):
    """The number of a cell's task, and its part of the task."""
    _, number, part = cell.id.split("-")
    return int(number), part


@pytest.fixture(scope="module")
def course():
    """The notebooks and the reference solutions, as the library has them."""
    cells = execute(
        "import Foundation\nimport Micrograd\nimport MicrogradLab",
        "print(Exercise.notebook(in: .english), terminator: \"\")",
        "print(Exercise.notebook(in: .french), terminator: \"\")",
        "let solutions = Exercise.all.map { (\"\\($0.number)\", $0.referenceSource) }\n"
        "let json = try JSONEncoder().encode(Dictionary(uniqueKeysWithValues: solutions))\n"
        "print(String(decoding: json, as: UTF8.self))",
    )
    notebooks = {language: nbformat.reads(text(cell), as_version=4) for language, cell in zip(("en", "fr"), cells[1:])}
    return notebooks, json.loads(text(cells[3]))


def run(document, **options):
    NotebookClient(document, kernel_name=KERNEL, timeout=120, **options).execute()
    return document.cells


@pytest.mark.parametrize("language", ["en", "fr"])
def test_unwritten_functions_are_no_error(course, language):
    notebooks, _ = course
    document = nbformat.from_dict(notebooks[language])
    nbformat.validate(document)
    assert (document.nbformat, document.nbformat_minor) == (4, 5)
    checks = [cell for cell in run(document) if cell.id.endswith(("-check", "-trial"))]
    assert len(checks) >= 1
    for cell in checks:
        assert WORDS[language]["unwritten"] in text(cell), (cell.source, text(cell))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_solutions_pass(course, language):
    notebooks, solutions = course
    document = nbformat.from_dict(notebooks[language])
    for cell in document.cells:
        if cell.id.endswith("-functions"):
            cell.source = solutions[str(task(cell)[0])]
    more = ("show(3)", "hint(5)", "hint(5)", "show(5)", "hint(50)")
    document.cells += [nbformat.v4.new_code_cell(code) for code in more]
    cells = run(document)
    checks = [cell for cell in cells if cell.id.endswith("-check")]
    assert len(checks) == len(solutions)
    for cell in checks:
        assert WORDS[language]["done"] in text(cell).splitlines()[0], (cell.source, text(cell))
    assert WORDS[language]["next"] in text(checks[0])
    assert [word in text(cells[-3 - i]) for i, word in ((1, "1"), (0, "2"))] == [True, True]
    assert WORDS[language]["result"] in text(cells[-2]) and "<table>" in html(cells[-2])
    assert "50" in text(cells[-1])


PERCEPTRON = """
func makePerceptron(seed: Int) -> MLP { MLP(2, [1], seed: seed) }
func binary(_ output: Double) -> Int { output > 0.5 ? 1 : 0 }
func updatesNeeded(_ model: MLP, input: [Double], target: Double, rate: Double) -> Int { 1 }
"""

HARMFUL = {
    "trap": ("[1, 2][input.count]", "Index out of range"),
    "own trap": ('fatalError("no way")', "In["),
    "recursion": ("func f(_ n: Int) -> Int { n == -1 ? 0 : f(n + 1) + f(n + 2) }\n_ = f(0)", "calls itself"),
    "loop": ("while true {}", "10 seconds"),
    "output": ('while true { print("again and again") }', "1 MB"),
    "exit": ("exit(3)", "status 3"),
    "input": ("_ = readLine()", "not the expected"),
    "display": ("display(1)", "not the expected"),
}


def test_harm_is_a_failed_check():
    cells = [
        "import Foundation\nimport Micrograd\nimport MicrogradNotebook\nlanguage = .english\nvar kept = 41",
        PERCEPTRON,
    ]
    for line, _ in HARMFUL.values():
        cells += [
            f"func update(_ model: MLP, input: [Double], target: Double, rate: Double) -> Double {{\n{line}\nreturn 0\n}}",
            "check(5, binary, update, updatesNeeded)",
        ]
    cells += [
        "check(5, binary, updatesNeeded)",
        "check(5, { (x: Int) in x }, update, updatesNeeded)",
        "check(5, { (x: Double) in \"\\(x)\" }, update, updatesNeeded)",
        "attempt(5) { [1, 2][kept] }",
        "attempt(5) { print(\"aloud\"); kept += 10 }",
        "attempt(5) { Value(2) * 3 }",
        "attempt(5) { try FileManager.default.removeItem(atPath: \"/nowhere/at/all\") }",
        "kept += 1\nkept",
    ]
    cells = execute(*cells)
    checks = [text(cell) for cell in cells if cell.source.startswith("check")]
    for shown, (line, words) in zip(checks, HARMFUL.values()):
        assert words in shown and "Task 5" in shown, (line, shown)
    few, argument, result = checks[len(HARMFUL):]
    assert "check(5, binary, update, updatesNeeded)" in few
    assert "func binary(_ output: Double) -> Int" in argument
    assert "func binary(_ output: Double) -> Int" in result
    trap, aloud, value, thrown, last = cells[-5:]
    assert "Index out of range" in text(trap)
    assert text(aloud).strip() == "aloud"
    assert "image/svg+xml" in value.outputs[0]["data"]
    assert "threw an error" in text(thrown)
    assert last.outputs[0]["data"]["text/plain"] == "42"


def test_interrupting_a_check_keeps_the_variables(kernel):
    kernel.run("%reset")
    kernel.run("import Micrograd\nimport MicrogradNotebook\nvar kept = 41\nfunc forever() { while true {} }")
    kernel.run("kept += 1")
    reply = kernel.interrupt_after(1, "attempt(5) { forever() }")
    assert reply["ename"] == "Interrupted" and "keep" in reply["evalue"], reply
    assert kernel.run("kept").result == "42"

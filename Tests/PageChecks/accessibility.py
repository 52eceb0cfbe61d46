"""Accessibility by axe-core, which comes from PyPI and is not part of this repository."""

import functools
import pathlib
import subprocess
import sys
import tempfile
import zipfile

# A package of Python that brings axe.min.js along.
PACKAGE, FILE = "axe-playwright-python==0.1.8", "axe_playwright_python/axe.min.js"


@functools.cache
def axe():
    """Returns the source of axe-core, or None where it cannot be had."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, PACKAGE]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            wheel = next(pathlib.Path(folder).glob("*.whl"))
            return zipfile.ZipFile(wheel).read(FILE).decode()
        except (subprocess.SubprocessError, OSError, StopIteration, KeyError) as error:
            print(f"axe-core cannot be had, its checks are skipped: {error}")
            return None


def violations(page):
    """Returns the rules that a page violates, each with the elements that do."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(axe() + ";0")
    return page.evaluate("""axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
      violations.map(({ id, nodes }) => `${id}: ` + nodes.slice(0, 3).map(({ target, any, all, none }) =>
        `${target.join(" ")} (${[...any, ...all, ...none].map(({ message }) => message).join("; ")})`).join(", ")))""")

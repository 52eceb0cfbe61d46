#!/usr/bin/env python3
"""Opens stepped pages in headless Chromium with all their boxes open, and prints how long the browser takes.

    swift run -c release --package-path Benchmarks figures --pages FOLDER
    Benchmarks/measure-pages.py FOLDER

The columns: the visible boxes, and milliseconds: from the beginning until the page can be stepped through, with some of its boxes open; then finding the
places of all boxes and drawing them, with all of them open; a step, the median of twenty-one; coming near enough to read; computing everything after a
leaf was edited; closing a box and opening it again. The browser's own layout is part of each. CHROMIUM is the browser's path if it is not called chromium.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

BEGINNING = """
  document.addEventListener("DOMContentLoaded", () => page.ready.then(() => { window.readyAt = performance.now(); }));
"""
SCRIPT = """(async () => {
  await page.ready;
  const { stepper } = page, { picture, view } = stepper;
  const median = times => times.sort((a, b) => a - b)[times.length >> 1];
  const timed = run => {
    const start = performance.now();
    run();
    document.body.getBoundingClientRect();
    stepper.parts.picture.getBBox();
    return performance.now() - start;
  };
  const draw = timed(() => { stepper.receive(stepper.ask("setAll", { open: true })); view.fit(); });
  const total = stepper.moment.steps;
  const steps = Array.from({ length: 21 }, (_, n) => timed(() => stepper.go(Math.round(total * n / 20))));
  const near = timed(() => view.zoom(1 / view.scale));
  const leaf = picture.boxes.find(({ kind }) => kind === "leaf").id;
  const edit = timed(() => stepper.receive(stepper.ask("edit", { leaf, number: 0.5 })));
  const group = picture.boxes.find(({ isGroup }) => isGroup).id;
  const toggle = timed(() => { stepper.toggle(group); stepper.toggle(group); });
  const boxes = picture.boxes.filter(({ isOpen }) => !isOpen).length;
  return [boxes, window.readyAt, draw, median(steps), near, edit, toggle];
})()"""


class Browser:
    """A browser that is driven through pipes: commands to its descriptor 3, answers from its descriptor 4."""

    def __init__(self, profile):
        commands, self.commands = os.pipe()
        self.answers, answers = os.pipe()

        def connect():
            # Above 4 first, so that neither takes the other's place.
            high = [os.dup2(fd, place) for fd, place in [(commands, 103), (answers, 104)]]
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        program = [os.environ.get("CHROMIUM", "chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1200,800",
                   f"--user-data-dir={profile}", "--remote-debugging-pipe", "about:blank"]
        self.process = subprocess.Popen(program, preexec_fn=connect, close_fds=False, stderr=subprocess.DEVNULL)
        self.buffer, self.count = b"", 0
        target = next(t for t in self.ask("Target.getTargets")["targetInfos"] if t["type"] == "page")
        self.session = self.ask("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        self.ask("Page.enable")

    session = None

    def ask(self, method, **parameters):
        self.count += 1
        command = {"id": self.count, "method": method, "params": parameters}
        if self.session:
            command["sessionId"] = self.session
        os.write(self.commands, json.dumps(command).encode() + b"\0")
        return self.wait(lambda message: message.get("id") == self.count)["result"]

    def wait(self, is_wanted):
        while True:
            while b"\0" not in self.buffer:
                read = os.read(self.answers, 1 << 20)
                if not read:
                    sys.exit("the browser has stopped")
                self.buffer += read
            message, _, self.buffer = self.buffer.partition(b"\0")
            message = json.loads(message)
            if is_wanted(message):
                return message

    def close(self):
        self.ask("Browser.close")
        self.process.wait()


def measure(page):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = Browser(folder)
        browser.ask("Page.addScriptToEvaluateOnNewDocument", source=BEGINNING)
        browser.ask("Page.navigate", url=page.resolve().as_uri())
        browser.wait(lambda message: message.get("method") == "Page.loadEventFired")
        result = browser.ask("Runtime.evaluate", expression=SCRIPT, awaitPromise=True, returnByValue=True)
        browser.close()
    if "exceptionDetails" in result:
        sys.exit(f"{page}: {result['exceptionDetails']['exception'].get('description')}")
    return result["result"]["value"]


if len(sys.argv) != 2:
    sys.exit(__doc__)
print(f"{'':30}{'boxes':>8}{'ready':>8}{'draw':>8}{'step':>8}{'near':>8}{'edit':>8}{'toggle':>8}")
for page in sorted(pathlib.Path(sys.argv[1]).glob("*.html")):
    print(f"{page.stem:30}" + "".join(f"{number:8.0f}" for number in measure(page)))

#!/usr/bin/env python3
"""Trains a 2-16-16-1 network on 100 samples in the playground, in headless Chromium, and prints how fast it is.

    swift run -c release micrograd playground --no-open -o playground.html
    Benchmarks/measure-playground.py playground.html

It prints the milliseconds until the first picture of the page and until it can be used, medians of five openings, and, of each of
three runs of three seconds, the steps and the frames a second. A frame counts when its numbers and pictures have been drawn; the
browser draws at most 60 of them. CHROMIUM is the browser's path if it is not called chromium.
"""

import pathlib
import statistics
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Tests" / "PageChecks"))

from chromium import Chromium  # noqa: E402
from playground import READY, help_out, load  # noqa: E402

SETTINGS = {"data": {"kind": "moons", "samples": 100, "test": 0},
            "network": {"layers": [{"neurons": 16, "activation": "tanh"}, {"neurons": 16, "activation": "tanh"}]}, "batch": 0}
COUNT = """globalThis.drawn = 0; app.on("frame", () => { drawn += 1; });
globalThis.ticks = 0; (function tick() { ticks += 1; requestAnimationFrame(tick); })(); 0"""
NOW = "[performance.now(), app.frame.step, drawn, ticks]"

if len(sys.argv) != 2:
    sys.exit(__doc__)
address = pathlib.Path(sys.argv[1]).resolve().as_uri()
paints, starts = [], []
with Chromium() as browser:
    for _ in range(5):
        with browser.page() as page:
            page.open(address)
            page.wait(READY)
            starts.append(page.evaluate("performance.now()"))
            paints.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
    print(f"first contentful paint {statistics.median(paints):.0f} ms, ready after {statistics.median(starts):.0f} ms")
    with browser.page() as page:
        page.open(address)
        page.wait(READY)
        help_out(page)
        page.evaluate(COUNT)
        for _ in range(3):
            load(page, SETTINGS)
            page.evaluate("app.setSpeed(Infinity); app.play()")
            page.browser.pump(1)
            before = page.evaluate(NOW)
            page.browser.pump(3)
            time, steps, frames, ticks = (after - start for after, start in zip(page.evaluate(NOW), before))
            page.evaluate("app.pause()")
            print(f"{1000 * steps / time:6.0f} steps a second, {1000 * frames / time:4.0f} frames a second with new numbers, "
                  f"{1000 * ticks / time:4.0f} pictures of the browser a second")

#!/usr/bin/env python3
"""Opens stepped pages in headless Chromium with all their boxes open, and prints how long the browser takes.

    swift run -c release --package-path Benchmarks figures --pages FOLDER
    Benchmarks/measure-pages.py FOLDER

The columns: the visible boxes, and milliseconds: drawing all of them; a step, the median of twenty-one; coming near enough to read; computing everything after a leaf was
edited. The browser's own layout is part of each. CHROMIUM is the browser's
path if it is not called chromium.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.parse

SCRIPT = """
<script>{
  const median = times => times.sort((a, b) => a - b)[times.length >> 1];
  const timed = run => {
    const start = performance.now();
    run();
    document.body.getBoundingClientRect();
    view.getBBox();
    return performance.now() - start;
  };
  description.groups.forEach((_, group) => picture.open.add(group));
  const draw = timed(() => { redraw(); fit(); }), total = 2 * stops.length;
  const steps = Array.from({ length: 21 }, (_, n) => timed(() => go(Math.round(total * n / 20))));
  const near = timed(() => zoom(1 / scale()));
  const edit = timed(() => { graph.set(graph.nodes.find(node => node.isLeaf).id, 0.5); showStep(); });
  const output = document.createElement("output");
  output.textContent = encodeURIComponent(JSON.stringify([picture.boxes.length, draw, median(steps), near, edit]));
  output.id = "measured";
  document.body.append(output);
}</script></body>"""


def measure(page):
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder, "page.html")
        copy.write_text(page.read_text().replace("</body>", SCRIPT))
        browser = [os.environ.get("CHROMIUM", "chromium"), "--headless", "--no-sandbox", "--disable-gpu"]
        done = subprocess.run(browser + [f"--user-data-dir={folder}", "--window-size=1200,800", "--dump-dom", copy.as_uri()],
                              capture_output=True, text=True)
    _, found, rest = done.stdout.partition('<output id="measured">')
    if not found:
        sys.exit(f"{page}: no result from the browser\n{done.stderr}")
    return json.loads(urllib.parse.unquote(rest.partition("<")[0]))


if len(sys.argv) != 2:
    sys.exit(__doc__)
print(f"{'':30}{'boxes':>8}{'draw':>8}{'step':>8}{'near':>8}{'edit':>8}")
for page in sorted(pathlib.Path(sys.argv[1]).glob("*.html")):
    print(f"{page.stem:30}" + "".join(f"{number:8.0f}" for number in measure(page)))

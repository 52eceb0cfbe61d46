"""Random sequences of clicks, keys and pasted garbage. Afterwards the page must still work."""

import json
import random

from chromium import KEYS
from playground import help_out, label, load, opened, settle, state

GARBAGE = ["", "0", "-1", "1e308", "1e999", "-1e-400", "nan", "Infinity", "0x10", "1,5", "٣", "NaN", " ", "\t", "\n", "a", "<b>&amp;", "\"'`${x}",
           "9" * 400, "\u0000", "\ud7ff\u202e‮", "🦊" * 20, "x,y,class\n1,2,a\n3,4,b\n", "x,y,class\n1,2", "x;y;z\n1;2;3\n2;3;4", ",,,,\n,,,,",
           "{\"data\":{}}", "../../etc/passwd", "javascript:alert(1)", "%E0%A4%A", "__proto__", "constructor", "a\tb\n1\t2\n"]

HASHES = ["", "data.kind=xor", "data.kind=points", "data.points=1_2_0__3_4_1", "network.layers=", "network.layers=1.relu-1.relu-1.relu-1.relu-1.relu-1.relu-1.relu",
          "network.layers=0.tanh", "step=-5", "step=100", "batch=nan", "task=regression&data.classes=5", "optimizer.learningRate=1e308&step=20",
          "language=de", "open=nothing", "select=weight.9.9.9", "select=sample.1e9", "data.samples=1e9", "loss=hinge&data.classes=5", "=", "&&&=&=&", "a=b=c",
          "data=1", "network.layers.x=1", "data.kind.x=2", "optimizer=3", "__proto__.a=1", "constructor.prototype.a=1", "%", "schedule.kind=cosine&schedule.over=0"]

# The controls of the page, in the order in which they are there; those of exports would write files.
CONTROLS = """checks.controls().filter(element => !element.closest("#export, #tool-export") && element.type !== "file" && element.id !== "share")"""


def act(page, chance):
    """One thing that a reader may do. Returns what it was."""
    kind = chance.choices(["click", "key", "type", "select", "paste", "pointer", "address", "wait", "language"], [30, 20, 14, 8, 5, 10, 4, 4, 1])[0]
    if kind == "click":
        count = page.evaluate(f"(globalThis.found = {CONTROLS}).length")
        index = chance.randrange(max(count, 1))
        return "click " + str(page.evaluate(f"(() => {{ const element = found[{index}]; if (!element) return null; const key = checks.key(element); element.click?.(); return key; }})()"))
    if kind == "key":
        key = chance.choice([*KEYS, "e", "r", "?", "1", "5", "9", "+", "-", "0", "z"])
        for _ in range(chance.choice([1, 1, 3, 10])):
            page.press(key, chance.choice([0, 0, 0, 8]))
        return f"key {key!r}"
    if kind == "type":
        text = chance.choice(GARBAGE) if chance.random() < 0.6 else str(round(chance.uniform(-3, 30), chance.choice([0, 2])))
        name = page.evaluate(f"""(() => {{ const fields = checks.shown("input:not([type=file]), textarea"), field = fields[{chance.randrange(1000)} % fields.length];
          field.focus(); field.select?.(); return checks.key(field); }})()""")
        if text:
            page.insert(text)
        else:
            page.press("Delete")
        page.press(chance.choice(["Enter", "Tab", "Escape"]))
        return f"type {text[:20]!r} into {name}"
    if kind == "select":
        return "select " + str(page.evaluate(f"""(() => {{ const fields = checks.shown("select"), field = fields[{chance.randrange(1000)} % fields.length];
          field.selectedIndex = {chance.randrange(1000)} % field.length; field.dispatchEvent(new Event("input", {{ bubbles: true }})); field.dispatchEvent(new Event("change", {{ bubbles: true }}));
          return `${{checks.key(field)}} ${{field.value}}`; }})()"""))
    if kind == "paste":
        text = chance.choice(GARBAGE)
        page.evaluate(f"""(() => {{ const details = document.querySelector(".table"); details.open = true;
          details.querySelector("textarea").value = {json.dumps(text)}; details.querySelector("[data-word=useTable]").click(); }})()""")
        return f"paste {text[:20]!r}"
    if kind == "pointer":
        place = [chance.uniform(0, 1279), chance.uniform(0, 899)]
        page.evaluate(f"scrollTo(0, {chance.randrange(2000)})")
        page._mouse("mouseMoved", *place)
        page._mouse("mousePressed", *place)
        if chance.random() < 0.4:
            place = [chance.uniform(0, 1279), chance.uniform(0, 899)]
            page._mouse("mouseMoved", *place, buttons=1)
        page._mouse("mouseReleased", *place)
        return f"pointer {place[0]:.0f} {place[1]:.0f}"
    if kind == "address":
        text = "&".join(chance.choices(HASHES, k=chance.choice([1, 1, 2, 3])))
        # The page hears of it later, which must not be after the end of the sequence.
        page.evaluate(f"""new Promise(resolve => {{ addEventListener("hashchange", resolve, {{ once: true }}); setTimeout(resolve, 500);
          location.hash = {json.dumps(text)}; }}).then(() => 0)""")
        return f"address #{text}"
    if kind == "language":
        page.evaluate(f"app.setLanguage({json.dumps(chance.choice(['en', 'fr']))})")
        return "language"
    page.browser.pump(chance.uniform(0, 0.15))
    return "wait"


def random_sequences_leave_a_page_that_works(checks):
    """Many sequences of random actions, in pages that are opened anew every so often."""
    print(f"     seed {checks.seed}, {checks.sequences} sequences")
    with opened(checks) as page:
        help_out(page)
        load(page)
        page.click(label("step"))
        page.wait("app.frame.step === 1", "a step")
        known = state(page)
    for first in range(0, checks.sequences, 20):
        with opened(checks, quiet=False) as page:
            help_out(page)
            for number in range(first, min(first + 20, checks.sequences)):
                if not works_after(checks, page, random.Random(checks.seed * 1_000_003 + number), number, known):
                    break


def works_after(checks, page, chance, number, known):
    """Does one sequence. Returns if the page still works."""
    actions = [act(page, chance) for _ in range(chance.randrange(3, 12))]
    told = f"sequence {number} of seed {checks.seed}: {'; '.join(actions)}"
    page.evaluate("""(async () => { document.querySelector("dialog[open]")?.close(); app.pause(); if (tour) await tour.leave(); })()""")
    load(page)
    page.evaluate("document.querySelector('button[data-label=step]').click()")
    try:
        page.wait("app.frame.step === 1", "a step after a reset", 10)
        settle(page)
        isKnown = checks.expect(f"the loss of the first step after {told}", state(page), known)
    except Exception as error:
        return checks.expect(f"a page that works after {told}", str(error), "")
    return isKnown and checks.expect(f"nothing in the console after {told}", page.problems, [])


ALL = [random_sequences_leave_a_page_that_works]

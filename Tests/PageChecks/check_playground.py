"""Checks of the playground."""

import json
import urllib.parse

import accessibility
from playground import describe, help_out, label, load, opened, settle, state, step

FIVE = {"data": {"kind": "blobs", "classes": 5, "noise": 0.4}}
REGRESSION = {"task": "regression", "data": {"kind": "waves"}}


def opens_from_the_disk(checks):
    """A picture in a moment, nothing in the console, no request, at most 500 KB."""
    size = checks.file.stat().st_size
    checks.expect(f"the page has at most 500 KB (it has {size / 1024:.0f})", size <= 500 * 1024)
    with opened(checks) as page:
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime")
        ready = page.evaluate("performance.now()")
        print(f"     {size / 1024:.0f} KB; first contentful paint {paint or float('nan'):.0f} ms, ready before {ready:.0f} ms")
        checks.expect("the language of the page", page.evaluate("document.documentElement.lang"), "en")
        checks.expect("a title", page.evaluate("document.title.length > 5"))
        checks.expect("nothing scrolls sideways", page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def runs_and_steps(checks):
    """Each button of the running bar, and each key."""
    with opened(checks) as page:
        help_out(page)
        first = state(page)
        checks.expect("the first step", first["step"], 0)
        page.click(label("step"))
        page.wait("app.frame.step === 1", "one step")
        one = state(page)
        checks.expect("a step changes the loss", one["train"] != first["train"])
        page.click(label("epochOnce"))
        page.wait("app.frame.step === 1 + app.stepsPerEpoch", "one epoch")
        epoch = state(page)
        page.click(label("back"))
        page.wait("app.frame.step === app.stepsPerEpoch", "one step back")
        page.press("ArrowRight")
        page.wait("app.frame.step === 1 + app.stepsPerEpoch", "a step by the key")
        checks.expect("a step again after a step back", state(page), epoch)
        page.click(label("restart"))
        page.wait("app.frame.step === 0", "back to the start")
        checks.expect("the start again", state(page), first)
        page.evaluate("document.activeElement.blur()")
        page.press(" ")
        checks.expect("the space key plays", page.wait("app.isPlaying", "playing"))
        page.wait("app.frame.step > 20", "20 steps")
        page.click(label("pause"))
        page.wait("!app.isPlaying", "a pause")
        settle(page)
        at = state(page)
        page.browser.pump(0.3)
        checks.expect("nothing moves in a pause", state(page), at)
        checks.expect("the same step by seeking", step(page, at["step"]), at)
        for key, expected in [("ArrowLeft", at["step"] - 1), ("e", None), ("r", 0)]:
            page.evaluate("document.activeElement.blur()")
            page.press(key)
            if expected is not None:
                page.wait(f"app.frame.step === {expected}", f"the key {key}")
        page.wait("document.querySelector('.readings dd').textContent === '0'", "the step in the readings")
        for index, speed in page.evaluate("speeds.map((speed, index) => [index, String(speed)])"):
            page.evaluate(f"""(() => {{ const select = document.querySelector("select[data-label=speed]");
              select.selectedIndex = {index}; select.dispatchEvent(new Event("change", {{ bubbles: true }})); }})()""")
            checks.expect(f"speed {speed}", page.evaluate("String(app.speed)"), speed)
        page.click(label("play"))
        page.wait("app.frame.step > 50", "steps at the highest speed")
        page.click(label("pause"))
        page.evaluate("document.activeElement.blur()")
        page.press("?")
        checks.expect("the list of keys", page.wait("document.querySelector('dialog[open] dl dt') !== null", "the list of keys"))
        page.click("dialog[open] button")
        checks.expect("the list of keys is closed", page.evaluate("document.querySelector('dialog[open]') === null"))


def trains_fast_enough(checks):
    """What the page says that it does in a second, it does. The number is printed; only a standstill is a failure."""
    with opened(checks) as page:
        help_out(page)
        load(page, {"data": {"samples": 100, "test": 0}, "network": {"layers": [{"neurons": 16, "activation": "tanh"}] * 2}, "batch": 0})
        page.evaluate("app.setSpeed(Infinity); app.play()")
        page.wait("app.frame.step > 0", "a first frame")
        start = page.evaluate("[app.frame.step, performance.now()]")
        page.browser.pump(2)
        end = page.evaluate("[app.frame.step, performance.now()]")
        rate = (end[0] - start[0]) / (end[1] - start[1]) * 1000
        print(f"     {rate:.0f} steps a second of 2-16-16-1 on 100 samples")
        checks.expect("it trains at all", rate > 20)


def going_back_is_exact(checks):
    """Whatever the optimizer keeps, a step is the same number for number when it is come to again."""
    runs = [{}, {"optimizer": {"rule": "adam", "learningRate": 0.05}}, {"optimizer": {"momentum": 0.9, "nesterov": True}},
            {"schedule": {"kind": "cosine", "over": 50}, "regularization": {"l2": 0.01}}, FIVE, REGRESSION]
    with opened(checks) as page:
        help_out(page)
        for settings in runs:
            load(page, settings)
            seen = {number: (step(page, number), page.evaluate("[...app.frame.parameters]")) for number in (0, 7, 40, 133)}
            for number in (40, 0, 133, 7):
                got = (step(page, number), page.evaluate("[...app.frame.parameters]"))
                checks.expect(f"step {number} of {json.dumps(settings)}", got, seen[number])


def the_address_is_the_state(checks):
    """A link to a state opens this very state in another page."""
    states = [({}, 25), (FIVE, 60), (REGRESSION, 12), ({"data": {"kind": "points", "points": [[0, 0, 0], [1, 1, 1], [0.25, 0.5, 1], [-1, 0.125, 0]], "test": 0}}, 9),
              ({"network": {"layers": [{"neurons": 3, "activation": "relu"}, {"neurons": 2, "activation": "sigmoid"}], "seed": 7},
                "optimizer": {"rule": "adam", "learningRate": 0.003}, "batch": 3}, 31)]
    for settings, number in states:
        with opened(checks) as page:
            help_out(page)
            load(page, settings)
            expected, parameters = step(page, number), page.evaluate("[...app.frame.parameters]")
            whole = page.evaluate("JSON.stringify(app.settings)")
            page.wait(f"location.hash.includes('step={number}')", "the step in the address")
            address = page.evaluate("location.hash").removeprefix("#")
        with opened(checks, address) as page:
            help_out(page)
            page.wait(f"app.frame.step === {number}", f"step {number}")
            checks.expect(f"the state of #{urllib.parse.unquote(address)}", state(page), expected)
            checks.expect("its parameters", page.evaluate("[...app.frame.parameters]"), parameters)
            checks.expect("its settings", page.evaluate("JSON.stringify(app.settings)"), whole)
    # What is left out of a link, or cannot be there.
    for part, gone in [("network.layers=4", "undefined"), ("select=weight.9.9.9", "select"), ("select=sample.-1", "select"), ("select=neuron.0.-1", "select")]:
        with opened(checks, part) as page:
            help_out(page)
            settle(page)
            address = page.evaluate("app.address")
            checks.expect(f"no {gone} in the address after {part}: {address}", gone not in address)
    # While it plays, the link has the present settings.
    with opened(checks) as page:
        help_out(page)
        page.evaluate("app.setSpeed(50); app.play(); app.change({ batch: 7 })")
        page.wait("app.frame.step > 3", "steps")
        page.evaluate("document.getElementById('share').click()")
        page.wait("location.hash.includes('batch=7') && /step=[1-9]/.test(location.hash)", "the address with the batch and a step")
    # In a page that is already open, as by the history or by hand.
    with opened(checks) as page:
        help_out(page)
        page.evaluate("location.hash = 'data.kind=xor&step=5&language=fr'")
        page.wait("app.frame.step === 5 && app.settings.data.kind === 'xor'", "the state of the changed address")
        checks.expect("the language of the address", page.evaluate("document.documentElement.lang"), "fr")
        page.evaluate("location.hash = 'data.kind=nonsense&network.layers=9999.zigzag&batch=-3&__proto__.x=1&%E0%A4%A=1&step=1e9x'")
        page.browser.pump(0.5)
        settle(page)
        checks.expect("garbage in the address changes no prototype", page.evaluate("({}).x === undefined"))
        page.click(label("step"))
        checks.expect("the page still steps", page.wait("app.frame.step > 0", "a step"))


def a_link_may_lead_far(checks):
    """Beyond the steps of one request; the way there can be ended, by its button or by anything else that is asked for."""
    small = "data.samples=4&data.noise=0&network.layers=&data.test=0"
    with opened(checks, f"{small}&step=25000") as page:
        help_out(page)
        checks.expect("the address is that of the link on the way", "step=25000" in page.evaluate("app.address"))
        page.wait("app.frame.step === 25000", "step 25,000", 60)
        there = state(page)
        step(page, 24000)
        checks.expect("step 25,000 again", step(page, 25000), there)
    for end in ["document.querySelector('#message button').click()", "app.step()", "app.load({})"]:
        with opened(checks, f"{small}&step=1e9") as page:
            help_out(page)
            page.wait("document.getElementById('message').textContent.includes('1,000,000,000')", "a message on the way")
            page.evaluate(f"{end}; 0")
            page.wait("document.getElementById('message').hidden", f"no message after {end}")
            settle(page)
            page.browser.pump(.3)
            at = state(page)
            page.browser.pump(.3)
            checks.expect(f"nothing moves after {end}", state(page), at)
            checks.expect(f"the address after {end}", "step=1e9" not in page.evaluate("app.address") and "step=1000000000" not in page.evaluate("app.address"))


def the_last_wish_counts(checks):
    """What was replaced by something else says so, and does not run over it."""
    with opened(checks) as page:
        help_out(page)
        both = page.evaluate("Promise.all([app.load({ data: { kind: 'xor' } }, { step: 500 }), app.load({ data: { kind: 'circles' } })])")
        checks.expect("which of two loads is there", both, [False, True])
        checks.expect("refused settings are not there", page.evaluate("app.load({ batch: 'many' })"), False)
        page.evaluate("document.querySelector('#part-presets .chip').click(); app.load({ data: { kind: 'xor' } })")
        page.browser.pump(.5)
        settle(page)
        checks.expect("the data", page.evaluate("app.settings.data.kind"), "xor")
        checks.expect("a preset that was replaced does not run", page.evaluate("app.isPlaying"), False)
        checks.expect("nor does its step", page.evaluate("app.frame.step"), 0)
        for _ in range(3):
            page.evaluate("app.step()")
        for _ in range(2):
            page.evaluate("app.back()")
        page.wait("app.frame.step === 1", "three steps, and two back, in a row")


# Controls

# What one control changes besides the setting that it is for.
MORE = {"task": {"loss", "data.kind", "data.noise", "data.classes"}, "data.kind": {"data.noise", "data.points", "data.classes", "data.samples"},
        "data.classes": {"loss"}, "schedule.kind": {"schedule.factor", "schedule.to"}}


def each_setting_has_a_control(checks):
    """Every number and choice that the engine describes is changed by a control, which changes nothing else."""
    with opened(checks) as page:
        help_out(page)
        paths = page.evaluate("""[...Object.keys(app.description.limits), ...Object.keys(app.description.choices)]""")
        changed, used = set(), set()
        situations = [{}, {"optimizer": {"rule": "adam"}}, REGRESSION, {"data": {"kind": "blobs", "classes": 3}}]
        kinds = page.evaluate("app.choices('schedule.kind').map(({ value }) => value)")
        situations += [{"schedule": {"kind": kind}} for kind in kinds if kind != "constant"]
        for settings in situations:
            changed |= use_fields(checks, page, settings, used)
        known = {path.replace("network.layers.activation", "network.layers").replace("network.layers.neurons", "network.layers") for path in paths}
        # The buttons of tasks and kinds, and those of the net, have checks of their own.
        missing = sorted(known - changed - {"task", "data.kind", "network.layers", "data.points"})
        checks.expect("settings without a control", missing, [])


def fields_take_whole_numbers(checks):
    """Keys and sliders of logarithmic scales; and a field that was emptied."""
    field = "[...document.querySelectorAll('#data .field')].find(field => field.querySelector('[data-word=scheduleEvery]'))"
    with opened(checks) as page:
        help_out(page)
        load(page, {"schedule": {"kind": "step", "every": 1}})
        page.evaluate(f"document.querySelectorAll('#data details').forEach(fold => {{ fold.open = true; }}); {field}.querySelector('[type=number]').focus()")
        for expected in [2, 3, 4]:
            page.press("ArrowUp")
            settle(page)
            checks.expect("a step upwards", page.evaluate("app.settings.schedule.every"), expected)
        page.evaluate(f"(() => {{ const slider = {field}.querySelector('[type=range]'); slider.value = .05; slider.dispatchEvent(new Event('input')); }})()")
        settle(page)
        checks.expect("the slider near its end", page.evaluate("app.settings.schedule.every"), 1)
        page.evaluate(f"{field}.querySelector('[type=number]').value = ''")
        page.press("ArrowUp")
        settle(page)
        checks.expect("a step upwards from nothing", page.evaluate("app.settings.schedule.every"), 2)
        checks.expect("no message", page.evaluate("document.getElementById('message').hidden"))


FIELDS = """(() => { document.querySelectorAll("#data details:not(.table), #network details").forEach(details => { details.open = true; });
  globalThis.fields = checks.shown("#data input, #data select, #network .foot input, #network .foot select, #network .head select")
    .filter(field => !field.closest(".table"));
  return fields.map(checks.key); })()"""


def use_fields(checks, page, settings, used):
    """Uses each field of the settings' parts with the keyboard, unless it is among those used before. Returns the paths that
    changed."""
    found = set()
    load(page, settings)
    for index, key in enumerate(page.evaluate(FIELDS)):
        if key in used and key != "input seed":
            continue
        used.add(key)
        name, kind, value = page.evaluate(f"""(() => {{ const field = fields[{index}]; field.focus();
          globalThis.before = checks.leaves(app.settings);
          return [checks.key(field), field.type, field.value]; }})()""")
        if kind == "number":
            new = page.evaluate(f"""(() => {{ const field = fields[{index}], {{ min, max, step, value }} = field, low = Number(min || -10), high = Number(max || 1e4);
              const whole = Number(value) === Math.round(Number(value)) && Math.abs(Number(value)) >= 1, next = Number(value) + (whole ? 1 : .0625);
              field.select(); return String(next <= high ? next : Math.max(low, Number(value) - (whole ? 1 : .0625))); }})()""")
            page.insert(new)
            page.press("Enter")
            page.press("Tab")
        elif kind == "checkbox":
            page.press(" ")
        elif kind == "select-one":
            page.press("ArrowUp" if page.evaluate(f"fields[{index}].selectedIndex === fields[{index}].length - 1") else "ArrowDown")
        else:
            continue
        settle(page)
        changes = page.evaluate("checks.changed(before)")
        if name == "input showNumbers":
            checks.expect(f"{name} changes no setting", changes, [])
            continue
        if not checks.expect(f"{name} changes something, with {json.dumps(settings)}", bool(changes)):
            continue
        main = changes[0]
        for path in changes:
            allowed = len(changes) == 1 or any(set(changes) <= {key} | more for key, more in MORE.items())
            checks.expect(f"{name} changes one thing, not {changes}", allowed)
        found |= set(changes)
        if kind == "number":
            got = page.evaluate(f"String(valueAt(app.settings, {json.dumps(main)}))")
            checks.expect(f"{name} ({main}) takes what was typed", got, new)
        load(page, settings)
        page.evaluate(FIELDS)  # those of the net are made anew
    return found


def data_of_all_kinds(checks):
    """Each task, each kind of data by its button."""
    with opened(checks) as page:
        help_out(page)
        for task in page.evaluate("app.choices('task').map(({ value }) => value)"):
            index = page.evaluate(f"app.choices('task').findIndex(({{ value }}) => value === '{task}')")
            page.click(f"[role=group][data-label=task] button:nth-child({index + 1})")
            page.wait(f"app.settings.task === '{task}'", f"the task {task}")
            for kind in page.evaluate("app.choices('data.kind').map(({ value }) => value)"):
                page.click(f".kinds [data-kind={kind}]")
                page.wait(f"app.settings.data.kind === '{kind}'", f"{kind} of {task}")
                settle(page)
                checks.expect(f"{kind}: its button is pressed", page.evaluate(f"document.querySelector('.kinds [data-kind={kind}]').ariaPressed"), "true")
                checks.expect(f"{kind}: samples are shown", page.evaluate("document.querySelectorAll('#part-surface .points .point').length > 5"))
                page.click(label("epochOnce"))
                page.wait("app.frame.step > 0", f"an epoch of {kind}")
                checks.expect(f"{kind}: a finite loss", page.evaluate("Number.isFinite(app.frame.loss.train)"))


def the_net_is_edited(checks):
    """Layers and neurons come and go by the buttons above the net."""
    with opened(checks) as page:
        help_out(page)
        layers = lambda: page.evaluate("app.settings.network.layers.map(({ neurons }) => neurons)")
        load(page, {"network": {"layers": [{"neurons": 4, "activation": "tanh"}]}})
        for head, expected in [("p0", [5]), ("p0", [6]), ("m0", [5]), ("i1", [5, None]), ("i0", [None, 5, None]), ("r1", [None, None]), ("r0", [None]), ("r0", [])]:
            page.click(f"[data-head={head}]")
            settle(page)
            got = layers()
            checks.expect(f"layers after {head}", [number if wanted is not None else None for number, wanted in zip(got, expected)] if len(got) == len(expected) else got, expected)
        page.click("[data-head=i0]")
        settle(page)
        checks.expect("the function of a layer", page.evaluate("""(async () => { const select = document.querySelector("[data-head=a0]");
          select.value = "relu"; select.dispatchEvent(new Event("change", { bubbles: true })); await checks.settle(); return app.settings.network.layers[0].activation; })()"""), "relu")
        most = page.evaluate("[app.limits('network.layers').max ?? 6, app.limits('network.layers.neurons').max]")
        for _ in range(most[0] + 2):
            page.evaluate("document.querySelector('[data-head=i0]').click()")
            settle(page)
        checks.expect("not more layers than there may be", len(layers()), most[0])
        for _ in range(3):
            page.evaluate("document.querySelector('[data-head=m0]').click()")
            settle(page)
        for _ in range(5):
            page.evaluate("document.querySelector('[data-head=m0]').click()")
        settle(page)
        checks.expect("not fewer neurons than one", layers()[0], 1)
        numbers = "document.querySelectorAll('#network .labels text').length"
        load(page, {})
        before = page.evaluate(numbers)
        page.evaluate("document.querySelector('[data-word=showNumbers]').closest('label').querySelector('input').click()")
        settle(page)
        checks.expect("numbers on the weights", page.evaluate(numbers) > before)


def things_are_chosen(checks):
    """A weight, a neuron and a sample are chosen by pointer and keys, and each opens its graph."""
    with opened(checks) as page:
        help_out(page)
        step(page, 5)
        place = page.evaluate("""(() => { const edge = document.querySelector("#network path.weight"), point = edge.getPointAtLength(edge.getTotalLength() / 2);
          edge.scrollIntoView({ block: "center", behavior: "instant" }); const { x, y } = point.matrixTransform(edge.getScreenCTM()); return [x, y]; })()""")
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"]:
            page._mouse(kind, *place)
        page.wait("app.selection?.kind === 'weight'", "a chosen weight")
        check_why(checks, page, "a weight")
        page.click("#network button.neuron:not([aria-disabled])")
        page.wait("app.selection?.kind === 'neuron'", "a chosen neuron")
        check_why(checks, page, "a neuron")
        page.browser.pump(1)
        place = page.evaluate("""(() => { const area = document.querySelector("#part-surface .area"); area.scrollIntoView({ block: "center", behavior: "instant" });
          const point = document.querySelector("#part-surface .point.train").getBoundingClientRect(); return [point.x + point.width / 2, point.y + point.height / 2]; })()""")
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"]:
            page._mouse(kind, *place)
        page.wait("app.selection?.kind === 'sample'", "a chosen sample")
        check_why(checks, page, "a sample")
        # By keys: the net and the plane are one stop each.
        page.evaluate("app.select(null); document.querySelector('#network .neuron[tabindex=\"0\"]').focus()")
        page.press("ArrowRight")
        page.press("Enter")
        checks.expect("Enter in the net chooses", page.wait("app.selection !== null", "a choice by keys"))
        page.evaluate("app.select(null); document.querySelector('#part-surface .area').focus()")
        page.press("ArrowLeft")
        checks.expect("the cursor reads", page.wait("document.getElementById('plane-words').textContent.startsWith('x ')", "a reading"))


def check_why(checks, page, what):
    page.wait("app.tool === 'why'", f"the graph of {what}")
    page.wait("document.querySelector('#tool-why .stepper svg') !== null", f"the stepper of {what}")
    page.wait("document.querySelector('#tool-why [role=status] p')?.textContent.length > 10", f"a sentence about {what}")


def points_are_drawn(checks):
    """Points by the pointer and by keys, of each class; they are taken away again."""
    with opened(checks) as page:
        help_out(page)
        page.click(label("draw"))
        page.wait("app.settings.data.kind === 'points'", "points of one's own")
        settle(page)
        count = lambda: page.evaluate("app.settings.data.points.length")
        before = count()
        page.drag("#part-surface .area", [(0.1, 0.1), (0.3, 0.15), (0.5, 0.1)])
        page.wait(f"app.settings.data.points.length > {before}", "drawn points")
        settle(page)
        drawn = count()
        page.evaluate("document.querySelector('#part-surface .area').focus()")
        for key in ["2", "ArrowRight", "Enter"]:
            page.press(key)
        page.wait(f"app.settings.data.points.length === {drawn + 1}", "a point by the key")
        checks.expect("the class of the point", page.evaluate("app.settings.data.points.at(-1)[2]"), 1)
        settle(page)
        page.press("Delete")
        page.wait(f"app.settings.data.points.length <= {drawn}", "a point removed")
        page.click(label("clear"))
        page.drag("#part-surface .area", [(0.2, 0.2), (0.6, 0.7)])
        page.wait("app.settings.data.points.length === 2", "two points after clearing")
        page.click(label("step"))
        page.wait("app.frame.step === 1", "a step with two points")
        page.click(label("look"))


GOOD_TABLES = [
    ("x,y,class\n0,0,a\n1,1,b\n0,1,a\n1,0,b\n", "classification", 4),
    ("height;width;colour\n1.5;2;red\n2.5;3;blue\n0.5;1;green\n", "classification", 3),
    ("a\tb\tprice\n1\t2\t3.5\n2\t3\t4.25\n3\t5\t6.125\n", "regression", 3),
]
STRAY = "x,y,class\n" + "".join(f"{row},{'zwei' if row == 20 else row / 7},{'ab'[row % 2]}\n" for row in range(40))
BAD_TABLES = [(STRAY, "line 22, column 2"), ("x,y,class\n0,0,a\n1,inf,b\n", "line 3, column 2"), ("x,y,class\n1,2\n", "line 2"), ("", "line 1"), ("1,2,3\n4,5,6\n", "line 1"),
              ("x,y,class\n\"1,2,3\n", "line 2")]


def tables_are_pasted(checks):
    """Good tables become points; of bad ones line and column are told, and nothing changes."""
    with opened(checks) as page:
        help_out(page)
        page.evaluate("document.querySelector('.table').open = true")
        for text, task, count in GOOD_TABLES:
            load(page)
            paste(page, text)
            page.wait(f"app.settings.data.kind === 'points' && app.settings.data.points.length === {count}", f"the points of {text!r}")
            checks.expect(f"the task of {text!r}", page.evaluate("app.settings.task"), task)
            checks.expect("no error", page.evaluate("document.querySelector('.table .error').textContent"), "")
            page.evaluate("app.step()")
            page.wait("app.frame.step === 1 && Number.isFinite(app.frame.loss.train)", "a step")
        # A link has the names, and the very same points.
        names = "document.querySelector('#part-surface .legend').textContent"
        load(page)
        paste(page, "long name,b&c,d\n0.123456789,1,yes, of course\n".replace("yes, of course", '"yes, of course"') + "1,2.3456789,no\n4,5.6,été\n")
        page.wait(f"{names}.includes('yes, of course') && {names}.includes('été')", "the names of the classes")
        first, legend, address = step(page, 5), page.evaluate(names), page.evaluate("app.address")
        with opened(checks, address) as other:
            help_out(other)
            other.wait("app.frame.step === 5", "the step of the link")
            checks.expect("the state of the link", state(other), first)
            checks.expect("the names of the link", other.evaluate(names), legend)
            checks.expect("the names of the inputs", other.evaluate("[app.inputName(0), app.inputName(1)]"), ["long name", "b&c"])
            checks.expect("its address", other.evaluate("app.address"), address)
            checks.expect("its table", other.evaluate("JSON.stringify(app.table)"), page.evaluate("JSON.stringify(app.table)"))
            other.evaluate("app.open('export')")
            other.wait("document.querySelector('.formula').textContent.includes('(long_name − 1.7')", "the column and its mean in the formula")
            other.evaluate("app.change({ data: { points: [...app.settings.data.points, [0, 0, 1]] } })")
            settle(other)
            checks.expect("a point more lies in the plane of the table", other.evaluate("app.inputName(0)"), "long name")
            other.evaluate("app.change({ data: { kind: 'moons', points: null } })")
            settle(other)
            checks.expect("other data have no names", "table." not in other.evaluate("app.address"))
        page.evaluate("app.tell(null)")
        paste(page, f"x,{'y' * 700},class\n0,0,a\n1,1,b\n")
        page.wait("document.querySelector('#message p')?.textContent === words.en.longNames", "a word on names that are too long")
        checks.expect("no names in the address", "table.inputs" not in page.evaluate("app.address"))
        checks.expect("but the scales", "table.means=" in page.evaluate("app.address"))
        page.evaluate("app.tell(null)")
        page.click(label("draw"))
        page.click(label("clear"))
        page.drag("#part-surface .area", [(0.2, 0.2), (0.6, 0.7)])
        page.wait("app.settings.data.points.length === 2", "two points after clearing")
        checks.expect("points drawn anew are of no table", page.evaluate("JSON.stringify(app.table)"), "{}")
        page.click(label("look"))
        before = page.evaluate("JSON.stringify(app.settings)")
        for text, place in BAD_TABLES:
            paste(page, text)
            message = page.wait("document.querySelector('.table .error').textContent", f"an error about {text!r}")
            checks.expect(f"the error about {text!r} names {place}: {message}", place in message)
            checks.expect("nothing has changed", page.evaluate("JSON.stringify(app.settings)"), before)


def paste(page, text):
    page.evaluate("document.querySelector('.table textarea').value = ''; document.querySelector('.table textarea').focus()")
    if text:
        page.insert(text)
    page.evaluate("document.querySelector('[data-word=useTable]').click()")


def what_breaks_is_named(checks):
    """With far too large a rate the loss is lost: the operation is named, the step before is shown, and a remedy mends it."""
    with opened(checks) as page:
        help_out(page)
        load(page, {"task": "regression", "data": {"kind": "plane"}, "network": {"layers": [{"neurons": 4, "activation": "relu"}]},
                    "optimizer": {"learningRate": 100}, "batch": 0})
        page.click(label("play"))
        page.wait("app.frame.warnings?.some(({ kind }) => kind === 'nan')", "a warning about nan")
        page.wait("!app.isPlaying", "a pause")
        settle(page)
        warning = page.evaluate("app.frame.warnings.find(({ kind }) => kind === 'nan')")
        checks.expect(f"the warning names an operation: {warning}", bool(warning.get("operation")))
        checks.expect(f"the warning names a step: {warning}", isinstance(warning.get("since"), int))
        for language in ["en", "fr"]:
            checks.expect(f"words in {language}: {warning}", len(warning["text"][language]) > 10 and len(warning["remedy"]["text"][language]) > 3)
        page.wait(f"document.querySelector('.warnings').textContent.includes({json.dumps(warning['text']['en'])})", "the warning in the page")
        page.evaluate("checks.button('.warnings', 'diagnosisShow').click()")
        check_why(checks, page, "what broke")
        page.evaluate("checks.button('.warnings', 'diagnosisBack').click()")
        page.wait(f"app.frame.step === {warning['since'] - 1}", "the step before")
        checks.expect("the loss of the step before is a number", page.evaluate("Number.isFinite(app.frame.loss.train)"))
        step(page, warning["since"])
        page.evaluate("checks.button('.warnings', 'diagnosisRemedy').click()")
        settle(page)
        step(page, 50)
        checks.expect("with the remedy the loss remains a number", page.evaluate("Number.isFinite(app.frame.loss.train)"))


def tools_answer(checks):
    """Each tool is opened by its tab, and answers."""
    with opened(checks) as page:
        help_out(page)
        step(page, 10)
        for tool in page.evaluate("parts.filter(({ place }) => place === 'tools').map(({ id }) => id)"):
            page.click(f"#tab-{tool}")
            page.wait(f"app.tool === '{tool}' && !document.getElementById('tool-{tool}').hidden", f"the tool {tool}")
            settle(page)
        page.evaluate("document.getElementById(`tab-${app.tool}`).focus()")
        for key, place in [("Home", 0), ("ArrowRight", 1), ("ArrowLeft", 0), ("End", -1)]:
            page.press(key)
            checks.expect(f"the tab after {key}", page.evaluate("app.tool"), page.evaluate(f"parts.filter(({{ place }}) => place === 'tools').at({place}).id"))
        page.evaluate("app.open('compare')")
        page.evaluate("document.querySelector('[data-word=compareRun]').click()")
        page.wait("document.querySelectorAll('.compare-runs figure').length === 3", "three runs", 60)
        checks.expect("a drawing of the curves", page.evaluate("document.querySelectorAll('.compare-curves svg').length > 0"))
        before = page.evaluate("app.settings.loss")
        page.evaluate("document.querySelector('[data-word=compareUse]').click()")
        settle(page)
        checks.expect("a loss is taken from the comparison", page.evaluate("app.settings.loss") != before)
        load(page)
        step(page, 10)
        page.evaluate("app.open('plane'); document.querySelector('#tool-plane button').click()")
        page.wait("document.querySelector('#tool-plane canvas') !== null && document.querySelector('#tool-plane').textContent.length > 40", "a map of the loss", 60)
        page.evaluate("app.open('why')")
        page.wait("document.querySelector('#tool-why [role=status] p')?.textContent.length > 10", "an answer")
        page.evaluate("app.select({ kind: 'weight', layer: 0, neuron: 0, input: 0 }); document.querySelector('[data-word=whyBatch]').click()")
        page.wait("document.querySelectorAll('#tool-why tbody tr').length > 1", "the parts of the batch")
        total, gradient = page.evaluate("""(async () => { const { summands, gradient } = await app.ask({ do: "why", target: { kind: "weight", layer: 0, neuron: 0, input: 0 }, over: "batch" });
          return [summands.reduce((sum, { gradient }) => sum + gradient, 0), gradient]; })()""")
        checks.expect("the parts of a gradient add up to it", total, gradient, within=1e-12)


def files_are_saved(checks):
    """Everything that can be taken away arrives, and is not empty."""
    with opened(checks) as page:
        help_out(page)
        step(page, 10)
        page.evaluate("app.open('export')")
        settle(page)
        count = page.evaluate("(globalThis.exports = [...document.querySelectorAll('.export-groups button:not([data-word=share])')]).length")
        for index in range(count):
            name = page.evaluate(f"exports[{index}].textContent")
            had = set(page.downloads.iterdir())
            page.evaluate(f"exports[{index}].click()")
            for _ in range(100):
                page.browser.pump(0.05)
                new = [file for file in set(page.downloads.iterdir()) - had if not file.name.endswith(".crdownload")]
                if new:
                    break
            said = page.evaluate("document.querySelector('#tool-export [role=status]').textContent")
            checks.expect(f"a file of {name} (the page says “{said}”)", len(new) == 1 and new[0].stat().st_size > 50)
        formula = page.wait("document.querySelector('.formula').textContent", "the formula")
        checks.expect(f"the formula has numbers: {formula[:60]}", "0." in formula)


def lessons_can_be_taken(checks):
    """Each lesson is gone through to its question, whose answers are judged, and the reader's own state comes back."""
    with opened(checks) as page:
        help_out(page)
        load(page, {"data": {"kind": "circles"}})
        step(page, 300)
        own = page.evaluate("JSON.stringify(app.settings)")
        for lesson in page.evaluate("lessonsData.map(({ id }) => id)"):
            page.evaluate(f"document.querySelector('[data-lesson={lesson}]').closest('details').open = true; document.querySelector('[data-lesson={lesson}]').click()")
            page.wait(f"tour?.lesson.id === '{lesson}'", f"the lesson {lesson}")
            for place in range(page.evaluate("tour.lesson.steps.length")):
                page.wait(f"tour.place === {place}", f"step {place} of {lesson}")
                settle(page)
                if page.evaluate("tour.item.task && tour.item.do !== undefined"):
                    checks.expect(f"what is done on arrival at {place} of {lesson}", page.evaluate("document.querySelector('.tour .done').textContent"), "")
                    page.evaluate("document.querySelector('.tour [data-word=\"lesson.doIt\"]').click()")
                    page.wait("document.querySelector('.tour .done').textContent !== ''", f"a done task, at {place} of {lesson}")
                page.evaluate("document.querySelector('.tour [data-word=\"lesson.next\"]').click()")
            page.wait("document.querySelector('.tour form') !== null", f"the question of {lesson}", 40)
            answer_question(checks, page, lesson)
            page.evaluate("document.querySelector('.tour [data-label=\"lesson.leave\"]').click()")
            page.wait("tour === null", "the end of the lesson")
            page.wait("app.settings.data.kind === 'circles'", "the reader's own data")
            settle(page)
            checks.expect(f"the settings after {lesson}", page.evaluate("JSON.stringify(app.settings)"), own)


def links_open_lessons(checks):
    """A link to a place in a lesson opens it, with the lesson's settings or with those of the link."""
    with opened(checks, "lesson=hidden.3") as page:
        page.wait("app.lesson === 'hidden.3' && app.frame.step === 100", "the run that the place speaks of")
    for state, kind, isOpen in [("lesson=rate.2", None, False), ("data.kind=xor&lesson=hidden.1&step=4", "xor", False), ("data.kind=xor&lesson=hidden.1&step=4", "xor", True)]:
        with opened(checks, "" if isOpen else state) as page:
            help_out(page)
            if isOpen:
                page.evaluate(f"app.play(); location.hash = '{state}'; 0")
            lesson = state.partition("lesson=")[2].split("&")[0]
            page.wait(f"app.lesson === '{lesson}'", f"the lesson {lesson}")
            settle(page)
            if kind:
                checks.expect("the data of the link", page.evaluate("app.settings.data.kind"), kind)
                page.wait("app.frame.step === 4 && !app.isPlaying", "the step of the link")
            checks.expect("the lesson in the address", f"lesson={lesson}" in page.evaluate("app.address"))
            page.click(".tour [data-label='lesson.leave']")
            page.wait("tour === null && app.settings.data.kind === 'moons'", "the page without its lesson")


def answer_question(checks, page, lesson):
    verdicts = []
    count = page.evaluate("document.querySelectorAll('.tour form [type=radio]').length")
    for index in range(count):
        page.evaluate(f"document.querySelectorAll('.tour form [type=radio]')[{index}].click(); document.querySelector('.tour form').requestSubmit()")
        verdicts.append(page.wait("document.querySelector('.tour .verdict').className", "a verdict"))
        checks.expect(f"words of the verdict in {lesson}", page.evaluate("document.querySelector('.tour .verdict').textContent.length > 15"))
    if count:
        checks.expect(f"one right answer of {lesson}", sum("right" in verdict for verdict in verdicts), 1)
        return
    for text in ["", "abc", "12345.678"]:
        page.evaluate(f"(() => {{ const field = document.querySelector('.tour form [type=text]'); field.value = '{text}'; document.querySelector('.tour form').requestSubmit(); }})()")
        checks.expect(f"“{text}” is wrong in {lesson}", page.evaluate("document.querySelector('.tour .verdict').className"), "verdict wrong")


def presets_show_one_thing(checks):
    """Each preset runs, says what to watch, and has an opposite; the reader's own state comes back."""
    with opened(checks) as page:
        help_out(page)
        load(page, {"data": {"kind": "circles"}})
        own = page.evaluate("JSON.stringify(app.settings)")
        page.evaluate("document.querySelector('#part-presets details').open = true")
        for index in range(page.evaluate("presetsData.length")):
            name = page.evaluate(f"presetsData[{index}].id")
            page.evaluate(f"document.querySelectorAll('#part-presets .chip')[{index}].click()")
            page.wait("app.isPlaying || app.frame.warnings?.length", f"the run of {name}")
            page.wait("app.frame.step > 3", f"steps of {name}")
            checks.expect(f"words about {name}", page.evaluate("document.querySelector('#part-presets [role=status]').textContent.length > 20"))
            checks.expect(f"its button is pressed", page.evaluate(f"document.querySelectorAll('#part-presets .chip')[{index}].ariaPressed"), "true")
            before = page.evaluate("JSON.stringify(app.settings)")
            page.evaluate("document.querySelector('#part-presets .note button:nth-child(2)').click()")
            page.wait(f"JSON.stringify(app.settings) !== {json.dumps(before)}", f"the opposite of {name}")
            page.evaluate("document.querySelector('[data-word=\"preset.undo\"]').click()")
            page.wait("app.settings.data.kind === 'circles' && !app.isPlaying", "the reader's own data")
            settle(page)
            checks.expect(f"the settings after {name}", page.evaluate("JSON.stringify(app.settings)"), own)


def the_timeline_goes_back(checks):
    with opened(checks) as page:
        help_out(page)
        step(page, 40)
        seen = state(page)
        page.evaluate("""(() => { const slider = document.querySelector("#part-curves input[type=range]"); slider.value = 10;
          slider.dispatchEvent(new Event("input", { bubbles: true })); slider.dispatchEvent(new Event("change", { bubbles: true })); })()""")
        page.wait("app.frame.step === 10", "step 10 by the timeline")
        checks.expect("step 40 again", step(page, 40), seen)


def curves_have_room_for_their_numbers(checks):
    """Labels of huge and of tiny losses are within the picture."""
    plane = {"task": "regression", "data": {"kind": "plane", "noise": 0}, "network": {"layers": []}, "batch": 0}
    with opened(checks) as page:
        help_out(page)
        for rate, steps in [(30, 40), (0.1, 400)]:
            load(page, {**plane, "optimizer": {"rule": "sgd", "learningRate": rate}})
            loss = step(page, steps)["train"]
            for isLogarithmic in [False, True]:
                page.evaluate(f"(() => {{ const box = document.querySelector('#part-curves [type=checkbox]'); if (box.checked !== {json.dumps(isLogarithmic)}) box.click(); }})()")
                settle(page)
                clipped = page.evaluate("[...document.querySelectorAll('#part-curves .tick')].filter(tick => tick.getBBox().x < 0 && tick.checkVisibility()).map(({ textContent }) => textContent)")
                checks.expect(f"labels that are cut off, loss {loss}", clipped, [])


def speaks_french(checks):
    """Every word of the page in both languages, and no key in place of a word."""
    with opened(checks) as page:
        help_out(page)
        missing = page.evaluate("""[...Object.keys(words.en).filter(key => !(key in words.fr)).map(key => `fr ${key}`),
          ...Object.keys(words.fr).filter(key => !(key in words.en)).map(key => `en ${key}`)]""")
        checks.expect("words in one language only", missing, [])
        for language in ["fr", "en"]:
            page.evaluate(f"""(() => {{ const select = document.getElementById("language"); select.value = "{language}"; select.dispatchEvent(new Event("change", {{ bubbles: true }})); }})()""")
            checks.expect("the language", page.evaluate("document.documentElement.lang"), language)
            for title in ["document.title", "document.querySelector('h1').textContent"]:
                checks.expect(title, page.evaluate(title), page.evaluate(f"words.{language}.title"))
            unknown = page.evaluate("""[...document.querySelectorAll("[data-word], [data-label]")].filter(element => !element.closest(".stepper")).map(({ dataset }) => dataset.word ?? dataset.label)
              .filter(key => key && !(key in words[app.language]))""")
            checks.expect(f"keys without words in {language}", unknown, [])
            play = page.evaluate("document.querySelector('button.play').ariaLabel")
            checks.expect("the name of a button", play, page.evaluate(f"words.{language}.play"))


def no_sentence_stays_in_the_other_language(checks):
    """When the language changes, so does every sentence that is shown."""
    sentences = """new Set(document.body.innerText.split("\\n").filter(line => /(\\p{L}+[ ,]+){3}\\p{L}+/u.test(line)))"""
    for name, prepare in states_of_the_page():
        if name not in {"fresh", "drawing", "error", "why", "broken", "compare", "plane", "export"}:
            continue
        with opened(checks) as page:
            help_out(page)
            prepare(page)
            page.evaluate(f"globalThis.english = {sentences}; app.setLanguage('fr')")
            settle(page)
            checks.expect(f"sentences that are still English: {name}", page.evaluate(f"[...{sentences}].filter(line => english.has(line))"), [])


def links_are_copied(checks):
    with opened(checks) as page:
        help_out(page)
        page.send("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"], browserContextId=page._context)
        step(page, 3)
        page.click("#share")
        page.wait("document.getElementById('share').textContent === app.word('shared')", "the word that the link is copied")
        checks.expect("the link", page.evaluate("navigator.clipboard.readText()"), page.evaluate("location.href"))


# Accessibility

def axe_finds_nothing(checks):
    """No violation of WCAG that axe-core knows, in any state, at any width, light and dark, in both languages."""
    if accessibility.axe() is None:
        return
    looks = [(width, dark, language) for width in (390, 1280, 1920) for dark in (False, True) for language in ("en", "fr")]
    for name, prepare in states_of_the_page():
        with opened(checks) as page:
            help_out(page)
            prepare(page)
            page.browser.pump(0.4)
            # All combinations for the fresh page, and for the other states those that differ most.
            for width, dark, language in looks if name == "fresh" or checks.thorough else [looks[0], looks[7], looks[10]]:
                page.look(width, 900, dark)
                page.evaluate(f"app.setLanguage('{language}')")
                page.browser.pump(0.1)
                situation = f"{name}, {width} wide, {'dark' if dark else 'light'}, {language}"
                checks.expect(f"violations: {situation}", accessibility.violations(page), [])
                checks.expect(f"nothing scrolls sideways: {situation}", page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def states_of_the_page():
    """The states in which a reader may be, each with a function that brings a page into it."""
    yield "fresh", lambda page: None
    yield "trained", lambda page: step(page, 200)
    yield "five classes", lambda page: (load(page, FIVE), step(page, 50))
    yield "regression", lambda page: (load(page, REGRESSION), step(page, 50))
    yield "why", lambda page: (step(page, 3), page.evaluate("app.select({ kind: 'weight', layer: 0, neuron: 0, input: 0 })"), page.wait("app.tool === 'why'"))
    yield "folds open", lambda page: page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    yield "drawing", lambda page: page.click(label("draw"))
    yield "keys", lambda page: page.press("?")
    yield "error", lambda page: page.evaluate("app.tell({ en: 'An error', fr: 'Une erreur' }, { word: 'startAnew', action() {} })")
    yield "broken", lambda page: (load(page, {"optimizer": {"learningRate": 100}, "task": "regression", "data": {"kind": "plane"}}), step(page, 30))
    for tool in ["compare", "plane", "export"]:
        yield tool, lambda page, tool=tool: (step(page, 20), page.evaluate(f"app.open('{tool}'); document.querySelector('#tool-{tool} button.primary')?.click()"), page.browser.pump(2))
    for index in range(8):
        yield f"lesson {index + 1}", lambda page, index=index: (page.evaluate(f"startLesson(lessonsData[{index}])"), settle(page))


ALL = [opens_from_the_disk, runs_and_steps, trains_fast_enough, going_back_is_exact, the_address_is_the_state, a_link_may_lead_far, the_last_wish_counts, each_setting_has_a_control, fields_take_whole_numbers,
       data_of_all_kinds, the_net_is_edited, things_are_chosen, points_are_drawn, tables_are_pasted, the_timeline_goes_back, curves_have_room_for_their_numbers, what_breaks_is_named, tools_answer,
       files_are_saved, lessons_can_be_taken, links_open_lessons, presets_show_one_thing, speaks_french,
       no_sentence_stays_in_the_other_language, links_are_copied, axe_finds_nothing]

"""A headless Chromium that is driven over a pipe by the DevTools protocol. Needs nothing but Python's library.

    with Chromium() as browser, browser.page(width=1280) as page:
        page.open("file:///tmp/page.html")
        page.evaluate("document.title")
"""

import base64
import json
import os
import pathlib
import select
import shutil
import subprocess
import tempfile
import time


class ProtocolError(Exception):
    """The browser refused a command, or ended."""


class ScriptError(Exception):
    """A script of a check failed in the page."""


def find_browser():
    """Returns the path of the browser, or None: that of the variable CHROMIUM, or the first on the search path."""
    names = [os.environ.get("CHROMIUM", "chromium"), "chromium-browser", "google-chrome", "google-chrome-stable"]
    return next(filter(None, map(shutil.which, names)), None)


class Chromium:
    """A browser of its own, with a profile that goes away with it."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="micrograd-browser-"))
        to_child, self._write = os.pipe()
        self._read, from_child = os.pipe()
        command = [
            find_browser(), "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars",
            "--disable-dev-shm-usage", "--disable-background-timer-throttling", "--disable-renderer-backgrounding",
            "--disable-backgrounding-occluded-windows", "--disable-extensions", "--disable-component-update",
            "--disable-background-networking", "--lang=en", f"--user-data-dir={self.folder / 'profile'}",
            "--remote-debugging-pipe", "about:blank"]

        def connect():  # Chromium reads from descriptor 3 and writes to 4.
            ends = os.dup(to_child), os.dup(from_child)
            os.dup2(ends[0], 3)
            os.dup2(ends[1], 4)
            os.set_inheritable(3, True)
            os.set_inheritable(4, True)

        self._process = subprocess.Popen(command, preexec_fn=connect, close_fds=False, stdin=subprocess.DEVNULL,
                                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_child)
        os.close(from_child)
        self._buffer, self._number, self._replies, self._listeners = b"", 0, {}, {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.send("Browser.close")
            self._process.wait(10)
        except (ProtocolError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    # Messages

    def send(self, method, session=None, timeout=60, **parameters):
        """Sends a command and returns its result."""
        self._number += 1
        number, message = self._number, {"id": self._number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        try:
            self._write_all(message)
        except BrokenPipeError:
            raise ProtocolError(f"the browser has ended; {method} was not sent") from None
        deadline = time.monotonic() + timeout
        while number not in self._replies:
            if not self._receive(deadline - time.monotonic()):
                raise ProtocolError(f"no answer to {method} within {timeout} s")
        reply = self._replies.pop(number)
        if "error" in reply:
            raise ProtocolError(f"{method}: {reply['error'].get('message')}")
        return reply["result"]

    def _write_all(self, message):
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._write, data):]

    def pump(self, seconds):
        """Handles the events of the next seconds."""
        deadline = time.monotonic() + seconds
        while (rest := deadline - time.monotonic()) > 0:
            self._receive(rest)

    def _receive(self, timeout):
        """Reads what has come; returns False if nothing came in time."""
        if not select.select([self._read], [], [], max(timeout, 0))[0]:
            return False
        data = os.read(self._read, 1 << 20)
        if not data:
            raise ProtocolError("the browser has ended")
        *messages, self._buffer = (self._buffer + data).split(b"\0")
        for message in map(json.loads, messages):
            if "id" in message:
                self._replies[message["id"]] = message
            else:
                listener = self._listeners.get(message.get("sessionId"))
                if listener:
                    listener(message["method"], message["params"])
        return True

    def listen(self, session, listener):
        """Has the events of a session sent to a function."""
        self._listeners[session] = listener

    # Pages

    def page(self, **look):
        """Opens an empty page, with no storage in common with other pages."""
        return Page(self, **look)


KEYS = {"Enter": (13, "\r"), "Tab": (9, ""), "Escape": (27, ""), " ": (32, " "), "ArrowLeft": (37, ""), "ArrowUp": (38, ""),
        "ArrowRight": (39, ""), "ArrowDown": (40, ""), "Home": (36, ""), "End": (35, ""), "Delete": (46, ""),
        "Backspace": (8, ""), "PageUp": (33, ""), "PageDown": (34, "")}


class Page:
    """A page with the workers that it starts. `problems` collects errors and warnings of their consoles, exceptions, and
    requests to a network."""

    def __init__(self, browser, width=1280, height=900, dark=False, reduced_motion=False):
        self.browser, self.problems, self._loads, self._children = browser, [], 0, {}
        self._context = browser.send("Target.createBrowserContext")["browserContextId"]
        self.downloads = browser.folder / f"downloads-{self._context}"
        self.downloads.mkdir()
        browser.send("Browser.setDownloadBehavior", behavior="allow", browserContextId=self._context,
                     downloadPath=str(self.downloads))
        self._target = browser.send("Target.createTarget", url="about:blank", browserContextId=self._context)["targetId"]
        self._session = browser.send("Target.attachToTarget", targetId=self._target, flatten=True)["sessionId"]
        browser.listen(self._session, self._handle)
        for domain in ["Page", "Runtime", "Log", "Network", "Performance"]:
            self.send(f"{domain}.enable")
        self.send("Page.setLifecycleEventsEnabled", enabled=True)
        self.send("Emulation.setFocusEmulationEnabled", enabled=True)
        self.send("Target.setAutoAttach", autoAttach=True, waitForDebuggerOnStart=True, flatten=True)
        self.look(width, height, dark, reduced_motion)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.browser.send("Target.disposeBrowserContext", browserContextId=self._context)
        except ProtocolError:
            pass

    def send(self, method, timeout=60, **parameters):
        return self.browser.send(method, self._session, timeout, **parameters)

    def look(self, width, height=900, dark=False, reduced_motion=False):
        """Sets the size in CSS pixels, and what the reader prefers."""
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.send("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce" if reduced_motion else "no-preference"}])

    # Events

    def _handle(self, method, parameters):
        if method == "Page.loadEventFired":
            self._loads += 1
        elif method == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "warning", "assert"):
            words = [str(part.get("value", part.get("description"))) for part in parameters["args"]]
            self.problems.append(f"console.{parameters['type']}: {' '.join(words)}")
        elif method == "Runtime.exceptionThrown":
            details = parameters["exceptionDetails"]
            self.problems.append(f"exception: {details.get('exception', {}).get('description') or details['text']}")
        elif method == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
            self.problems.append(f"{parameters['entry']['source']} {parameters['entry']['level']}: {parameters['entry']['text']}")
        elif method == "Network.requestWillBeSent":
            address = parameters["request"]["url"]
            if not address.startswith(("file:", "data:", "blob:", "about:")):
                self.problems.append(f"request to the network: {address}")
        elif method == "Target.attachedToTarget":
            self._attach(parameters["sessionId"])

    def _attach(self, session):
        """Listens to a worker. The commands are sent without waiting: this is called while another reply is awaited."""
        self.browser.listen(session, self._handle)
        for method in ["Runtime.enable", "Log.enable", "Network.enable", "Runtime.runIfWaitingForDebugger"]:
            self.browser._number += 1
            self.browser._write_all({"id": self.browser._number, "method": method, "params": {}, "sessionId": session})

    # What a reader does

    def open(self, address, timeout=60):
        """Opens an address and waits until it is loaded."""
        loads = self._loads
        reply = self.send("Page.navigate", timeout, url=address)
        if "errorText" in reply:
            raise ProtocolError(f"{address}: {reply['errorText']}")
        if "loaderId" in reply:  # no load event follows if only the part after # changes
            self._await_load(loads, timeout, address)

    def reload(self, timeout=60):
        loads = self._loads
        self.send("Page.reload", timeout)
        self._await_load(loads, timeout, "the page again")

    def _await_load(self, loads, timeout, what):
        deadline = time.monotonic() + timeout
        while self._loads == loads:
            if not self.browser._receive(deadline - time.monotonic()):
                raise ProtocolError(f"{what} was not loaded within {timeout} s")

    def evaluate(self, script, timeout=60):
        """Returns the value of an expression, as JSON. A promise is awaited."""
        reply = self.send("Runtime.evaluate", timeout, expression=script, awaitPromise=True, returnByValue=True,
                          userGesture=True)
        if "exceptionDetails" in reply:
            details = reply["exceptionDetails"]
            raise ScriptError(f"{details.get('exception', {}).get('description') or details['text']}\nin: {script[:400]}")
        return reply["result"].get("value")

    def wait(self, script, what=None, timeout=20):
        """Waits until an expression holds, and returns its value."""
        deadline = time.monotonic() + timeout
        while True:
            value = self.evaluate(script)
            if value:
                return value
            if time.monotonic() > deadline:
                raise ScriptError(f"waited {timeout} s in vain for {what or script}")
            self.browser.pump(0.02)

    def click(self, selector, x=0.5, y=0.5):
        """Clicks into an element, at a share of its width and height, as a reader's pointer does."""
        self.drag(selector, [(x, y)])

    def drag(self, selector, places):
        """Presses the pointer at the first of some places in an element, and releases it at the last."""
        box = self.evaluate(f"""(() => {{
          const element = document.querySelector({json.dumps(selector)});
          if (!element) return null;
          element.scrollIntoView({{ block: "center", inline: "center", behavior: "instant" }});
          const box = element.getBoundingClientRect();
          return [box.x, box.y, box.width, box.height];
        }})()""")
        if not box:
            raise ScriptError(f"there is no element {selector}")
        points = [(box[0] + x * box[2], box[1] + y * box[3]) for x, y in places]
        self._mouse("mouseMoved", *points[0])
        self._mouse("mousePressed", *points[0])
        for point in points[1:]:
            self._mouse("mouseMoved", *point, buttons=1)
        self._mouse("mouseReleased", *points[-1])

    def _mouse(self, kind, x, y, buttons=None):
        isButton = kind != "mouseMoved" or buttons
        self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left" if isButton else "none",
                  buttons=1 if kind == "mousePressed" or buttons else 0, clickCount=1 if kind != "mouseMoved" else 0)

    def press(self, key, modifiers=0):
        """Presses a key where the focus is."""
        code, text = KEYS.get(key, (ord(key.upper()) if len(key) == 1 else 0, key if len(key) == 1 else ""))
        detail = {"key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers}
        self.send("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", **detail, **({"text": text} if text else {}))
        self.send("Input.dispatchKeyEvent", type="keyUp", **detail)

    def insert(self, text):
        """Inserts text where the focus is, as pasting does."""
        self.send("Input.insertText", text=text)

    def screenshot(self, path, whole=False):
        """Saves a picture of the window, or of the whole page."""
        reply = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        pathlib.Path(path).write_bytes(base64.b64decode(reply["data"]))

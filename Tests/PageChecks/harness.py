"""Checks that open pages: each has a page of its own, and what it finds is reported together with the page's state."""

import contextlib
import pathlib
import time
import traceback

from chromium import Chromium, ProtocolError, ScriptError


class Failure(Exception):
    """A check found what it did not expect, and cannot go on."""


class Checks:
    """Runs checks, counts what they expect, and keeps what was not as expected."""

    def __init__(self, pictures):
        self.pictures, self.failures, self.count, self.name = pathlib.Path(pictures), [], 0, ""
        self.page = self.browser = None
        self.describe = lambda page: ""

    def run(self, checks, only=None):
        """Runs functions that take this object, each with a browser that is started anew if it has died."""
        for check in checks:
            self.name = check.__name__
            if only and not any(word in self.name for word in only):
                continue
            start, before = time.monotonic(), len(self.failures)
            try:
                if self.browser is None:
                    self.browser = Chromium()
                check(self)
            except Failure:
                pass
            except (ProtocolError, ScriptError) as error:
                self._fail(f"{error}")
                if isinstance(error, ProtocolError):
                    self.close()
            except Exception:
                self._fail(traceback.format_exc())
            finally:
                if self.page:
                    self.page.__exit__()
                    self.page = None
            found = len(self.failures) - before
            print(f"{'ok  ' if not found else 'FAIL'} {self.name.replace('_', ' ')} ({time.monotonic() - start:.1f} s)", flush=True)

    def close(self):
        if self.browser:
            self.browser.__exit__()
        self.browser = None

    @contextlib.contextmanager
    def opened(self, address, ready="true", what="the page", quiet=True, **look):
        """A page at an address. Unless `quiet` is false, its console must remain empty."""
        with self.browser.page(**look) as page:
            self.page = page
            page.open(address)
            page.wait(ready, what)
            try:
                yield page
                if quiet:
                    self.expect("nothing in the console", page.problems, [])
            except (ScriptError, ProtocolError) as error:
                self._fail(f"{error}")
                if isinstance(error, ProtocolError):
                    raise
            except Failure:
                pass
            finally:
                self.page = None

    # Expectations

    def expect(self, what, got, expected=True, within=None):
        """Notes a failure unless the two are equal, or differ by at most `within`. Returns if they are."""
        self.count += 1
        isFine = got == expected if within is None else got is not None and abs(got - expected) <= within
        if not isFine:
            self._fail(f"{what}\n  got      {got!r}\n  expected {expected!r}" + (f" ± {within}" if within else ""))
        return isFine

    def require(self, what, got, expected=True):
        """Like `expect`, but the check cannot go on without it."""
        if not self.expect(what, got, expected):
            raise Failure(what)

    def _fail(self, message):
        text = f"{self.name.replace('_', ' ')}: {message}"
        if self.page:
            with contextlib.suppress(ProtocolError, ScriptError):
                text += f"\n  page     {self.describe(self.page)}"
            if self.page.problems:
                text += f"\n  console  {self.page.problems[:3]}"
            with contextlib.suppress(ProtocolError):
                self.pictures.mkdir(parents=True, exist_ok=True)
                picture = self.pictures / f"{self.name}-{len(self.failures) + 1}.png"
                self.page.screenshot(picture)
                text += f"\n  picture  {picture}"
        self.failures.append(text)
        print(text, flush=True)

    def finish(self):
        """Closes the browser, says how it went, and returns the exit status."""
        self.close()
        print(f"{self.count} expectations, {len(self.failures)} failures")
        return 1 if self.failures else 0

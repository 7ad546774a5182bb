"""A headless Chromium, driven through its DevTools protocol over a pipe: nothing but Python's standard library."""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile


class BrowserFault(Exception):
    """The browser is not there, has ended, or refused a command."""


class Browser:
    """One browser with one page. Commands are those of https://chromedevtools.github.io/devtools-protocol/."""

    # Longest time between two messages of the browser, in seconds: a check that hangs tells nobody anything.
    PATIENCE = 20
    NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")

    def __init__(self):
        program = next((path for name in self.NAMES if (path := shutil.which(name))), None)
        if not program:
            raise BrowserFault("no Chromium in PATH (Debian: apt-get install chromium)")
        self._profile = tempfile.mkdtemp(prefix="page-check-")
        command_read, self._command_write = os.pipe()
        self._answer_read, answer_write = os.pipe()
        # The protocol's descriptors are 3 and 4. The first pipe has the smaller ones, so that neither is overwritten.
        script = 'exec 3<&%d 4>&%d; exec "$@"' % (command_read, answer_write)
        self._process = subprocess.Popen(
            ["bash", "-c", script, "bash", program, "--headless=new", "--remote-debugging-pipe", "--no-sandbox",
             "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--user-data-dir=" + self._profile, "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            pass_fds=(command_read, answer_write))
        os.close(command_read)
        os.close(answer_write)
        self._pending = b""
        self._number = 0
        self._session = None
        self.events = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime", "Accessibility", "Audits"):
            self.call(domain + ".enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.terminate()
        os.close(self._command_write)
        os.close(self._answer_read)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._profile, ignore_errors=True)

    def call(self, method, **parameters):
        """Sends a command and returns its result; events that come meanwhile are kept in `events`."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._command_write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise BrowserFault("%s: %s" % (method, answer["error"].get("message")))
                return answer.get("result", {})
            self.events.append(answer)

    def _receive(self):
        while b"\0" not in self._pending:
            if not select.select([self._answer_read], [], [], self.PATIENCE)[0]:
                raise BrowserFault("the browser has said nothing for %d s" % self.PATIENCE)
            piece = os.read(self._answer_read, 1 << 20)
            if not piece:
                raise BrowserFault("the browser has ended")
            self._pending += piece
        text, self._pending = self._pending.split(b"\0", 1)
        return json.loads(text)

    def await_event(self, method, start):
        """The first event of this name at or after `start` in `events`."""
        while True:
            for event in self.events[start:]:
                if event.get("method") == method:
                    return event
            self.events.append(self._receive())

    # What a reader does.

    def screen(self, width, height=900, dark=False, phone=False):
        """Sets the size of the window and the reader's choice of colours."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=2 if phone else 1, mobile=phone)
        self.call("Emulation.setEmulatedMedia",
                  features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def open(self, url):
        """Loads a page and waits until it is there."""
        start = len(self.events)
        failure = self.call("Page.navigate", url=url).get("errorText")
        if failure:
            raise BrowserFault("%s: %s" % (url, failure))
        self.await_event("Page.loadEventFired", start)

    def follow(self, expression):
        """Runs JavaScript of the check (not of the page) that makes the browser go elsewhere, and waits for it."""
        start = len(self.events)
        self.evaluate(expression)
        self.await_event("Page.loadEventFired", start)

    def back(self):
        """Presses the button for the way back; the page may come from the browser's own store, without loading."""
        history = self.call("Page.getNavigationHistory")
        start = len(self.events)
        self.call("Page.navigateToHistoryEntry", entryId=history["entries"][history["currentIndex"] - 1]["id"])
        self.await_event("Page.frameNavigated", start)

    def evaluate(self, expression):
        """The value of a JavaScript expression of the check; the page's own policy does not concern it."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in result:
            raise BrowserFault(json.dumps(result["exceptionDetails"])[:500])
        return result["result"].get("value")

    def press(self, key, code, text=None):
        """Presses a key."""
        for kind in ("keyDown", "keyUp"):
            more = {"text": text} if text and kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **more)

    def screenshot(self, path, whole=True, height=None):
        """Writes a PNG of the page."""
        options = {"format": "png", "captureBeyondViewport": whole}
        if height:
            width = self.evaluate("document.documentElement.clientWidth")
            options["clip"] = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("Page.captureScreenshot", **options)["data"]))

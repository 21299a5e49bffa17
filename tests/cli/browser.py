"""A headless Chromium, driven through the WebDriver protocol of chromedriver."""

import base64
import json
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request


def missing():
    """What is not installed, or an empty string."""
    return ", ".join(name for name in ("chromium", "chromedriver") if shutil.which(name) is None)


class Browser:
    def __init__(self, downloads, width, height):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.driver = subprocess.Popen(["chromedriver", f"--port={port}"],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.base = f"http://127.0.0.1:{port}"
        self.session = ""
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                     "--disable-quic", "--no-first-run", "--disable-background-networking",
                     "--disable-component-update", "--disable-sync", "--hide-scrollbars",
                     f"--window-size={max(width, 500)},{height}"]
        options = {"args": arguments, "prefs": {"download.default_directory": downloads}}
        capabilities = {"browserName": "chrome", "goog:chromeOptions": options,
                        "goog:loggingPrefs": {"browser": "ALL"}}
        try:
            self._wait_for_driver()
            self.session = self.call("POST", "/session", {"capabilities": {
                "alwaysMatch": capabilities}})["sessionId"]
            # A window cannot be as narrow as a phone; its page can.
            self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=height,
                          deviceScaleFactor=1, mobile=width < 700)
            self.devtools("Browser.setDownloadBehavior", behavior="allow", downloadPath=downloads)
        except Exception:
            self.close()
            raise

    def close(self):
        try:
            if self.session:
                self.call("DELETE", "")
                self.session = ""
        finally:
            self.driver.terminate()
            self.driver.wait()

    def _wait_for_driver(self):
        for _ in range(100):
            try:
                self.call("GET", "/status")
                return
            except urllib.error.URLError:
                time.sleep(0.1)
        raise RuntimeError("chromedriver does not answer")

    def call(self, method, path, body=None):
        url = self.base + (f"/session/{self.session}" if self.session else "") + path
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data, {"Content-Type": "application/json"},
                                         method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)["value"]["message"]) from None

    def devtools(self, command, **parameters):
        return self.call("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def open(self, path):
        self.devtools("Performance.enable")
        self.call("POST", "/url", {"url": "file://" + path})

    def busy_seconds(self):
        """What the page's thread has computed: the time to open it on an idle machine."""
        metrics = self.devtools("Performance.getMetrics")["metrics"]
        return next(entry["value"] for entry in metrics if entry["name"] == "ThreadTime")

    def run(self, script, *arguments):
        """Runs a function body of JavaScript; @returns what it returns."""
        return self.call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def wait(self, condition, seconds=60):
        """Waits until the expression is true; @returns the seconds it took."""
        start = time.monotonic()
        while not self.run(f"return Boolean({condition})"):
            if time.monotonic() - start > seconds:
                raise AssertionError("never true in the browser: " + condition)
            time.sleep(0.02)
        return time.monotonic() - start

    def element(self, css):
        return next(iter(self.call("POST", "/element", {"using": "css selector",
                                                        "value": css}).values()))

    def click(self, css):
        self.call("POST", f"/element/{self.element(css)}/click", {})

    def click_at(self, css, across, down):
        """A click at a fraction of an element's width and height."""
        x, y = self.run("const e = document.querySelector(arguments[0]);"
                        "e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();"
                        "return [r.left + r.width * arguments[1], r.top + r.height * arguments[2]]",
                        css, across, down)
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.devtools("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left",
                          clickCount=1)
            time.sleep(0.15)

    def drag(self, css, start, end):
        """The mouse drawn from one place (fractions of width and height) to another."""
        points = self.run("const e = document.querySelector(arguments[0]);"
                          "e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();"
                          "return arguments[1].map(([x, y]) => [r.left + r.width * x, r.top + r.height * y])",
                          css, [start, end])
        for kind, (x, y) in (("mouseMoved", points[0]), ("mousePressed", points[0]),
                             ("mouseMoved", points[1]), ("mouseReleased", points[1])):
            self.devtools("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left",
                          buttons=int(kind != "mouseReleased"), clickCount=1)
            time.sleep(0.15)

    def type(self, css, text):
        self.call("POST", f"/element/{self.element(css)}/value", {"text": text})

    def messages(self):
        return self.call("POST", "/se/log", {"type": "browser"})

    def screenshot(self, path):
        size = self.devtools("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        picture = self.devtools("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        with open(path, "wb") as file:
            file.write(base64.b64decode(picture["data"]))

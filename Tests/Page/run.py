#!/usr/bin/env python3
"""The status page in a headless Chromium, against the simulator: sizes, colours, filters, texts that attack it.

    Tests/Page/run.py FOLDER_OF_THE_PROGRAMS [FOLDER_FOR_SCREENSHOTS]
"""

import json
import os
import re
import signal
import sys
import tempfile
import traceback

from browser import Browser, BrowserFault
from stand import Stand

# Contrast of every text with what is behind it (WCAG 2.1 §1.4.3: 4.5, and 3 for large text), in the page's own colours.
CONTRAST = """(() => {
  const rgb = text => { const m = text.match(/[\\d.]+/g).map(Number); return m.length > 3 ? m : [...m, 1]; };
  const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const behind = e => { const stack = []; for (let n = e; n; n = n.parentElement)
    stack.push(rgb(getComputedStyle(n).backgroundColor)); return stack.reverse().reduce((u, t) => over(t, u), [255, 255, 255, 1]); };
  const light = c => { const l = c.slice(0, 3).map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
    return .2126 * l[0] + .7152 * l[1] + .0722 * l[2]; };
  const poor = [];
  for (const e of document.body.querySelectorAll('*')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!own || !e.getClientRects().length) continue;
    const style = getComputedStyle(e), back = behind(e), front = over(rgb(style.color), back);
    const [a, b] = [light(front), light(back)].sort((x, y) => y - x), ratio = (a + .05) / (b + .05);
    const large = parseFloat(style.fontSize) >= 24 || parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700;
    if (ratio < (large ? 3 : 4.5)) poor.push(ratio.toFixed(2) + ' ' + e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 30));
  }
  return poor; })()"""
# Texts that are cut off or run out of what holds them.
CLIPPED = """[...document.querySelectorAll('td,.tag,.badge,.tile,.chip,.note,li,p')].filter(e =>
  e.getClientRects().length && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline')
  .map(e => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 40))"""
ROWS = "[...document.querySelectorAll('table.functions tbody tr')]"
NAMES = ROWS + ".map(r => r.querySelector('.name b').textContent)"
BADGES = ROWS + ".map(r => r.querySelector('.state .badge').textContent)"
HEADINGS = "[...document.querySelectorAll('table.functions thead a')]"


class Check:
    """What is checked, and how it went."""

    def __init__(self, browser, url, shots):
        self.browser, self.url, self.shots = browser, url, shots
        self.passed, self.failed = 0, 0

    def expect(self, what, holds, detail=""):
        if holds:
            self.passed += 1
            print("ok    ", what)
        else:
            self.failed += 1
            print("FAILED", what, "-", detail)

    def equal(self, what, found, wanted):
        self.expect(what, found == wanted, "found %r, wanted %r" % (found, wanted))

    def rows(self, query):
        """The names of the functions that a view shows."""
        self.browser.open(self.url + query)
        return self.browser.evaluate(NAMES)

    # The checks.

    def sizes_and_colours(self):
        for width, dark in ((390, False), (390, True), (320, False), (768, True), (1217, False), (1400, False), (1400, True),
                            (1473, False)):
            name = "%d px, %s" % (width, "dark" if dark else "light")
            self.browser.screen(width, dark=dark, phone=width < 600)
            self.browser.open(self.url)
            self.expect("no horizontal scrolling at " + name, self.browser.evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
            self.equal("nothing runs out of its box at " + name, self.browser.evaluate(CLIPPED), [])
            self.equal("every text has contrast at " + name, self.browser.evaluate(CONTRAST), [])
            if self.shots:
                self.browser.screenshot("%s/%d-%s.png" % (self.shots, width, "dark" if dark else "light"))
        self.browser.screen(390, phone=True)
        self.browser.open(self.url)
        small = self.browser.evaluate(
            "[...document.querySelectorAll('.tile,.chip,button,input[type=search]')]"
            ".filter(e => e.getBoundingClientRect().height < 24).map(e => e.className)")
        self.equal("what a finger presses is 24 px high at least (WCAG 2.2 §2.5.8)", small, [])
        self.browser.screen(1400)

    def contents(self):
        self.browser.open(self.url)
        self.equal("each state is told in words", sorted(set(self.browser.evaluate(BADGES))), sorted(
            ["enable", "disable", "creating", "create_fail", "expire", "circuit_breaking", "unknown", "not found",
             "no state"]))
        colours = self.browser.evaluate(
            "new Set(['good','wait','bad'].map(c => getComputedStyle(document.querySelector('.badge.' + c))"
            ".backgroundColor)).size")
        self.equal("and in colour", colours, 3)
        text = self.browser.evaluate("document.body.innerText")
        for part in ("13 of 20 functions need attention", "wanted: enable", "answer “<script>", "at least ", "FSS.1126",
                     "no permission to call this API", "request ", "failing for", "team=platform", "code FSS.1162",
                     "Accounts", "Projects and rates", "requests/s", "Discovery", "every 1 min", "Configuration",
                     "In force since", "The last reading was accepted", "revision"):
            self.expect("the page says: " + part, part in text)
        self.equal("trouble comes first", self.browser.evaluate(
            ROWS + ".map(r => r.className).join(' ').lastIndexOf('trouble') < "
            + ROWS + ".filter(r => r.className).length * 8"), True)
        self.expect("the title counts the trouble",
                    self.browser.evaluate("document.title").startswith("(13) "), self.browser.evaluate("document.title"))

    def filters(self):
        self.equal("filter by state", self.rows("?state=expire"), ["expired"])
        self.equal("filter by two states", sorted(self.rows("?state=expire&state=circuit_breaking")),
                   ["broken", "expired"])
        self.equal("filter for no state", sorted(self.rows("?state=none")),
                   ["alias", "forbidden", "gone", "html", "longerror"])
        unexpected = self.rows("?unexpected=1")
        self.expect("filter for the unexpected", "expired" in unexpected and "fine-1" not in unexpected
                    and "forbidden" not in unexpected, unexpected)
        self.equal("filter for failing polls", sorted(self.rows("?failing=1")),
                   ["alias", "forbidden", "gone", "html", "longerror"])
        self.equal("text: a label", self.rows("?q=team%3Dbilling"), ["expired"])
        self.equal("text: an error's code, any case", self.rows("?q=fss.1126+forb"), ["forbidden"])
        self.equal("text: none has it", self.rows("?q=nowhere"), [])
        self.equal("sort by name is natural", [n for n in self.rows("?sort=function") if n.startswith("fine-")],
                   ["fine-1", "fine-2", "fine-10"])
        self.equal("and back", [n for n in self.rows("?sort=function&order=desc") if n.startswith("fine-")],
                   ["fine-10", "fine-2", "fine-1"])
        self.equal("the sorted column says so", self.browser.evaluate(
            "[...document.querySelectorAll('th[aria-sort]')].map(e => e.textContent + e.ariaSort)"),
            ["Function ↓descending"])

    def like_a_reader(self):
        """Clicks and keys: everything they do is in the address, and the way back leads back."""
        browser = self.browser
        browser.open(self.url)
        browser.follow("[...document.querySelectorAll('.chip')].find(e => e.textContent.startsWith('expire')).click()")
        self.equal("a state pressed is in the address", browser.evaluate("location.search"), "?state=expire")
        browser.follow(HEADINGS + ".find(e => e.textContent.startsWith('Since')).click()")
        self.equal("a column pressed too, beside it", browser.evaluate("location.search"), "?state=expire&sort=since")
        browser.evaluate("document.querySelector('input[type=search]').focus()")
        start = len(browser.events)
        for letter in "exp":
            browser.call("Input.insertText", text=letter)
        browser.press("Enter", 13, "\r")
        browser.await_event("Page.loadEventFired", start)
        parameters = browser.evaluate("[...new URLSearchParams(location.search)].map(p => p.join('=')).sort()")
        self.equal("a text and Enter keep both", parameters, ["q=exp", "sort=since", "state=expire"])
        address = browser.evaluate("location.href")
        browser.back()
        self.equal("the way back leads back", browser.evaluate("location.search"), "?state=expire&sort=since")
        browser.open(address)
        self.equal("a shared link shows the same", browser.evaluate(NAMES), ["expired"])
        self.equal("and the form shows the filter", browser.evaluate("document.querySelector('[name=q]').value"), "exp")
        browser.follow("[...document.querySelectorAll('.chip')].find(e => e.ariaCurrent).click()")
        self.equal("a state pressed again is off", "state" in browser.evaluate("location.search"), False)
        browser.open(self.url)
        browser.press("Tab", 9)
        self.expect("the first key press shows where one is", browser.evaluate(
            "document.activeElement.tagName === 'A' && getComputedStyle(document.activeElement).outlineStyle !== 'none'"))
        browser.open(self.url + "?refresh=5")
        start = len(browser.events)
        self.expect("refresh loads the page again", browser.await_event("Page.loadEventFired", start) is not None)

    def meaning(self):
        """What a screen reader is told."""
        browser = self.browser
        browser.open(self.url)
        self.equal("the page has a language", browser.evaluate("document.documentElement.lang"), "en")
        self.equal("one first heading", browser.evaluate("document.querySelectorAll('h1').length"), 1)
        self.equal("every table has a name and its columns headings", browser.evaluate(
            "[...document.querySelectorAll('table')].filter(t => !document.getElementById(t.getAttribute('aria-labelledby'))"
            " || [...t.querySelectorAll('th')].some(h => h.scope !== 'col' || !h.textContent)).length"), 0)
        self.equal("every row has as many cells as there are columns", browser.evaluate(
            "[...document.querySelectorAll('table')].filter(t => [...t.tBodies[0].rows].some(r => r.cells.length !=="
            " t.tHead.rows[0].cells.length)).length"), 0)
        self.equal("every field has a name", browser.evaluate(
            "[...document.querySelectorAll('input:not([type=hidden])')].filter(e => !e.ariaLabel && !e.closest('label'))"
            ".length"), 0)
        self.equal("ids are unique", browser.evaluate(
            "(l => l.length - new Set(l).size)([...document.querySelectorAll('[id]')].map(e => e.id))"), 0)
        browser.screen(390, phone=True)
        browser.open(self.url)
        nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
        roles = {node.get("role", {}).get("value") for node in nodes}
        self.expect("on a phone the table is one still", {"table", "row", "cell"} <= roles, sorted(map(str, roles)))
        browser.screen(1400)

    def safety(self):
        """Texts that attack, the policy, and requests to elsewhere. Looks at all that was loaded until now."""
        browser = self.browser
        browser.open(self.url + "?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
        self.equal("a search text is a text", browser.evaluate("document.querySelector('[name=q]').value"),
                   '"><script>alert(1)</script>')
        browser.open(self.url)
        self.equal("no element came out of a text", browser.evaluate(
            "document.querySelectorAll('script,img,iframe,object,body style,b script').length"), 0)
        self.equal("each row is whole", browser.evaluate(ROWS + ".length"), 20)
        complaints = [json.dumps(event["params"])[:300] for event in browser.events
                      if event.get("method") in ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown",
                                                 "Page.javascriptDialogOpening", "Audits.issueAdded")
                      # About this check, which clicks without a finger.
                      and "NavigationEntryMarkedSkippable" not in json.dumps(event)]
        self.equal("the browser has nothing to complain of, the policy included", complaints, [])
        urls = {event["params"]["request"]["url"] for event in browser.events
                if event.get("method") == "Network.requestWillBeSent"}
        elsewhere = [url for url in urls if not url.startswith((self.url, "data:image/png"))]
        self.equal("no request to anywhere else", elsewhere, [])
        paths = {re.sub(r"[?#].*", "", url[len(self.url):]) for url in urls if url.startswith(self.url)}
        self.equal("and none but for the page", paths, {""})

    def answers(self, stand):
        first, second = stand.get("/"), stand.get("/")
        policies = [answer.headers["Content-Security-Policy"] for answer in (first, second)]
        self.expect("a nonce is used once", policies[0] != policies[1], policies)
        self.expect("scripts are not allowed", "default-src 'none'" in policies[0] and "script-src" not in policies[0])
        self.equal("no copy is kept", first.headers["Cache-Control"], "no-store")
        head = stand.get("/", method="HEAD")
        self.equal("HEAD answers without a body", (head.status, head.body), (200, b""))
        document = json.loads(stand.get("/api/v1/functions").body)
        self.equal("the JSON has every function", len(document["functions"]), 20)
        keys = ["function_urn", "state", "raw_state", "code", "switch_enabled", "as_expected", "expect", "since",
                "last_poll", "last_success", "took_seconds", "labels", "error"]
        self.equal("and the contract's members", {tuple(f) for f in document["functions"]}, {tuple(keys)})
        errors = {tuple(f["error"]) for f in document["functions"] if f["error"]}
        self.equal("its errors too", errors, {("reason", "http_status", "error_code", "error_msg", "request_id")})
        stamps = [f[k] for f in document["functions"] for k in ("since", "last_poll", "last_success") if f[k]]
        self.expect("its times are RFC 3339", all(
            re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", stamp) for stamp in stamps), stamps[:3])
        note = {f["labels"].get("note") for f in document["functions"]}
        self.expect("its texts are as they were given", {"</td></table></style>", "\u202eabc שלום עולם"} <= note,
                    sorted(map(repr, note)))

    def refused_reload(self, stand):
        stand.spoil_configuration()
        self.browser.screen(390, phone=True)
        self.browser.open(self.url)
        text = self.browser.evaluate("document.querySelector('.note').innerText")
        self.expect("a refused reload stands on top, with its faults",
                    "The last reload was refused" in text and "unknown key 'colour'" in text, text)
        self.expect("without horizontal scrolling", self.browser.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
        self.equal("readable", self.browser.evaluate(CONTRAST), [])
        if self.shots:
            self.browser.screenshot(self.shots + "/refused.png", height=900)


def main():
    # So that what was started is ended too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    programs = sys.argv[1]
    shots = sys.argv[2] if len(sys.argv) > 2 else None
    if shots:
        os.makedirs(shots, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="page-check-") as folder, Stand(programs, folder) as stand:
        stand.await_polls(20)
        with Browser() as browser:
            check = Check(browser, stand.url + "/", shots)
            for part in (check.contents, check.filters, check.like_a_reader, check.meaning, check.sizes_and_colours,
                         check.safety, lambda: check.answers(stand), lambda: check.refused_reload(stand)):
                try:
                    part()
                except (BrowserFault, AssertionError, KeyError, TypeError, ValueError, OSError):
                    check.expect("the check runs", False, traceback.format_exc())
    print("%d passed, %d failed" % (check.passed, check.failed))
    return 1 if check.failed or not check.passed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrowserFault as fault:
        sys.exit("page-check: %s" % fault)

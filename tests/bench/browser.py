"""How smooth a board of 1,000 cards is in Chromium that is slowed down four times."""

import os
import shutil
from collections.abc import Callable
from statistics import median
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

THROTTLING = 4
CARDS = 1000
WAIT_MS = 60_000
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
WORDS = ("отч", "отчёт", "семинар", "")

READY = """addEventListener("DOMContentLoaded", () => {
  const root = document.documentElement;
  new MutationObserver(() => { window.benchReady ??= performance.now(); })
    .observe(root, {attributeFilter: ["data-ready"]});
});"""

WATCH = """() => {
  window.benchLong = [];
  new PerformanceObserver((list) => benchLong.push(...list.getEntries().map((it) => it.duration)))
    .observe({type: "longtask"});
}"""

FRAMES = """() => {
  window.benchFrames = [];
  benchLong.length = 0;
  let last;
  const frame = (now) => {
    if (last !== undefined) benchFrames.push(now - last);
    last = now;
    window.benchFrame = requestAnimationFrame(frame);
  };
  window.benchFrame = requestAnimationFrame(frame);
}"""

FRAMES_END = """() => {
  cancelAnimationFrame(benchFrame);
  return [benchFrames, benchLong];
}"""

PAINTED = """
  const painted = (done, begun) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now() - begun);
    channel.port2.postMessage(0);
  });
"""

DROP = f"""() => new Promise((done) => {{
  {PAINTED}
  const begun = performance.now();
  const enter = {{key: "Enter", bubbles: true, cancelable: true}};
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", enter));
  painted(done, begun);
}})"""

FILTER = f"""(words) => new Promise((done) => {{
  {PAINTED}
  const field = document.querySelector("#filter-search");
  const begun = performance.now();
  new MutationObserver((_, observer) => {{
    observer.disconnect();
    painted(done, begun);
  }}).observe(document.querySelector("#board").parentElement, {{childList: true}});
  field.value = words;
  field.dispatchEvent(new Event("input", {{bubbles: true}}));
}})"""

PANEL = f"""(number) => new Promise((done) => {{
  {PAINTED}
  const begun = performance.now();
  document.addEventListener("htmx:after:settle", () => painted(done, begun), {{once: true}});
  document.querySelectorAll("#board .card__link")[number].click();
}})"""


def measure(port: int, cookie: str, board: int) -> None:
    """Print how long a person waits for the browser; nothing where there is no Chromium."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        print("\nno Chromium here: the board is not measured in a browser")
        return
    address = f"http://127.0.0.1:{port}"
    name, _, value = cookie.partition("=")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        try:
            context = browser.new_context(viewport={"width": 1366, "height": 768})
            context.add_cookies([{"name": name, "value": value, "url": address}])
            page = context.new_page()
            page.set_default_timeout(WAIT_MS)
            session = context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": THROTTLING})
            page.add_init_script(READY)
            page.goto(f"{address}/boards/{board}")
            _print(page, session)
        finally:
            browser.close()


def _print(page: Page, session: CDPSession) -> None:
    page.wait_for_selector("html[data-ready]", state="attached")
    page.evaluate(WATCH)
    assert page.locator("#board .card").count() == CARDS
    ready = page.evaluate("() => benchReady")
    print(f"\n{CARDS} cards in Chromium at {THROTTLING}× CPU throttling, ms")
    print(f"{'opened':34}{ready:8.0f}")
    _print_scroll(page, session, "scroll, just opened")
    page.wait_for_function("() => !document.querySelector('.card:not(.card--drawn)')")
    _print_scroll(page, session, "scroll")
    _print_times("drop to paint", page, _drops(page))
    _print_times("panel open", page, [lambda it=it: page.evaluate(PANEL, it) for it in range(5)])
    page.keyboard.press("Escape")
    typed = [lambda it=it: page.evaluate(FILTER, it) for it in WORDS]
    _print_times("filter typing to paint", page, typed)


def _print_scroll(page: Page, session: CDPSession, name: str) -> None:
    """Turn the wheel over a column for some screens."""
    page.evaluate(FRAMES)
    gesture = {"x": 400, "y": 400, "yDistance": -4000, "speed": 1600}
    session.send("Input.synthesizeScrollGesture", gesture)
    frames, long = page.evaluate(FRAMES_END)
    frames.sort()
    p95 = frames[int(len(frames) * 0.95)]
    print(
        f"{name + ': frame p50, p95':34}{median(frames):8.0f}{p95:8.0f}"
        f"   {len(long)} tasks over 50 ms, the longest {max(long, default=0):.0f}"
    )


def _drops(page: Page) -> list[Callable[[], float]]:
    def drop(number: int) -> float:
        page.locator(".card__link").nth(number).focus()
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        waited: float = page.evaluate(DROP)
        page.wait_for_selector(".card--sending", state="detached")
        return waited

    return [lambda it=it: drop(it) for it in range(5)]  # type: ignore[misc]


def _print_times(name: str, page: Page, acts: list[Callable[[], Any]]) -> None:
    waited = []
    for act in acts:
        waited.append(act())
        page.wait_for_timeout(500)
    print(f"{name + ': median, worst':34}{median(waited):8.0f}{max(waited):8.0f}")

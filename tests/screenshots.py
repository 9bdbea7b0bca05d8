"""`make screenshots`: look at the widget on a portal's page as visitors do, into docs/widget/ and docs/widget.png."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, FrameLocator, Page, sync_playwright

ROOT = Path(__file__).parents[1]
SHOTS = ROOT / "docs" / "widget"
ASKED = "Did solar panels raise the income of poor villages?"
IN_ARABIC = "هل رفعت الألواح الشمسية دخل القرى الفقيرة؟"
UNKNOWN = "What did Zembla do about conditional cash transfers for children?"
DESK = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 375, "height": 720}, "has_touch": True, "is_mobile": True}
Act = Callable[[Page], object]


def main() -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with portal() as address, sync_playwright() as playwright:
        args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium, args=args)
        for name, path, look, act in shots():
            take(browser, address + path, SHOTS / f"{name}.png", look, act)
            print(name)  # noqa: T201
        sheet(
            browser, ["phone-light", "phone-source", "phone-not-found", "phone-offline", "phone-arabic-dark", "phone-menu-dark"]
        )
        browser.close()


def shots() -> Iterator[tuple[str, str, dict[str, object], Act]]:
    dark = {"color_scheme": "dark"}
    yield "desk-launcher-light", "/", DESK, launcher
    yield "desk-light", "/", DESK, answered
    yield "desk-dark", "/", DESK | dark, answered
    yield "desk-arabic-light", "/arabic", DESK, answered
    yield "desk-source", "/", DESK, source
    yield "desk-inline", "/inline", DESK | {"viewport": {"width": 1280, "height": 960}}, lambda page: ready(page)
    yield "phone-launcher-dark", "/", PHONE | dark, launcher
    yield "phone-welcome-light", "/", PHONE, opened
    yield "phone-light", "/", PHONE, answered
    yield "phone-source", "/", PHONE, source
    yield "phone-not-found", "/", PHONE, lambda page: asked(opened(page), UNKNOWN)
    yield "phone-offline", "/", PHONE, offline
    yield "phone-arabic-light", "/arabic", PHONE, answered
    yield "phone-arabic-dark", "/arabic", PHONE | dark, source
    yield "phone-menu-dark", "/", PHONE | dark, menu


@contextmanager
def portal() -> Iterator[str]:
    """The portal to try, with a library of its own, and its address."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "RIGHTKEY_DATA": folder, "PORT": os.environ.get("PORT", "8300"), "COLUMNS": "200"}
        rightkey = [sys.executable, "-m", "service.cli", "ingest", "sync", "corpus"]
        subprocess.run(rightkey, cwd=ROOT, env=environment, check=True)
        command = [sys.executable, "-m", "service.portal"]
        with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr
            said = (re.search(r"^  (http://\S+)/  A plain page", line) for line in process.stderr)
            yield next(found[1] for found in said if found)
            process.terminate()


def take(browser: Browser, address: str, path: Path, look: dict[str, object], act: Act) -> None:
    context = browser.new_context(**{"locale": "en-GB", **look})
    page = context.new_page()
    page.goto(address)
    act(page)
    page.wait_for_timeout(200)  # fonts
    page.screenshot(path=path)
    context.close()


def sheet(browser: Browser, names: list[str]) -> None:
    """The phones side by side below the desk, as one picture for the README."""
    page = browser.new_page(viewport={"width": 960, "height": 900})
    folder = SHOTS.as_uri()
    rows = "".join(f'<img src="{folder}/{name}.png">' for name in names)
    style = (
        "body{margin:0;padding:8px;background:#cfd6d1;display:grid;grid-template-columns:repeat(3,1fr);gap:8px}img{width:100%}"
    )
    (SHOTS / "sheet.html").write_text(f"<style>{style}</style>{rows}", encoding="utf-8")
    page.goto(f"{folder}/sheet.html")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=ROOT / "docs" / "widget.png", full_page=True)
    (SHOTS / "sheet.html").unlink()


def launcher(page: Page) -> None:
    page.locator("rightkey-widget .launcher").wait_for()


def ready(page: Page) -> FrameLocator:
    panel = page.frame_locator("rightkey-widget iframe")
    panel.locator("#suggested button").first.wait_for()
    return panel


def opened(page: Page) -> FrameLocator:
    launcher(page)
    page.locator("rightkey-widget .launcher").click()
    return ready(page)


def asked(panel: FrameLocator, question: str) -> FrameLocator:
    panel.locator("#question").fill(question)
    panel.locator("#question").press("Enter")
    panel.locator(".turn").last.locator(".loading").wait_for(state="detached")
    return panel


def answered(page: Page) -> FrameLocator:
    return asked(opened(page), IN_ARABIC if page.url.endswith("/arabic") else ASKED)


def source(page: Page) -> None:
    panel = answered(page)
    panel.locator(".citation").first.click()
    panel.locator("#source .card").first.wait_for()


def offline(page: Page) -> None:
    panel = opened(page)
    page.context.set_offline(True)
    asked(panel, ASKED)


def menu(page: Page) -> None:
    opened(page).locator("#menu summary").click()


if __name__ == "__main__":
    main()

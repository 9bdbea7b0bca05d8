"""A real browser before a real server over the real corpus."""

import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import structlog
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Frame, FrameLocator, Locator, Page, sync_playwright

from ingest.library import Library
from service.api.deps import Parts
from service.app import create_app
from service.portal.pages import SITE, create_portal
from service.sites import checked

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run"
AXE = ROOT / ".cache" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE_MS = 10_000


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, BROWSERS)), None) or playwright.chromium.executable_path
        if not Path(found).exists():
            pytest.skip("no Chromium is found: apt-get install chromium, or playwright install chromium")
        browser = playwright.chromium.launch(executable_path=found, args=QUIET.split())
        yield browser
        browser.close()


@dataclass
class Server:
    """create_app on a port of its own, in a thread; it can be stopped and started again on the same port."""

    parts: Parts
    port: int = 0
    _server: uvicorn.Server | None = None
    _thread: threading.Thread | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        listening = socket.create_server(("127.0.0.1", self.port))
        self.port = listening.getsockname()[1]
        app = create_app(self.parts)
        config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        # the socket listens already: what comes before the server runs waits in its queue
        self._thread = threading.Thread(target=self._server.run, args=([listening],), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join()
            self._server = None


@contextmanager
def _served(parts: Parts) -> Iterator[Server]:
    structlog.configure(processors=[structlog.processors.JSONRenderer()])
    server = Server(parts)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def server(
    corpus_library: Library, parts_over: Callable[..., Parts], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """The real corpus, served to every test that leaves it as it is."""
    with _served(parts_over(corpus_library, tmp_path_factory.mktemp("web"))) as server:
        yield server


@pytest.fixture
def own_server(corpus_library: Library, parts_over: Callable[..., Parts], tmp_path: Path) -> Iterator[Server]:
    """The same for a test that stops it or breaks it."""
    with _served(parts_over(corpus_library, tmp_path)) as server:
        yield server


@dataclass
class Watched:
    """What a page said on its console, and where it sent requests."""

    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on(
            "console", lambda message: self.complaints.append(message.text) if message.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))


@pytest.fixture
def open_page(browser: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """open_page(path, server, troubled, **context) -> the page, drawn. At the end every page must have been quiet and kept to its
    origin, but for the complaints of one that was `troubled` on purpose."""
    contexts: list[BrowserContext] = []
    opened_ones: list[tuple[Watched, str, bool]] = []

    def opened(path: str = "/", at: Server = server, troubled: bool = False, **options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", **options})
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        watched = Watched()
        watched.watch(page)
        opened_ones.append((watched, at.address, troubled))
        page.goto(at.address + path)
        page.locator("#question, #main").first.wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
    for watched, address, troubled in opened_ones:
        assert troubled or watched.complaints == []
        assert [url for url in watched.requests if not url.startswith((address, "data:"))] == []


@pytest.fixture
def answered() -> Callable[[Page, str], Page]:
    """answered(page, question) -> the page once the answer stands."""

    def ask(page: Page, question: str) -> Page:
        page.locator("#question").fill(question)
        page.locator("#question").press("Enter")
        page.locator(".turn").last.locator(".loading").wait_for(state="detached")
        return page

    return ask


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, which npm brings for these tests alone."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm install --no-save --prefix .cache/axe axe-core@4.14.1")
    return AXE.read_text(encoding="utf-8")


@dataclass
class Portal:
    """Pages of two other origins that embed the widget of a server: one that its site names, and one that it does not."""

    server: Server
    site: str
    allowed: str
    other: str

    def change(self, **fields: object) -> None:
        """Make the site anew with these fields; the visitors may ask without end unless these say otherwise."""
        usual = {"questions": 10_000, "hourly": 1_000_000, "daily": 1_000_000}
        site = checked(self.site, {"origins": [self.allowed], "limits": usual, **fields})
        self.server.parts.sites.change(lambda known: {**known, self.site: site})


@contextmanager
def _portal(server: Server) -> Iterator[Portal]:
    with ExitStack() as stack:
        # two sockets first: each page names the other
        sockets = [stack.enter_context(closing(socket.create_server(("127.0.0.1", 0)))) for _ in range(2)]
        allowed, other = (f"http://127.0.0.1:{one.getsockname()[1]}" for one in sockets)
        for one, elsewhere in zip(sockets, (other, ""), strict=True):
            config = uvicorn.Config(create_portal(server.address, elsewhere), log_config=None, access_log=False, lifespan="off")
            running = uvicorn.Server(config)
            thread = threading.Thread(target=running.run, args=([one],), daemon=True)
            thread.start()
            stack.callback(thread.join)
            stack.callback(setattr, running, "should_exit", True)
        portal = Portal(server, SITE, allowed, other)
        portal.change()
        yield portal


@pytest.fixture(scope="session")
def portal(server: Server) -> Iterator[Portal]:
    """A portal for every test that leaves its site as it is."""
    with _portal(server) as portal:
        yield portal


@pytest.fixture
def own_portal(own_server: Server) -> Iterator[Portal]:
    """The same for a test that changes the site, or stops its server."""
    with _portal(own_server) as portal:
        yield portal


@pytest.fixture
def embed(browser: Browser) -> Iterator[Callable[..., "Embedded"]]:
    """embed(portal, path, other, troubled, **context) -> a page of the portal. At the end every page must have been quiet, and
    have kept to the portal and the service."""
    contexts: list[BrowserContext] = []
    opened_ones: list[tuple[Watched, Portal, bool]] = []

    def opened(
        portal: Portal, path: str = "/", *, other: bool = False, troubled: bool = False, script: str = "", **options: object
    ) -> Embedded:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", **options})
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        watched = Watched()
        watched.watch(page)
        opened_ones.append((watched, portal, troubled))
        page.goto((portal.other if other else portal.allowed) + path)
        return Embedded(page)

    yield opened
    for context in contexts:
        context.close()
    for watched, portal, troubled in opened_ones:
        assert troubled or watched.complaints == []
        at = (portal.allowed, portal.other, portal.server.address, "data:")
        assert [url for url in watched.requests if not url.startswith(at)] == []


@dataclass
class Embedded:
    """A page with the widget on it."""

    page: Page

    @property
    def launcher(self) -> Locator:
        return self.page.locator("rightkey-widget .launcher")

    @property
    def box(self) -> Locator:
        return self.page.locator("rightkey-widget .box")

    @property
    def state(self) -> Locator:
        return self.page.locator("rightkey-widget .state")

    @property
    def panel(self) -> FrameLocator:
        return self.page.frame_locator("rightkey-widget iframe")

    @property
    def frame(self) -> Frame:
        return next(frame for frame in self.page.frames if "/panel?" in frame.url)

    def open(self) -> "Embedded":
        self.launcher.click()
        return self.ready()

    def ready(self) -> "Embedded":
        self.state.wait_for(state="hidden")
        self.panel.locator("#question").wait_for()
        return self

    def ask(self, question: str) -> "Embedded":
        self.panel.locator("#question").fill(question)
        self.panel.locator("#question").press("Enter")
        self.panel.locator(".turn").last.locator(".loading").wait_for(state="detached")
        return self

"""Run the service: the public port and the owner's socket, in one process that owns the data folder."""

import contextlib
import ctypes
import itertools
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import structlog
import uvicorn
from starlette.types import ASGIApp
from threadpoolctl import threadpool_limits

from ingest.library import STORE_ERRORS
from service.api.commands import create_command_app, socket_path
from service.api.deps import Parts
from service.app import create_app, open_parts
from service.settings import Settings


class PortInUse(RuntimeError):
    """The port cannot be had; the message names the cure."""


def serve(settings: Settings, ready: Callable[[str, int], None]) -> None:
    """Serve until stopped. `ready` is told the address and the number of documents when the first question can come.

    Raises PortInUse, FolderOwned, LibraryError, EncoderMissing.
    """
    configure_logs(settings.log_level)
    # NumPy's products take 0.1 ms here, after which the other threads of OpenBLAS wait busily for many times as long
    threadpool_limits(1, "blas")
    listening = listen(settings.host, settings.port)
    with contextlib.closing(listening), open_parts(settings, "rightkey serve") as parts:
        parts.encoder.query("warm")  # the first run of a session is slower than the rest
        address = f"http://{_authority(settings.host, listening.getsockname()[1])}"
        public = _Announcing(_config(create_app(parts)), lambda: ready(address, parts.assistant.size))
        # uvicorn raises the signal that stopped it again: let it end this process by way of the clean-up
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        with _commands(parts), _beside(_warm, parts), _beside(_sweep, parts):
            public.run([listening])


@contextlib.contextmanager
def _commands(parts: Parts) -> Iterator[None]:
    """The owner's socket."""
    path = socket_path(parts.settings.folder)
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(str(path))
        path.chmod(0o600)  # before it listens: commands are the owner's alone
        listening.listen(16)
        parts.owning.announce(path)
        try:
            with serving(create_command_app(parts), listening):
                yield
        finally:
            path.unlink(missing_ok=True)
            if path.parent != parts.settings.folder:
                path.parent.rmdir()


@contextlib.contextmanager
def serving(app: ASGIApp, listening: socket.socket) -> Iterator[None]:
    """Serve from a thread: off the main thread uvicorn leaves the signals to the public server."""
    server = uvicorn.Server(_config(app))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(timeout=10)


@contextlib.contextmanager
def _beside(work: Callable[[Parts, threading.Event], None], parts: Parts) -> Iterator[None]:
    """`work` in a thread of its own; at the end it is told to stop, and waited for."""
    stop = threading.Event()
    thread = threading.Thread(target=work, args=(parts, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _warm(parts: Parts, stop: threading.Event) -> None:
    """While the first questions are answered, make what they would wait for; what is published later waits."""
    try:
        parts.assistant.warm(stop.is_set)
        _give_back()
    except STORE_ERRORS as error:  # the first question that needs the store will tell
        structlog.get_logger().warning("not warmed", error=str(error))


def _give_back() -> None:
    """What making the indexes has left free goes back to the system, where its C library can: about 60 MB."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def _sweep(parts: Parts, stop: threading.Event) -> None:
    """Once a minute drop what no limit counts any more, and once an hour what is too old to be kept."""
    for minute in itertools.count(1):
        if stop.wait(60):
            return
        parts.counters.forget()
        if minute % 60 == 0:
            _sweep_shelves(parts)


def _sweep_shelves(parts: Parts) -> None:
    try:
        for shelf in (parts.answers.shelf, parts.verdicts.shelf, parts.gaps.shelf):
            shelf.sweep()
    except STORE_ERRORS as error:  # such as a full disk: the next hour tries again
        structlog.get_logger().warning("not swept", error=str(error))


class _Announcing(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


def _config(app: ASGIApp) -> uvicorn.Config:
    # whose word on the client's address is taken is for create_app to say
    options: dict[str, Any] = {"log_config": None, "access_log": False, "lifespan": "off", "proxy_headers": False}
    return uvicorn.Config(app, timeout_graceful_shutdown=5, **options)


def listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise PortInUse(
            f"{_authority(host, port)} cannot be had ({error.strerror}). Stop what uses it, or name another: PORT=8001"
        ) from error
    listening.listen(512)
    return listening


def _authority(host: str, port: int) -> str:
    """Host and port as they stand in an address (RFC 3986, 3.2)."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def configure_logs(level: str) -> None:
    """JSON lines on standard error."""
    number = logging.getLevelName(level.upper())
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # without local variables: one of them may be a question
            structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=max(number, logging.WARNING), format="%(message)s")

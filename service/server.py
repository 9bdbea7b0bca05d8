"""Run the service: the public port and the owner's socket, in one process that owns the data folder."""

import contextlib
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable

import structlog
import uvicorn
from fastapi import FastAPI

from ingest.owner import Ownership
from service.api.commands import create_command_app, socket_path
from service.app import create_app, open_parts
from service.settings import Settings


class PortInUse(RuntimeError):
    """The port cannot be had; the message names the cure."""


def serve(settings: Settings, ready: Callable[[str, int], None]) -> None:
    """Serve until stopped. `ready` is told the address and the number of documents when the first question can come.

    Raises PortInUse, FolderOwned, LibraryError, EncoderMissing.
    """
    configure_logs(settings.log_level)
    listening = _listen(settings.host, settings.port)
    path = socket_path(settings.folder)
    with contextlib.closing(listening), Ownership(settings.folder, "rightkey serve", path):
        parts = open_parts(settings)
        parts.encoder.query("warm")  # the first run of a session is slower than the rest
        path.unlink(missing_ok=True)
        commands = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        commands.bind(str(path))
        os.chmod(path, 0o600)  # noqa: PTH101  before it listens: commands are the owner's alone
        commands.listen(16)
        address = f"http://{settings.host}:{listening.getsockname()[1]}"
        private = uvicorn.Server(_config(create_command_app(parts)))
        # off the main thread uvicorn leaves the signals to the public server
        helper = threading.Thread(target=private.run, args=([commands],), daemon=True)
        helper.start()
        try:
            _Announcing(_config(create_app(parts)), lambda: ready(address, len(parts.library.documents()))).run([listening])
        finally:
            private.should_exit = True
            helper.join(timeout=10)
            path.unlink(missing_ok=True)


class _Announcing(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


def _config(app: FastAPI) -> uvicorn.Config:
    return uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=5)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise PortInUse(
            f"{host}:{port} cannot be had ({error.strerror}). Stop what uses it, or name another: PORT=8001"
        ) from error
    listening.listen(512)
    return listening


def configure_logs(level: str) -> None:
    """JSON lines on standard error."""
    number = logging.getLevelName(level.upper())
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=max(number, logging.WARNING), format="%(message)s")

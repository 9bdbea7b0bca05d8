"""Reach the library: through the service that owns the data folder where one runs, else by opening it here."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx

from ingest.library import STORE_ERRORS
from ingest.owner import FolderOwned
from ingest.sync import Progress
from service.app import open_parts
from service.commands import COMMANDS, CommandError
from service.failures import store_failure
from service.retrieval import COLLECTIONS
from service.settings import Settings

PUBLIC = COLLECTIONS[0]
Tell = Callable[[int, int, str], None]


def run_command(
    settings: Settings, name: str, arguments: list[str], *, collection: str = PUBLIC, tell: Tell | None = None
) -> dict[str, Any]:
    """Run one of COMMANDS. `tell` is given (done, total, path). Raises CommandError, LibraryError, EncoderMissing."""

    def watch(progress: Progress) -> None:
        if tell:
            tell(progress.done, progress.total, str(progress.path))

    try:
        with open_parts(settings, f"rightkey {name}", new_indexes=name == "rebuild") as parts:
            return COMMANDS["verify" if name == "rebuild" else name](parts, arguments, collection, watch)
    except FolderOwned as error:
        if error.owner is None or error.owner.socket is None:
            raise CommandError(str(error)) from error
        return _through(error.owner.socket, name, arguments, collection, tell)
    except STORE_ERRORS as error:
        raise CommandError(store_failure(error, settings)) from error


def _through(socket: str, name: str, arguments: list[str], collection: str, tell: Tell | None) -> dict[str, Any]:
    body = {"name": name, "arguments": arguments, "collection": collection}
    transport = httpx.HTTPTransport(uds=socket)
    try:
        with (
            httpx.Client(transport=transport, timeout=None) as client,
            client.stream("POST", "http://rightkey/command", json=body) as response,
        ):
            return _last(response.iter_lines(), tell)
    except httpx.HTTPError as error:
        raise CommandError(f"the running service did not answer on {socket} ({error}): restart it and try again") from error


def _last(lines: Iterator[str], tell: Tell | None) -> dict[str, Any]:
    for line in lines:
        message = json.loads(line)
        if "error" in message:
            raise CommandError(message["error"])
        if "done" in message:
            done: dict[str, Any] = message["done"]
            return done
        if tell:
            progress = message["progress"]
            tell(progress["done"], progress["total"], progress["path"])
    raise CommandError("the running service stopped before it was done: nothing is lost, start it and run the command again")

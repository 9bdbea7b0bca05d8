"""Reach the library: through the service that owns the data folder where one runs, else by opening it here."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx

from ingest.owner import FolderOwned, Ownership, read_owner
from ingest.sync import Progress
from service.commands import COMMANDS, CommandError
from service.failures import store_failure
from service.settings import Settings

Tell = Callable[[int, int, str], None]


def run_command(
    settings: Settings, name: str, arguments: list[str], *, collection: str = "public", tell: Tell | None = None
) -> dict[str, Any]:
    """Run one of COMMANDS. `tell` is given (done, total, path). Raises CommandError, LibraryError, EncoderMissing."""
    try:
        owning = Ownership(settings.folder, f"rightkey {name}")
    except FolderOwned as error:
        owner = read_owner(settings.folder)
        if owner is None or owner.socket is None:
            raise CommandError(str(error)) from error
        return _through(owner.socket, name, arguments, collection, tell)
    with owning:
        from ingest.indexes import discard_indexes
        from ingest.library import STORE_ERRORS
        from service.app import open_parts  # here: Chroma takes a second to import, and a running service has it

        def watch(progress: Progress) -> None:
            if tell:
                tell(progress.done, progress.total, str(progress.path))

        if name == "rebuild":  # before they are opened, because one of them may be damaged; opening fills new ones
            discard_indexes(settings.folder)
            name = "verify"
        try:
            return COMMANDS[name](open_parts(settings), arguments, collection, watch)
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

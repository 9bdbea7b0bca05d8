"""The owner's commands, for the command line alone: served on a Unix socket in the data folder, never on a port.

Each answers with one JSON object a line: {"progress": …} while it works, then {"done": …} or {"error": …}.
"""

import json
import queue
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from fastapi import APIRouter, FastAPI
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict

from ingest.library import LibraryError
from service.api.deps import Given, Parts
from service.commands import COMMANDS, CommandError
from service.failures import store_failure

router = APIRouter()


class Command(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Literal["sync", "add", "remove", "status", "verify", "rebuild", "ask", "feedback", "gaps", "forget"]
    arguments: list[str] = []
    collection: str


@router.post("/command")
def command(one: Command, parts: Given) -> StreamingResponse:
    return StreamingResponse(_lines(one, parts), media_type="application/x-ndjson")


def _lines(one: Command, parts: Parts) -> Iterator[str]:
    """Run the command in a thread, and pass on its progress as it comes."""
    told: queue.Queue[dict[str, Any] | None] = queue.Queue()
    worker = threading.Thread(target=_run, args=(one, parts, told.put), daemon=True)
    worker.start()
    while (message := told.get()) is not None:
        yield json.dumps(message) + "\n"
    worker.join()


def _run(one: Command, parts: Parts, tell: Callable[[dict[str, Any] | None], None]) -> None:
    def watch(progress: Any) -> None:
        tell({"progress": {**asdict(progress), "path": str(progress.path)}})

    try:
        done = COMMANDS[one.name](parts, one.arguments, one.collection, watch)
        tell({"done": done})
    except (CommandError, LibraryError) as error:
        tell({"error": str(error)})
    except Exception as error:  # noqa: BLE001  whatever failed must reach the terminal that waits for it
        tell({"error": store_failure(error, parts.settings)})
    finally:
        tell(None)


def create_command_app(parts: Parts) -> FastAPI:
    app = FastAPI(openapi_url=None)
    app.state.parts = parts
    app.include_router(router)
    return app


def socket_path(folder: Path) -> Path:
    """The socket in the data folder; in a short private place where that path is longer than a socket's may be."""
    path = folder / "rightkey.sock"
    if len(str(path).encode()) < 100:
        return path
    return Path(tempfile.mkdtemp(prefix="rightkey-")) / "rightkey.sock"

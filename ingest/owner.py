"""One process owns a data folder: the lock, and how the others find its owner."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout


@dataclass(frozen=True)
class Owner:
    """`socket` is the path of a Unix socket where the owner takes commands, or None where it takes none."""

    pid: int
    doing: str
    socket: str | None = None


class FolderOwned(RuntimeError):
    """Another process owns the data folder; the message says which and what to do."""

    def __init__(self, folder: Path, owner: Owner | None) -> None:
        who = f"{owner.doing} (process {owner.pid})" if owner else "another process"
        super().__init__(f"the data folder {folder} is in use by {who}. Stop it, or name another folder in RIGHTKEY_DATA")
        self.owner = owner


class Ownership:
    """Hold a data folder. An embedded Chroma read by two processes gives stale answers without an error."""

    def __init__(self, folder: Path, doing: str) -> None:
        """Raises FolderOwned."""
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(folder / "lock")
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise FolderOwned(folder, read_owner(folder)) from None
        self._folder = folder
        self._doing = doing
        self.announce(None)

    def announce(self, socket: Path | None) -> None:
        """Say who owns the folder, and where it takes commands."""
        owner = Owner(os.getpid(), self._doing, str(socket) if socket else None)
        (self._folder / "owner.json").write_text(json.dumps(asdict(owner)), encoding="utf-8")

    def release(self) -> None:
        self._lock.release()

    def __enter__(self) -> "Ownership":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.release()


def read_owner(folder: Path) -> Owner | None:
    """Who last said that it owns the folder; only true while the lock is held."""
    try:
        return Owner(**json.loads((folder / "owner.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None

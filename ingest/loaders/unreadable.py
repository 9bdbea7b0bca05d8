"""The one error of every loader."""

from pathlib import Path


class Unreadable(ValueError):
    """One file cannot be read: why, and what its owner can do. The other files go on."""

    def __init__(self, path: Path, why: str, cure: str) -> None:
        super().__init__(f"{path.name}: {why}. {cure[:1].upper()}{cure[1:]}.")
        self.path, self.why, self.cure = path, why, cure

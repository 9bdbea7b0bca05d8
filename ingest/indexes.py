"""Chroma and Tantivy of one generation: a rebuild fills the next beside it, so that readers and a kill meet a whole one."""

import shutil
from pathlib import Path

from ingest.lexical import LexicalIndex
from ingest.vectors import VectorIndex


class Indexes:
    """What lies under `folder`/`generation`, and the collections of that name where a Chroma server is used."""

    def __init__(self, folder: Path, library: str, generation: str, chroma_url: str | None) -> None:
        """Raises LexicalError, VectorError where one of them is damaged or can not be reached."""
        self._folder, self.generation = folder, generation
        self.lexical = LexicalIndex(folder / generation / "tantivy")
        self.vectors = VectorIndex(folder / generation / "chroma", f"rightkey-{library}", generation, chroma_url)

    def drop_others(self, *beside: str) -> None:
        """Remove the other generations: what a rebuild replaced, or one that was cut short left. Those `beside` stay."""
        for one in self._folder.iterdir():
            if one.name not in (self.generation, *beside):
                shutil.rmtree(one)
        self.vectors.drop_others(*beside)

    def close(self) -> None:
        """Let go of Chroma's files."""
        self.vectors.close()


def discard_indexes(folder: Path) -> None:
    """Both indexes are derived: a library that is opened without them fills new ones from its catalog."""
    if (folder / "indexes").exists():
        shutil.rmtree(folder / "indexes")

"""Chroma and Tantivy of one generation: a rebuild fills the next beside it, so that readers and a kill meet a whole one."""

import json
import secrets
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingest.catalog import Catalog
from ingest.documents import Document, Passage
from ingest.encoder import Vectors
from ingest.lexical import ANALYSER, LexicalIndex, index_terms
from ingest.vectors import VectorIndex

BATCH = 2000  # passages that a rebuild holds in memory: some 30 MB


@dataclass(frozen=True, eq=False)
class Posting:
    """What both indexes are told of a passage: its key, its document, itself, its vector (d,)."""

    key: int
    document: Document
    passage: Passage
    vector: Vectors

    @property
    def terms(self) -> list[str]:
        text = " ".join([self.passage.context, self.document.keywords, self.passage.text, *self.passage.questions])
        return index_terms(text, self.document.language)


class Indexes:
    """What lies under `folder`/`generation`, and the collections of that name where a Chroma server is used."""

    def __init__(self, folder: Path, library: str, generation: str, chroma_url: str | None) -> None:
        """Raises LexicalError, VectorError where one of them is damaged or can not be reached."""
        self._folder, self.generation = folder, generation
        self.lexical = LexicalIndex(folder / generation / "tantivy")
        self.vectors = VectorIndex(folder / generation / "chroma", f"rightkey-{library}", generation, chroma_url)

    def add(self, postings: Iterable[Posting]) -> None:
        rows = list(postings)
        for collection in {one.document.collection for one in rows}:
            mine = [one for one in rows if one.document.collection == collection]
            self.vectors.add(collection, [one.key for one in mine], np.stack([one.vector for one in mine]))
        self.lexical.change((one.key, one.document.collection, one.document.id, one.terms) for one in rows)

    def remove(self, keys: Sequence[int]) -> None:
        self.vectors.remove(keys)
        self.lexical.change((), keys)

    def drop_others(self, *beside: str) -> None:
        """Remove the other generations: what a rebuild replaced, or one that was cut short left. Those `beside` stay."""
        for one in self._folder.iterdir():
            if one.name not in (self.generation, *beside):
                shutil.rmtree(one)
        self.vectors.drop_others(*beside)

    def close(self) -> None:
        """Let go of Chroma's files."""
        self.vectors.close()


def open_indexes(folder: Path, catalog: Catalog, chroma_url: str | None) -> Indexes:
    """Those that the catalog remembers; new ones where there are none, or they were made another way."""
    generation, *made = json.loads(catalog.recall("indexes") or "[null]")
    if made == [ANALYSER, chroma_url] and (folder / generation).is_dir():
        return Indexes(folder, _library(catalog), generation, chroma_url)
    return new_indexes(folder, catalog, chroma_url)


def new_indexes(folder: Path, catalog: Catalog, chroma_url: str | None) -> Indexes:
    """A new generation, filled from the catalog, and only then remembered: a kill leaves the one that was."""
    generation = secrets.token_hex(4)
    indexes = Indexes(folder, _library(catalog), generation, chroma_url)
    documents = {one.id: one for one in catalog.published({}).values()}
    live = catalog.live()
    keys = sorted(live)
    for start in range(0, len(keys), BATCH):
        entries = catalog.entries(keys[start : start + BATCH])
        indexes.add(Posting(one.key, documents[live[one.key][0]], one.passage, one.vector) for one in entries)
    catalog.remember("indexes", json.dumps([generation, ANALYSER, chroma_url]))
    return indexes


def _library(catalog: Catalog) -> str:
    """A word of this library's own, by which it knows its collections on a Chroma server that others use too."""
    name = catalog.recall("library")
    if name is None:
        name = secrets.token_hex(4)
        catalog.remember("library", name)
    return name


def discard_indexes(folder: Path) -> None:
    """Both indexes are derived: a library that is opened without them fills new ones from its catalog."""
    if (folder / "indexes").exists():
        shutil.rmtree(folder / "indexes")

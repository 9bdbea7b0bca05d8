"""The catalog, Chroma and Tantivy as one: publish, withdraw, search, verify, rebuild.

Publishing is atomic. New passages go to the catalog (unpublished), to Chroma and to Tantivy first; one transaction then makes
their version the published one; then the old entries go. Search drops every hit that is not in a published version, so a kill
at any moment shows either the old or the new, and the next start sweeps what it left.
"""

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingest.catalog import Catalog, CatalogError, Entry, Row, open_engine
from ingest.documents import Document, Passage
from ingest.encoder import EncodedPassage, Vectors
from ingest.lexical import ANALYSER, LexicalIndex, analyse, forms, plain_words
from ingest.vectors import VectorError, VectorIndex

STORE_ERRORS = (CatalogError, VectorError)  # what a full disk or a damaged folder looks like
SPLITTING = "240-5"  # part of the recipe: raise it with every change to ingest/passages.py or to what is encoded
SCAN = 2000  # up to so many passages within a filter are scanned exactly; above, Chroma is over-fetched
CACHED = 8000  # entries kept in memory: about 90 MB when full


class LibraryError(RuntimeError):
    """The library cannot be used as it is; the message names the cure."""


@dataclass(frozen=True)
class Prepared:
    """A document ready to be published, and the file that it came from."""

    path: str
    document: Document
    encoded: tuple[EncodedPassage, ...]


@dataclass(frozen=True)
class Candidate:
    """A passage that may answer: its stored entry and its BM25 score (0 where no term matched)."""

    entry: Entry
    bm25: float


@dataclass(frozen=True)
class Verdict:
    """What `verify` found: passages in the catalog, and the keys that an index lacks or holds beyond them."""

    documents: int
    passages: int
    missing_vectors: tuple[int, ...]
    missing_terms: tuple[int, ...]
    stray_vectors: tuple[int, ...]
    stray_terms: tuple[int, ...]

    @property
    def sound(self) -> bool:
        return not (self.missing_vectors or self.missing_terms or self.stray_vectors or self.stray_terms)


class Library:
    """Everything that has been ingested into one data folder. Safe for many reading threads and one writing one."""

    def __init__(
        self, folder: Path, encoder_recipe: str, chroma_url: str | None = None, database_url: str | None = None
    ) -> None:
        """Raises LibraryError where the folder was made by another recipe."""
        folder.mkdir(parents=True, exist_ok=True)
        self.catalog = Catalog(open_engine(database_url or f"sqlite:///{folder / 'catalog.db'}"))
        self._check_recipe(folder, f"{encoder_recipe}+{SPLITTING}+{ANALYSER}")
        self._vectors = VectorIndex(folder / "chroma", chroma_url)
        self._lexical = LexicalIndex(folder / "tantivy")
        self._beside = ThreadPoolExecutor(2, "bm25")  # Tantivy searches while Chroma does
        self._writing = threading.Lock()
        self._cache: OrderedDict[int, Entry] = OrderedDict()
        self._caching = threading.Lock()
        self._named: dict[tuple[str, str, tuple[str, ...]], frozenset[str]] = {}
        self._editions: dict[int, Document] = {}
        self._behind = True  # what is in memory, and the indexes, may lag behind the catalog: a write was cut short
        self._catch_up()

    def _check_recipe(self, folder: Path, recipe: str) -> None:
        made = self.catalog.recall("recipe")
        if made is None:
            self.catalog.remember("recipe", recipe)
        elif made != recipe:
            raise LibraryError(
                f"{folder} was made by another recipe ({made}; this one is {recipe}). "
                "Name another folder in RIGHTKEY_DATA and ingest into it, or go back to the encoder that made it"
            )

    # --- reading

    @property
    def version(self) -> str:
        """Changes with every publication."""
        return self._version

    @property
    def size(self) -> int:
        """Published passages."""
        return len(self._live)

    def documents(self) -> dict[str, Document]:
        """The published documents by id, without their text (`parts` is empty), held in memory."""
        return self._documents

    def documents_in(self, collections: Collection[str]) -> list[Document]:
        return [document for document in self._documents.values() if document.collection in collections]

    def rows(self) -> list[Row]:
        with self._writing:
            self._catch_up()
        return self.catalog.rows()

    def frequency(self, term: str) -> int:
        """In how many passages an analysed term stands."""
        return self._lexical.frequency(term)

    def naming(self, name: str, collections: Collection[str]) -> frozenset[str]:
        """The documents of which one passage holds every word of a name (a demonym counts as its country)."""
        asked = (self._version, name, tuple(sorted(collections)))
        if asked not in self._named:
            words = [forms(word) for word in plain_words(name)]
            terms = [[term for form in some for term in analyse(form)] for some in words]
            keys = [key for key in self._lexical.holding(collections, terms) if self._visible(key, collections, None)]
            found = (entry for entry in self._entries(keys) if _names(words, entry, self._documents[entry.passage.document]))
            if len(self._named) > CACHED:
                self._named.clear()
            self._named[asked] = frozenset(entry.passage.document for entry in found)
        return self._named[asked]

    def passages_of(self, document: str) -> list[Entry]:
        return self._entries(self.catalog.keys_of(document))

    def search(
        self,
        vector: Vectors,
        terms: Sequence[str],
        collections: Collection[str],
        limit: int = 50,
        within: Collection[str] | None = None,
    ) -> list[Candidate]:
        """Passages near the question's `vector` (d,) or holding its analysed `terms`, unranked: at most about twice `limit`.

        `within` limits the search to those documents.
        """
        words = self._beside.submit(self._lexical.search, collections, terms, 2 * limit, within)
        near = self._near(vector, collections, limit, within)
        scores = dict(words.result())
        keys = list(scores)[:limit] + near
        live = [key for key in dict.fromkeys(keys) if self._visible(key, collections, within)]
        return [Candidate(entry, scores.get(entry.key, 0.0)) for entry in self._entries(live)]

    def _near(self, vector: Vectors, collections: Collection[str], limit: int, within: Collection[str] | None) -> list[int]:
        total = len(self._live)
        if within is not None:
            few = [key for key in self._live if self._visible(key, collections, within)]
            if len(few) <= SCAN:
                return self._scan(vector, few, limit)
            limit = min(total, limit * max(2, total // len(few)))
        return [key for one in sorted(collections) for key in self._vectors.nearest(one, vector, limit)]

    def _scan(self, vector: Vectors, keys: list[int], limit: int) -> list[int]:
        if len(keys) <= limit:
            return keys
        entries = self._entries(keys)
        nearest = np.argsort(-np.stack([entry.vector for entry in entries]) @ vector, kind="stable")[:limit]
        return [entries[index].key for index in nearest]

    def _visible(self, key: int, collections: Collection[str], within: Collection[str] | None) -> bool:
        document, collection = self._live.get(key, ("", ""))
        return collection in collections and (within is None or document in within)

    def _entries(self, keys: Sequence[int]) -> list[Entry]:
        """In the order of `keys`. An entry never changes, so the cache is never stale."""
        with self._caching:
            found = {key: self._cache[key] for key in keys if key in self._cache}
        absent = [key for key in keys if key not in found]
        if absent:
            fresh = {entry.key: entry for entry in self.catalog.entries(absent)}
            found |= fresh
            with self._caching:
                self._cache.update(fresh)
                while len(self._cache) > CACHED:
                    self._cache.popitem(last=False)
        return [found[key] for key in keys if key in found]

    # --- writing

    def publish(self, prepared: Sequence[Prepared]) -> None:
        """Make these versions the published ones, all at once."""
        if not prepared:
            return
        with self._writing:
            self._catch_up()
            self._behind = True
            staged = [self.catalog.stage(one.path, one.document, one.encoded) for one in prepared]
            self._index(prepared, [one.keys for one in staged])
            self.catalog.publish(staged)
            self._catch_up()

    def withdraw(self, identities: Sequence[str]) -> None:
        """Documents leave the library, with their older versions."""
        if not identities:
            return
        with self._writing:
            self._behind = True
            self.catalog.withdraw(identities)
            self._catch_up()

    def _index(self, prepared: Sequence[Prepared], keys: Sequence[Sequence[int]]) -> None:
        rows = [
            (key, one.document, e)
            for one, some in zip(prepared, keys, strict=True)
            for key, e in zip(some, one.encoded, strict=True)
        ]
        for collection in {document.collection for _, document, _ in rows}:
            mine = [(key, encoded) for key, document, encoded in rows if document.collection == collection]
            self._vectors.add(collection, [key for key, _ in mine], np.stack([encoded.vector for _, encoded in mine]))
        self._lexical.change(
            (key, document.collection, document.id, _terms(encoded.passage, document)) for key, document, encoded in rows
        )

    def _catch_up(self) -> None:
        """Show what is published, then remove what is not; again at the next call where a full disk cut it short."""
        if self._behind:
            self._refresh()
            self._sweep()
            self._behind = False

    def _sweep(self) -> None:
        """Remove what is not published from all three stores."""
        stale = self.catalog.stale_keys()
        if stale:
            self._vectors.remove(stale)
            self._lexical.change((), stale)
        self.catalog.sweep(stale)

    def _refresh(self) -> None:
        self._live = self.catalog.live()
        self._editions = self.catalog.published(self._editions)
        self._documents = {document.id: document for document in self._editions.values()}
        self._version = f"{hash_of(sorted((d.id, d.version) for d in self._documents.values()))}"

    def verify(self) -> Verdict:
        """Whether the three stores hold the same passages."""
        with self._writing:
            self._catch_up()
            live, vectors, terms = set(self._live), self._vectors.keys(), self._lexical.keys()
        return Verdict(
            documents=len(self._documents),
            passages=len(live),
            missing_vectors=tuple(sorted(live - vectors)),
            missing_terms=tuple(sorted(live - terms)),
            stray_vectors=tuple(sorted(vectors - live)),
            stray_terms=tuple(sorted(terms - live)),
        )

    def rebuild(self) -> None:
        """Make Chroma and Tantivy anew from the catalog, which holds the vectors: nothing is encoded again."""
        with self._writing:
            self._vectors.clear()
            self._lexical.clear()
            for document in self._documents.values():
                entries = list(self.catalog.entries(self.catalog.keys_of(document.id)))
                if entries:
                    keys = [entry.key for entry in entries]
                    self._vectors.add(document.collection, keys, np.stack([entry.vector for entry in entries]))
            self._lexical.change(
                (e.key, d.collection, d.id, _terms(e.passage, d))
                for d in self._documents.values()
                for e in self.catalog.entries(self.catalog.keys_of(d.id))
            )


def _names(words: list[list[str]], entry: Entry, document: Document) -> bool:
    held = set(plain_words(f"{entry.passage.context} {document.keywords} {entry.passage.text}"))
    return all(any(form in held for form in some) for some in words)


def _terms(passage: Passage, document: Document) -> list[str]:
    return analyse(" ".join([passage.context, document.keywords, passage.text, *passage.questions]), document.language)


def hash_of(value: object) -> str:
    """A short name for a JSON value."""
    return hashlib.blake2b(json.dumps(value).encode(), digest_size=6).hexdigest()

"""The catalog, Chroma and Tantivy as one: publish, withdraw, search, verify, rebuild.

Publishing is atomic. New passages go to the catalog (unpublished), to Chroma and to Tantivy first; one transaction then makes
their version the published one; then the old entries go. Search drops every hit that is not in a published version, so a kill
at any moment shows either the old or the new, and the next start sweeps what it left.
"""

import hashlib
import json
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from ingest.catalog import SCHEMA, Catalog, CatalogError, Entry, Row, open_engine
from ingest.documents import Document
from ingest.encoder import EncodedPassage, Vectors
from ingest.indexes import Indexes, Posting, new_indexes, open_indexes
from ingest.lexical import LexicalError, Wanted, analyse, forms, keyword_words, plain_words
from ingest.vectors import VectorError

STORE_ERRORS = (CatalogError, VectorError, LexicalError)  # what a full disk or a damaged folder looks like
SPLITTING = "240-6"  # part of the recipe: raise it with every change to ingest/passages.py, or to what is encoded or indexed
SCAN = 2000  # up to so many passages within a filter are scanned exactly; above, Chroma is over-fetched
SCORED = 1000  # passages that BM25 is asked for, beside Chroma; the score of any other takes a second search, after it
CACHED = 8000  # entries kept in memory: about 130 MB when full, with the terms of their sentences


Found = TypeVar("Found")


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


@dataclass(frozen=True)
class State:
    """What is published at one moment, swapped in by one assignment: a reader that holds one sees nothing half."""

    version: str
    live: dict[int, tuple[str, str]]  # key -> (document, collection) of every published passage
    keys: dict[str, list[int]]  # document -> its keys
    editions: dict[int, Document]
    documents: dict[str, Document]
    indexes: Indexes

    def visible(self, key: int, collections: Collection[str], within: Collection[str] | None = None) -> bool:
        document, collection = self.live.get(key, ("", ""))
        return collection in collections and (within is None or document in within)


class Library:
    """Everything that has been ingested into one data folder. Safe for many reading and writing threads.

    A command of several steps holds `changing` while it runs, so that two commands do not work from one listing."""

    def __init__(
        self, folder: Path, encoder_recipe: str, chroma_url: str | None = None, database_url: str | None = None
    ) -> None:
        """Raises LibraryError where the folder was made by another recipe, one of STORE_ERRORS where it is damaged."""
        folder.mkdir(parents=True, exist_ok=True)
        self.catalog = Catalog(open_engine(database_url or f"sqlite:///{folder / 'catalog.db'}"))
        self._check_recipe(folder, f"{encoder_recipe}+{SPLITTING}+{SCHEMA}", database_url)
        self._folder, self._chroma_url = folder / "indexes", chroma_url
        self._beside = ThreadPoolExecutor(2, "bm25")  # Tantivy searches while Chroma does
        self.changing = threading.RLock()
        self._writing = threading.Lock()
        self._cache: OrderedDict[int, Entry] = OrderedDict()
        self._caching = threading.Lock()
        self._named: dict[tuple[str, str, tuple[str, ...]], frozenset[str]] = {}
        self._frequency: dict[tuple[str, str], int] = {}
        self._replaced: Indexes | None = None
        self._behind = True  # what is in memory, and the indexes, may lag behind the catalog: a write was cut short
        self._state = self._published(open_indexes(self._folder, self.catalog, self._chroma_url), {})
        self._state.indexes.drop_others()
        self._catch_up()

    def close(self) -> None:
        """Let go of files and connections. What is left to do, the next start does."""
        self._beside.shutdown()
        for one in (self._state.indexes, self._replaced):
            if one:
                one.close()
        self.catalog.engine.dispose()

    def _check_recipe(self, folder: Path, recipe: str, database_url: str | None) -> None:
        made = self.catalog.recall("recipe")
        if made is None:
            self.catalog.remember("recipe", recipe)
        elif made != recipe:
            cure = (
                "name an empty one in RIGHTKEY_DATABASE_URL, name another folder in RIGHTKEY_DATA"
                if database_url
                else f"move it away (`mv {folder} {folder}.old`), or name another folder in RIGHTKEY_DATA"
            )
            raise LibraryError(
                f"{'the database' if database_url else folder} was made by another encoder or another version of Rightkey "
                f"({made}; this one is {recipe}), and its texts must be encoded anew: {cure}, "
                "and ingest your files again: rightkey ingest sync corpus"
            )

    # --- reading

    @property
    def version(self) -> str:
        """Changes with every publication."""
        return self._state.version

    @property
    def size(self) -> int:
        """Published passages."""
        return len(self._state.live)

    def documents(self) -> dict[str, Document]:
        """The published documents by id, without their text (`parts` is empty), held in memory."""
        return self._state.documents

    def documents_in(self, collections: Collection[str]) -> list[Document]:
        return [document for document in self.documents().values() if document.collection in collections]

    def rows(self) -> list[Row]:
        with self._writing:
            self._catch_up()
        return self.catalog.rows()

    def frequency(self, term: str) -> int:
        """In how many passages an analysed term stands."""
        state = self._state
        known = self._frequency.get((state.version, term))
        if known is None:
            if len(self._frequency) > CACHED:
                self._frequency.clear()
            known = self._frequency[state.version, term] = state.indexes.lexical.frequency(term)
        return known

    def naming(self, name: str, collections: Collection[str]) -> frozenset[str]:
        """The documents of which one passage holds every word of a name (a demonym counts as its country)."""
        within = tuple(sorted(collections))
        known = self._named.get((self.version, name, within))
        if known is None:
            version, known = self._of_one_state(lambda state: (state.version, self._naming(state, name, collections)))
            if len(self._named) > CACHED:
                self._named.clear()
            self._named[version, name, within] = known
        return known

    def _naming(self, state: State, name: str, collections: Collection[str]) -> frozenset[str]:
        words = [forms(word) for word in plain_words(name)]
        terms = [[term for form in some for term in analyse(form)] for some in words]
        keys = [key for key in state.indexes.lexical.holding(collections, terms) if state.visible(key, collections)]
        found = ((entry, entry.passage.document) for entry in self._entries(keys))
        return frozenset(document for entry, document in found if _names(words, entry, state.documents[document]))

    def passages_of(self, document: str) -> list[Entry]:
        return self._of_one_state(lambda _: self._entries(self.catalog.keys_of(document)))

    def search(
        self,
        vector: Vectors,
        terms: Sequence[Wanted],
        collections: Collection[str],
        limit: int = 40,
        within: Collection[str] | None = None,
        beside: Collection[str] = (),
    ) -> list[Candidate]:
        """Passages near the question's `vector` (d,) or holding its analysed `terms`, unranked: at most about twice `limit`,
        and of the documents `beside` so many of the nearest.

        `within` limits the search to those documents.
        """
        return self._of_one_state(lambda state: self._search(state, vector, terms, collections, limit, within, beside))

    def _search(
        self,
        state: State,
        vector: Vectors,
        terms: Sequence[Wanted],
        collections: Collection[str],
        limit: int,
        within: Collection[str] | None,
        beside: Collection[str],
    ) -> list[Candidate]:
        lexical = state.indexes.lexical
        words = self._beside.submit(lexical.search, collections, terms, SCORED, within)
        near = self._near(state, vector, collections, limit, within)
        near += self._scan(vector, [key for one in beside for key in state.keys.get(one, ())], limit)
        scores = dict(words.result())
        live = [key for key in dict.fromkeys([*list(scores)[:limit], *near]) if state.visible(key, collections, within)]
        if len(scores) == SCORED:  # else they are all that hold a term
            scores |= lexical.scores(terms, [key for key in live if key not in scores])
        return [Candidate(entry, scores.get(entry.key, 0.0)) for entry in self._entries(live)]

    def _near(
        self, state: State, vector: Vectors, collections: Collection[str], limit: int, within: Collection[str] | None
    ) -> list[int]:
        total = len(state.live)
        if within is not None:
            few = [key for one in sorted(within) for key in state.keys.get(one, ()) if state.visible(key, collections)]
            if len(few) <= SCAN:
                return self._scan(vector, few, limit)
            limit = min(total, limit * max(2, total // len(few)))
        return [key for one in sorted(collections) for key in state.indexes.vectors.nearest(one, vector, limit)]

    def _scan(self, vector: Vectors, keys: list[int], limit: int) -> list[int]:
        if len(keys) <= limit:
            return keys
        entries = self._entries(keys)
        nearest = np.argsort(-np.stack([entry.vector for entry in entries]) @ vector, kind="stable")[:limit]
        return [entries[index].key for index in nearest]

    def _of_one_state(self, read: Callable[[State], Found]) -> Found:
        """What `read` finds in one state. Read again where another took its place meanwhile, and its passages went."""
        while True:
            state = self._state
            found = read(state)
            if state is self._state:
                return found

    def _entries(self, keys: Sequence[int]) -> list[Entry]:
        """In the order of `keys`. An entry never changes, so the cache is never stale."""
        with self._caching:
            found = {key: self._cache[key] for key in keys if key in self._cache}
            for key in found:
                self._cache.move_to_end(key)
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
            self._state.indexes.add(
                Posting(key, one.document, encoded.passage, encoded.vector)
                for one, version in zip(prepared, staged, strict=True)
                for key, encoded in zip(version.keys, one.encoded, strict=True)
            )
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

    def _catch_up(self) -> None:
        """Show what is published, then remove what is not; again at the next call where a full disk cut it short."""
        if self._behind:
            self._state = self._published(self._state.indexes, self._state.editions)
            self._sweep()
            self._behind = False

    def _sweep(self) -> None:
        """Remove what is not published from all three stores."""
        stale = self.catalog.stale_keys()
        if stale:
            self._state.indexes.remove(stale)
        self.catalog.sweep(stale)

    def _published(self, indexes: Indexes, known: Mapping[int, Document]) -> State:
        editions = self.catalog.published(known)
        documents = {document.id: document for document in editions.values()}
        version = hash_of(sorted((one.id, one.version, one.collection) for one in documents.values()))
        live, keys = self.catalog.live(), defaultdict(list)
        for key, (document, _) in live.items():
            keys[document].append(key)
        return State(version, live, dict(keys), editions, documents, indexes)

    def verify(self) -> Verdict:
        """Whether the three stores hold the same passages."""
        with self._writing:
            self._catch_up()
            state = self._state
            live, vectors, terms = set(state.live), state.indexes.vectors.keys(), state.indexes.lexical.keys()
        return Verdict(
            documents=len(state.documents),
            passages=len(live),
            missing_vectors=tuple(sorted(live - vectors)),
            missing_terms=tuple(sorted(live - terms)),
            stray_vectors=tuple(sorted(vectors - live)),
            stray_terms=tuple(sorted(terms - live)),
        )

    def rebuild(self) -> None:
        """Make Chroma and Tantivy anew from the catalog, which holds the vectors: nothing is encoded again.

        Until they are whole the old ones answer, and are kept for those who still read them: the next start removes them."""
        with self._writing:
            before, new = self._state.indexes, new_indexes(self._folder, self.catalog, self._chroma_url)
            self._state = self._published(new, self._state.editions)
            if self._replaced:
                self._replaced.close()
            self._replaced = before
            new.drop_others(before.generation)
            self._catch_up()


def _names(words: list[list[str]], entry: Entry, document: Document) -> bool:
    held = entry.words | keyword_words(document.keywords)
    return all(any(form in held for form in some) for some in words)


def hash_of(value: object) -> str:
    """A short name for a JSON value."""
    return hashlib.blake2b(json.dumps(value).encode(), digest_size=6).hexdigest()

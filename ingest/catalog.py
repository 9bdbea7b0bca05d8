"""The SQL tables: documents, their versions, their passages with vectors. The one source of truth."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import SQLAlchemyError

from ingest.documents import Document, Passage, to_json
from ingest.encoder import EncodedPassage, Vectors
from ingest.lexical import analyse, forms, plain_words

CatalogError = SQLAlchemyError  # what the database raises when it fails
SCHEMA = "catalog-4"  # part of the recipe: raise it with every change to the tables, or to what a document holds
metadata = MetaData()
about = Table("about", metadata, Column("key", String, primary_key=True), Column("value", Text, nullable=False))
documents = Table(
    "documents",
    metadata,
    Column("id", String, primary_key=True),
    Column("collection", String, nullable=False),
    Column("path", Text, nullable=False, unique=True),
    Column("published", Integer, nullable=True),  # the edition that search sees; NULL until the first is whole
)
editions = Table(  # a version as it was once ingested: the same version ingested anew is another edition
    "editions",
    metadata,
    Column("edition", Integer, primary_key=True, autoincrement=True),
    Column("document", String, nullable=False, index=True),
    Column("version", String, nullable=False),
    Column("head", Text, nullable=False),  # the document without its text, which is all that search needs
    Column("parts", Text, nullable=False),
    sqlite_autoincrement=True,
)
passages = Table(
    "passages",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=True),
    Column("edition", Integer, nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("vector", LargeBinary, nullable=False),  # float16 (d,)
    Column("sentences", LargeBinary, nullable=False),  # float16 (n, d)
    sqlite_autoincrement=True,  # a key is never given twice, so a stale hit can not point at another passage
)


@dataclass(frozen=True)
class Row:
    """One document as the catalog lists it."""

    id: str
    collection: str
    path: str
    version: str | None


@dataclass(frozen=True)
class Staged:
    """An edition that is written and not yet published: its passages' keys, in order."""

    path: str
    document: str
    collection: str
    edition: int
    keys: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Entry:
    """One stored passage: float32 unit vectors, `vector` (d,) and `sentences` (n + m, d) as encoded."""

    key: int
    passage: Passage
    vector: Vectors
    sentences: Vectors
    rows: Vectors = field(init=False)
    """(1 + n + m, d): the passage's vector, its n sentences', and those of the m questions that they answer."""

    def __post_init__(self) -> None:
        rows = np.vstack([self.vector, self.sentences])
        vars(self).update(rows=rows, vector=rows[0], sentences=rows[1:])

    def warm(self) -> None:
        """Work out what else waits for its first use."""
        _ = self.answering, self.quotes, self.terms, self.context_terms, self.all_terms, self.words, self.places

    @cached_property
    def answering(self) -> list[int]:
        """For each of the m questions, the index of the sentence that answers it."""
        return [index for index, sentence in enumerate(self.passage.sentences) for _ in sentence.questions]

    @cached_property
    def quotes(self) -> tuple[str, ...]:
        """The text of each sentence."""
        return tuple(self.passage.quote(one) for one in self.passage.sentences)

    @cached_property
    def terms(self) -> tuple[frozenset[str], ...]:
        """The analysed terms of each sentence and of the questions that it answers."""
        pairs = zip(self.quotes, self.passage.sentences, strict=True)
        return tuple(frozenset(analyse(" ".join([text, *one.questions]))) for text, one in pairs)

    @cached_property
    def context_terms(self) -> frozenset[str]:
        """The analysed terms of the title and heading that stand above the passage."""
        return frozenset(analyse(self.passage.context))

    @cached_property
    def all_terms(self) -> frozenset[str]:
        """The analysed terms of the passage, and of what stands above it."""
        return self.context_terms.union(*self.terms)

    @cached_property
    def words(self) -> frozenset[str]:
        """The plain words of title, heading and text."""
        return frozenset(plain_words(f"{self.passage.context} {self.passage.text}"))

    @cached_property
    def places(self) -> frozenset[str]:
        """Those words, a demonym with its country: what the passage names."""
        return frozenset(form for word in self.words for form in forms(word))


def open_engine(url: str) -> Engine:
    """SQLite in WAL mode, or any other database that SQLAlchemy reaches. Raises CatalogError."""
    try:
        engine = create_engine(url, hide_parameters=True)  # errors reach the log, and parameters may be an answer
    except ImportError as error:
        raise CatalogError(f"its driver is not installed ({error})") from error
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _wal(connection: Any, _record: Any) -> None:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("PRAGMA busy_timeout=10000")

    return engine


class Catalog:
    """Reads and writes of the tables; each write is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        metadata.create_all(engine)

    def recall(self, key: str) -> str | None:
        with self.engine.connect() as connection:
            return connection.execute(select(about.c.value).where(about.c.key == key)).scalar_one_or_none()

    def remember(self, key: str, value: str) -> None:
        with self.engine.begin() as connection:
            connection.execute(delete(about).where(about.c.key == key))
            connection.execute(insert(about).values(key=key, value=value))

    def rows(self) -> list[Row]:
        joined = documents.outerjoin(editions, editions.c.edition == documents.c.published)
        query = select(documents.c.id, documents.c.collection, documents.c.path, editions.c.version).select_from(joined)
        with self.engine.connect() as connection:
            return [Row(*row) for row in connection.execute(query.order_by(documents.c.id))]

    def document(self, identity: str, version: str | None = None) -> Document | None:
        """That version, or the published one; None where there is none."""
        query = select(editions.c.head, editions.c.parts).where(editions.c.document == identity)
        if version is None:
            query = query.join(documents, documents.c.published == editions.c.edition)
        else:
            query = query.where(editions.c.version == version).order_by(editions.c.edition.desc()).limit(1)
        with self.engine.connect() as connection:
            row = connection.execute(query).first()
        return Document.from_json({**json.loads(row.head), "parts": json.loads(row.parts)}) if row else None

    def published(self, known: Mapping[int, Document]) -> dict[int, Document]:
        """The published documents by edition, in the order of their ids, without their text (`parts` is empty). Those that are
        `known` are not read again."""
        with self.engine.connect() as connection:
            query = select(documents.c.published).where(documents.c.published.is_not(None)).order_by(documents.c.id)
            wanted = list(connection.execute(query).scalars())
            fresh: dict[int, Document] = {}
            for some in _in_hundreds([edition for edition in wanted if edition not in known]):
                heads = select(editions.c.edition, editions.c.head).where(editions.c.edition.in_(some))
                fresh |= {
                    edition: Document.from_json({**json.loads(head), "parts": []})
                    for edition, head in connection.execute(heads)
                }
        return {edition: known.get(edition) or fresh[edition] for edition in wanted}

    def stage(self, path: str, document: Document, encoded: Sequence[EncodedPassage]) -> Staged:
        """Write an edition without publishing it."""
        with self.engine.begin() as connection:
            known = connection.execute(select(documents.c.id).where(documents.c.id == document.id)).first()
            if known is None:
                row = {"id": document.id, "collection": document.collection, "path": path, "published": None}
                connection.execute(insert(documents).values(row))
            halves = {"document": document.id, "version": document.version, **_halves(document)}
            edition = _key(connection.execute(insert(editions).values(halves)).inserted_primary_key)
            keys = _insert_passages(connection, edition, encoded)
        return Staged(path, document.id, document.collection, edition, keys)

    def publish(self, staged: Iterable[Staged]) -> None:
        """Make those editions the published ones, all in one transaction."""
        with self.engine.begin() as connection:
            for one in staged:
                row = {"published": one.edition, "collection": one.collection, "path": one.path}
                connection.execute(update(documents).where(documents.c.id == one.document).values(row))

    def stale_keys(self) -> list[int]:
        """Passages of editions that are not published: what a new one replaced, or a killed run left."""
        joined = passages.outerjoin(documents, documents.c.published == passages.c.edition)
        query = select(passages.c.key).select_from(joined).where(documents.c.id.is_(None))
        with self.engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def sweep(self, keys: Sequence[int]) -> None:
        """Drop those passages, documents that never were published, and editions that a later one of their version replaced."""
        latest = select(func.max(editions.c.edition)).group_by(editions.c.document, editions.c.version)
        named = select(documents.c.id)
        with self.engine.begin() as connection:
            for some in _in_hundreds(keys):
                connection.execute(delete(passages).where(passages.c.key.in_(some)))
            connection.execute(delete(documents).where(documents.c.published.is_(None)))
            stale = editions.c.edition.not_in(latest) | editions.c.document.not_in(named)
            kept = select(documents.c.published).where(documents.c.published.is_not(None))
            connection.execute(delete(editions).where(stale, editions.c.edition.not_in(kept)))

    def withdraw(self, identities: Sequence[str]) -> None:
        """Documents leave with all their editions; their passages become stale."""
        with self.engine.begin() as connection:
            for identity in identities:
                connection.execute(delete(editions).where(editions.c.document == identity))
                connection.execute(delete(documents).where(documents.c.id == identity))

    def live(self) -> dict[int, tuple[str, str]]:
        """key -> (document, collection) of every published passage."""
        query = select(passages.c.key, documents.c.id, documents.c.collection)
        query = query.join(documents, documents.c.published == passages.c.edition)
        with self.engine.connect() as connection:
            return {key: (identity, collection) for key, identity, collection in connection.execute(query)}

    def entries(self, keys: Sequence[int]) -> Iterator[Entry]:
        """Those passages with their vectors, in no particular order."""
        query = select(passages.c.key, passages.c.body, passages.c.vector, passages.c.sentences)
        with self.engine.connect() as connection:
            for some in _in_hundreds(keys):
                for row in connection.execute(query.where(passages.c.key.in_(some))):
                    yield _entry(*row)

    def passages_of(self, identity: str, version: str) -> list[Passage]:
        """The passages of that version in order; none where a later one has replaced it."""
        query = select(passages.c.body).join(documents, documents.c.published == passages.c.edition)
        query = query.join(editions, editions.c.edition == passages.c.edition)
        query = query.where(documents.c.id == identity, editions.c.version == version).order_by(passages.c.key)
        with self.engine.connect() as connection:
            return [Passage.from_json(json.loads(body)) for body in connection.execute(query).scalars()]

    def keys_of(self, identity: str) -> list[int]:
        """The passages of the published edition of a document, in order."""
        query = select(passages.c.key).join(documents, documents.c.published == passages.c.edition)
        with self.engine.connect() as connection:
            return list(connection.execute(query.where(documents.c.id == identity).order_by(passages.c.key)).scalars())


def _in_hundreds(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """A statement takes a limited number of values."""
    return (keys[start : start + 500] for start in range(0, len(keys), 500))


def _halves(document: Document) -> dict[str, str]:
    head = dict(vars(document))
    parts = head.pop("parts")
    return {"head": to_json(head), "parts": to_json(parts)}


def _insert_passages(connection: Connection, edition: int, encoded: Sequence[EncodedPassage]) -> tuple[int, ...]:
    rows = [
        {
            "edition": edition,
            "body": to_json(one.passage),
            "vector": one.vector.astype(np.float16).tobytes(),
            "sentences": one.sentences.astype(np.float16).tobytes(),
        }
        for one in encoded
    ]
    if not rows:
        return ()
    returned = insert(passages).returning(passages.c.key, sort_by_parameter_order=True)
    return tuple(connection.execute(returned, rows).scalars())


def _key(inserted: Any) -> int:
    return int(inserted[0])


def _entry(key: int, body: str, vector: bytes, sentences: bytes) -> Entry:
    whole = np.frombuffer(vector, np.float16).astype(np.float32)
    rows = np.frombuffer(sentences, np.float16).astype(np.float32).reshape(-1, len(whole))
    return Entry(key, Passage.from_json(json.loads(body)), whole, rows)

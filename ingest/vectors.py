"""Chroma: one vector a passage, one Chroma collection for each collection of the library."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import chromadb
import httpx
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings
from chromadb.errors import ChromaError

from ingest.encoder import Vectors

BATCH = 2000  # Chroma refuses more than about 5,000 at once
SPACE: CreateCollectionConfiguration = {"hnsw": {"space": "cosine", "ef_search": 200, "ef_construction": 200}}


class VectorError(RuntimeError):
    """Chroma failed: its folder is damaged, its server can not be reached, or the disk is full."""


class VectorIndex:
    """Passage keys by nearness of their vectors. Embedded in `folder`, or a Chroma server at `url` ("http://host:8000").

    A server may be shared: only collections that begin with `library` are ours, and of those only the ones of this
    `generation` are read and written here."""

    def __init__(self, folder: Path, library: str, generation: str, url: str | None = None) -> None:
        self._library, self._prefix = library, f"{library}-{generation}-"
        with _told():
            self._client = _client(folder, url)
        self._collections: dict[str, Collection] = {}

    def add(self, collection: str, keys: Sequence[int], vectors: Vectors) -> None:
        """`vectors` (n, d), one for each key."""
        with _told():
            target = self._collection(collection)
            for start in range(0, len(keys), BATCH):
                end = start + BATCH
                target.upsert(ids=[str(key) for key in keys[start:end]], embeddings=vectors[start:end])

    def remove(self, keys: Sequence[int]) -> None:
        """Remove the keys from whichever collection holds them; unknown ones are no error."""
        with _told():
            for one in self._found(self._prefix):
                for start in range(0, len(keys), BATCH):
                    one.delete(ids=[str(key) for key in keys[start : start + BATCH]])

    def nearest(self, collection: str, vector: Vectors, limit: int) -> list[int]:
        """At most `limit` keys, nearest first."""
        with _told():
            found = self._collection(collection).query(query_embeddings=vector[None, :], n_results=limit, include=[])
        return [int(key) for key in found["ids"][0]]

    def keys(self) -> set[int]:
        with _told():
            return {int(key) for one in self._found(self._prefix) for key in one.get(include=[])["ids"]}

    def drop_others(self, *beside: str) -> None:
        """Remove the collections of this library's other generations, but for those `beside`."""
        kept = (self._prefix, *(f"{self._library}-{generation}-" for generation in beside))
        with _told():
            for one in self._found(f"{self._library}-"):
                if not one.name.startswith(kept):
                    self._client.delete_collection(one.name)

    def close(self) -> None:
        self._client.close()

    def _found(self, prefix: str) -> list[Collection]:
        return [one for one in self._client.list_collections() if one.name.startswith(prefix)]

    def _collection(self, name: str) -> Collection:
        if name not in self._collections:
            # embedding_function=None, or Chroma reaches for a model on the network
            self._collections[name] = self._client.get_or_create_collection(
                f"{self._prefix}{name}", embedding_function=None, configuration=SPACE
            )
        return self._collections[name]


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (ChromaError, httpx.HTTPError, ValueError) as error:
        raise VectorError(str(error)) from error


def _client(folder: Path, url: str | None) -> Client:
    settings = Settings(anonymized_telemetry=False)
    if url is None:
        return cast(Client, chromadb.PersistentClient(str(folder), settings))
    at = urlsplit(url)
    return cast(Client, chromadb.HttpClient(at.hostname or "", at.port or 8000, ssl=at.scheme == "https", settings=settings))

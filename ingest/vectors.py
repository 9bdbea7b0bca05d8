"""Chroma: one vector a passage, one Chroma collection for each collection of the library."""

from collections.abc import Sequence
from pathlib import Path

import chromadb
from chromadb.api import ClientAPI
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings
from chromadb.errors import ChromaError

from ingest.encoder import Vectors

VectorError = ChromaError  # what Chroma raises when it fails
BATCH = 2000  # Chroma refuses more than about 5,000 at once
SPACE: CreateCollectionConfiguration = {"hnsw": {"space": "cosine", "ef_search": 200, "ef_construction": 200}}


class VectorIndex:
    """Passage keys by nearness of their vectors. Embedded in `folder`, or a Chroma server at `url` ("http://host:8000")."""

    def __init__(self, folder: Path, url: str | None = None) -> None:
        self._client: ClientAPI = _client(folder, url)
        self._collections: dict[str, Collection] = {}

    def add(self, collection: str, keys: Sequence[int], vectors: Vectors) -> None:
        """`vectors` (n, d), one for each key."""
        target = self._collection(collection)
        for start in range(0, len(keys), BATCH):
            end = start + BATCH
            target.upsert(ids=[str(key) for key in keys[start:end]], embeddings=vectors[start:end])

    def remove(self, keys: Sequence[int]) -> None:
        """Remove the keys from whichever collection holds them; unknown ones are no error."""
        for one in self._client.list_collections():
            for start in range(0, len(keys), BATCH):
                one.delete(ids=[str(key) for key in keys[start : start + BATCH]])

    def nearest(self, collection: str, vector: Vectors, limit: int) -> list[int]:
        """At most `limit` keys, nearest first."""
        found = self._collection(collection).query(query_embeddings=vector[None, :], n_results=limit, include=[])
        return [int(key) for key in found["ids"][0]]

    def keys(self) -> set[int]:
        return {int(key) for one in self._client.list_collections() for key in one.get(include=[])["ids"]}

    def clear(self) -> None:
        for one in self._client.list_collections():
            self._client.delete_collection(one.name)
        self._collections.clear()

    def _collection(self, name: str) -> Collection:
        if name not in self._collections:
            # embedding_function=None, or Chroma reaches for a model on the network
            self._collections[name] = self._client.get_or_create_collection(
                f"rightkey-{name}", embedding_function=None, configuration=SPACE
            )
        return self._collections[name]


def _client(folder: Path, url: str | None) -> ClientAPI:
    settings = Settings(anonymized_telemetry=False)
    if url is None:
        return chromadb.PersistentClient(str(folder), settings)
    scheme, _, rest = url.partition("://")
    host, _, port = rest.partition(":")
    return chromadb.HttpClient(host, int(port or 8000), ssl=scheme == "https", settings=settings)

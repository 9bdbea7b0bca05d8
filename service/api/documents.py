"""GET /v1/documents/{id}: a document as it was in one version, so that a quote can be read where it stands."""

from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, HTTPException, Query, Response

from ingest.passages import split_passages
from service import compose
from service.api.deps import Given, Parts
from service.contract import DocumentOut, Problem
from service.retrieval import COLLECTIONS

router = APIRouter(tags=["documents"])


@router.get("/v1/documents/{identity}", responses={404: {"model": Problem}})
async def document(
    identity: str, parts: Given, response: Response, version: Annotated[str | None, Query(max_length=64)] = None
) -> DocumentOut:
    """The published version, or the one that an older answer cites."""
    response.headers["Cache-Control"] = "no-cache"  # an old version that is kept would go on saying that it is current
    return await to_thread.run_sync(_read, identity, version, parts)


def _read(identity: str, version: str | None, parts: Parts) -> DocumentOut:
    found = parts.library.catalog.document(identity, version)
    if found is None or found.collection not in COLLECTIONS:
        raise HTTPException(404, f"no document {identity!r} is held here in that version: it was removed, or never held")
    current = parts.library.documents().get(identity)
    is_current = current is not None and current.version == found.version
    stored = parts.library.catalog.passages_of(identity, found.version)
    return compose.whole_document(found, stored or split_passages(found, parts.encoder.count), current=is_current)

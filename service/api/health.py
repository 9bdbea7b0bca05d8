"""GET /healthz: the process lives. GET /readyz: it can answer."""

from fastapi import APIRouter, HTTPException

from service.api.deps import Given
from service.contract import Problem

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    return {"status": "alive"}


@router.get("/readyz", responses={503: {"model": Problem}})
async def readyz(parts: Given) -> dict[str, str]:
    if not parts.library.documents():
        raise HTTPException(503, "nothing is ingested yet: run `rightkey ingest sync corpus`")
    return {"status": "ready"}

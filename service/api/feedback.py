"""POST /v1/feedback: what a reader thought of an answer."""

from anyio import to_thread
from fastapi import APIRouter, HTTPException, Request

from service.api.deps import Given
from service.api.gate import admit_verdict
from service.contract import Feedback, Problem

router = APIRouter(tags=["ask"])
REFUSALS = (400, 401, 403, 404, 413, 429, 503)


@router.post("/v1/feedback", status_code=204, responses={code: {"model": Problem} for code in REFUSALS})
async def feedback(one: Feedback, request: Request, parts: Given) -> None:
    """Keep it, in place of what was said of the same answer before."""
    admit_verdict(one.site, request, parts)
    if await to_thread.run_sync(parts.answers.find, one.answer) is None:
        raise HTTPException(404, f"no answer {one.answer!r} is kept here: it never was, or it is too old")
    await to_thread.run_sync(parts.verdicts.keep, one)

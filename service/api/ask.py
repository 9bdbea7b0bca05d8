"""POST /v1/ask: a question -> an answer, as JSON or as server-sent events. GET /v1/answers/{id} opens it again."""

import re
from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Header, HTTPException, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from service.api.deps import Given, Parts
from service.api.gate import admit_question
from service.api.problems import as_problem
from service.contract import Answer, Ask, AskFilters, Problem, StageOut
from service.sites import Site

router = APIRouter(tags=["ask"])
EVENTS = "text/event-stream"
ACCEPTED = re.compile(r"([^\s,;]+/[^\s,;]+)(?:[^,]*;\s*q=([01](?:\.\d{1,3})?))?")


@router.post(
    "/v1/ask",
    response_model=Answer,
    responses={
        200: {"content": {EVENTS: {}}},
        400: {"model": Problem},
        401: {"model": Problem},
        403: {"model": Problem},
        413: {"model": Problem},
        422: {"model": Problem},
        429: {"model": Problem},
        500: {"model": Problem},
        503: {"model": Problem},
        507: {"model": Problem},
    },
)
async def ask(question: Ask, request: Request, parts: Given, accept: Annotated[str, Header()] = "") -> Response:
    """Ask a question. With `Accept: text/event-stream` it comes as events: stage, citation, statement, example, done.

    With a `site` the request carries a visitor's token of it, from `POST /v1/visits`: `Authorization: Bearer …`.
    """
    site = admit_question(question, request, parts)
    if _wants_events(accept):
        return StreamingResponse(_events(question, site, parts), media_type=EVENTS, headers={"Cache-Control": "no-cache"})
    _, body = await to_thread.run_sync(_answer, question, site, parts, limiter=parts.workers)
    return Response(body, media_type="application/json")


@router.get("/v1/answers/{identity}", response_model=Answer, responses={404: {"model": Problem}})
async def answer(identity: str, parts: Given) -> Response:
    """An answer that was given before."""
    body = await to_thread.run_sync(parts.answers.find, identity)
    if body is None:
        raise HTTPException(404, f"no answer {identity!r} is kept here: it never was, or it is too old. Ask again")
    return Response(body, media_type="application/json")


def _wants_events(accept: str) -> bool:
    """Whether events are named, and no less wanted than JSON (RFC 9110, 12.5.1)."""
    wanted = {kind: float(weight or 1) for kind, weight in ACCEPTED.findall(accept.lower())}
    json = wanted.get("application/json", wanted.get("application/*", wanted.get("*/*", 0.0)))
    return 0 < wanted.get(EVENTS, 0.0) >= json


def _answer(question: Ask, site: Site | None, parts: Parts) -> tuple[Answer, str]:
    if site and question.filters == AskFilters():
        question = question.model_copy(update={"filters": site.filters})
    answer = parts.assistant.answer(question, site.prefers if site else None)
    body = answer.model_dump_json(by_alias=True)
    parts.answers.keep(answer, body)
    if site and site.gaps and question.site:
        parts.gaps.keep(question.site, answer)
    return answer, body


async def _events(question: Ask, site: Site | None, parts: Parts) -> AsyncIterator[str]:
    yield _event("stage", StageOut())
    try:
        answer, body = await to_thread.run_sync(_answer, question, site, parts, limiter=parts.workers)
    except Exception as error:  # noqa: BLE001  the stream has begun: whatever failed must reach the reader as an event
        yield _event("error", as_problem(error).model_dump_json(exclude_none=True))
        return
    yield "".join(_told(answer)) + _event("done", body)  # they are there all at once: one piece costs a third less than many


def _told(answer: Answer) -> Iterator[str]:
    citations = {one.number: one for one in answer.citations}
    for statement in answer.statements:
        for number in statement.citations:
            yield _event("citation", citations[number])
        yield _event("statement", statement)
    for example in answer.examples:
        yield _event("example", example)


def _event(name: str, data: str | BaseModel) -> str:
    text = data if isinstance(data, str) else data.model_dump_json(by_alias=True)
    return f"event: {name}\ndata: {text}\n\n"

"""Errors as RFC 9457 problem details, each with its cure."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from service.contract import Code, Problem
from service.failures import DISK_FULL, is_disk_full

NOT_JSON = 'the body is not JSON: send {"question": "…"}'
CURES = {  # what the framework says without one
    "There was an error parsing the body": NOT_JSON,
    "Not Found": "nothing is at this address: /docs lists what is",
    "Method Not Allowed": "this address takes another method: /docs says which",
}
log = structlog.get_logger()


class Refusal(HTTPException):
    """A request that is understood and not served; `code` names the reason for a program."""

    def __init__(self, status: int, code: Code, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, detail, headers)
        self.code = code


def problem(
    status: int,
    detail: str,
    title: str | None = None,
    headers: Mapping[str, str] | None = None,
    code: Code | None = None,
) -> JSONResponse:
    body = Problem(title=title or HTTPStatus(status).phrase, status=status, detail=detail, code=code)
    return JSONResponse(body.model_dump(exclude_none=True), status, headers, media_type="application/problem+json")


def as_problem(error: Exception) -> Problem:
    """What a failure looks like to the asker; what it was goes to the log, without the question."""
    log.error("failed", error=type(error).__name__, exc_info=error)
    if is_disk_full(error):
        return Problem(title="Insufficient Storage", status=507, detail=DISK_FULL)
    return Problem(title="Internal Server Error", status=500, detail="something failed here, not in your question: try again")


def install(app: FastAPI) -> None:
    """Answer every foreseen error of the application as a problem, and say so in its schema. Guard answers the others."""

    @app.exception_handler(RequestValidationError)
    async def _invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        return problem(422, told(error), "The request is not valid")

    @app.exception_handler(HTTPException)
    async def _http(_request: Request, error: HTTPException) -> JSONResponse:
        detail = CURES.get(error.detail, error.detail)
        return problem(error.status_code, detail, headers=error.headers, code=getattr(error, "code", None))


def document(app: FastAPI) -> None:
    """Let the OpenAPI document name problems by their media type."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        schema = made()
        for route in schema["paths"].values():
            for operation in route.values():
                for status, response in operation["responses"].items():
                    if status[0] in "45" and "application/json" in response.get("content", {}):
                        response["content"] = {"application/problem+json": response["content"]["application/json"]}
        return schema

    app.openapi = openapi  # type: ignore[method-assign]


def told(error: RequestValidationError) -> str:
    """What is not valid, and the cure."""
    return "; ".join(_told(one) for one in error.errors())


def _told(error: dict[str, Any]) -> str:
    where = ".".join(str(part) for part in error["loc"] if part != "body")
    message = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        message = "no such field: remove it, or spell it as in /docs"
    if error["type"] == "json_invalid":
        return NOT_JSON
    return message if where in ("", "question") else f"{where}: {message}"

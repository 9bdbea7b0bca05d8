"""Errors as RFC 9457 problem details, each with its cure."""

import errno
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from service.contract import Problem

log = structlog.get_logger()
DISK_FULL = "the disk that holds the data folder is full: free some space, and ask again"


def problem(status: int, detail: str, title: str | None = None) -> JSONResponse:
    body = Problem(title=title or HTTPStatus(status).phrase, status=status, detail=detail)
    return JSONResponse(body.model_dump(), status, media_type="application/problem+json")


def as_problem(error: Exception) -> Problem:
    """What a failure looks like to the asker; what it was goes to the log, without the question."""
    log.error("failed", error=type(error).__name__, exc_info=error)
    full = isinstance(error, OSError) and error.errno == errno.ENOSPC
    full = full or (isinstance(error, OperationalError) and "disk is full" in str(error.orig))
    if full:
        return Problem(title="Insufficient Storage", status=507, detail=DISK_FULL)
    return Problem(title="Internal Server Error", status=500, detail="something failed here, not in your question: try again")


def install(app: FastAPI) -> None:
    """Answer every error of the application as a problem."""

    @app.exception_handler(RequestValidationError)
    async def _invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        return problem(422, "; ".join(_told(one) for one in error.errors()), "The request is not valid")

    @app.exception_handler(HTTPException)
    async def _http(_request: Request, error: HTTPException) -> JSONResponse:
        return problem(error.status_code, str(error.detail))

    @app.exception_handler(Exception)
    async def _failed(_request: Request, error: Exception) -> JSONResponse:
        told = as_problem(error)
        return problem(told.status, told.detail, told.title)


def _told(error: dict[str, Any]) -> str:
    where = ".".join(str(part) for part in error["loc"] if part != "body")
    message = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        message = "no such field: remove it, or spell it as in /docs"
    if error["type"] == "json_invalid":
        return 'the body is not JSON: send {"question": "…"}'
    return message if where in ("", "question") else f"{where}: {message}"

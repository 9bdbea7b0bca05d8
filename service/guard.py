"""Around every request: a limit to its size, security headers, and one log line that never holds a question."""

import time

import structlog
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.problems import as_problem, problem

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
DOCS_POLICY = POLICY.replace(
    "default-src 'self'", "default-src 'self' 'unsafe-inline'"
)  # Swagger UI starts from an inline script
MOST_BYTES = 64 * 1024  # a question of 2,000 characters and every filter fit twice
TOO_LARGE = f"the request has more than {MOST_BYTES // 1024} kB: shorten the question, and send nothing but what /docs names"
log = structlog.get_logger()


class Guard:
    """ASGI middleware. The path is logged without its query, the body never."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, received, status = time.perf_counter(), 0, 0

        async def receive_counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > MOST_BYTES:
                raise HTTPException(413, TOO_LARGE)
            return message

        async def send_guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
                # the panel of a site says itself who may frame it
                headers.setdefault("Content-Security-Policy", DOCS_POLICY if scope["path"] in ("/docs", "/redoc") else POLICY)
            await send(message)

        try:
            await self._app(scope, receive_counted, send_guarded)
        except Exception as error:
            if status:  # the answer has begun
                raise
            told = as_problem(error)
            await problem(told.status, told.detail, told.title)(scope, receive, send_guarded)
        finally:
            took = round((time.perf_counter() - started) * 1000, 1)
            # the route, and not what it was called with: the id of an answer opens its question
            path = getattr(scope.get("route"), "path", scope["path"])
            log.info("request", method=scope["method"], path=path, status=status, took_ms=took)

"""create_app(settings): the only place that chooses parts."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from anyio import CapacityLimiter
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from fastapi_offline import FastAPIOffline
from starlette.middleware.gzip import GZipMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from ingest.encoder import open_encoder
from ingest.indexes import discard_indexes
from ingest.library import STORE_ERRORS, Library, LibraryError
from ingest.owner import Ownership
from service.answers import Answers
from service.api import ask, cases, documents, feedback, health, meta, pages, panel, problems, visits, widget
from service.api.deps import Parts
from service.assistant import Assistant
from service.contract import Problem
from service.failures import store_failure
from service.feedback import Verdicts
from service.gaps import Gaps
from service.guard import Guard
from service.limits import Counters
from service.settings import Settings
from service.sites import Sites
from service.terms import Terms
from service.visitors import Visitors
from service.web import WEB


@contextmanager
def open_parts(settings: Settings, doing: str, *, new_indexes: bool = False) -> Iterator[Parts]:
    """Own the data folder, and open what answers from it. `doing` is told to whoever else wants the folder; `new_indexes` are
    made from the catalog in place of those that are there, which may be damaged.

    Raises FolderOwned, LibraryError, EncoderMissing.
    """
    with Ownership(settings.folder, doing) as owning:  # opening a library sweeps what another process has not published yet
        if new_indexes:
            discard_indexes(settings.folder)
        parts = _parts(settings, owning)
        try:
            yield parts
        finally:
            parts.library.close()


def _parts(settings: Settings, owning: Ownership) -> Parts:
    encoder = open_encoder(settings.model, settings.cache, settings.threads)
    try:
        library = Library(settings.folder, encoder.recipe, settings.chroma_url, settings.database_url)
        engine = library.catalog.engine
        answers, verdicts, gaps = Answers(engine, settings.answer_days), Verdicts(engine), Gaps(engine)
    except STORE_ERRORS as error:
        raise LibraryError(store_failure(error, settings)) from error
    terms = Terms(settings.folder)
    return Parts(
        settings=settings,
        owning=owning,
        encoder=encoder,
        library=library,
        terms=terms,
        assistant=Assistant(library, encoder, terms),
        answers=answers,
        verdicts=verdicts,
        gaps=gaps,
        sites=Sites(settings.folder),
        visitors=Visitors(),
        counters=Counters(),
        workers=CapacityLimiter(max(2, os.cpu_count() or 2)),
    )


def create_app(parts: Parts) -> FastAPI:
    """The public application: API, documentation, page."""
    app = FastAPIOffline(  # /docs with its own scripts: FastAPI takes them from another host
        title="Rightkey",
        version=meta.product_version(),
        description="Ask what has been tried against poverty, where, and with what result. Every statement is quoted.",
    )
    app.state.parts = parts
    problems.install(app)
    problems.document(app)
    for module in (ask, cases, documents, feedback, visits, meta, health):
        app.include_router(module.router, responses={422: {"model": Problem}})
    for pages_of in (panel, widget, pages):
        app.include_router(pages_of.router)
    app.mount("/web", StaticFiles(directory=WEB), name="web")
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Guard)
    if parts.settings.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=parts.settings.trusted_proxies)
    return app

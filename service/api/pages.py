"""The pages that are read, in nine languages, and their lists as files. A script only spares the wait in the two searches."""

import datetime
import re
from collections.abc import Callable, Coroutine, Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from babel import Locale
from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from fastapi.templating import Jinja2Templates
from markupsafe import Markup, escape
from pydantic import ConfigDict
from starlette.concurrency import run_in_threadpool

from corpus.brief import OWN_VOICE
from corpus.figures import LANGUAGES
from corpus.glossary import OTHERS, Row, as_csv
from corpus.lists import CORRECTIONS, LISTS, country_name, labels, language_name
from ingest.documents import Document, Publication
from service import cases, exports, feedback, gaps
from service.api.cases import find_case
from service.api.deps import Given, Parts
from service.api.panel import spoken
from service.api.problems import told
from service.contract import CasesQuery
from service.retrieval import COLLECTIONS
from service.web import WEB, words
from service.wording import Wording, wording


class _PageRoute(APIRoute):
    """An address that is not valid (a filter misspelt) is answered by a page, too."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def page(request: Request) -> Response:
            try:
                return await answer(request)
            except RequestValidationError as error:
                return _page(request, "missing.html", status=422, detail=told(error))

        return page


router = APIRouter(include_in_schema=False, route_class=_PageRoute)
_templates = Jinja2Templates(WEB / "pages")
_templates.env.filters["opening"] = lambda text: text[:1].upper() + text[1:]  # as a sentence opens; names keep their capitals
_FACETS = ("countries", "regions", "themes", "settings", "kinds", "methods")
_CHARTS = ("regions", "themes", "methods")
_MEANINGS = ("methods", "voices", "checked", "kinds", "themes", "settings")
MOST_BARS = 8
MOST_ROWS = 200  # of the glossary at once: a page stays under 60 kB on the line
MOST_FORMS = 6  # of a term in one language, as the page shows it
_SHOWN = ("term", "name", "place")  # the other rows of the glossary are there for the search
_ACCEPTED = re.compile(r"([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?")
_KINDS: dict[str, tuple[str, Callable[[list[exports.Reference]], str]]] = {
    "ris": ("application/x-research-info-systems", exports.as_ris),
    "bib": ("application/x-bibtex", exports.as_bibtex),
}


class _Chosen(CasesQuery):
    """As others pass it on, with what they add to an address (?utm_source=…)."""

    model_config = ConfigDict(extra="ignore")


Chosen = Annotated[_Chosen, Query()]


def language_of(request: Request) -> str:
    """That of the address, else the one that the browser wants most, else English."""
    accepted = _ACCEPTED.findall(request.headers.get("accept-language", ""))
    weighed = sorted(((float(weight or 1), tag) for tag, weight in accepted), key=lambda one: -one[0])
    wanted = [tag for weight, tag in weighed if weight]
    return spoken(",".join([request.query_params.get("lang", ""), *wanted]), list(LANGUAGES))


@router.get("/cases")
async def cases_page(request: Request, parts: Given, query: Chosen) -> HTMLResponse:
    documents, language = parts.library.documents_in(COLLECTIONS), language_of(request)
    filters = query.to_filters()
    found = cases.chosen(documents, filters, query.q, language)
    counts = cases.counts(documents, filters, query.q, language)
    facets = [
        {
            "name": name,
            "counts": sorted(counts[name], key=lambda one: cases.folded(one.label)),
            "chosen": getattr(filters, name),
        }
        for name in _FACETS
    ]
    return _page(
        request,
        "cases.html",
        here="cases",
        query=query,
        filtered=bool(request.url.remove_query_params("lang").query),
        address=f"?{request.url.query}" if request.url.query else "",
        facets=facets,
        charts=[_chart(name, counts[name]) for name in _CHARTS],
        cases=[_card(one, language) for one in found],
        count=len(found),
        forms=words(language)["cases.count"],
    )


def _chart(name: str, counted: Sequence[cases.Count]) -> dict[str, Any]:
    # of the regions those that hold countries: the wider ones would count a case again
    narrow = [one for one in counted if name != "regions" or one.value not in cases.WIDE_REGIONS]
    most = max((one.count for one in narrow), default=1)
    bars = [{"value": one.value, "label": one.label, "count": one.count, "percent": 100 * one.count // most} for one in narrow]
    return {"name": name, "bars": bars[:MOST_BARS], "more": len(bars[MOST_BARS:])}


@router.get("/cases.csv")
async def cases_csv(request: Request, parts: Given, query: Chosen) -> Response:
    found, language = _listed(request, parts, query)
    return _file(exports.as_csv(found, _address(request), language), "text/csv; charset=utf-8", "rightkey-cases.csv", language)


@router.get("/cases.{kind}")
async def cases_references(kind: str, request: Request, parts: Given, query: Chosen) -> Response:
    found, language = _listed(request, parts, query)
    return _references(kind, [exports.of_case(one, _address(request), language) for one in found], "rightkey-cases", language)


def _listed(request: Request, parts: Parts, query: CasesQuery) -> tuple[list[Document], str]:
    """The cases that the page at the same address shows, and in which language."""
    language = language_of(request)
    return cases.chosen(parts.library.documents_in(COLLECTIONS), query.to_filters(), query.q, language), language


@router.get("/cases/{identity}.{kind}")
async def case_references(identity: str, kind: str, parts: Given) -> Response:
    case = find_case(identity, parts)
    return _references(kind, [exports.of_source(one) for one in case.publications], identity)


@router.get("/cases/{identity}")
async def case_page(request: Request, identity: str, parts: Given) -> HTMLResponse:
    try:
        case = find_case(identity, parts)
    except HTTPException:
        return _page(request, "missing.html", status=404, up="../", identity=identity)
    return await run_in_threadpool(_case_page, request, case, parts)


def _case_page(request: Request, case: Document, parts: Parts) -> HTMLResponse:
    whole = parts.library.catalog.document(case.id) or case  # with its text, which is not held in memory
    language = language_of(request)
    sources = {one.id: _source(one, number, language) for number, one in enumerate(whole.publications, 1)}
    others = {one.id: one for one in parts.library.documents_in(COLLECTIONS)}
    sections = [
        {
            "heading": part.heading,
            "own": part.heading == OWN_VOICE,
            "sentences": [
                {"text": part.text[one.start : one.end], "sources": [sources[key] for key in one.sources]}
                for one in part.sentences
            ],
        }
        for part in whole.parts
    ]
    return _page(
        request,
        "case.html",
        here="cases",
        up="../",
        case=_card(whole, language),
        original=whole,
        as_of=wording(language).date(datetime.date.fromisoformat(whole.as_of)) if whole.as_of else "",
        disputes=[
            {
                "topic": whole.topic(one.topic, language),
                "sides": [{"text": side.text, "sources": [sources[key] for key in side.publications]} for side in one.sides],
            }
            for one in whole.disagreements
        ],
        summaries=[one for one in whole.summary.items() if one[0] != whole.telling(language).language],
        sections=sections,
        sources=list(sources.values()),
        comparable=[
            _card(one.document, language) | {"why": one.reasons} for one in cases.comparable(case, others, language=language)
        ],
    )


@router.get("/glossary")
def glossary_page(request: Request, parts: Given, q: Annotated[str, Query(max_length=200)] = "") -> HTMLResponse:
    wanted = [one for one in dict.fromkeys(request.query_params.getlist("show")) if one in OTHERS]
    language = language_of(request)
    beside = wanted[:2] or [language if language in OTHERS else "fr"]
    terms = [row for row in parts.terms.rows() if row.kind in _SHOWN]
    found = holding(terms, q, beside)
    return _page(
        request,
        "glossary.html",
        here="glossary",
        q=q,
        others=OTHERS,
        beside=beside,
        terms=len(terms),
        count=len(found),
        rows=[_row(one, beside) for one in found[:MOST_ROWS]],
    )


def _row(row: Row, beside: Sequence[str]) -> dict[str, Any]:
    return {"row": row, "cells": [(one, _shown(row.forms[one])) for one in beside]}


def _shown(forms: Sequence[str]) -> str:
    """The most usual of them; the file holds all."""
    return " · ".join([*forms[:MOST_FORMS], *(["…"] if len(forms) > MOST_FORMS else [])])


def holding(rows: Sequence[Row], text: str, beside: Sequence[str]) -> list[Row]:
    """The rows that hold the text in English or a language beside it: first those that begin with it; by the English term."""
    wanted = cases.folded(" ".join(text.split()))
    ranked = []
    for row in rows:
        texts = [cases.folded(one) for one in (row.english, *(form for other in beside for form in row.forms[other]))]
        if any(wanted in one for one in texts):
            ranked.append((not any(one.startswith(wanted) for one in texts), texts[0], row.line, row))
    return [row for *_, row in sorted(ranked, key=lambda one: one[:3])]


@router.get("/glossary.csv")
def glossary_csv(parts: Given) -> Response:
    mark = "\ufeff"  # by which spreadsheets know UTF-8
    # a trainer's cell that a spreadsheet would take for a formula
    told = re.sub(r"(?m)(^|,)([=+@-])", r"\1'\2", as_csv(parts.terms.rows()))
    return _file(mark + told, "text/csv; charset=utf-8", "rightkey-glossary.csv")


@router.get("/about")
async def about_page(request: Request, parts: Given) -> HTMLResponse:
    briefs = [one for one in parts.library.documents_in(COLLECTIONS) if one.origin == "brief"]
    language = language_of(request)
    return _page(
        request,
        "about.html",
        here="about",
        briefs=len(briefs),
        sources=len({source.id for one in briefs for source in one.publications}),
        countries=len({code for one in briefs for code in one.facets.countries}),
        lists={name: [(entry["label"][language], entry["definition"]) for entry in LISTS[name].values()] for name in _MEANINGS},
        contact=_contact(parts),
        corrections=CORRECTIONS,
        days=parts.settings.answer_days,
    )


@router.get("/privacy")
async def privacy_page(request: Request, parts: Given) -> HTMLResponse:
    return _page(
        request,
        "privacy.html",
        contact=_contact(parts),
        days=parts.settings.answer_days,
        feedback_days=feedback.DAYS,
        gap_days=gaps.DAYS,
    )


@router.get("/accessibility")
async def accessibility_page(request: Request, parts: Given) -> HTMLResponse:
    return _page(request, "accessibility.html", contact=_contact(parts))


def _contact(parts: Parts) -> Markup | None:
    """Whom a reader can write to, as a link."""
    contact = parts.settings.contact
    return _anchor(contact if "://" in contact else f"mailto:{contact}", contact) if contact else None


def _card(document: Document, language: str) -> dict[str, Any]:
    """What a page shows of a case, in words; `language` is that of its title and summary."""
    about, telling, say = document.facets, document.telling(language), wording(language)
    return {
        "id": document.id,
        "title": telling.title,
        "language": telling.language,
        "where": _where(document, say),
        "summary": telling.summary,
        "kind": labels("kinds", language)[about.kind] if about.kind else "",
        **{
            name: say.listed([labels(name, language)[one] for one in getattr(about, name)])
            for name in ("themes", "settings", "methods")
        },
        "searched": cases.searched_text(document, language),
    }


def _where(document: Document, say: Wording) -> Markup:
    """The place, which is in the document's language, the countries, the years."""
    about = document.facets
    place = [Markup('<bdi lang="{}">{}</bdi>').format(document.language, about.place)] if about.place else []
    countries = [escape(country_name(one, say.language)) for one in about.countries]
    years = _years(*about.years, say) if about.years else ""
    return Markup(" · ").join(part for part in (Markup(say.listed([*place, *countries])), years) if part)


def _years(start: int, end: int | None, say: Wording) -> str:
    if end is None:
        return say.t("years.since", **{"from": str(start)})
    return str(start) if start == end else say.t("years.range", **{"from": str(start), "to": str(end)})


def _source(source: Publication, number: int, language: str) -> dict[str, Any]:
    named = {
        name: labels(f"{name}s" if name != "checked" else name, language)[getattr(source, name)]
        for name in ("voice", "method", "checked")
    }
    return {"id": source.id, "number": number, "label": source.label, "title": source.title, "url": source.url, **named}


def _references(kind: str, found: list[exports.Reference], name: str, language: str = "") -> Response:
    if kind not in _KINDS:
        raise HTTPException(404, f"no list in the form {kind!r}: take csv, ris or bib")
    media, write = _KINDS[kind]
    return _file(write(found), f"{media}; charset=utf-8", f"{name}.{kind}", language)


def _file(text: str, media: str, name: str, language: str = "") -> Response:
    """`language` where the file is told in that of the reader."""
    told_in = _told_in(language) if language else {}
    return Response(text, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"', **told_in})


def _told_in(language: str) -> dict[str, str]:
    return {"Content-Language": language, "Vary": "Accept-Language"}


def _address(request: Request) -> str:
    return str(request.url_for("cases_page"))


def _anchor(href: str, text: str) -> Markup:
    """A link to fill a hole of a sentence."""
    return Markup('<a href="{}">{}</a>').format(href, text)


def _page(request: Request, name: str, *, status: int = 200, up: str = "", **context: Any) -> HTMLResponse:
    """`here` is the entry of the header that the page is, `up` the way to the root."""
    language = language_of(request)
    say = wording(language)
    given = {"lang": language} if request.query_params.get("lang") else {}

    def link(path: str, **query: str) -> str:
        """The way to another page, in the same language where the address names it."""
        told = urlencode({**query, **given})
        return f"{up}{path}?{told}" if told else f"{up}{path}"

    def foreign(other: str) -> Markup:
        """The attributes of an element whose text is in another language than the page."""
        direction = Locale.parse(other).text_direction
        return Markup(' lang="{}" dir="{}"').format(other, direction) if other != language else Markup("")

    reading = {"say": say, "t": say.t, "html": say.html, "given": given, "link": link, "anchor": _anchor, "foreign": foreign}
    turned = [(one, language_name(one), f"?{request.url.include_query_params(lang=one).query}") for one in LANGUAGES]
    return _templates.TemplateResponse(
        request,
        name,
        {"here": "", "up": up, "languages": turned, "language_name": language_name, **reading, **context},
        status_code=status,
        headers=_told_in(language),
    )

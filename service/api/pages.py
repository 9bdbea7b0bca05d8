"""The pages that are read: cases, a case, about, privacy, accessibility, lists as files. Only one needs a script, to search."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Annotated, Any

from babel import Locale
from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from fastapi.templating import Jinja2Templates
from pydantic import ConfigDict
from starlette.concurrency import run_in_threadpool

from corpus.brief import OWN_VOICE
from corpus.lists import CORRECTIONS, LISTS, country_name, labels, language_name
from ingest.documents import Document, Publication
from service import cases, exports, feedback, gaps
from service.api.cases import find_case
from service.api.deps import Given, Parts
from service.api.problems import told
from service.contract import CasesQuery
from service.retrieval import COLLECTIONS
from service.web import WEB


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
_TITLES = {
    "countries": "Country",
    "regions": "Region",
    "themes": "Theme",
    "settings": "Setting",
    "kinds": "Kind",
    "methods": "Evidence",
}
_CHARTS = {"regions": "By region", "themes": "By theme", "methods": "By evidence"}
_MEANINGS = {
    "methods": "Evidence",
    "voices": "Voice",
    "checked": "What was read",
    "kinds": "Kind",
    "themes": "Theme",
    "settings": "Setting",
}
MOST_BARS = 8
_KINDS: dict[str, tuple[str, Callable[[list[exports.Reference]], str]]] = {
    "ris": ("application/x-research-info-systems", exports.as_ris),
    "bib": ("application/x-bibtex", exports.as_bibtex),
}


class _Chosen(CasesQuery):
    """As others pass it on, with what they add to an address (?utm_source=…)."""

    model_config = ConfigDict(extra="ignore")


Chosen = Annotated[_Chosen, Query()]


@router.get("/cases")
async def cases_page(request: Request, parts: Given, query: Chosen) -> HTMLResponse:
    documents = parts.library.documents_in(COLLECTIONS)
    filters = query.to_filters()
    found = cases.chosen(documents, filters, query.q)
    counts = cases.counts(documents, filters, query.q)
    facets = [
        {
            "name": name,
            "label": title,
            "counts": sorted(counts[name], key=lambda one: one.label),
            "chosen": getattr(filters, name),
        }
        for name, title in _TITLES.items()
    ]
    return _page(
        request,
        "cases.html",
        here="cases",
        query=query,
        filtered=bool(request.url.query),
        address=f"?{request.url.query}" if request.url.query else "",
        facets=facets,
        charts=[_chart(name, title, counts[name]) for name, title in _CHARTS.items()],
        count="1 case" if len(found) == 1 else f"{len(found)} cases",
        cases=[_card(one) for one in found],
    )


def _chart(name: str, title: str, counted: Sequence[cases.Count]) -> dict[str, Any]:
    # of the regions those that hold countries: the wider ones would count a case again
    narrow = [one for one in counted if name != "regions" or one.value not in cases.WIDE_REGIONS]
    most = max((one.count for one in narrow), default=1)
    bars = [{"value": one.value, "label": one.label, "count": one.count, "percent": 100 * one.count // most} for one in narrow]
    return {"name": name, "title": title, "bars": bars[:MOST_BARS], "more": len(bars[MOST_BARS:])}


@router.get("/cases.csv")
async def cases_csv(request: Request, parts: Given, query: Chosen) -> Response:
    found = cases.chosen(parts.library.documents_in(COLLECTIONS), query.to_filters(), query.q)
    return _file(exports.as_csv(found, _address(request)), "text/csv; charset=utf-8", "rightkey-cases.csv")


@router.get("/cases.{kind}")
async def cases_references(kind: str, request: Request, parts: Given, query: Chosen) -> Response:
    found = cases.chosen(parts.library.documents_in(COLLECTIONS), query.to_filters(), query.q)
    return _references(kind, [exports.of_case(one, _address(request)) for one in found], "rightkey-cases")


@router.get("/cases/{identity}.{kind}")
async def case_references(identity: str, kind: str, parts: Given) -> Response:
    case = find_case(identity, parts)
    return _references(kind, [exports.of_source(one) for one in case.publications], identity)


@router.get("/cases/{identity}")
async def case_page(request: Request, identity: str, parts: Given) -> HTMLResponse:
    try:
        case = find_case(identity, parts)
    except HTTPException as error:
        return _page(request, "missing.html", status=404, up="../", detail=error.detail)
    return await run_in_threadpool(_case_page, request, case, parts)


def _case_page(request: Request, case: Document, parts: Parts) -> HTMLResponse:
    whole = parts.library.catalog.document(case.id) or case  # with its text, which is not held in memory
    numbers = {one.id: number for number, one in enumerate(whole.publications, 1)}
    sources = {one.id: _source(one, numbers[one.id]) for one in whole.publications}
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
        case=_card(whole) | {"settings": [labels("settings")[one] for one in whole.facets.settings], "as_of": whole.as_of},
        disputes=[
            {
                "topic": one.topic,
                "sides": [{"text": side.text, "sources": [sources[key] for key in side.publications]} for side in one.sides],
            }
            for one in whole.disagreements
        ],
        summaries=[_translated(language, text) for language, text in whole.summary.items() if language != "en"],
        sections=sections,
        sources=list(sources.values()),
        comparable=[_card(one.document) | {"why": one.reasons} for one in cases.comparable(case, others)],
    )


def _translated(language: str, text: str) -> dict[str, str]:
    return {"language": language, "name": language_name(language), "dir": Locale.parse(language).text_direction, "text": text}


@router.get("/about")
async def about_page(request: Request, parts: Given) -> HTMLResponse:
    briefs = [one for one in parts.library.documents_in(COLLECTIONS) if one.origin == "brief"]
    return _page(
        request,
        "about.html",
        here="about",
        briefs=len(briefs),
        sources=len({source.id for one in briefs for source in one.publications}),
        countries=len({code for one in briefs for code in one.facets.countries}),
        lists=[{"title": title, "entries": list(LISTS[name].values())} for name, title in _MEANINGS.items()],
        contact=_contact(parts),
        corrections=CORRECTIONS,
        days=parts.settings.answer_days,
    )


@router.get("/privacy")
async def privacy_page(request: Request, parts: Given) -> HTMLResponse:
    days = {"days": parts.settings.answer_days, "feedback_days": feedback.DAYS, "gap_days": gaps.DAYS}
    return _page(request, "privacy.html", contact=_contact(parts), **days)


@router.get("/accessibility")
async def accessibility_page(request: Request, parts: Given) -> HTMLResponse:
    return _page(request, "accessibility.html", contact=_contact(parts))


def _contact(parts: Parts) -> dict[str, str] | None:
    """Whom a reader can write to."""
    contact = parts.settings.contact
    return {"text": contact, "href": contact if "://" in contact else f"mailto:{contact}"} if contact else None


def _card(document: Document) -> dict[str, Any]:
    """What a page shows of a case, in words."""
    about = document.facets
    years = [str(year) for year in about.years if year] if about.years else []
    when = "–".join(dict.fromkeys(years)) + ("–" if about.years and about.years[1] is None else "")
    where = ", ".join([*([about.place] if about.place else []), *map(country_name, about.countries)])
    return {
        "id": document.id,
        "title": document.title,
        "where": " · ".join(part for part in (where, when) if part),
        "summary": document.summary["en"],
        "kind": labels("kinds")[about.kind] if about.kind else "",
        "themes": [labels("themes")[one] for one in about.themes],
        "methods": [labels("methods")[one] for one in about.methods],
        "searched": cases.searched_text(document),
    }


def _source(source: Publication, number: int) -> dict[str, Any]:
    named = {
        name: labels(f"{name}s" if name != "checked" else name)[getattr(source, name)]
        for name in ("voice", "method", "checked")
    }
    return {"id": source.id, "number": number, "label": source.label, "title": source.title, "url": source.url, **named}


def _references(kind: str, found: list[exports.Reference], name: str) -> Response:
    if kind not in _KINDS:
        raise HTTPException(404, f"no list in the form {kind!r}: take csv, ris or bib")
    media, write = _KINDS[kind]
    return _file(write(found), f"{media}; charset=utf-8", f"{name}.{kind}")


def _file(text: str, media: str, name: str) -> Response:
    return Response(text, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _address(request: Request) -> str:
    return str(request.url_for("cases_page"))


def _page(request: Request, name: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """`here` is the entry of the header that the page is, `up` the way to the root."""
    return _templates.TemplateResponse(request, name, {"here": "", "up": "", **context}, status_code=status)

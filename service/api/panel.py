"""The panel: GET / is the ask page, GET /panel the same in a frame of a site's page."""

import hashlib
import json
from functools import cache
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException

from corpus.figures import LANGUAGES
from corpus.lists import language_name
from service.api.deps import Given, Parts
from service.api.gate import open_site
from service.guard import POLICY
from service.sites import Site
from service.web import WEB, words
from service.wording import wording

router = APIRouter(include_in_schema=False)
_templates = Jinja2Templates(WEB / "panel")
MODULES = sorted(path.name for path in (WEB / "panel").glob("*.js") if path.name != "panel.js")
NAMES = {code: language_name(code) for code in LANGUAGES}
READ = ("about.", "accessibility.", "case.", "cases.", "glossary.", "missing_page.", "privacy.", "site.")  # keys of the pages
FRAMED = "frame-ancestors 'self'"


@router.get("/")
async def ask_page(request: Request, lang: Annotated[str, Query(max_length=40)] = "") -> Response:
    return _page(request, lang, list(LANGUAGES))


@router.get("/panel")
async def framed_panel(
    request: Request,
    parts: Given,
    site: Annotated[str, Query(max_length=64)],
    origin: Annotated[str, Query(max_length=300)] = "",
    lang: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """Which page may frame it is for the browser to enforce: only an origin that the site names."""
    about = served_to(site, origin, parts)
    if about is None:
        return refused()
    return _page(request, lang, about.speaks, {"site": site, "parent": origin}, framed_by(origin))


@router.get("/web/locales/{language}.json")
async def panel_words(request: Request, language: str) -> Response:
    """The words that the panel says, which is small: those of the pages that are read stay here."""
    if language not in LANGUAGES:
        raise HTTPException(404)
    text, tag = _panel_words(language)
    unchanged = request.headers.get("if-none-match") == tag
    return Response(b"" if unchanged else text, 304 if unchanged else 200, {"ETag": tag}, "application/json")


@cache
def _panel_words(language: str) -> tuple[bytes, str]:
    said = {key: text for key, text in words(language).items() if not key.startswith(READ)}
    text = json.dumps(said, ensure_ascii=False).encode()
    return text, f'"{hashlib.sha256(text).hexdigest()[:16]}"'


def served_to(identity: str, origin: str, parts: Parts) -> Site | None:
    """The site, where it is served and names this origin."""
    try:
        site = open_site(identity, parts)
    except HTTPException:
        return None
    return site if origin in site.origins else None


def framed_by(origin: str) -> str:
    return POLICY.replace(FRAMED, f"frame-ancestors {origin}")


def refused() -> Response:
    """What nobody may frame."""
    return Response(status_code=403, headers={"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"})


def spoken(wanted: str, available: list[str]) -> str:
    """The first of the comma-separated language tags that is available, without its region; else the usual one."""
    codes = [tag.strip().lower().split("-")[0] for tag in wanted.split(",")]
    return next((code for code in codes if code in available), available[0])


def _page(
    request: Request, wanted: str, available: list[str], frame: dict[str, str] | None = None, policy: str | None = None
) -> Response:
    lang = spoken(wanted, available) if wanted else ""
    context = {
        "modules": MODULES,
        "lang": lang,
        "names": {code: NAMES[code] for code in available},
        "frame": frame,
        "noscript": wording(lang or "en").t("site.noscript"),
    }
    return _templates.TemplateResponse(request, "index.html", context, headers={"Content-Security-Policy": policy or POLICY})

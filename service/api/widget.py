"""What a portal's page loads: GET /widget.js, the same under a name that pins it, and the word that the page is allowed."""

import base64
import hashlib
import json
from functools import cache
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.templating import Jinja2Templates

from service.api.deps import Given
from service.api.panel import refused, served_to, spoken
from service.colours import readable
from service.web import WEB, words

router = APIRouter(include_in_schema=False)
_templates = Jinja2Templates(WEB / "widget")
LOADER = WEB / "widget" / "widget.js"
RELEASED = WEB / "widget" / "released"  # by any name: a loader that changes is put there as it was
CHECK = (WEB / "widget" / "check.js").read_text(encoding="utf-8")
SAID = ("name", "widget.open", "close", "widget.loading", "widget.slow", "widget.failed", "retry")


def digest(text: str, algorithm: str) -> str:
    """As a policy or an `integrity` attribute names a script (W3C, Subresource Integrity)."""
    return f"{algorithm}-{base64.b64encode(hashlib.new(algorithm, text.encode()).digest()).decode()}"


@cache
def loader() -> tuple[str, str, str]:
    """The loader's text, the name that pins it, its integrity."""
    text = LOADER.read_text(encoding="utf-8")
    return text, pin_of(text), digest(text, "sha384")


def pin_of(text: str) -> str:
    return f"widget-{hashlib.sha256(text.encode()).hexdigest()[:16]}.js"


@cache
def pinned_loaders() -> dict[str, str]:
    """By the name that pins it, the text of this loader and of every one that was released before."""
    texts = [LOADER.read_text(encoding="utf-8"), *(path.read_text(encoding="utf-8") for path in RELEASED.glob("*.js"))]
    return {pin_of(text): text for text in texts}


@router.get("/widget.js")
async def floating() -> Response:
    """The newest loader; browsers look for a newer one after an hour."""
    return _script(loader()[0], 3600)


@router.get("/widget-{pin}.js")
async def pinned(pin: str) -> Response:
    """The loader with exactly these bytes."""
    text = pinned_loaders().get(f"widget-{pin}.js")
    if text is None:
        raise HTTPException(404, "no loader of that name is served: take the line of `rightkey sites list ID`")
    return _script(text, 31_536_000, ", immutable")


def _script(text: str, seconds: int, more: str = "") -> Response:
    # any page may read it: `integrity` needs that
    headers = {"Cache-Control": f"public, max-age={seconds}{more}", "Access-Control-Allow-Origin": "*"}
    return Response(text, media_type="text/javascript; charset=utf-8", headers=headers)


@router.get("/widget/check")
async def check(
    request: Request,
    parts: Given,
    site: Annotated[str, Query(max_length=64)],
    origin: Annotated[str, Query(max_length=300)] = "",
    lang: Annotated[str, Query(max_length=200)] = "",
    accent: Annotated[str, Query()] = "",
) -> Response:
    """A page that says, to a page that may frame it and to no other, that the launcher may be drawn, with its words."""
    about = served_to(site, origin, parts)
    if about is None:
        return refused()
    language = spoken(lang, about.speaks)
    said = words(language)
    told = {
        "lang": language,
        "dir": said["dir"],
        "words": {key.removeprefix("widget."): said[key] for key in SAID},
        "accent": readable(accent) if accent else None,
    }
    policy = f"default-src 'none'; script-src '{digest(CHECK, 'sha256')}'; frame-ancestors {origin}"
    context = {"told": json.dumps(told, ensure_ascii=False), "origin": origin, "script": CHECK}
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
    return _templates.TemplateResponse(request, "check.html", context, headers=headers)

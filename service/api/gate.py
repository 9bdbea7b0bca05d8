"""Whether a request is served: the site that it names, its visitor, the limits. What is not known to be allowed is refused."""

from math import ceil

import structlog
from fastapi import Request
from starlette.exceptions import HTTPException

from service.api.deps import Parts
from service.api.problems import Refusal
from service.contract import Ask, Code
from service.limits import LimitReached
from service.sites import Site, SitesUnreadable
from service.visitors import TokenRefused

HOURLY = VERDICTS_AN_HOUR = 60  # from one address
_LIMITS: dict[Code, str] = {
    "visitor_limit": "as many questions as one visitor may ask in a short time have been asked",
    "address_limit": "as many requests as one address may send in an hour have been sent",
    "day_limit": "the questions that this site can answer in a day are used up",
}
log = structlog.get_logger()


def open_site(identity: str, parts: Parts) -> Site:
    """A site that is served. Raises Refusal, or HTTPException where no site can be."""
    try:
        site = parts.sites.find(identity)
    except SitesUnreadable as error:
        log.error("sites unreadable", error=str(error))
        raise HTTPException(503, "the list of sites can not be read: tell whoever runs this service") from error
    if site is None:
        raise Refusal(403, "site_unknown", f"no site {identity!r} is served here: `rightkey sites add` adds one")
    if site.paused:
        raise Refusal(403, "site_paused", f"the site {identity!r} is paused: `rightkey sites resume` takes that back")
    return site


def visitor_of(identity: str, request: Request, parts: Parts) -> str:
    """The visitor that the request's token names. Raises Refusal."""
    try:
        return parts.visitors.visitor(bearer(request), identity)
    except TokenRefused as error:
        raise Refusal(401, "token_refused", str(error), {"WWW-Authenticate": "Bearer"}) from error


def bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def admit_question(question: Ask, request: Request, parts: Parts) -> Site | None:
    """Count the question; the site that it is asked on, if on any. Raises Refusal."""
    address = address_of(request)
    try:
        if question.site is None:
            if hourly := _hourly(parts):
                parts.counters.from_address("open", hourly, address)
            return None
        site = open_site(question.site, parts)
        visitor = visitor_of(question.site, request, parts)
        if len(question.question) > site.limits.characters:
            told = f"the question has {len(question.question)} characters: shorten it to {site.limits.characters}"
            raise Refusal(422, "too_long", told)
        parts.counters.question(question.site, site.limits, visitor, address, question.question)
        return site
    except LimitReached as reached:
        raise _wait(reached) from reached


def _hourly(parts: Parts) -> int:
    """Questions an hour without a site; 0 is as many as one likes. Where portals are served, strangers come."""
    if parts.settings.hourly is not None:
        return parts.settings.hourly
    try:
        return HOURLY if parts.sites.all() else 0
    except SitesUnreadable:
        return HOURLY


def admit_verdict(identity: str | None, request: Request, parts: Parts) -> None:
    """Count what a reader says of an answer. Raises Refusal."""
    if identity is not None:
        open_site(identity, parts)
        visitor_of(identity, request, parts)
    try:
        parts.counters.from_address("verdict", VERDICTS_AN_HOUR, address_of(request))
    except LimitReached as reached:
        raise _wait(reached) from reached


def address_of(request: Request) -> str:
    return request.client.host if request.client else ""


def _wait(reached: LimitReached) -> Refusal:
    minutes = ceil(reached.seconds / 60)
    left = f"{reached.seconds} seconds" if reached.seconds < 60 else f"{minutes} minute{'' if minutes == 1 else 's'}"
    detail = f"{_LIMITS[reached.code]}: ask again in {left}"
    return Refusal(429, reached.code, detail, {"Retry-After": str(reached.seconds)})

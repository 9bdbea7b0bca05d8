"""POST /v1/visits: someone opens the panel of a site and gets a token to ask with."""

from fastapi import APIRouter, Request, Response

from service.api.deps import Given
from service.api.gate import bearer, open_site
from service.contract import Problem, SiteOut, Visit, VisitOut
from service.visitors import SECONDS

router = APIRouter(tags=["sites"])


@router.post("/v1/visits", responses={code: {"model": Problem} for code in (400, 403, 413, 503)})
async def visit(one: Visit, request: Request, response: Response, parts: Given) -> VisitOut:
    """A token of fifteen minutes, bound to the site. With the one before as `Authorization: Bearer …` the visit goes on."""
    site = open_site(one.site, parts)
    response.headers["Cache-Control"] = "no-store"
    about = SiteOut(greeting=site.greeting, characters=site.limits.characters)
    return VisitOut(token=parts.visitors.issue(one.site, bearer(request)), seconds=SECONDS, site=about)

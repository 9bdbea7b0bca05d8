"""The pages of the portal to try, with the widget on each."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

HERE = Path(__file__).parent
SITE = "try-portal"
PAGES = {
    "plain": "A plain page",
    "strict": "A page with a strict policy",
    "hostile": "A page with a hostile style",
    "inline": "The panel within the page",
    "arabic": "صفحة عربية",
}
# Everything is forbidden but what the widget needs, and the page's own style and icon.
STRICT = (
    "default-src 'none'; style-src 'self'; img-src data:; require-trusted-types-for 'script'; "
    "script-src {service}; frame-src {service}"
)


def create_portal(service: str, elsewhere: str = "") -> Starlette:
    """An application whose pages embed the widget of `service`, an origin; `elsewhere` is the portal under an origin that the
    site does not name."""
    templates = Jinja2Templates(HERE)

    def page(name: str) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            wishes = {key: value for key, value in request.query_params.items() if key.replace("-", "").isalpha()}
            context = {"here": name, "pages": PAGES, "service": service, "site": SITE, "elsewhere": elsewhere, "wishes": wishes}
            headers = {"Content-Security-Policy": STRICT.format(service=service)} if name == "strict" else None
            return templates.TemplateResponse(request, "portal.html", context, headers=headers)

        return answer

    routes = [Route("/" if name == "plain" else f"/{name}", page(name)) for name in PAGES]
    styles = [Route(f"/{name}.css", lambda _, name=name: FileResponse(HERE / f"{name}.css")) for name in ("portal", "hostile")]
    return Starlette(routes=[*routes, *styles])

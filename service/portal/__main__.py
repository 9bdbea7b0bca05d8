"""`python -m service.portal`: serve Rightkey, a portal that embeds it and one that may not, and say where they are."""

import sys

from service.portal.pages import PAGES, SITE, create_portal
from service.server import listen, serve, serving
from service.settings import Settings
from service.sites import Sites, checked
from service.terminal import err, errors

HOST = "127.0.0.1"


def main() -> int:
    with errors():
        settings = Settings(host=HOST)
        ports = (settings.port + 10, settings.port + 11)
        allowed, other = (f"http://{HOST}:{port}" for port in ports)
        site = checked(SITE, {"origins": [allowed], "first": {"places": ["Guizhou"]}, "gaps": True})
        Sites(settings.folder).change(lambda known: {**known, SITE: site})
        service = f"http://{HOST}:{settings.port}"

        def ready(address: str, documents: int) -> None:
            err.print(f"Rightkey is ready at {address} ({documents} documents). The portal to try:", markup=False)
            for name, title in PAGES.items():
                err.print(f"  {allowed}/{'' if name == 'plain' else name}  {title}", markup=False)
            err.print(f"  {other}/  A page that may not show it", markup=False)

        with (
            listen(HOST, ports[0]) as one,
            listen(HOST, ports[1]) as another,
            serving(create_portal(service, other), one),
            serving(create_portal(service), another),
        ):
            serve(settings, ready)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""`python -m service.portal`: serve Rightkey, a portal that embeds it and one that may not, and say where they are."""

import contextlib
import sys
import threading
from collections.abc import Iterator

import uvicorn

from service.portal.pages import PAGES, SITE, create_portal
from service.server import listen, serve
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

        with _serving(ports[0], service, other), _serving(ports[1], service, ""):
            serve(settings, ready)
    return 0


@contextlib.contextmanager
def _serving(port: int, service: str, elsewhere: str) -> Iterator[None]:
    """Off the main thread uvicorn leaves the signals to the service."""
    with contextlib.closing(listen(HOST, port)) as listening:
        config = uvicorn.Config(create_portal(service, elsewhere), log_config=None, access_log=False, lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.should_exit = True
            thread.join(timeout=5)


if __name__ == "__main__":
    sys.exit(main())

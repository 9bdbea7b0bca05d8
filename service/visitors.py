"""Who asks on a site: a signed token of fifteen minutes that says nothing but which visit it is."""

import secrets
import time

from itsdangerous import BadData, URLSafeTimedSerializer

SECONDS = 15 * 60
RENEWABLE = 24 * 60 * 60  # seconds after which a visit ends for good


class TokenRefused(ValueError):
    """Not signed here, for another site, or too old; the message names the cure."""


class Visitors:
    """The secret is made anew at each start: tokens from before are refused, and asked for again."""

    def __init__(self, secret: bytes | None = None) -> None:
        self._signer = URLSafeTimedSerializer(secret or secrets.token_bytes(32), salt="visitor")

    def issue(self, site: str, before: str = "") -> str:
        """A token for a site; of the same visit as the token `before` where that is of the site and began within a day."""
        try:
            visitor, begun = self._read(before, site, RENEWABLE)
        except TokenRefused:
            visitor, begun = "", 0.0
        if time.time() - begun > RENEWABLE:
            visitor, begun = secrets.token_urlsafe(9), time.time()
        return str(self._signer.dumps([site, visitor, begun]))

    def visitor(self, token: str, site: str) -> str:
        """The visitor of a token. Raises TokenRefused."""
        return self._read(token, site, SECONDS)[0]

    def _read(self, token: str, site: str, seconds: int) -> tuple[str, float]:
        try:
            bound, visitor, begun = self._signer.loads(token, max_age=seconds)
        except BadData as error:
            raise TokenRefused("the visitor's token is missing, too old or not ours: get one from POST /v1/visits") from error
        if bound != site:
            raise TokenRefused(f"the visitor's token is of another site than {site!r}: get one for it from POST /v1/visits")
        return str(visitor), float(begun)

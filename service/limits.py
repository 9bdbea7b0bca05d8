"""How often one may ask: by visitor, by address and, for a site, by day. Counted in memory, in moving windows."""

import hashlib
import ipaddress
import math
import secrets
import time
from collections.abc import Iterable

from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from service.contract import Code
from service.sites import Limits

AGAIN = 60  # seconds


class LimitReached(Exception):
    """`code` says which limit, `seconds` how long until there is room again."""

    def __init__(self, code: Code, seconds: int) -> None:
        super().__init__(code)
        self.code, self.seconds = code, seconds


class Counters:
    """What has been asked lately, in memory alone; of an address only a mark that this process can make."""

    def __init__(self) -> None:
        self._storage = MemoryStorage()
        self._windows = MovingWindowRateLimiter(self._storage)
        self._secret = secrets.token_bytes(32)
        self._asked: dict[tuple[str, str], tuple[str, float]] = {}  # each visitor's last question, and when it was counted

    def question(self, site: str, limits: Limits, visitor: str, address: str, text: str) -> None:
        """Count a question on a site, where every limit has room for it; the same one again within a minute, as after a broken
        line, is counted once. Raises LimitReached.
        """
        now, mark = time.monotonic(), self._mark(text)
        before, at = self._asked.pop((site, visitor), ("", 0.0))
        if before == mark and now - at < AGAIN:
            return
        self._count(
            (
                ("visitor_limit", RateLimitItemPerMinute(limits.questions, limits.minutes), (site, visitor)),
                ("address_limit", RateLimitItemPerHour(limits.hourly), (site, self._mark(network(address)))),
                ("day_limit", RateLimitItemPerDay(limits.daily), (site,)),
            )
        )
        self._asked[site, visitor] = (mark, now)

    def from_address(self, what: str, hourly: int, address: str) -> None:
        """Count something that one address may do so often in an hour. Raises LimitReached."""
        self._count((("address_limit", RateLimitItemPerHour(hourly), (what, self._mark(network(address)))),))

    def forget(self) -> None:
        """Drop what no limit counts any more: the library empties its windows, and keeps their names for ever (limits 5.8)."""
        now = time.time()
        for key, events in list(self._storage.events.items()):
            with self._storage.locks[key]:
                if not events or events[0].expiry <= now:
                    self._storage.clear(key)
        self._asked = {key: one for key, one in list(self._asked.items()) if time.monotonic() - one[1] < AGAIN}

    def __len__(self) -> int:
        return len(self._storage.events)

    def _mark(self, text: str) -> str:
        return hashlib.blake2b(text.encode(), key=self._secret, digest_size=12).hexdigest()

    def _count(self, all_limits: Iterable[tuple[Code, RateLimitItem, tuple[str, ...]]]) -> None:
        limits = list(all_limits)
        for code, item, key in limits:  # all first: a question that is refused counts nowhere
            if not self._windows.test(item, code, *key):
                free = self._windows.get_window_stats(item, code, *key).reset_time
                raise LimitReached(code, max(1, math.ceil(free - time.time())))
        for code, item, key in limits:
            self._windows.hit(item, code, *key)


def network(address: str) -> str:
    """What counts as one address: of IPv6 the /56, as a household may be given so many (RFC 6177)."""
    try:
        one = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(one, ipaddress.IPv6Address):
        return str(one.ipv4_mapped or ipaddress.ip_network((one, 56), strict=False))
    return address

"""How often one may ask: by visitor, by address and, for a site, by day. Counted in memory, in moving windows."""

import ipaddress
import math
import time
from collections.abc import Iterable

from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from service.contract import Code
from service.sites import Limits


class LimitReached(Exception):
    """`code` says which limit, `seconds` how long until there is room again."""

    def __init__(self, code: Code, seconds: int) -> None:
        super().__init__(code)
        self.code, self.seconds = code, seconds


class Counters:
    """What has been asked lately. Nothing of it is written to disk."""

    def __init__(self) -> None:
        self._windows = MovingWindowRateLimiter(MemoryStorage())

    def question(self, site: str, limits: Limits, visitor: str, address: str) -> None:
        """Count a question on a site, where every limit has room for it. Raises LimitReached."""
        self._count(
            (
                ("visitor_limit", RateLimitItemPerMinute(limits.questions, limits.minutes), (site, visitor)),
                ("address_limit", RateLimitItemPerHour(limits.hourly), (site, network(address))),
                ("day_limit", RateLimitItemPerDay(limits.daily), (site,)),
            )
        )

    def from_address(self, what: str, hourly: int, address: str) -> None:
        """Count something that one address may do so often in an hour. Raises LimitReached."""
        self._count((("address_limit", RateLimitItemPerHour(hourly), (what, network(address))),))

    def _count(self, all_limits: Iterable[tuple[Code, RateLimitItem, tuple[str, ...]]]) -> None:
        limits = list(all_limits)
        for code, item, key in limits:  # all first: a question that is refused counts nowhere
            if not self._windows.test(item, code, *key):
                free = self._windows.get_window_stats(item, code, *key).reset_time
                raise LimitReached(code, max(1, math.ceil(free - time.time())))
        for code, item, key in limits:
            self._windows.hit(item, code, *key)


def network(address: str) -> str:
    """What counts as one address: of IPv6 the /64 that one household is given (RFC 6177)."""
    try:
        one = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(one, ipaddress.IPv6Address):
        return str(one.ipv4_mapped or ipaddress.ip_network((one, 64), strict=False))
    return address

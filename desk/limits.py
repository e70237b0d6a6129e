"""How often something may happen a minute, counted in memory or, for several processes, in Redis."""

import math
import time
from collections import deque

from limits import RateLimitItem, RateLimitItemPerMinute, WindowStats
from limits.aio.storage import RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter

from desk.errors import Refusal, TooManyMessages


class Limiter:
    """A moving window for each name."""

    def __init__(self, redis_url: str | None) -> None:
        self._window = _shared(redis_url) if redis_url else _InMemory()

    async def hit(self, what: str, who: str, per_minute: int, refusal: type[Refusal] = TooManyMessages) -> None:
        """Count one; the refusal, with the seconds to wait, once the minute's share is used up."""
        share = RateLimitItemPerMinute(per_minute)
        if not await self._window.hit(share, what, who):
            stats = await self._window.get_window_stats(share, what, who)
            raise refusal(retry_after=max(1, math.ceil(stats.reset_time - time.time())))


def _shared(redis_url: str) -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(RedisStorage(f"async+{redis_url}", implementation="redispy"))


class _InMemory:
    """The library's own storages in memory look through all names at each hit, in threads, or keep them for ever."""

    def __init__(self) -> None:
        self._hits: dict[tuple[str, ...], deque[float]] = {}
        self._swept = time.time()

    async def hit(self, share: RateLimitItem, *names: str) -> bool:
        moment, lasts = time.time(), share.get_expiry()
        self._sweep(moment, lasts)
        hits = self._hits.setdefault(names, deque())
        while hits and hits[0] <= moment - lasts:
            hits.popleft()
        if len(hits) >= share.amount:
            return False
        hits.append(moment)
        return True

    async def get_window_stats(self, share: RateLimitItem, *names: str) -> WindowStats:
        hits = self._hits.get(names) or [time.time()]
        return WindowStats(hits[0] + share.get_expiry(), max(0, share.amount - len(hits)))

    def _sweep(self, moment: float, lasts: float) -> None:
        """Once in a window, forget who has not come in it."""
        if self._swept <= moment - lasts:
            self._swept = moment
            self._hits = {names: hits for names, hits in self._hits.items() if hits and hits[-1] > moment - lasts}

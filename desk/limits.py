"""How often something may happen a minute, counted in memory or, for several processes, in Redis."""

import math
import time

from limits import RateLimitItem, RateLimitItemPerMinute, WindowStats
from limits.aio.storage import RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter as MovingWindowInMemory

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
    """The library's own asynchronous one hands every name it knows to a thread at each hit."""

    def __init__(self) -> None:
        self._window = MovingWindowInMemory(MemoryStorage())

    async def hit(self, share: RateLimitItem, *names: str) -> bool:
        return self._window.hit(share, *names)

    async def get_window_stats(self, share: RateLimitItem, *names: str) -> WindowStats:
        return self._window.get_window_stats(share, *names)

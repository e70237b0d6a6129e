"""How often something may happen a minute, counted in memory or, for several processes, in Redis."""

import math
import time

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter

from desk.errors import Refusal, TooManyMessages


class Limiter:
    """A moving window for each name."""

    def __init__(self, redis_url: str | None) -> None:
        storage = RedisStorage(f"async+{redis_url}", implementation="redispy") if redis_url else MemoryStorage()
        self._window = MovingWindowRateLimiter(storage)

    async def hit(self, what: str, who: str, per_minute: int, refusal: type[Refusal] = TooManyMessages) -> None:
        """Count one; the refusal, with the seconds to wait, once the minute's share is used up."""
        share = RateLimitItemPerMinute(per_minute)
        if not await self._window.hit(share, what, who):
            stats = await self._window.get_window_stats(share, what, who)
            raise refusal(retry_after=max(1, math.ceil(stats.reset_time - time.time())))

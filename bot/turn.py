"""One turn in flight: the tracker that came in with a request and the one that goes out with its answer."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from rasa.shared.core.events import Event


@dataclass
class Turn:
    """What the parts of Rasa that serve one request share, and what nothing else may see."""

    events: list[Event] = field(default_factory=list)
    tracker: dict | None = None
    failure: str | None = None


# Sanic awaits a whole turn in one task, so this holds exactly the turn of the request being served.
CURRENT: ContextVar[Turn | None] = ContextVar("turn", default=None)


@contextmanager
def serving(turn: Turn) -> Iterator[None]:
    """Make `turn` the one that the tracker store reads and writes."""
    token = CURRENT.set(turn)
    try:
        yield
    finally:
        CURRENT.reset(token)


class ActionFailures(logging.Handler):
    """Marks the turn in which an action could not be run.

    Rasa logs such an action and goes on as if it had answered nothing; its log record is the only trace.
    """

    LOGGER = "rasa.core.processor"

    def emit(self, record: logging.LogRecord) -> None:
        turn = CURRENT.get()
        if turn and record.exc_info:
            turn.failure = f"{record.exc_info[1]}"

    @classmethod
    def watch(cls) -> None:
        """Listen to Rasa's processor, once in a process."""
        processor = logging.getLogger(cls.LOGGER)
        if not any(isinstance(handler, cls) for handler in processor.handlers):
            processor.addHandler(cls(logging.ERROR))

"""Who owns, who speaks, what a line is, how a turn stands."""

from enum import StrEnum


class Owner(StrEnum):
    """Who answers: the bot, nobody yet (the user waits in the queue), or one agent."""

    BOT = "bot"
    QUEUE = "queue"
    AGENT = "agent"


class Author(StrEnum):
    USER = "user"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


class Kind(StrEnum):
    TEXT = "text"
    CARD = "card"
    NOTICE = "notice"
    OPENING = "opening"


class TurnState(StrEnum):
    """`dropped`: another owner answers instead of the bot."""

    PENDING = "pending"
    RUNNING = "running"
    DONE = "done"
    DROPPED = "dropped"

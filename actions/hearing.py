"""What a message is while a form is being filled: an answer to its question, or something that goes before it."""

import re
from dataclasses import dataclass
from enum import Enum

from actions.topics import kind_of
from actions.values import Problem, Reading, Value

# From here on an intent is clear enough to pass over a reply that does not fit the question.
CLEAR = 0.6
# Free text fits nearly everything, so there an intent has to be clearer.
CLEAR_IN_PROSE = 0.8
# "取消" or "转人工" inside a long story is a part of the story.
LONGEST_COMMAND = 15
CRISIS = "self_harm_crisis"

_ENDS_AS_QUESTION = re.compile(r"(?:[?？]|吗|呢|嘛)\W*$")
_ASKS = re.compile(
    r"怎么|怎样|为什么|为啥|咋|多久|多少|几天|如何|哪[里儿]|在哪|什么|能不能|可不可以|是不是"
    r"|\b(?:how|what|why|when|where|which|can i|do you)\b",
    re.IGNORECASE,
)


class Hearing(Enum):
    """What to do with a message."""

    ANSWER = "answer"
    STEP_ASIDE = "step aside"  # somebody else answers it, then the form goes on or has ended
    ASK_TO_SWITCH = "ask to switch"  # another matter: the user decides whether to leave the form


@dataclass(frozen=True)
class Message:
    """A message as far as this decision needs it."""

    text: str
    intent: str | None
    confidence: float
    is_button: bool = False


def hear(message: Message, reading: Reading, free_text: bool, own_topics: frozenset[str]) -> Hearing:
    """Decide what a message is, given how it reads as a reply to the question asked."""
    if message.intent == CRISIS:
        return Hearing.STEP_ASIDE
    fits = isinstance(reading, Value)
    if fits and not free_text and reading.sure:
        return Hearing.ANSWER
    if _only_slipped(message, reading):
        return Hearing.ANSWER
    if fits and free_text and not _speaks_up(message):
        return Hearing.ANSWER
    if message.confidence < CLEAR or message.intent in own_topics:
        return Hearing.ANSWER
    kind = kind_of(message.intent)
    if kind in {"stop", "answer"}:
        return Hearing.STEP_ASIDE
    return Hearing.ASK_TO_SWITCH if kind == "topic" else Hearing.ANSWER


def _only_slipped(message: Message, reading: Reading) -> bool:
    """A short reply that nearly answers the question is no other matter, whatever the intent seems to be."""
    near = isinstance(reading, Problem) and reading.near
    return near and kind_of(message.intent) != "stop" and len(message.text) <= LONGEST_COMMAND


def _speaks_up(message: Message) -> bool:
    """In a reply that could be anything: is it plainly a command or a question?"""
    if message.is_button:
        return True
    if message.confidence < CLEAR_IN_PROSE:
        return False
    if kind_of(message.intent) == "stop":
        return len(message.text) <= LONGEST_COMMAND
    return _asks(message.text)


def _asks(text: str) -> bool:
    """A story may wonder why; a question ends as one, or is little more than its question word."""
    return bool(_ENDS_AS_QUESTION.search(text)) or (len(text) <= LONGEST_COMMAND and bool(_ASKS.search(text)))

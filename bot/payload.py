"""What a button or an opening says instead of words: `/intent` or `/intent{"entity": "value"}`."""

import json
import re
from functools import lru_cache
from typing import Any

from rasa.shared.core.constants import DEFAULT_INTENTS
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, UserUttered

from bot.text import normalise

_normalised_title = lru_cache(maxsize=1024)(normalise)  # the same few, in every turn
# Letters stand in other words too: "ok" is no part of "Look up".
_TWO_HANZI = re.compile(r"[\u4e00-\u9fff]{2}")
_SHAPE = re.compile(r"/(?P<intent>[a-z][a-z0-9_]*)(?P<entities>\{.*\})?", re.DOTALL)


class UnknownPayload(ValueError):
    """The payload names something the domain does not have."""


def parse_payload(payload: str, domain: Domain) -> dict[str, Any]:
    """The payload as Rasa's parse data. Rasa's own commands (`/restart` and the like) are no payloads."""
    shape = _SHAPE.fullmatch(payload)
    if not shape or shape["intent"] not in set(domain.intents) - set(DEFAULT_INTENTS):
        raise UnknownPayload(payload)
    intent = {"name": shape["intent"], "confidence": 1.0}
    return {
        "text": payload,
        "intent": intent,
        "intent_ranking": [intent],
        "entities": _entities(shape["entities"], domain),
    }


def payload_of_title(text: str, events: list[Event], domain: Domain) -> str | None:
    """The payload of the button whose words, or a part of them that fits no other, the user typed instead."""
    said = normalise(text)
    offered = {
        _normalised_title(b["title"]): b["payload"] for b in _last_buttons(events) if _is_known(b["payload"], domain)
    }
    if said in offered:
        return offered[said]
    close = [payload for title, payload in offered.items() if said in title]
    return close[0] if _TWO_HANZI.search(said) and len(close) == 1 else None


def _is_known(payload: str, domain: Domain) -> bool:
    """Is it still a payload? The button may be older than the domain."""
    try:
        return bool(parse_payload(payload, domain))
    except UnknownPayload:
        return False


def _last_buttons(events: list[Event]) -> list[dict[str, str]]:
    buttons: list[dict[str, str]] = []
    for event in reversed(events):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, BotUttered):
            buttons += event.data.get("buttons") or []
    return buttons


def _entities(text: str | None, domain: Domain) -> list[dict[str, Any]]:
    try:
        values = json.loads(text) if text else {}
    except ValueError:
        raise UnknownPayload(text) from None
    if not set(values) <= set(domain.entities):
        raise UnknownPayload(text)
    return [{"entity": name, "value": value, "extractor": "payload"} for name, value in values.items()]

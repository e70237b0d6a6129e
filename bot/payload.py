"""What a button or an opening says instead of words: `/intent` or `/intent{"entity": "value"}`."""

import json
import re
from typing import Any

from rasa.shared.core.constants import DEFAULT_INTENTS
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, UserUttered

from bot.text import normalise

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


def payload_of_title(text: str, events: list[Event]) -> str | None:
    """The payload of the button whose words the user typed instead of pressing it."""
    said = normalise(text)
    for event in reversed(events):
        if isinstance(event, UserUttered):
            break
        for button in (event.data.get("buttons") or []) if isinstance(event, BotUttered) else []:
            if normalise(button["title"]) == said:
                return button["payload"]
    return None


def _entities(text: str | None, domain: Domain) -> list[dict[str, Any]]:
    try:
        values = json.loads(text) if text else {}
    except ValueError:
        raise UnknownPayload(text) from None
    if not set(values) <= set(domain.entities):
        raise UnknownPayload(text)
    return [{"entity": name, "value": value, "extractor": "payload"} for name, value in values.items()]

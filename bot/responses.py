"""The bot's words: sentences from `domain.yml`, facts from `facts.yml`, in the user's language.

Both files are read again when they change, so a changed sentence or fact is said at once and needs no training.
"""

import logging
import os
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.facts import Fact, read_facts
from bot.phone_numbers import mask_mobiles, without_forbidden_numbers
from bot.watched_file import WatchedFile

logger = logging.getLogger(__name__)

Variation = dict[str, Any]

HOME_LOCALE = "zh"
CAVEAT = "utter_fact_caveat"
COUNT = "utter_count_"
LIST_MARK = {"zh": "、", "en": ", "}
ITEM = "· "
_PLACEHOLDER = re.compile(r"\{((?:facts\.)?[a-z][a-z0-9_]*)\}")


class UnknownResponse(KeyError):
    """Somebody asked for a sentence that nobody wrote."""


def read_sentences(path: Path) -> dict[str, list[Variation]]:
    """The responses of a domain file."""
    try:
        responses = YAML(typ="safe").load(path.read_text(encoding="utf-8"))["responses"]
    except (YAMLError, TypeError, KeyError) as problem:
        raise ValueError(" ".join(str(problem).split())) from None
    return responses


class Responses(NaturalLanguageGenerator):
    """Rasa's response generator, loaded through `endpoints.yml`."""

    def __init__(self, endpoint_config: EndpointConfig | None = None, domain: Domain | None = None) -> None:
        del domain  # the model's copy of the sentences is as old as its training
        settings = endpoint_config.kwargs if endpoint_config else {}
        self._sentences = WatchedFile(Path(settings.get("sentences", "domain.yml")), read_sentences)
        self._facts = WatchedFile(Path(os.environ.get("BOT_FACTS", "facts.yml")), read_facts)

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any]:
        """The sentence, filled, with its buttons."""
        del output_channel  # the desk is the only one
        metadata = (tracker.latest_message.metadata if tracker.latest_message else None) or {}
        locale = metadata.get("locale", HOME_LOCALE)
        slots = tracker.current_slot_values()
        variation = pick(self._variations(utter_action), locale, slots, metadata.get("message_id", ""))
        fill = _Filling(locale, slots | kwargs, self._facts.content(), self._counted)
        message = {"text": fill.text(variation["text"])}
        if fill.promised and "为准" not in message["text"]:
            caveat = pick(self._variations(CAVEAT), locale, slots, "")
            message["text"] += caveat["text"]
        if variation.get("buttons"):
            message["buttons"] = [{key: fill.text(part) for key, part in b.items()} for b in variation["buttons"]]
        return message

    def _counted(self, kind: str, count: int, locale: str) -> str:
        """So many of a kind, in words."""
        sentence = pick(self._variations(f"{COUNT}{kind}"), locale, {"count": count}, "")
        return sentence["text"].replace("{count}", str(count))

    def _variations(self, key: str) -> list[Variation]:
        variations = self._sentences.content().get(key)
        if not variations:
            raise UnknownResponse(key)
        return variations


def pick(variations: list[Variation], locale: str, slots: dict[str, Any], seed: str) -> Variation:
    """The variation for this user: own language, the first whose condition holds, else any, a retry the same."""
    spoken = [v for v in variations if _locale_of(v) == locale] or [
        v for v in variations if _locale_of(v) == HOME_LOCALE
    ]
    for variation in spoken:
        if variation.get("condition") and _holds(variation["condition"], slots):
            return variation
    suitable = [v for v in spoken if not v.get("condition")]
    return suitable[zlib.crc32(seed.encode()) % len(suitable)]


def _locale_of(variation: Variation) -> str:
    return (variation.get("metadata") or {}).get("locale", HOME_LOCALE)


def _holds(conditions: list[dict[str, Any]], slots: dict[str, Any]) -> bool:
    return all(slots.get(condition["name"]) == condition["value"] for condition in conditions)


class _Filling:
    """Fills placeholders for one message, and remembers whether a term or number was promised on weak grounds."""

    def __init__(
        self, locale: str, values: dict[str, Any], facts: dict[str, Fact], counted: Callable[[str, int, str], str]
    ) -> None:
        self._locale = locale
        self._values = values
        self._facts = facts
        self._counted = counted
        self._allowed = facts["hotline_whitelist"].value
        self.promised = False

    def text(self, sentence: str) -> str:
        lines = [line for line in sentence.split("\n") if not self._is_empty_item(line)]
        filled = _PLACEHOLDER.sub(self._value, "\n".join(lines))
        return without_forbidden_numbers(filled, self._allowed, _report_forbidden).strip()

    def _is_empty_item(self, line: str) -> bool:
        """Is it an item of a list whose value was not given? Such a line is left out."""
        names = _PLACEHOLDER.findall(line) if line.startswith(ITEM) else []
        return any(self._values.get(name) in (None, "", [], {}) for name in names if not name.startswith("facts."))

    def _value(self, placeholder: re.Match[str]) -> str:
        name = placeholder[1]
        if name.startswith("facts."):
            fact = self._facts.get(name.removeprefix("facts."))
            self.promised |= fact is not None and fact.needs_caveat
            return fact.in_words(self._locale) if fact else _missing(name)
        value = self._values.get(name)
        if value is None:
            return _missing(name)
        if isinstance(value, dict):  # kind to count
            return LIST_MARK[self._locale].join(self._counted(kind, n, self._locale) for kind, n in value.items())
        return mask_mobiles(" ".join(value) if isinstance(value, list) else str(value))


def _missing(name: str) -> str:
    logger.error("A sentence has the placeholder {%s}, and nothing fills it.", name)
    return ""


def _report_forbidden(number: str) -> None:
    logger.error("The number %s is not in hotline_whitelist and was not printed.", number)

"""What the dialogue knows of each intent (`topics.yml`)."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML


@dataclass(frozen=True)
class Topic:
    """One intent: its kind, its plain name, and when it cannot wait."""

    intent: str
    kind: str
    zh: str = ""
    en: str = ""
    urgent: bool = False
    urgent_words: tuple[str, ...] = ()
    urgent_field: str | None = None
    safety: str | None = None

    def label(self, locale: str) -> str:
        return self.en if locale == "en" else self.zh

    def says_danger(self, text: str) -> bool:
        """Is one of the words in the message with which this topic cannot wait?"""
        return any(word in text.lower() for word in self.urgent_words)


@lru_cache(maxsize=1)
def all_topics() -> dict[str, Topic]:
    """Every intent by name."""
    rows = YAML(typ="safe").load(Path(__file__).with_name("topics.yml").read_text(encoding="utf-8"))
    return {
        intent: Topic(intent, **row | {"urgent_words": tuple(row.get("urgent_words", ()))})
        for intent, row in rows.items()
    }


def kind_of(intent: str | None) -> str:
    """The kind of an intent; what we do not know of is `plain`."""
    topic = all_topics().get(intent or "")
    return topic.kind if topic else "plain"


def label_of(intent: str | None, locale: str) -> str:
    """A topic in plain words; empty when it has none."""
    topic = all_topics().get(intent or "")
    return topic.label(locale) if topic else ""

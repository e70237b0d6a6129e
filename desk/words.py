"""What the desk itself says, in the user's language (Project Fluent files in `locales/`)."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

LOCALES = {"zh": "zh-CN", "en": "en"}
FOLDER = Path(__file__).parent / "locales"


@lru_cache
def _bundle(locale: str) -> FluentBundle:
    name = LOCALES[locale]
    # Isolation marks are invisible characters that would end up in copied case numbers.
    bundle = FluentBundle([name], use_isolating=False)
    bundle.add_resource(FluentResource((FOLDER / f"{name}.ftl").read_text(encoding="utf-8")))
    return bundle


def say(locale: str, key: str, **values: Any) -> str:
    """The sentence of `key` in `zh` or `en`; an unknown key is a programming error (KeyError)."""
    bundle = _bundle(locale if locale in LOCALES else "zh")
    message = bundle.get_message(key.replace("_", "-"))
    if message.value is None:
        raise KeyError(key)
    text, problems = bundle.format_pattern(message.value, values)
    if problems:
        raise ValueError(f"{key}: {problems[0]}")
    return str(text)


def pick_locale(*wishes: str | None) -> str:
    """The first wish that names a language we speak (`zh`, `zh-CN`, an Accept-Language header …), else `zh`."""
    for wish in wishes:
        for part in (wish or "").split(","):
            language = part.split(";")[0].strip().lower()[:2]
            if language in LOCALES:
                return language
    return "zh"

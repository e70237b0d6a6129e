"""Reads the training data as Rasa does, in a fraction of the time.

Stock, `rasa train` reads each file three times, holds each against a schema that only the slowest of its YAML readers
serves, and on the way to the trainer copies every example a dozen times and computes its fingerprint anew each time.
"""

from copy import deepcopy
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.formats.rasa_yaml import (
    KEY_INTENT,
    KEY_INTENT_EXAMPLES,
    KEY_METADATA,
    KEY_NLU,
    RasaYAMLReader,
)
from rasa.shared.nlu.training_data.loading import RASA_YAML, guess_format, load_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method
from rasa.shared.utils.io import read_yaml
from rasa.shared.utils.validation import KEY_TRAINING_DATA_FORMAT_VERSION
from ruamel.yaml import YAMLError

from bot import lean_training


class FrugalFileImporter(RasaFileImporter):
    """Rasa's own importer, which reads each file once."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        lean_training.apply()

    def get_domain(self) -> Domain:
        """The domain; a copy, since whoever asks may add to it."""
        return deepcopy(self._domain())

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The NLU data. Rasa asks for all languages and for the bot's; YAML files say nothing of languages."""
        return TrainingData().merge(*(self._nlu_data_of(path, language) for path in self._nlu_files))

    @cached_method
    def _domain(self) -> Domain:
        return super().get_domain()

    def _nlu_data_of(self, path: str, language: str | None) -> TrainingData:
        return self._yaml_data_of(path) if guess_format(path) == RASA_YAML else load_data(path, language)

    @cached_method
    def _yaml_data_of(self, path: str) -> TrainingData:
        return ExamplesReader().read(path)


class ExamplesReader(RasaYAMLReader):
    """Rasa's own reader, which asks the schema only where something may be amiss."""

    def validate(self, string: str) -> None:
        """Raise what Rasa raises where the text has not the shape of NLU data."""
        if not is_plain(string):
            super().validate(string)

    def _parse_nlu(self, nlu_data: list[dict[str, Any]] | None) -> None:
        super()._parse_nlu(nlu_data)
        self.training_examples = [Example.of(message) for message in self.training_examples]


class Example(Message):
    """A message that is cheap to copy, and keeps its fingerprint as long as it stays the same."""

    @classmethod
    def of(cls, message: Message) -> "Example":
        """The same message as an example."""
        example = cls()
        vars(example).update(vars(message))
        return example

    def set(self, prop: str, info: Any, add_to_output: bool = False) -> None:
        """Set a property. Rasa sets the intent, without spaces around it, whenever it collects messages."""
        fingerprint = self._cached_fingerprint if _is_same_text(info, self.get(prop)) else None
        super().set(prop, info, add_to_output)
        self._cached_fingerprint = fingerprint

    def __deepcopy__(self, memo: dict[int, Any]) -> "Example":
        example = type(self)()
        vars(example).update(
            vars(self),
            data={key: value if isinstance(value, str) else deepcopy(value, memo) for key, value in self.data.items()},
            features=deepcopy(self.features, memo),
            output_properties=set(self.output_properties),
        )
        return example


def is_plain(text: str) -> bool:
    """Whether the text is nothing but intents with their examples, as the schema wants them."""
    try:
        content = read_yaml(text)
    except YAMLError:
        return False
    return (
        isinstance(content, dict)
        and content.keys() <= {KEY_TRAINING_DATA_FORMAT_VERSION, KEY_NLU}
        and _is_text(content.get(KEY_TRAINING_DATA_FORMAT_VERSION))
        and isinstance(content.get(KEY_NLU), list)
        and all(map(_is_plain_intent, content[KEY_NLU]))
    )


def _is_plain_intent(item: Any) -> bool:
    return (
        isinstance(item, dict)
        and item.keys() <= {KEY_INTENT, KEY_METADATA, KEY_INTENT_EXAMPLES}
        and _is_text(item.get(KEY_INTENT))
        and _is_text(item.get(KEY_INTENT_EXAMPLES))
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _is_same_text(value: Any, other: Any) -> bool:
    return isinstance(value, str) and isinstance(other, str) and value == other

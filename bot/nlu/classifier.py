"""The intent of a message, as a component of Rasa's graph."""

import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    METADATA,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import text
from bot.nlu.dense import dense_row, dense_rows
from bot.nlu.intent_model import IntentModel, Recipe, decided
from bot.nlu.out_of_scope import OUT_OF_SCOPE


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NgramIntentClassifier(GraphComponent, IntentClassifier):
    """Sets the intent and the ranking of every message that has no intent yet."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: IntentModel | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """What config.yml may set."""
        return {**asdict(Recipe()), "ranking_length": 10, "out_of_scope_threshold": 0.5}

    @staticmethod
    def required_packages() -> list[str]:
        """Packages whose new version asks for a new training."""
        return ["numpy", "scipy", "sklearn", "pypinyin", "opencc"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:  # noqa: ARG003 (Rasa's signature)
        """Rasa's cache of trained parts sees this class only: add all that a model is made by."""
        return hashlib.sha256(b"".join(path.read_bytes() for path in _sources())).hexdigest()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 (Rasa's signature)
    ) -> "NgramIntentClassifier":
        """An untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 (Rasa's signature)
        **kwargs: Any,  # noqa: ARG003
    ) -> "NgramIntentClassifier":
        """The component as it was trained."""
        with model_storage.read_from(resource) as folder:
            model = IntentModel.load(folder)
        # Dictionaries are read at the first use: let that not be the first user's turn.
        model.predict("你好")
        return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples and keep the model."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        self._model = IntentModel.train(
            [example.get(TEXT) for example in examples],
            [example.get(INTENT) for example in examples],
            Recipe.of(self._config),
            groups=[_voice(example) for example in examples],
            dense=dense_rows(examples),
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Classify messages, except those whose intent a command has set."""
        for message in messages:
            if not (message.get(INTENT) or {}).get(INTENT_NAME_KEY):
                self._classify(message)
        return messages

    def _classify(self, message: Message) -> None:
        reading = self._model.read(message.get(TEXT) or "", dense_row(message))
        guesses = decided(reading, self._config["out_of_scope_threshold"])[: self._config["ranking_length"]]
        ranking = [_intent(name, confidence) for name, confidence in guesses]
        message.set(INTENT, ranking[0] if ranking else _intent(None, 0.0), add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        message.set(OUT_OF_SCOPE, {"score": reading.out_of_scope}, add_to_output=True)


def _sources() -> list[Path]:
    """Every module of this room, so that none is forgotten, and how a text is read."""
    return [*sorted(Path(__file__).parent.glob("*.py")), Path(text.__file__)]


def _voice(example: Message) -> str:
    """The kind of user whose words an example is, where the data say so."""
    return ((example.get(METADATA) or {}).get(INTENT) or {}).get("voice", "")


def _intent(name: str | None, confidence: float) -> dict[str, Any]:
    return {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: confidence}

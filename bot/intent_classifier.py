"""The intent of a message, as a component of Rasa's graph."""

import hashlib
import inspect
from typing import Any, Dict, List, Optional, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import linear_model, ngrams, noise, pinyin, text
from bot.linear_model import LinearModel, Recipe


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NgramIntentClassifier(GraphComponent, IntentClassifier):
    """Sets the intent and the ranking of every message that has no intent yet."""

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Optional[LinearModel] = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """What config.yml may set."""
        return {"penalty": 0.5, "min_count": 2, "noisy_copies": 2, "seed": 7, "ranking_length": 10}

    @staticmethod
    def required_packages() -> List[Text]:
        """Distributions whose new version asks for a new training."""
        return ["sklearn", "pypinyin", "opencc"]

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[Text]:
        """Rasa's cache of trained parts sees this class only: add the modules it is made of."""
        sources = "".join(inspect.getsource(module) for module in (text, pinyin, ngrams, noise, linear_model))
        return hashlib.sha256(sources.encode()).hexdigest()

    @classmethod
    def create(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> "NgramIntentClassifier":
        """An untrained component."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples and keep the model."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        recipe = Recipe(**{key: self._config[key] for key in Recipe.__dataclass_fields__})
        self._model = LinearModel.train(
            [example.get(TEXT) for example in examples], [example.get(INTENT) for example in examples], recipe
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "NgramIntentClassifier":
        """The component as it was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, LinearModel.load(folder))

    def process(self, messages: List[Message]) -> List[Message]:
        """Set intents, except where a command has set one."""
        for message in messages:
            if not _has_intent(message):
                self._classify(message)
        return messages

    def _classify(self, message: Message) -> None:
        predictions = self._model.predict(message.get(TEXT) or "")
        ranking = [{"name": name, "confidence": confidence} for name, confidence in predictions]
        undecided = {"name": None, "confidence": 0.0}
        message.set("intent", ranking[0] if ranking else undecided, add_to_output=True)
        message.set("intent_ranking", ranking[: self._config["ranking_length"]], add_to_output=True)


def _has_intent(message: Message) -> bool:
    intent = message.get(INTENT)
    return bool(intent.get("name")) if isinstance(intent, dict) else bool(intent)

"""The bot's model: the only place that knows how it is trained and asked."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.nlu.classifier import NgramIntentClassifier
from bot.nlu.intent_model import IntentModel, Reading, Recipe, decided
from evaluation import settings


class Ours:
    """The model by itself, without Rasa around it."""

    def __init__(self, model: IntentModel, out_of_scope: str | None, config: Mapping[str, Any]) -> None:
        self._model = model
        self._out_of_scope = out_of_scope
        self._config = config

    @classmethod
    def trained(
        cls, texts: Sequence[str], intents: Sequence[str], voices: Sequence[str], out_of_scope: str | None
    ) -> "Ours":
        """A new one, just as the bot's own is trained."""
        chosen = {**NgramIntentClassifier.get_default_config(), **settings.component(NgramIntentClassifier.__name__)}
        return cls(IntentModel.train(texts, intents, Recipe.of(chosen), groups=voices), out_of_scope, chosen)

    @classmethod
    def found(cls, components: Iterable[object], out_of_scope: str | None) -> "Ours | None":
        """The one that Rasa has loaded, if it is one of these components."""
        found = [one for one in components if isinstance(one, NgramIntentClassifier) and one._model]
        return cls(found[0]._model, out_of_scope, found[0]._config) if found else None

    def read(self, text: str) -> tuple[list[tuple[str, float]], float]:
        """All intents with their confidences, the bot's decision first, and the score for being out of scope."""
        reading = self._model.read(text)
        return decided(reading, self._config["out_of_scope_threshold"]), self._strange(reading)

    def out_of_scope(self, text: str) -> float:
        """How likely the text is none of the bot's business (0 to 1)."""
        return self._strange(self._model.read(text))

    def _strange(self, reading: Reading) -> float:
        """In sets of other people, which name it otherwise or have no examples of it, the model has not learnt to tell.

        What its best intent in scope lacks to full confidence is then all there is to go by.
        """
        in_scope = (sure for intent, sure in reading.ranking if intent != self._out_of_scope)
        return reading.out_of_scope or 1 - max(in_scope, default=0.0)

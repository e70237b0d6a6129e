"""The bot's model: the only place that knows how it is trained and asked."""

from collections.abc import Iterable, Sequence

from bot.nlu.classifier import NgramIntentClassifier
from bot.nlu.intent_model import IntentModel


class Ours:
    """The model by itself, without Rasa around it."""

    def __init__(self, model: IntentModel, out_of_scope: str | None) -> None:
        self._model = model
        self._out_of_scope = out_of_scope

    @classmethod
    def trained(cls, texts: Sequence[str], intents: Sequence[str], out_of_scope: str | None) -> "Ours":
        """A new one, with the settings that it has by itself."""
        return cls(IntentModel.train(texts, intents), out_of_scope)

    @classmethod
    def found(cls, components: Iterable[object], out_of_scope: str | None) -> "Ours | None":
        """The one that Rasa has loaded, if it is one of these components."""
        models = [component._model for component in components if isinstance(component, NgramIntentClassifier)]
        return cls(models[0], out_of_scope) if models and models[0] else None

    def ranking(self, text: str) -> list[tuple[str, float]]:
        """All intents with their confidences, best first."""
        return self._model.predict(text)

    def out_of_scope(self, text: str) -> float:
        """How likely the text is none of the bot's business (0 to 1).

        In sets of other people, which name it otherwise or have no examples of it, the model has not learnt
        to tell: what its best intent in scope lacks to full confidence is all there is to go by.
        """
        reading = self._model.read(text)
        in_scope = (sure for intent, sure in reading.ranking if intent != self._out_of_scope)
        return reading.out_of_scope or 1 - max(in_scope, default=0.0)

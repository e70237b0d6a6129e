"""The bot's model: the only place that knows how it is trained and asked."""

from collections.abc import Iterable, Sequence

from bot.intent_classifier import NgramIntentClassifier
from bot.linear_model import LinearModel, Recipe


class Ours:
    """The model by itself, without Rasa around it."""

    def __init__(self, model: LinearModel, out_of_scope: str | None) -> None:
        self._model = model
        self._out_of_scope = out_of_scope

    @classmethod
    def trained(cls, texts: Sequence[str], intents: Sequence[str], out_of_scope: str | None) -> "Ours":
        """A new one, with the settings that it has by itself."""
        config = NgramIntentClassifier.get_default_config()
        recipe = Recipe(**{name: config[name] for name in Recipe.__dataclass_fields__})
        return cls(LinearModel.train(texts, intents, recipe), out_of_scope)

    @classmethod
    def found(cls, components: Iterable[object], out_of_scope: str | None) -> "Ours | None":
        """The one that Rasa has loaded, if it is one of these components."""
        models = [component._model for component in components if isinstance(component, NgramIntentClassifier)]
        return cls(models[0], out_of_scope) if models and models[0] else None

    def ranking(self, text: str) -> list[tuple[str, float]]:
        """All intents with their confidences, best first."""
        return self._model.predict(text)

    def out_of_scope(self, text: str) -> float:
        """How likely the text is none of the bot's business; only the order of such figures means something."""
        return 1 - max((sure for intent, sure in self.ranking(text) if intent != self._out_of_scope), default=0.0)

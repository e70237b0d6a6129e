"""Rasa's memoization policy, which costs nothing as long as there are no stories."""

from typing import Any

from rasa.core.policies.memoization import MemoizationPolicy
from rasa.core.policies.policy import PolicyPrediction
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT,
    is_trainable=True,
)
class FrugalMemoizationPolicy(MemoizationPolicy):
    """Predicts what Rasa's memoization policy does; who memorised nothing need not look at the conversation."""

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **more: Any,
    ) -> PolicyPrediction:
        if not self.lookup:
            return self._prediction(self._default_predictions(domain))
        return super().predict_action_probabilities(tracker, domain, rule_only_data, **more)

    def _prediction(self, *arguments: Any, **more: Any) -> PolicyPrediction:
        prediction = super()._prediction(*arguments, **more)
        prediction.policy_name = MemoizationPolicy.__name__  # Rasa writes it into the events
        return prediction

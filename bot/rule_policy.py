"""Rasa's rule policy, asked about less: what cannot decide is left out, and what decides is Rasa's own code.

Stock, each prediction replays the conversation with all its slots, once for the text and once for the intent, and
holds every rule against it. Most of that cannot matter: rules are short, few slots have a part in them, and nearly all
begin with one action and one intent.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RULES_NOT_IN_STORIES, RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActionExecuted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

# The previous action and the intent that a rule asks for in its last state; None where it takes any.
Place = tuple[str | None, str | None]


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT,
    is_trainable=True,
)
class IndexedRulePolicy(RulePolicy):
    """Predicts what Rasa's rule policy does. While it is trained, it is Rasa's rule policy."""

    def __init__(self, *arguments: Any, lookup: dict[str, Any] | None = None, **more: Any) -> None:
        super().__init__(*arguments, lookup=lookup, **more)
        self._index = RuleIndex(lookup) if lookup else None

    def _find_action_from_rules(
        self, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> tuple[str | None, str | None, bool]:
        if use_text_for_last_user_input and self._index and not self._index.hears_text:
            return None, None, False
        return super()._find_action_from_rules(tracker, domain, use_text_for_last_user_input)

    def _prediction_states(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        use_text_for_last_user_input: bool = False,
        rule_only_data: dict[str, Any] | None = None,
    ) -> list[State]:
        if self._index is None:
            return super()._prediction_states(tracker, domain, use_text_for_last_user_input, rule_only_data)
        # One more than any rule has: where no rule fits, the states are taken for the name of one.
        states = last_states(tracker, domain, self._index.longest + 1)
        self.featurizer._choose_last_user_input([states], use_text_for_last_user_input)
        return states

    def _get_possible_keys(self, lookup: dict[str, str], states: list[State]) -> set[str]:
        if self._index is not None:
            lookup = self._index.near(states[-1], lookup)
        return super()._get_possible_keys(lookup, states)

    def _rule_prediction(self, *arguments: Any, **more: Any) -> PolicyPrediction:
        prediction = super()._rule_prediction(*arguments, **more)
        # Rasa writes it into the events, and knows rules by it.
        prediction.policy_name = RulePolicy.__name__
        return prediction


class RuleIndex:
    """The learnt rules by what their last state asks for."""

    def __init__(self, lookup: dict[str, Any]) -> None:
        rules = [*lookup.get(RULES, ()), *lookup.get(RULES_FOR_LOOP_UNHAPPY_PATH, ())]
        self.longest = max(map(_length, (*rules, *lookup.get(RULES_NOT_IN_STORIES, ()))), default=0)
        self._keys: dict[Place, list[str]] = defaultdict(list)
        for key in dict.fromkeys(rules):
            self._keys[_place(json.loads(key)[-1])].append(key)
        # Whether a rule can fit a message of which the text counts and not the intent.
        self.hears_text = any((action, None) in self._keys for action in (ACTION_LISTEN_NAME, None))

    def near(self, state: State, lookup: dict[str, str]) -> dict[str, str]:
        """Those of some rules that can fit a conversation with this last state, and few others."""
        action, intent = state.get(PREVIOUS_ACTION, {}).get(ACTION_NAME), state.get(USER, {}).get(INTENT)
        places: Iterable[Place] = {(action, intent), (action, None), (None, intent), (None, None)}
        return {key: lookup[key] for place in places for key in self._keys.get(place, ()) if key in lookup}


def _place(state: State) -> Place:
    if PREVIOUS_ACTION not in state:  # it begins a conversation, and fits any beginning
        return None, None
    wanted = state[PREVIOUS_ACTION].get(ACTION_NAME), state.get(USER, {}).get(INTENT)
    action, intent = (value if value and value != SHOULD_NOT_BE_SET else None for value in wanted)
    return action, intent


def _length(source: str) -> int:
    """How many states the rule has that this is the key of, if it is one."""
    return len(json.loads(source)) if source.startswith("[") else 0


def last_states(tracker: DialogueStateTracker, domain: Domain, count: int) -> list[State]:
    """The last of the states that `tracker.past_states(domain)` gives."""
    events = tracker.applied_events()
    later = sum(type(event) is ActionExecuted for event in events) - count
    slots = [slot for slot in tracker.slots.values() if slot.influence_conversation]
    past = DialogueStateTracker(tracker.sender_id, slots, is_rule_tracker=tracker.is_rule_tracker)
    states = []
    for event in events:
        if type(event) is ActionExecuted:
            if later < 0:
                states.append(domain.get_active_state(past))
            later -= 1
        if type(event) is not SlotSet or event.key in past.slots:
            event.apply_to(past)
    return [*states, domain.get_active_state(past)]

"""What the rule policy leaves out can decide nothing, whatever happened in a conversation."""

import json
import random
from types import SimpleNamespace

import pytest
from rasa.core.policies.rule_policy import (
    DO_NOT_PREDICT_LOOP_ACTION,
    LOOP_WAS_INTERRUPTED,
    RULES,
    RULES_FOR_LOOP_UNHAPPY_PATH,
    RULES_NOT_IN_STORIES,
    RulePolicy,
)
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    EntitiesAdded,
    Event,
    LoopInterrupted,
    Restarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.rule_policy import IndexedRulePolicy, RuleIndex, last_states

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    intents: [greet, deny]
    entities: [choice]
    slots:
      topic: {type: text, influence_conversation: false, mappings: [{type: custom}]}
      offer: {type: categorical, values: [person, case], mappings: [{type: custom}]}
      sure: {type: bool, mappings: [{type: custom}]}
    actions: [action_show]
    forms: {ban_form: {required_slots: [topic]}, other_form: {required_slots: []}}
    """
)
LISTEN = {"action_name": "action_listen"}


def any_event(choice: random.Random) -> Event:
    return choice.choice(
        [
            lambda: ActionExecuted("action_listen"),
            lambda: ActionExecuted(choice.choice(["action_show", "ban_form", "other_form"])),
            lambda: UserUttered("words", {"name": choice.choice(["greet", "deny"]), "confidence": 1.0}),
            lambda: BotUttered("words"),
            lambda: SlotSet("topic", choice.choice([None, "ban"])),
            lambda: SlotSet("offer", choice.choice([None, "person", "case"])),
            lambda: SlotSet("sure", choice.choice([None, True, False])),
            lambda: ActiveLoop(choice.choice(["ban_form", "other_form", None])),
            lambda: ActionExecutionRejected("ban_form"),
            lambda: LoopInterrupted(True),
            lambda: DefinePrevUserUtteredFeaturization(choice.random() < 0.5),
            lambda: EntitiesAdded([{"entity": "choice", "value": "a"}]),
            *([AllSlotsReset, ActionReverted, UserUtteranceReverted] if choice.random() < 0.3 else []),
            *([Restarted] if choice.random() < 0.1 else []),
        ]
    )()


@pytest.mark.parametrize("seed", range(40))
def test_the_last_states_are_the_last_of_all(seed: int) -> None:
    choice = random.Random(seed)
    tracker = DialogueStateTracker("c", DOMAIN.slots)
    for _ in range(40):
        tracker.update(any_event(choice))
        every = tracker.past_states(DOMAIN)
        for count in (1, 3, 99):
            assert last_states(tracker, DOMAIN, count) == every[-count:]


def index_of(rules: list[list[dict]], **more: list) -> tuple[RuleIndex, dict[str, str]]:
    lookup = {json.dumps(rule): f"action_{n}" for n, rule in enumerate(rules)}
    return RuleIndex({RULES: lookup, RULES_FOR_LOOP_UNHAPPY_PATH: {}, **more}), lookup


@pytest.mark.parametrize(
    ("last", "near"),
    [
        ({"prev_action": LISTEN, "user": {"intent": "greet"}}, {0, 3, 4, 5, 6, 7}),
        ({"prev_action": LISTEN, "user": {"intent": "deny"}}, {1, 3, 4, 5, 6}),
        ({"prev_action": {"action_name": "action_show"}, "user": {"intent": "greet"}}, {2, 4, 5, 6, 7}),
        ({}, {4, 5, 6}),
    ],
)
def test_rules_that_can_fit_are_near(last: dict, near: set[int]) -> None:
    index, lookup = index_of(
        [
            [{"prev_action": LISTEN, "user": {"intent": "greet"}}],
            [{"prev_action": LISTEN, "user": {"intent": "deny"}}],
            [{}, {"prev_action": {"action_name": "action_show"}, "user": {"intent": "greet"}}],
            [{"prev_action": LISTEN}],
            [{}],
            [{"user": {"intent": "greet"}}],  # it begins a conversation, and then the intent is not looked at
            [{"prev_action": {"action_text": "words"}}],
            [{"prev_action": {"action_text": "words"}, "user": {"intent": "greet"}}],
        ]
    )
    assert set(index.near(last, lookup).values()) == {f"action_{n}" for n in near}


def test_only_the_rules_asked_for_are_near() -> None:
    index, _ = index_of([[{"prev_action": LISTEN}]])
    assert index.near({"prev_action": LISTEN}, {}) == {}


@pytest.mark.parametrize(
    ("rule", "hears"),
    [
        ([{"prev_action": LISTEN, "user": {"intent": "greet"}}], False),
        ([{"prev_action": {"action_name": "action_show"}}], False),
        ([{"prev_action": LISTEN}], True),
        ([{"prev_action": LISTEN, "user": {"text": "words"}}], True),
        ([{}], True),
    ],
)
def test_a_rule_without_an_intent_may_be_about_the_text(rule: list[dict], hears: bool) -> None:
    assert index_of([rule])[0].hears_text == hears


def test_the_longest_rule_counts_wherever_it_is_named() -> None:
    index, _ = index_of([[{}]], **{RULES_NOT_IN_STORIES: ["handling active loops", "[{}, {}, {}]"]})
    assert index.longest == 3


def any_tracker(choice: random.Random) -> DialogueStateTracker:
    events = [any_event(choice) for _ in range(choice.randint(3, 25))]
    return DialogueStateTracker.from_events("c", events, DOMAIN.slots)


def any_rules(choice: random.Random) -> dict[str, str]:
    """Rules like what happened once, less some of it; no two of one length, between which Rasa has no order."""
    rules: dict[int, str] = {}
    for _ in range(60):
        states = any_tracker(choice).past_states(DOMAIN)[-choice.randint(1, 3) :]
        kept = [{kind: part for kind, part in state.items() if choice.random() < 0.6} for state in states]
        key = json.dumps(kept, sort_keys=True)
        rules[len(key)] = key
    return dict.fromkeys(rules.values(), "")


def policy_of(kind: type[RulePolicy], lookup: dict) -> RulePolicy:
    return kind(kind.get_default_config(), None, None, SimpleNamespace(is_finetuning=False), lookup=lookup)


@pytest.mark.parametrize("seed", range(30))
def test_predicts_what_rasas_policy_predicts_from_the_same_rules(seed: int) -> None:
    choice = random.Random(seed)
    ends = ["action_listen", "action_show", "ban_form"]
    conditions = [DO_NOT_PREDICT_LOOP_ACTION, LOOP_WAS_INTERRUPTED]
    rules = {key: choice.choice(ends) for key in any_rules(choice)}
    unhappy = {key: choice.choice(conditions) for key in any_rules(choice)}
    hidden = choice.sample([*rules], len(rules) // 2)
    lookup = {RULES: rules, RULES_FOR_LOOP_UNHAPPY_PATH: unhappy, RULES_NOT_IN_STORIES: hidden}
    ours, rasas = policy_of(IndexedRulePolicy, lookup), policy_of(RulePolicy, lookup)
    for _ in range(40):
        tracker = any_tracker(choice)
        prediction = ours.predict_action_probabilities(tracker, DOMAIN)
        assert prediction == rasas.predict_action_probabilities(tracker, DOMAIN)


def test_what_has_learnt_nothing_yet_is_rasas_own() -> None:
    policy = policy_of(IndexedRulePolicy, {})
    tracker = DialogueStateTracker.from_events("c", [ActionExecuted("action_listen")] * 5, DOMAIN.slots)
    assert len(policy._prediction_states(tracker, DOMAIN)) == 6

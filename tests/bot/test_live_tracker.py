"""A conversation's memory stays small and forgets nothing that still matters."""

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.live_tracker import USER_TURNS_KEPT, UnreadableTracker, pack, unpack
from tests.conversations.stack import size_of

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    intents: [greet]
    slots:
      topic: {type: text, influence_conversation: false, mappings: [{type: custom}]}
      tries: {type: any, mappings: [{type: custom}]}
      offer: {type: categorical, values: [person], mappings: [{type: custom}]}
    forms: {ban_form: {required_slots: [topic]}}
    """
)


def turn(number: int, *extra: Event) -> list[Event]:
    ranking = [{"name": f"intent_{n}", "confidence": 0.1} for n in range(60)]
    parsed = {"intent": {"name": "greet", "confidence": 1.0}, "entities": [], "intent_ranking": ranking}
    return [
        UserUttered(f"message {number}", parsed["intent"], [], parsed, metadata={"locale": "zh", "attachments": [1]}),
        ActionExecuted("utter_greet"),
        BotUttered("hello", metadata={"utter_action": "utter_greet", "phone": "13800001111"}),
        *extra,
        ActionExecuted("action_listen"),
    ]


def after(value: dict | None, events: list[Event]) -> dict:
    """The packed tracker after a turn, coming from a packed one."""
    tracker = DialogueStateTracker.from_events("c", [*unpack(value), *events], DOMAIN.slots)
    return pack(tracker, DOMAIN.slots)


def restored(value: dict) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("c", unpack(value), DOMAIN.slots)


def test_turn_200_is_as_small_as_turn_20_and_still_knows_turn_1() -> None:
    value = after(None, turn(0, SlotSet("topic", "ban_appeal"), SlotSet("tries", {"a": 1})))
    sizes = []
    for number in range(1, 201):
        value = after(value, turn(number))
        sizes.append(size_of(value))
    assert sizes[199] < sizes[19] * 1.02
    tracker = restored(value)
    assert tracker.get_slot("topic") == "ban_appeal"
    assert tracker.get_slot("tries") == {"a": 1}
    assert sum(isinstance(e, UserUttered) for e in tracker.events) == USER_TURNS_KEPT


def test_a_running_form_is_carried_and_the_bot_listens() -> None:
    value = after(None, turn(0, ActiveLoop("ban_form"), SlotSet("requested_slot", "topic")))
    for number in range(1, 9):
        value = after(value, turn(number))
    tracker = restored(value)
    assert tracker.active_loop_name == "ban_form"
    assert tracker.get_slot("requested_slot") == "topic"
    assert tracker.latest_action_name == "action_listen"


def test_a_form_that_ended_is_not_carried() -> None:
    value = after(None, turn(0, ActiveLoop("ban_form")))
    value = after(value, turn(1, ActiveLoop(None)))
    for number in range(2, 9):
        value = after(value, turn(number))
    assert restored(value).active_loop_name is None
    assert "active_loop" not in {event["event"] for event in value["events"]}


def test_an_offer_is_open_for_one_message() -> None:
    offered = after(None, turn(0, SlotSet("offer", "person")))
    assert restored(offered).get_slot("offer") == "person"
    assert restored(after(offered, turn(1))).get_slot("offer") is None
    again = after(offered, turn(1, SlotSet("offer", "person")))
    assert restored(again).get_slot("offer") == "person"


def test_dead_weight_is_left_behind() -> None:
    value = after(None, turn(0))
    user = next(event for event in value["events"] if event["event"] == "user")
    bot = next(event for event in value["events"] if event["event"] == "bot")
    assert len(user["parse_data"]["intent_ranking"]) == 3
    assert user["metadata"] == {"locale": "zh"}
    assert bot["metadata"] == {"utter_action": "utter_greet"}


def test_a_new_conversation_listens_without_a_session() -> None:
    assert unpack(None) == [ActionExecuted("action_listen")]


@pytest.mark.parametrize("value", ["x", {}, {"events": 3}, {"events": ["x"]}, {"events": [{"event": "no such"}]}])
def test_what_is_no_tracker_is_refused(value: object) -> None:
    with pytest.raises(UnreadableTracker):
        unpack(value)

"""What was sent stays in mind, bounded, until something takes it."""

from rasa.shared.core.events import ActionExecuted, SlotSet

from bot.attachments import REMEMBERED, remembering

LISTEN = ActionExecuted("action_listen")


def pictures(*numbers: int) -> list[dict]:
    return [{"id": f"f_{n}", "kind": "image", "name": f"{n}"} for n in numbers]


def test_a_message_that_brings_nothing_changes_nothing() -> None:
    assert remembering([LISTEN], []) == [LISTEN]


def test_what_is_sent_is_added_to_what_waits() -> None:
    events = [SlotSet("attachments", pictures(1)), LISTEN]
    assert remembering(events, pictures(2, 3))[-1] == SlotSet("attachments", pictures(1, 2, 3))


def test_what_was_taken_is_not_remembered_again() -> None:
    events = [SlotSet("attachments", pictures(1)), SlotSet("attachments", None), LISTEN]
    assert remembering(events, pictures(2))[-1] == SlotSet("attachments", pictures(2))


def test_only_the_last_few_are_remembered() -> None:
    events = [SlotSet("attachments", pictures(*range(8))), LISTEN]
    kept = remembering(events, pictures(8, 9, 10))[-1].value
    assert kept == pictures(*range(2, 11))
    assert len(kept) == REMEMBERED

"""A copied tracker is the one that Rasa makes by playing all events again."""

import copy
import random
from typing import Any

import pytest
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    ConversationPaused,
    FollowupAction,
    SessionStarted,
    SlotSet,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.lean_trackers import copied_slot, copied_tracker
from tests.bot.test_rule_policy import DOMAIN, any_event


def inside(tracker: DialogueStateTracker) -> dict[str, Any]:
    """All that a tracker consists of."""
    slots = {name: vars(slot) for name, slot in tracker.slots.items()}
    return vars(tracker) | {"slots": slots, "types": [type(slot) for slot in tracker.slots.values()]}


@pytest.mark.parametrize("seed", range(40))
def test_a_copy_is_what_playing_again_makes(seed: int) -> None:
    choice = random.Random(seed)
    tracker = DialogueStateTracker("c", DOMAIN.slots, sender_source="file")
    tracker.model_id, tracker.assistant_id = "m", "a"
    for _ in range(40):
        extra = [FollowupAction("action_show"), ConversationPaused(), *([SessionStarted()] if seed % 8 == 0 else [])]
        tracker.update(choice.choice(extra) if choice.random() < 0.2 else any_event(choice))
        if choice.random() < 0.2:
            tracker.clear_followup_action()
        assert inside(copied_tracker(tracker)) == inside(tracker.copy())


def test_a_copy_goes_its_own_way() -> None:
    tracker = DialogueStateTracker.from_events("c", [ActionExecuted("ban_form"), ActiveLoop("ban_form")], DOMAIN.slots)
    before = copy.deepcopy(inside(tracker))
    twin = copied_tracker(tracker)
    twin.update_with_events([SlotSet("offer", "person"), ActionExecutionRejected("ban_form")], DOMAIN)
    assert inside(tracker) == before


@pytest.mark.parametrize("slot", DOMAIN.slots, ids=lambda slot: slot.name)
def test_a_copied_slot_is_a_slot_like_it(slot: Any) -> None:
    twin = copied_slot(slot)
    assert type(twin) is type(slot)
    assert vars(twin) == vars(slot)
    twin.value = "x"
    assert slot.value != "x"

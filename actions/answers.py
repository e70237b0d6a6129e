"""A yes, a no or a bare value that nobody asked for."""

import re

from rasa_sdk.events import EventType

from actions.base import DialogueAction
from actions.forms import said_anew
from actions.links import links_in, own_words
from actions.progress import names_a_case
from actions.topics import kind_of
from actions.turn import Turn
from actions.values import find_douyin_id, find_phone

# What stands around a value and says nothing about what it is for.
_WRAPPING = re.compile(
    r"抖音号|账号|手机号码?|手机|电话|号码|工单号?|单号|ID|[我的是为叫这个那]|[^\u4e00-\u9fff]", re.IGNORECASE
)
_SHORTEST_MATTER = 2


class ActionBareValue(DialogueAction):
    """A case number speaks for itself, a matter told along with a value too; else ask what the value is for."""

    action_name = "action_bare_value"

    def act(self, turn: Turn) -> list[EventType]:
        if names_a_case(turn):
            return said_anew(turn, "case_progress", turn.text)
        topic = matter_beside_value(turn)
        if topic:
            return said_anew(turn, topic, turn.text)
        turn.say("utter_value_for_what")
        return []


def matter_beside_value(turn: Turn) -> str | None:
    """The likeliest topic of a message in which a value drowned out what it is about."""
    has_value = find_douyin_id(turn.text) or find_phone(turn.text) or links_in(turn.text)
    if not has_value or len(_WRAPPING.sub("", own_words(turn.text))) < _SHORTEST_MATTER:
        return None
    return next((intent for intent in turn.ranking if kind_of(intent) == "topic"), None)

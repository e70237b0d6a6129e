"""Topics the bot cannot carry through alone yet: it says so, says what safety needs, and offers a person."""

from typing import Any

from rasa_sdk.events import EventType, SlotSet

from actions.base import DialogueAction
from actions.topics import Topic, all_topics
from actions.turn import Turn


class ActionOtherTopic(DialogueAction):
    """Name the topic, be honest, and where it cannot wait hand over at once."""

    action_name = "action_other_topic"

    def act(self, turn: Turn) -> list[EventType]:
        topic = all_topics()[turn.intent or ""]
        if topic.urgent or topic.says_danger(turn.text):
            return hand_over_at_once(turn, topic)
        return offer_a_person(turn, topic)


def offer_a_person(turn: Turn, topic: Topic) -> list[EventType]:
    """What the bot cannot do, and who can."""
    turn.acknowledge()
    if topic.safety:
        turn.say(topic.safety)
    turn.say("utter_topic_not_carried", topic_label=topic.label(turn.locale))
    return [SlotSet("topic", topic.intent), SlotSet("offer", "person")]


def hand_over_at_once(turn: Turn, topic: Topic, **told: Any) -> list[EventType]:
    """What cannot wait: say what safety needs, and ask for a person, who hears what was told just now too."""
    if topic.safety:
        turn.say(topic.safety)
    turn.say("utter_handoff_urgent", topic_label=topic.label(turn.locale))
    if topic.urgent:
        return turn.hand_over("topic_needs_person", topic.intent, **told)
    if topic.urgent_field:
        return turn.hand_over("topic_needs_person", topic.intent, **told | {topic.urgent_field: True})
    return turn.hand_over("user_in_danger", topic.intent, **told)

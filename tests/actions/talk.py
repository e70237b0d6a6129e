"""A tracker by hand, for one action: what was said, what is known, what it answers."""

import asyncio
from collections.abc import Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import DialogueAction
from actions.forms import FormValidation
from tests.actions.fake_desk import NOW

METADATA = {"message_id": "m1", "locale": "zh", "now": NOW, "conversation_id": "c1"}


PICTURE = {"id": "f_1", "kind": "image", "name": "one.jpg"}
VIDEO = {"id": "f_2", "kind": "video", "name": "two.mp4"}
PAPER = {"id": "f_3", "kind": "file", "name": "three.pdf"}


def sent(*attachments: dict[str, Any], text: str = "/send_attachment", intent: str = "send_attachment") -> dict:
    """A message that brings attachments, with words or without."""
    confidence = 1.0 if text.startswith("/") else 0.99
    return said(text, intent, confidence) | {"metadata": METADATA | {"attachments": list(attachments)}}


def said(text: str, intent: str = "inform", confidence: float = 0.99, **entities: Any) -> dict[str, Any]:
    """A user's message as the tracker holds it."""
    found = [{"entity": name, "value": value} for name, value in entities.items()]
    guess = {"name": intent, "confidence": confidence}
    return {"text": text, "intent": guess, "intent_ranking": [guess], "entities": found, "metadata": METADATA}


class Answer:
    """What an action did: events as a table of slots and the rest, sentences, cards, handoff."""

    def __init__(self, events: list[dict[str, Any]], messages: list[dict[str, Any]]) -> None:
        self.events = events
        self.slots = {e["name"]: e["value"] for e in events if e["event"] == "slot"}
        self.others = [e for e in events if e["event"] != "slot"]
        self.responses = [m["response"] for m in messages if m["response"]]
        self.messages = messages
        custom = [m["custom"] for m in messages if m["custom"]]
        self.cards = [c["card"] for c in custom if "card" in c]
        self.handoff = next((c["handoff"] for c in custom if "handoff" in c), None)


def user_event(message: dict[str, Any]) -> dict[str, Any]:
    return {"event": "user", "text": message["text"], "parse_data": message, "metadata": METADATA}


def run(
    action: DialogueAction,
    message: dict[str, Any],
    slots: dict[str, Any] | None = None,
    before: Sequence[dict[str, Any]] = (),
    after: Sequence[dict[str, Any]] = (),
    form: str | None = None,
) -> Answer:
    """Run an action in the turn that `message` opens: events before it, and since."""
    slots = {"attachments": message["metadata"].get("attachments")} | (slots or {})
    events = [*before, user_event(message), *after]
    loop = {"name": form} if form else {}
    tracker = Tracker("c1", slots, message, events, False, None, loop, "action_listen")
    dispatcher = CollectingDispatcher()
    return Answer(asyncio.run(action.run(dispatcher, tracker, {})), dispatcher.messages)


def start(form: FormValidation, message: dict[str, Any], slots: dict[str, Any] | None = None) -> Answer:
    """Run a form's validation as Rasa does at the form's start."""
    begun = [{"event": "active_loop", "name": form.form}, {"event": "action", "name": form.form}]
    return run(form, message, slots, after=begun, form=form.form)


def reply(form: FormValidation, asked: str, message: dict[str, Any], **slots: Any) -> Answer:
    """Run a form's validation for a reply to the question for a slot."""
    return run(form, message, {"requested_slot": asked, **slots}, form=form.form)

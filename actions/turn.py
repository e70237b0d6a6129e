"""One action's view of a turn: what the user said, what is known, and what to say to it."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.collected import TOLD_AT_HANDOFF
from actions.evidence import EVIDENCE, WAITING, Attachment, counted, ids_of, links_among

ZONE = ZoneInfo("Asia/Shanghai")
LOOKUPS_KEPT = 10


class Turn:
    """Reads the tracker, speaks through the dispatcher; no decision is made here."""

    def __init__(self, action: str, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        self._action = action
        self._dispatcher = dispatcher
        self._tracker = tracker

    # --- what is known ---

    @property
    def message(self) -> dict[str, Any]:
        return self._tracker.latest_message or {}

    @property
    def metadata(self) -> dict[str, Any]:
        return self.message.get("metadata") or {}

    @property
    def text(self) -> str:
        """The user's words; empty when a button was pressed."""
        return "" if self.is_button else self.message.get("text") or ""

    @property
    def is_button(self) -> bool:
        return (self.message.get("text") or "").startswith("/")

    @property
    def attachments(self) -> list[Attachment]:
        """The pictures, videos and files that came with the message."""
        return self.metadata.get("attachments") or []

    @property
    def intent(self) -> str | None:
        return (self.message.get("intent") or {}).get("name")

    @property
    def confidence(self) -> float:
        return (self.message.get("intent") or {}).get("confidence") or 0.0

    @property
    def ranking(self) -> list[str]:
        return [guess["name"] for guess in self.message.get("intent_ranking") or []]

    def chosen(self, entity: str = "choice") -> Any:
        """What the pressed button carries."""
        found = [e["value"] for e in self.message.get("entities") or [] if e["entity"] == entity]
        return found[0] if found else None

    def slot(self, name: str) -> Any:
        return self._tracker.slots.get(name)

    @property
    def events(self) -> list[dict[str, Any]]:
        return self._tracker.events

    @property
    def form(self) -> str | None:
        return (self._tracker.active_loop or {}).get("name")

    @property
    def locale(self) -> str:
        return self.metadata.get("locale", "zh")

    @property
    def conversation_id(self) -> str:
        return self._tracker.sender_id

    @property
    def today(self) -> date:
        now = self.metadata.get("now")
        moment = datetime.fromisoformat(now.replace("Z", "+00:00")) if now else datetime.now(ZONE)
        return moment.astimezone(ZONE).date()

    def times_in_a_row(self, intent: str) -> int:
        """How many of the user's last messages, this one included, were nothing but this intent."""
        count = 0
        for name in reversed(self._user_intents()):
            if name != intent:
                break
            count += 1
        return count

    def times_lately(self, intent: str) -> int:
        """How many of the messages still remembered, this one included, were this intent."""
        return self._user_intents().count(intent)

    def said_lately(self) -> list[str]:
        """The user's messages still remembered, oldest first."""
        return [e.get("text") or "" for e in self.events if e.get("event") == "user"]

    def _user_intents(self) -> list[str]:
        return [e["parse_data"]["intent"].get("name") for e in self.events if e.get("event") == "user"]

    # --- what is said ---

    def say(self, response: str, buttons: list[dict[str, str]] | None = None, **values: Any) -> None:
        """Say a sentence of `domain.yml`."""
        self._dispatcher.utter_message(response=response, buttons=buttons, **values)

    def say_again(self, text: str, buttons: list[dict[str, str]] | None) -> None:
        """Say what was said before, word for word."""
        self._dispatcher.utter_message(text=text, buttons=buttons)

    def acknowledge(self) -> None:
        """Say that what came with the words has arrived."""
        if self.attachments:
            self.say("utter_attachment_arrived", received=counted(self.attachments))

    def show(self, card: dict[str, Any]) -> None:
        self._dispatcher.utter_message(json_message={"card": card})

    def unsay(self) -> None:
        """Take back what this action said, because it cannot finish."""
        self._dispatcher.messages.clear()

    def hand_over(self, reason: str, topic: str | None = None, **told: Any) -> list[EventType]:
        """Ask for a person and leave whatever was going on."""
        topic = topic or self.slot("topic")
        handoff = {
            "reason": reason,
            "topic": topic or "general",
            "slots": self._told(told),
            "attachments": ids_of([*(self.slot(EVIDENCE) or []), *(self.slot(WAITING) or [])]),
            "lookups": self.slot("lookups") or [],
            "failed_turns": self.slot("failed_turns") or 0,
            "case_number": self.slot("case_number"),
        }
        self._dispatcher.utter_message(json_message={"handoff": handoff})
        return [SlotSet("topic", topic), *leave_form()]

    def _told(self, told: dict[str, Any]) -> dict[str, Any]:
        """What is known, and what was told just now, as an agent reads it."""
        slots: dict[str, Any] = {}
        for name, value in ({name: self.slot(name) for name in (*TOLD_AT_HANDOFF, "case_number")} | told).items():
            slots |= value if isinstance(value, dict) else {name: value}
        slots[EVIDENCE] = links_among(slots[EVIDENCE])
        return {name: value for name, value in slots.items() if value not in (None, "", [])}

    # --- what is written ---

    def key(self, ordinal: int = 1) -> str:
        """The key under which the desk counts a call of this action once, however often the turn is run."""
        return f"{self.metadata.get('message_id', '')}:{self._action}:{ordinal}"

    def noted_lookup(self, what: str, result: str) -> EventType:
        """The slot with this look-up among those an agent is told of."""
        lookup = {"what": what, "result": result, "at": self.metadata.get("now")}
        return SlotSet("lookups", [*(self.slot("lookups") or []), lookup][-LOOKUPS_KEPT:])

    def counted_failure(self) -> EventType:
        return SlotSet("failed_turns", (self.slot("failed_turns") or 0) + 1)


def leave_form() -> list[EventType]:
    """The events that end a form without its having been filled."""
    return [ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("slot_problem", None), SlotSet("tries", None)]


def forget(*slots: str) -> list[EventType]:
    """The events that empty slots."""
    return [SlotSet(slot, None) for slot in slots]


def shown_time(moment: str | None) -> str | None:
    """A moment as a reader sees it, in the service's time zone."""
    if not moment:
        return None
    return datetime.fromisoformat(moment.replace("Z", "+00:00")).astimezone(ZONE).strftime("%Y-%m-%d %H:%M")

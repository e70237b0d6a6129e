"""Pictures, videos and files: what was sent stays in mind until something takes it."""

from typing import Any

from rasa.shared.core.events import Event, SlotSet

# A message of nothing but attachments means this; nothing about it has to be understood.
SENT = "/send_attachment"
SLOT = "attachments"
REMEMBERED = 9


def remembering(events: list[Event], sent: list[dict[str, Any]]) -> list[Event]:
    """The tracker's events, with what a message brings in mind before it is answered, whatever answers it."""
    if not sent:
        return events
    before = next((e.value for e in reversed(events) if isinstance(e, SlotSet) and e.key == SLOT), None)
    return [*events, SlotSet(SLOT, [*(before or []), *sent][-REMEMBERED:])]

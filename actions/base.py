"""The one way an action runs: whatever happens to it, the user hears something and has another way."""

import asyncio
import logging
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.desk_client import DeskClient, DeskError
from actions.turn import Turn

logger = logging.getLogger(__name__)


class DialogueAction(Action, ABC):
    """An action of the dialogue. Subclasses say what to do in `act`."""

    action_name: str

    def __init__(self, desk: DeskClient | None = None) -> None:
        self._desk = desk

    def name(self) -> str:
        return self.action_name

    @property
    def desk(self) -> DeskClient:
        return self._desk or DeskClient.from_environment()

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        del domain  # selective domain: it is not sent
        # A slow desk must not hold up the turns of other users.
        return await asyncio.to_thread(self._act_or_fail, Turn(self.name(), dispatcher, tracker))

    def _act_or_fail(self, turn: Turn) -> list[EventType]:
        try:
            return self.act(turn)
        except DeskError as problem:
            logger.warning("%s: the desk failed: %s", self.name(), problem.code)
        except Exception:
            # The boundary: an action that crashes says nothing, and the user would hear silence.
            logger.exception("%s crashed.", self.name())
        turn.unsay()
        return self.failed(turn)

    @abstractmethod
    def act(self, turn: Turn) -> list[EventType]:
        """Do it: speak through the turn, return the events."""

    def failed(self, turn: Turn) -> list[EventType]:
        """What to say when it could not be done."""
        turn.say("utter_action_failed")
        return [SlotSet("offer", "person"), turn.counted_failure()]

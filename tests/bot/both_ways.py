"""Turns run twice, as Rasa runs them and as we do, with everything kept that could differ.

The model, the channel's own code and the actions are the real ones; HTTP is left out, and the desk is the fake one.
"""

import asyncio
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from typing import Any
from unittest.mock import patch

from rasa.core.agent import Agent
from rasa.core.policies.memoization import MemoizationPolicy
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from actions.desk_client import DeskClient, DeskError
from bot import channel, lean_rasa
from bot.live_tracker import unpack
from bot.memoization_policy import FrugalMemoizationPolicy
from bot.responses import Responses
from bot.rule_policy import IndexedRulePolicy
from bot.tracker_store import TurnTrackerStore
from bot.turn import Turn
from scripts import model
from tests.actions.fake_desk import NOW, FakeDesk

PASSING = {"timestamp", "latest_event_time"}  # of two runs, they differ even if the runs do not


class Actions(EndpointConfig):
    """The action server without HTTP; the desk behind it may be swapped at any time."""

    def __init__(self) -> None:
        super().__init__("http://actions.invalid", enable_selective_domain=True)
        self.calls: list[tuple[str, Any]] = []
        self._executor = ActionExecutor()
        self._executor.register_package("actions")

    async def request(self, **call: Any) -> Any:
        body = _through_json(call["json"])
        try:
            answer = _through_json(await self._executor.run(body))
        except ActionExecutionRejection as rejection:
            told = {"error": rejection.message, "action_name": rejection.action_name}
            raise ClientResponseError(400, "Bad Request", json.dumps(told)) from rejection
        self.calls.append((body["next_action"], _lasting(answer)))
        return answer


class Bot:
    """Runs turns, and keeps for each what it answered and how it came to it."""

    def __init__(self) -> None:
        self.actions = Actions()
        self.agent = Agent.load(
            os.environ.get("BOT_MODEL") or model.ensure(),
            generator=Responses(),
            tracker_store=TurnTrackerStore(None),
            action_endpoint=self.actions,
        )

    def play(self, talk: "Talk") -> list[dict[str, Any]]:
        """The record of a whole conversation, a turn each."""
        with patch.object(DeskClient, "from_environment", lambda: talk.desk):
            return asyncio.run(self._play(talk))

    async def _play(self, talk: "Talk") -> list[dict[str, Any]]:
        return [await self._turn(talk, said) for said in talk.turns()]

    async def _turn(self, talk: "Talk", said: dict[str, Any]) -> dict[str, Any]:
        request = channel.TurnRequest.parse_obj(talk.request(said))
        sent = [attachment.dict() for attachment in request.attachments]
        turn = Turn(channel.remembering(unpack(request.tracker), sent))
        message = channel._user_message(request, turn, self.agent)
        self.actions.calls.clear()
        with predictions() as predicted:
            await channel._run(turn, message, self.agent.handle_message)
        talk.answered(channel._lift(message.output_channel.messages), _through_json(turn.tracker))
        after = DialogueStateTracker.from_events("c", unpack(talk.tracker), self.agent.domain.slots)
        return {
            "said": said,
            "answer": _lasting(talk.answer),
            "predictions": predicted,
            "events": _lasting(talk.tracker["events"]),
            "slots": after.current_slot_values(),
            "calls": list(self.actions.calls),
        }


class Talk:
    """One user talking from a script, as `tests/conversations` has them; carries the tracker as the desk does."""

    def __init__(self, script: dict[str, Any]) -> None:
        self.desk = FakeDesk()
        self.tracker: dict[str, Any] | None = None
        self.answer: dict[str, Any] = {"replies": []}
        self._script = script
        self._count = self._sent = 0

    def turns(self) -> Iterator[dict[str, Any]]:
        """What is said turn by turn, each worked out when the answer before it is there."""
        for line in self._script["turns"]:
            if "desk_fails" in line:
                self.desk.fails_with = DeskError(**line["desk_fails"]) if line["desk_fails"] else None
            said = self._said(line)
            if said is not None:
                yield said

    def request(self, said: dict[str, Any]) -> dict[str, Any]:
        self._count += 1
        context = {"locale": self._script.get("locale", "zh"), "vouched": False, "now": NOW}
        message = {"conversation_id": "c1", "message_id": f"m{self._count}", "tracker": self.tracker}
        return message | {"context": context} | said

    def answered(self, answer: dict[str, Any], tracker: dict[str, Any]) -> None:
        self.answer, self.tracker = answer, tracker

    def _said(self, line: dict[str, Any]) -> dict[str, Any] | None:
        if "shows" in line:
            first, self._sent = self._sent + 1, self._sent + len(line["shows"])
            sent = [{"id": f"f_{n}", "kind": kind, "name": f"{n}"} for n, kind in enumerate(line["shows"], first)]
            return {"attachments": sent, "text": line.get("user")}
        if "user" in line:
            return {"text": line["user"]}
        if "payload" in line:
            return {"payload": line["payload"]}
        buttons = [button for reply in self.answer["replies"] for button in reply.get("buttons", [])]
        if isinstance(line["press"], int):  # any button will do
            return {"payload": buttons[line["press"] % len(buttons)]["payload"]} if buttons else None
        return {"payload": next(b["payload"] for b in buttons if b["title"] == line["press"])}


@contextmanager
def predictions() -> Iterator[list[PolicyPrediction]]:
    """What is predicted meanwhile."""
    seen: list[PolicyPrediction] = []
    predict = MessageProcessor._predict_next_with_tracker

    def watched(self: MessageProcessor, tracker: DialogueStateTracker) -> PolicyPrediction:
        seen.append(predict(self, tracker))
        return seen[-1]

    with patch.object(MessageProcessor, "_predict_next_with_tracker", watched):
        yield seen


@contextmanager
def replaced() -> Iterator[None]:
    """Run as we do, with the methods that `lean_rasa` replaces."""
    with ExitStack() as stack:
        for owner, name, ours in lean_rasa.REPLACEMENTS:
            stack.enter_context(patch.object(owner, name, ours, create=True))
        yield


@contextmanager
def as_rasa_does() -> Iterator[None]:
    """Run as Rasa does, with what our policies have learnt."""
    with ExitStack() as stack:
        for name in ("_find_action_from_rules", "_prediction_states", "_get_possible_keys"):
            stack.enter_context(patch.object(IndexedRulePolicy, name, getattr(RulePolicy, name)))
        predict = MemoizationPolicy.predict_action_probabilities
        stack.enter_context(patch.object(FrugalMemoizationPolicy, "predict_action_probabilities", predict))
        yield


@lru_cache(maxsize=1)
def shared_bot() -> Bot:
    """One bot for the whole test run: loading the model takes most of the time."""
    return Bot()


def _through_json(value: Any) -> Any:
    return json.loads(json.dumps(value))


def _lasting(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lasting(part) for key, part in value.items() if key not in PASSING}
    return [_lasting(part) for part in value] if isinstance(value, list) else value

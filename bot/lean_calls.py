"""Calls of the action server: one connection for many, no more told than actions ask for, and answers quickly checked.

The functions stand in for Rasa's methods; `bot.lean_rasa` puts them there.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from functools import lru_cache
from typing import Any
from weakref import WeakSet

import aiohttp
from jsonschema.exceptions import ValidationError, best_match
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.core.constants import DEFAULT_REQUEST_TIMEOUT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.shared.utils.schemas.events import EVENT_SCHEMA
from rasa.utils.endpoints import EndpointConfig

_call_format = RemoteAction._action_call_format

# --- one connection for many calls ---

# The action server hangs up after five idle seconds; who is later than that must not be the one to find out.
_IDLE_SECONDS = 2
_sessions: WeakSet[aiohttp.ClientSession] = WeakSet()


def open_session(self: EndpointConfig) -> AbstractAsyncContextManager[aiohttp.ClientSession]:
    """The endpoint's session, left open (replaces a method that opens one for each call)."""
    session: aiohttp.ClientSession | None = vars(self).get("_open_session")
    if session is None or session.closed:
        # Cookies and a limit of calls at once are what one session for each call never had.
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=_IDLE_SECONDS)
        session = aiohttp.ClientSession(
            headers=self.headers,
            auth=aiohttp.BasicAuth(self.basic_auth["username"], self.basic_auth["password"])
            if self.basic_auth
            else None,
            timeout=aiohttp.ClientTimeout(total=DEFAULT_REQUEST_TIMEOUT),
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        vars(self)["_open_session"] = session
        _sessions.add(session)
    return nullcontext(session)


async def close_sessions() -> None:
    """Hang up, when the server stops."""
    for session in list(_sessions):
        await session.close()


# --- what the action server is told ---


def call_of_action(self: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
    """What the action server is told (replaces a method that tells each event in full)."""
    return _call_format(self, _Told(tracker), domain)


class _Told:
    """A tracker as it is told to the action server."""

    def __init__(self, tracker: DialogueStateTracker) -> None:
        self.sender_id = tracker.sender_id
        self._tracker = tracker

    def current_state(self, _: EventVerbosity) -> dict[str, Any]:
        return self._tracker.current_state() | {"events": [_told(event) for event in self._tracker.events]}


def _told(event: Event) -> dict[str, Any]:
    """What happened, without when and by which model."""
    if isinstance(event, SlotSet):
        return {"event": event.type_name, "name": event.key, "value": event.value}
    if isinstance(event, UserUttered):
        parsed = {"text": event.text, "intent": event.intent, "entities": event.entities}
        return {
            "event": event.type_name,
            "text": event.text,
            "parse_data": parsed,
            "input_channel": event.input_channel,
        }
    if isinstance(event, BotUttered):
        data = {name: value for name, value in event.data.items() if value}
        return {"event": event.type_name, "text": event.text, "data": data}
    return {name: value for name, value in event.as_dict().items() if name not in ("timestamp", "metadata")}


# --- an action's answer: what is plainly right need not be proved, and the schema is valid once and for all ---


def check_action_result(self: RemoteAction, result: Any) -> bool:
    """Whether an action's answer has its shape (replaces a method that checks the schema before each use)."""
    doubtful = _without_plain_events(result)
    if doubtful == _NOTHING:
        return True
    problem = best_match(_result_validator(RemoteAction.action_response_format_spec).iter_errors(doubtful))
    if problem is None:
        return True
    raise ValidationError(f"{problem.message}. The action server's answer to {self.name()} has not its shape.")


_NOTHING: dict[str, Any] = {"events": [], "responses": []}


def _without_plain_events(result: Any) -> Any:
    """What of an answer only the schema can judge; what is plainly right is left out."""
    if type(result) is not dict or not type(result.get("events")) is type(result.get("responses")) is list:
        return result
    return {
        "events": [event for event in result["events"] if not _is_plain_event(event)],
        "responses": [response for response in result["responses"] if type(response) is not dict],
    }


def _is_plain_event(event: Any) -> bool:
    return (
        type(event) is dict
        and type(event.get("event")) is str
        and type(event.get("timestamp")) in _NUMBER_OR_NONE
        and type(event.get("metadata")) in _OBJECT_OR_NONE
        and (event["event"] in _bare_events() or _sets_a_slot(event))
    )


_NUMBER_OR_NONE, _OBJECT_OR_NONE = (int, float, type(None)), (dict, type(None))


def _sets_a_slot(event: Mapping[str, Any]) -> bool:
    return event["event"] == SlotSet.type_name and type(event.get("name")) is str and "value" in event


@lru_cache(maxsize=1)
def _bare_events() -> frozenset[str]:
    """The events of which the schema asks nothing but their name."""
    kinds = EVENT_SCHEMA["oneOf"]
    return frozenset(kind["properties"]["event"]["const"] for kind in kinds if _asks_for(kind) == {"event"})


def _asks_for(kind: Mapping[str, Any]) -> set[str]:
    return set(kind["properties"]) | set(kind) - {"properties"}


@lru_cache(maxsize=1)
def _result_validator(spec: Callable[[], dict[str, Any]]) -> Any:
    schema = spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)

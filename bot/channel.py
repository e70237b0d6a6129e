"""The desk's way to the bot: one request is one turn, with the tracker in it and the new tracker in the answer."""

import hmac
import logging
import unicodedata
from collections.abc import Awaitable, Callable
from typing import Any, Literal

from pydantic import BaseModel, Extra, Field, ValidationError, root_validator
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.exceptions import RasaException
from sanic import Blueprint, Sanic, response
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import lean_rasa
from bot.attachments import SENT, remembering
from bot.lean_calls import close_sessions
from bot.live_tracker import UnreadableTracker, unpack
from bot.payload import UnknownPayload, parse_payload, payload_of_title
from bot.turn import ActionFailures, Turn, serving

logger = logging.getLogger(__name__)

_SHORTEST_KEY = 32


class Context(BaseModel, extra=Extra.forbid):
    """What the desk knows about the user and the moment."""

    locale: Literal["zh", "en"] = "zh"
    vouched: bool = False
    now: str


class Attachment(BaseModel, extra=Extra.forbid):
    """A picture, video or file as the bot knows it; the desk has the bytes."""

    id: str = Field(min_length=1)
    kind: Literal["image", "video", "file"]
    name: str


class TurnRequest(BaseModel, extra=Extra.forbid):
    """One message of a user with the memory of its conversation."""

    conversation_id: str = Field(min_length=1)
    message_id: str = Field(min_length=1)
    text: str | None = None
    payload: str | None = None
    attachments: list[Attachment] = []
    tracker: Any = None
    context: Context

    @root_validator(skip_on_failure=True)
    def _says_one_thing(cls, values: dict) -> dict:
        if values["payload"] is not None and (values["text"] is not None or values["attachments"]):
            raise ValueError("a payload goes alone")
        if values["payload"] is None and values["text"] is None and not values["attachments"]:
            raise ValueError("a text, a payload or attachments")
        return values


class TurnFailed(Exception):
    """The turn is worth nothing and is to be run again."""


class TurnChannel(InputChannel):
    """Runs a turn for the desk and for nobody else."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._warm = False

    @classmethod
    def name(cls) -> str:
        return "turn"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "TurnChannel":
        key = (credentials or {}).get("key") or ""
        if len(key) < _SHORTEST_KEY:
            raise RasaException(f"DESK_INTERNAL_KEY must have at least {_SHORTEST_KEY} characters.")
        return cls(key)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The two routes: ready, and run a turn."""
        routes = Blueprint("turn")
        ActionFailures.watch()
        lean_rasa.apply()

        @routes.listener("after_server_start")
        async def warm(app: Sanic, _loop: Any) -> None:
            await self._warm_up(app)

        @routes.listener("before_server_stop")
        async def hang_up(_app: Sanic, _loop: Any) -> None:
            await close_sessions()

        @routes.get("/")
        async def ready(_request: Request) -> HTTPResponse:
            return response.json({"status": "ok"}) if self._warm else _refused(503, "no_model")

        @routes.post("/run")
        async def run(request: Request) -> HTTPResponse:
            if not self._is_the_desk(request):
                return _refused(401, "wrong_key")
            if not self._warm:
                return _refused(503, "no_model")
            return await _answer(request, on_new_message)

        return routes

    def _is_the_desk(self, request: Request) -> bool:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {self._key}".encode())

    async def _warm_up(self, app: Sanic) -> None:
        """Pay for everything that is loaded on first use before the first user comes."""
        agent: Agent | None = getattr(app.ctx, "agent", None)
        if agent is None or not agent.is_ready():
            return
        with serving(Turn(unpack(None))):
            await agent.handle_message(UserMessage("你好", sender_id="warm-up", metadata={"locale": "zh"}))
        self._warm = True


async def _answer(request: Request, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> HTTPResponse:
    try:
        turn_request = TurnRequest.parse_obj(request.json)
        sent = [attachment.dict() for attachment in turn_request.attachments]
        turn = Turn(remembering(unpack(turn_request.tracker), sent))
        message = _user_message(turn_request, turn, request.app.ctx.agent)
    except (ValidationError, UnreadableTracker, UnknownPayload, InvalidUsage) as problem:
        return _refused(422, f"malformed: {problem}")
    try:
        await _run(turn, message, on_new_message)
    except Exception as problem:  # whatever it was, the desk must hear of it, or the user hears nothing
        logger.exception("The turn of message %s failed.", turn_request.message_id)
        return _refused(503, f"turn_failed: {problem}")
    return response.json(_lift(message.output_channel.messages) | {"tracker": turn.tracker})


async def _run(turn: Turn, message: UserMessage, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> None:
    with serving(turn):
        await on_new_message(message)
    if turn.failure:
        raise TurnFailed(turn.failure)
    if not message.output_channel.messages or turn.tracker is None:
        raise TurnFailed("nothing was said")


def _user_message(request: TurnRequest, turn: Turn, agent: Agent) -> UserMessage:
    payload = _payload(request, turn, agent)
    return UserMessage(
        text=escape_command(request.text) if payload is None else payload,
        output_channel=CollectingOutputChannel(),
        sender_id=request.conversation_id,
        parse_data=None if payload is None else parse_payload(payload, agent.domain),
        input_channel=TurnChannel.name(),
        message_id=request.message_id,
        metadata={
            "message_id": request.message_id,
            "conversation_id": request.conversation_id,
            "attachments": [attachment.dict() for attachment in request.attachments],
            **request.context.dict(),
        },
    )


def _payload(request: TurnRequest, turn: Turn, agent: Agent) -> str | None:
    """What a message means without having to be understood: a button, its words, or attachments without a word."""
    if request.text is not None:
        return payload_of_title(request.text, turn.events, agent.domain)
    return request.payload or SENT


def escape_command(text: str) -> str:
    """Text that Rasa's command handler cannot take for a command: a leading slash becomes a full-width one."""
    shown = text.lstrip("".join(c for c in set(text) if _is_unseen(c)))
    if unicodedata.normalize("NFKC", shown[:1]) == "/":
        return "／" + shown[1:]
    return text


def _is_unseen(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in {"Cf", "Cc", "Mn"}


def _lift(messages: list[dict[str, Any]]) -> dict[str, Any]:
    """Rasa's messages as replies, with the handoff taken out from among them."""
    replies: list[dict[str, Any]] = []
    handoff = None
    for message in messages:
        custom = message.get("custom", {})
        handoff = custom.get("handoff", handoff)
        if "text" in message:
            replies.append({"text": message["text"], "buttons": message.get("buttons", [])})
        if "card" in custom:
            replies.append({"card": custom["card"]})
    return {"replies": replies, "handoff": handoff}


def _refused(status: int, error: str) -> HTTPResponse:
    return response.json({"error": error}, status=status)

"""One turn over HTTP: tracker and message in, replies and the new tracker out."""

import json
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from pydantic import BaseModel, ConfigDict, Field


class BotFailed(Exception):
    """The bot gave no usable answer; the turn can simply be run again."""


class Button(BaseModel):
    title: str
    payload: str


class Reply(BaseModel):
    """One thing the bot says: words with buttons, or a card."""

    text: str = ""
    buttons: list[Button] = Field(default_factory=list)
    card: dict[str, Any] | None = None

    def says_something(self) -> bool:
        return bool(self.text.strip() or self.buttons or self.card)


class HandoffWish(BaseModel):
    """The bot asks for a person."""

    reason: str
    topic: str | None = None
    slots: dict[str, Any] = Field(default_factory=dict)
    lookups: list[Any] = Field(default_factory=list)
    failed_turns: int = 0
    case_number: str | None = None
    attachments: list[str] = Field(default_factory=list)


class TurnResult(BaseModel):
    model_config = ConfigDict(extra="ignore")

    replies: list[Reply]
    tracker: dict[str, Any]
    handoff: HandoffWish | None = None


@dataclass(frozen=True)
class TurnRequest:
    """Everything a turn needs; the bot keeps nothing between turns."""

    conversation_id: str
    message_id: str
    text: str | None
    payload: str | None
    tracker: dict[str, Any] | None
    context: dict[str, Any]
    attachments: list[dict[str, Any]] = field(default_factory=list)


class BotClient:
    """Asks the bot for the replies to one message."""

    def __init__(self, url: str, key: str, timeout_seconds: float) -> None:
        self._url = f"{url.rstrip('/')}/webhooks/turn/run"
        self._headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds)
        self._http: aiohttp.ClientSession | None = None  # made at the first turn: it belongs to the loop that runs it

    async def run(self, request: TurnRequest) -> TurnResult:
        """The bot's answer; BotFailed when it is unreachable, too slow, broken or silent."""
        try:
            result = TurnResult.model_validate_json(await self._post(_encoded(request)))
        except TimeoutError:
            raise BotFailed("timeout") from None
        except aiohttp.ClientError as problem:
            raise BotFailed(type(problem).__name__) from None
        except ValueError:
            raise BotFailed("unreadable") from None
        result.replies = [reply for reply in result.replies if reply.says_something()]
        if not result.replies and not result.handoff:
            raise BotFailed("silence")
        return result

    async def _post(self, body: bytes) -> bytes:
        if self._http is None:
            self._http = aiohttp.ClientSession(headers=self._headers, timeout=self._timeout)
        async with self._http.post(self._url, data=body, allow_redirects=False) as answer:
            if answer.status != 200:
                raise BotFailed(f"status {answer.status}")
            return await answer.read()

    async def close(self) -> None:
        if self._http is not None:
            await self._http.close()


def _encoded(request: TurnRequest) -> bytes:
    return json.dumps(vars(request), ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()

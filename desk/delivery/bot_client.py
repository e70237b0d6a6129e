"""One turn over HTTP: tracker and message in, replies and the new tracker out."""

from dataclasses import dataclass, field
from typing import Any

import httpx
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
        self._client = httpx.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {key}"},
            timeout=timeout_seconds,
            limits=httpx.Limits(max_connections=100, max_keepalive_connections=50),
        )

    async def run(self, request: TurnRequest) -> TurnResult:
        """The bot's answer; BotFailed when it is unreachable, too slow, broken or silent."""
        try:
            answer = await self._client.post("/webhooks/turn/run", json=vars(request))
            if answer.status_code != 200:
                raise BotFailed(f"status {answer.status_code}")
            result = TurnResult.model_validate_json(answer.content)
        except httpx.TimeoutException:
            raise BotFailed("timeout") from None
        except httpx.HTTPError as problem:
            raise BotFailed(type(problem).__name__) from None
        except ValueError:
            raise BotFailed("unreadable") from None
        result.replies = [reply for reply in result.replies if reply.says_something()]
        if not result.replies and not result.handoff:
            raise BotFailed("silence")
        return result

    async def close(self) -> None:
        await self._client.aclose()

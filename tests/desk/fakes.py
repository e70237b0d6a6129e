"""Hand-written stand-ins: a bot and an account system that do what a test tells them."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from desk.accounts.connector import AccountConnector
from desk.delivery.bot_client import BotFailed, HandoffWish, Reply, TurnRequest, TurnResult

Answer = Callable[[TurnRequest], Awaitable[TurnResult]]


def said(*texts: str, handoff: dict[str, Any] | None = None, tracker: dict[str, Any] | None = None) -> TurnResult:
    """A bot's answer in words."""
    return TurnResult(
        replies=[Reply(text=text) for text in texts],
        tracker=tracker or {"events": []},
        handoff=HandoffWish(**handoff) if handoff else None,
    )


class FakeBot:
    """Answers turns as told, and remembers which ran, and which ran at once."""

    def __init__(self) -> None:
        self.asked: list[TurnRequest] = []
        self.overlaps: list[str] = []
        self.most_at_once = 0
        self._running: Counter[str] = Counter()
        self.answer: Answer = self._echo

    async def run(self, request: TurnRequest) -> TurnResult:
        self.asked.append(request)
        if self._running[request.conversation_id]:
            self.overlaps.append(request.conversation_id)
        self._running[request.conversation_id] += 1
        self.most_at_once = max(self.most_at_once, self._running.total())
        try:
            return await self.answer(request)
        finally:
            self._running[request.conversation_id] -= 1

    async def close(self) -> None:
        return None

    def says(self, *texts: str, **more: Any) -> None:
        """Answer every turn from now on with these words."""

        async def answer(_request: TurnRequest) -> TurnResult:
            return said(*texts, **more)

        self.answer = answer

    def fails(self, times: int | None = None) -> None:
        """Fail so many times (None: always), then answer again."""
        left = times

        async def answer(request: TurnRequest) -> TurnResult:
            nonlocal left
            if left == 0:
                return await self._echo(request)
            left = None if left is None else left - 1
            raise BotFailed("told to fail")

        self.answer = answer

    def waits(self, seconds: float) -> None:
        """Take this long for every answer."""

        async def answer(request: TurnRequest) -> TurnResult:
            await asyncio.sleep(seconds)
            return await self._echo(request)

        self.answer = answer

    async def _echo(self, request: TurnRequest) -> TurnResult:
        before = (request.tracker or {}).get("events", [])
        return said(f"re: {request.text or request.payload}", tracker={"events": [*before, request.message_id]})


@dataclass
class FakeAccounts:
    """An account system over HTTP, in memory: two accounts, appeals counted."""

    accounts: dict[str, dict[str, Any]] = field(default_factory=lambda: {"lucky_2020": lucky(), "other_one": other()})
    appeals: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    down: bool = False

    def connector(self) -> AccountConnector:
        return AccountConnector("http://accounts.test", "a" * 40, httpx.MockTransport(self._handle))

    def _handle(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(f"{request.method} {request.url.raw_path.decode()}")
        if self.down:
            raise httpx.ConnectError("down")
        if request.method == "POST":
            return self._appeal(request)
        account = self.accounts.get(request.url.path.removeprefix("/accounts/"))
        return httpx.Response(200, json=account) if account else _refused(404, "account_not_found")

    def _appeal(self, request: httpx.Request) -> httpx.Response:
        penalty_id, number = request.url.path.split("/")[2], request.headers["idempotency-key"]
        if json.loads(request.content)["case_number"] != number:
            return _refused(422, "invalid")
        if self.appeals.setdefault(penalty_id, number) != number:
            return _refused(409, "already_filed")
        return httpx.Response(201, json={"appeal_id": f"AP-{number}", "filed_at": "2026-11-24T10:00:00+08:00"})


def _refused(status: int, code: str) -> httpx.Response:
    return httpx.Response(status, json={"code": code, "message": code, "details": {}})


def lucky() -> dict[str, Any]:
    """A banned account whose penalty can be appealed."""
    penalty = {"penalty_id": "PN1", "type": "account_ban", "permanent": False, "active": True, "appealable": True}
    return {"douyin_id": "lucky_2020", "phone": "13800001111", "status": "banned", "penalties": [penalty]}


def other() -> dict[str, Any]:
    return {"douyin_id": "other_one", "phone": "13900002222", "status": "normal", "penalties": []}

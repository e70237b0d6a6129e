"""The two that are timed: our service at its widget, and a stock Rasa project at its REST channel."""

import uuid
from collections.abc import Sequence
from typing import Any, Protocol

import aiohttp

from bench.talks import PLAIN
from bench.users import RestUser, User, WidgetUser


class Contender(Protocol):
    """Something that answers messages."""

    name: str
    parts: Sequence[str]  # by their names; the sandbox works for both

    async def user(self) -> User:
        """Somebody with a new conversation."""
        ...

    async def user_with_past(self, turns: int) -> User:
        """Somebody who has taken so many turns already."""
        ...


class Ours:
    """The whole service, entered as the widget enters it."""

    name: str = "ours"
    parts: Sequence[str] = ("desk", "bot", "actions", "sandbox")

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http, self._url = http, url

    async def user(self) -> User:
        return await WidgetUser.come(self._http, self._url)

    async def user_with_past(self, turns: int) -> User:
        """The past is lived through."""
        user = await self.user()
        for text, _ in zip(PLAIN.messages(), range(turns), strict=False):
            await user.say(text)
        return user


class Stock:
    """Rasa alone, entered by its REST channel."""

    name: str = "stock"
    parts: Sequence[str] = ("stock-bot", "stock-actions", "sandbox")

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http, self._url = http, url

    async def user(self) -> User:
        return self._user(uuid.uuid4().hex)

    def _user(self, sender: str) -> User:
        return RestUser(self._http, self._url, sender)

    async def user_with_past(self, turns: int) -> User:
        """The past is written into the tracker, from a few turns that were lived through.

        To live through a thousand would take minutes.
        """
        sender = uuid.uuid4().hex
        user = self._user(sender)
        for text in PLAIN.texts:
            await user.say(text)
        events = past_of(await self._events(sender), len(PLAIN.texts), turns)
        async with self._http.put(f"{self._tracker(sender)}/events", json=events) as answer:
            answer.raise_for_status()
        return user

    async def _events(self, sender: str) -> list[dict[str, Any]]:
        async with self._http.get(self._tracker(sender), params={"include_events": "ALL"}) as answer:
            events: list[dict[str, Any]] = (await answer.json())["events"]
        return events

    def _tracker(self, sender: str) -> str:
        return f"{self._url}/conversations/{sender}/tracker"


def past_of(events: list[dict[str, Any]], turns: int, wanted: int) -> list[dict[str, Any]]:
    """The events of `wanted` turns, made of those of `turns` turns said over and over."""
    starts = [index for index, event in enumerate(events) if event["event"] == "user"]
    by_turn = [events[start:end] for start, end in zip(starts, [*starts[1:], len(events)], strict=True)]
    repeated = (by_turn[number % turns] for number in range(wanted))
    return events[: starts[0]] + [event for turn in repeated for event in turn]

"""Agents who look at what users send, and the key of the bot's actions."""

from __future__ import annotations

from typing import Any

import httpx
import pytest


class Console:
    """An agent at work."""

    def __init__(self, http: httpx.AsyncClient, agent: Any, headers: dict[str, str]) -> None:
        self._http, self.agent, self.headers = http, agent, headers

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self._http.get(f"/api/agent/{path}", headers=self.headers | headers)

    async def upload(self, conversation_id: str, content: Any, name: str = "a.png") -> httpx.Response:
        path = f"/api/agent/conversations/{conversation_id}/attachments"
        return await self._http.post(path, params={"name": name}, content=content, headers=self.headers)

    async def write(self, conversation: Any, client_id: str = "1", **message: Any) -> httpx.Response:
        body = {"client_id": client_id, "epoch": conversation.epoch, **message}
        path = f"/api/agent/conversations/{conversation.id}/messages"
        return await self._http.post(path, json=body, headers=self.headers)


@pytest.fixture
def console(http, sign_in, world):
    async def opened(login="lin", name="小林", **more):
        agent = await world.agent(login, name, **more)
        return Console(http, agent, sign_in(agent))

    return opened


@pytest.fixture
def ask(http):
    """What an action asks of the desk, with an idempotency key."""

    async def asked(path, key="k1", **body):
        headers = {"authorization": "Bearer " + "i" * 40, "idempotency-key": key}
        return await http.post(f"/internal/{path}", json=body, headers=headers)

    return asked


@pytest.fixture
def refused():
    """The details of a refusal with this status and code."""

    def check(answer, status, code):
        assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
        return answer.json()["details"]

    return check

"""A user with the widget's HTTP."""

from __future__ import annotations

from itertools import count
from typing import Any

import httpx

_numbers = count(1)


class User:
    """Has a session, and speaks within it."""

    def __init__(self, http: httpx.AsyncClient, session: dict[str, Any]) -> None:
        self._http = http
        self.token: str = session["token"]
        self.conversation_id: str = session["conversation_id"]
        self.headers = {"authorization": f"Bearer {self.token}"}

    @classmethod
    async def begin(cls, http: httpx.AsyncClient, **wish: Any) -> User:
        answer = await http.post("/api/session", json=wish)
        assert answer.status_code == 201, answer.text
        return cls(http, answer.json())

    async def send(self, text: str = "你好", **more: Any) -> httpx.Response:
        return await self.post({"client_id": f"c{next(_numbers)}", "text": text, **more})

    async def press(self, payload: str) -> httpx.Response:
        return await self.post({"client_id": f"c{next(_numbers)}", "payload": payload})

    async def post(self, body: Any, path: str = "/api/messages", **headers: str) -> httpx.Response:
        return await self._http.post(path, json=body, headers=self.headers | headers)

    async def upload(self, content: Any, name: str = "a.png", **headers: str) -> httpx.Response:
        """Bytes, or an iterator of which nobody knows the length."""
        return await self._http.post(
            "/api/attachments", params={"name": name}, content=content, headers=self.headers | headers
        )

    async def uploaded(self, content: Any) -> str:
        answer = await self.upload(content)
        assert answer.status_code == 201, answer.text
        attachment_id: str = answer.json()["id"]
        return attachment_id

    async def show(self, *attachment_ids: str, **more: Any) -> httpx.Response:
        """Send attachments, without a word."""
        return await self.post({"client_id": f"c{next(_numbers)}", "attachments": list(attachment_ids), **more})

    async def shown(self, content: Any) -> str:
        """The id of an attachment that was sent."""
        attachment_id = await self.uploaded(content)
        assert (await self.show(attachment_id)).status_code == 201
        return attachment_id

    async def take_back(self, attachment_id: str) -> httpx.Response:
        return await self._http.delete(f"/api/attachments/{attachment_id}", headers=self.headers)

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self._http.get(path, headers=self.headers | headers)

    async def messages(self, after: int = 0) -> list[dict[str, Any]]:
        return (await self.get(f"/api/messages?after={after}")).json()["messages"]

    async def state(self) -> dict[str, Any]:
        return (await self.get("/api/conversation")).json()

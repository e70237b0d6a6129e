"""A user and an agent as the journeys' people: small verbs over the public HTTP APIs."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx

from tests.journeys.waiting import until

Message = dict[str, Any]


def http(url: str, **options: Any) -> httpx.Client:
    """A client that speaks to this machine only, whatever proxy the machine is told to use."""
    # Plain HTTP needs no certificates, and loading them takes longer than a request.
    return httpx.Client(base_url=url, trust_env=False, verify=False, timeout=options.pop("timeout", 20), **options)


def client_id() -> str:
    return uuid4().hex


class User:
    """Somebody in the widget."""

    def __init__(self, url: str, locale: str = "zh", greet: bool = False, token: str | None = None) -> None:
        self.http = http(url)
        opened = self.http.post("/api/session", json={"locale": locale, "token": token}).raise_for_status().json()
        self.conversation_id: str = opened["conversation_id"]
        self.use(opened["token"])
        self._answered_to = 0
        if greet:
            self.send({"payload": "/greet"})

    def use(self, token: str) -> None:
        self.token = token
        self.http.headers["Authorization"] = f"Bearer {token}"

    def send(self, what: dict[str, Any], id: str | None = None) -> Message:
        """Send once; the answer is the acknowledgement."""
        sent = self.try_to_send(what, id)
        assert sent.status_code in (200, 201), sent.text
        self._answered_to = max(self._answered_to, sent.json()["seq"])
        return sent.json()

    def try_to_send(self, what: dict[str, Any], id: str | None = None) -> httpx.Response:
        return self.http.post("/api/messages", json={"client_id": id or client_id(), **what})

    def say(self, text: str) -> Message:
        """Type something."""
        return self.send({"text": text})

    def upload(self, name: str, content: bytes) -> dict[str, Any]:
        """Hand a file to the desk; it is said with the next message that names it."""
        stored = self.http.post("/api/attachments", params={"name": name}, content=content)
        assert stored.status_code == 201, stored.text
        return stored.json()

    def show(self, *pictures: bytes, text: str | None = None) -> str:
        """Send pictures, perhaps with words, and wait for what is said in turn."""
        ids = [self.upload(f"截图{number}.jpg", picture)["id"] for number, picture in enumerate(pictures, 1)]
        self.send({"attachments": ids} | ({"text": text} if text else {}))
        return self.wait_for_reply()

    def press(self, title: str) -> Message:
        """Press the newest message's button whose title contains this."""
        buttons = next((m["buttons"] for m in reversed(self.transcript()) if m["author"] == "bot"), [])
        button = next((b for b in buttons if title in b["title"]), None)
        assert button, f"no button {title!r} among {[b['title'] for b in buttons]} in\n{self.told()}"
        return self.send({"payload": button["payload"], "title": button["title"]})

    def state(self) -> dict[str, Any]:
        return self.http.get("/api/conversation").raise_for_status().json()

    def transcript(self, after: int = 0) -> list[Message]:
        answer = self.http.get("/api/messages", params={"after": after}).raise_for_status()
        return answer.json()["messages"]

    def replies(self) -> list[Message]:
        """What the others said after the user's last message."""
        return [m for m in self.transcript(self._answered_to) if m["author"] != "user"]

    def wait_for_reply(self, seconds: float = 60.0) -> str:
        """Until the bot is done with everything; the text of what was said since the user's last message."""
        return _text(until(self._settled_replies, f"an answer in\n{self.told()}", seconds))

    def ask(self, text: str) -> str:
        """Say something and wait for what is said in turn."""
        self.say(text)
        return self.wait_for_reply()

    def choose(self, title: str) -> str:
        """Press a button and wait for what is said in turn."""
        self.press(title)
        return self.wait_for_reply()

    def ask_for_a_person(self) -> None:
        """Say so, and insist when asked what it is about; ends in the queue."""
        self.ask("转人工")
        if self.state()["owner"] == "bot":
            self.press("直接转人工")
        self.wait_for_owner("queue")

    def wait_for_owner(self, owner: str, seconds: float = 60.0) -> dict[str, Any]:
        def look() -> dict[str, Any] | None:
            state = self.state()
            return state if state["owner"] == owner else None

        return until(look, f"owner {owner}; it is told\n{self.told()}", seconds)

    def told(self) -> str:
        """The transcript as a person would read it, for failures."""
        return "\n".join(f"{m['seq']:>3} {m['author']}: {_text([m])}" for m in self.transcript())

    def _settled_replies(self) -> list[Message]:
        return [] if self.state()["bot_busy"] else self.replies()


class Agent:
    """Somebody at the console."""

    def __init__(self, url: str, login: str, password: str) -> None:
        self.http = http(url)
        self.me = self._ask("POST", "/api/agent/session", {"login": login, "password": password})

    def go_on_duty(self, on_duty: bool = True) -> None:
        self._ask("PATCH", "/api/agent/me", {"on_duty": on_duty})

    def queue(self) -> list[dict[str, Any]]:
        return self._ask("GET", "/api/agent/queue")["handoffs"]

    def waiting(self, conversation_id: str) -> list[dict[str, Any]]:
        """The handoffs of one conversation that wait in the queue."""
        return [handoff for handoff in self.queue() if handoff["conversation_id"] == conversation_id]

    def try_to_claim(self, handoff_id: str) -> httpx.Response:
        return self.http.post(f"/api/agent/handoffs/{handoff_id}/claim")

    def claim(self, conversation_id: str) -> dict[str, Any]:
        """Take the one handoff of this conversation that waits."""
        (handoff,) = self.waiting(conversation_id)
        return self._ask("POST", f"/api/agent/handoffs/{handoff['id']}/claim")

    def conversation(self, conversation_id: str) -> dict[str, Any]:
        return self._ask("GET", f"/api/agent/conversations/{conversation_id}")

    def conversations(self) -> list[str]:
        return [each["conversation_id"] for each in self._ask("GET", "/api/agent/conversations")["conversations"]]

    def try_to_write(self, conversation_id: str, text: str, epoch: int) -> httpx.Response:
        body = {"client_id": client_id(), "text": text, "epoch": epoch}
        return self.http.post(f"/api/agent/conversations/{conversation_id}/messages", json=body)

    def write(self, conversation_id: str, text: str) -> Message:
        epoch = self.conversation(conversation_id)["epoch"]
        return self.try_to_write(conversation_id, text, epoch).raise_for_status().json()

    def show(self, conversation_id: str, picture: bytes) -> Message:
        """Send a picture."""
        where = f"/api/agent/conversations/{conversation_id}"
        stored = self.http.post(f"{where}/attachments", params={"name": "说明.jpg"}, content=picture).raise_for_status()
        epoch = self.conversation(conversation_id)["epoch"]
        body = {"client_id": client_id(), "epoch": epoch, "attachments": [stored.json()["id"]]}
        return self.http.post(f"{where}/messages", json=body).raise_for_status().json()

    def resolve(self, conversation_id: str) -> dict[str, Any]:
        epoch = self.conversation(conversation_id)["epoch"]
        return self._ask("POST", f"/api/agent/conversations/{conversation_id}/resolve", {"epoch": epoch})

    def release(self, conversation_id: str) -> dict[str, Any]:
        epoch = self.conversation(conversation_id)["epoch"]
        return self._ask("POST", f"/api/agent/conversations/{conversation_id}/release", {"epoch": epoch})

    def case(self, number: str) -> dict[str, Any]:
        return self._ask("GET", f"/api/agent/cases/{number}")

    def fields_of(self, number: str) -> dict[str, Any]:
        """What the bot noted on a case, by name, as the agent reads it."""
        return {row["name"]: row["value"] for row in self.case(number)["fields"]}

    def download(self, attachment_id: str) -> httpx.Response:
        return self.http.get(f"/api/agent/attachments/{attachment_id}")

    def cases_of(self, conversation_id: str) -> list[dict[str, Any]]:
        """Every case of a conversation, whoever has it and however it stands."""
        cases = self._ask("GET", "/api/agent/cases")["cases"]
        return [case for case in cases if case["conversation_id"] == conversation_id]

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        answer = self.http.request(method, path, json=body)
        assert answer.status_code < 300, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json()


def _text(messages: list[Message]) -> str:
    parts = []
    for message in messages:
        parts += [message["text"], *(f"[{button['title']}]" for button in message["buttons"])]
        parts += [str(message["card"])] if message["card"] else []
    return "\n".join(part for part in parts if part)

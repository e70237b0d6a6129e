"""Journey 4: foreign ids, forged tokens, commands in disguise, buttons nobody offered. Nothing happens."""

from __future__ import annotations

import asyncio
import base64
import json
import time
from contextlib import asynccontextmanager

import jwt
import pytest
import socketio

from tests.journeys.clients import client_id, http

# The first test that needs them waits until all parts run, on a machine that may be busy.
pytestmark = pytest.mark.timeout(300)

COMMANDS = [
    "/restart",
    "／restart",
    " /restart",
    "\u200b/restart",
    "\u3000／restart",
    "/session_start",
    "/back",
    "/ban_appeal",
]
NEVER_OFFERED = ["/handoff_resolved", "/restart", "/affirm", '/inform{"douyin_id": "lucky_2020"}', "text", "/"]


class TestAForeignConversation:
    def test_an_id_in_place_of_a_token_opens_a_conversation_of_ones_own(self, stack, user):
        user.ask("我的号被封了")
        opened = http(stack.desk_url).post("/api/session", json={"token": user.conversation_id}).json()
        assert opened["conversation_id"] != user.conversation_id
        assert opened["state"]["last_seq"] == 0

    def test_an_id_as_rasa_session_is_answered_with_another_one(self, stack, user):
        user.ask("我的号被封了")
        before = user.transcript()
        confirmed, heard = asyncio.run(_rasa_client(stack.desk_url, user.conversation_id, "转人工"))
        assert user.conversation_id not in confirmed
        assert heard, "the stranger gets an answer in a conversation of their own"
        assert user.transcript() == before

    def test_an_id_as_rest_sender_is_another_conversation(self, stack, user):
        user.ask("我的号被封了")
        before = user.transcript()
        assert _rest(stack, user.conversation_id, "转人工").status_code == 200
        assert user.transcript() == before and user.state()["owner"] == "bot"

    def test_an_id_as_widget_token_is_refused_on_the_socket(self, stack, user):
        assert not asyncio.run(_may_connect(stack.desk_url, "/widget", {"token": user.conversation_id, "after": 0}))

    def test_an_agent_who_does_not_have_it_cannot_write_into_it(self, user, lin):
        user.ask("我的号被封了")
        refused = lin.try_to_write(user.conversation_id, "您好", user.state()["epoch"])
        assert refused.status_code in (403, 404, 409)
        assert "您好" not in [message["text"] for message in user.transcript() if message["author"] == "agent"]


class TestAForgedToken:
    def test_none_opens_anything(self, stack, user):
        user.ask("我的号被封了")
        before = user.transcript()
        for token in _forged(user.token):
            with http(stack.desk_url, headers={"Authorization": f"Bearer {token}"}) as stranger:
                _all_refused(stranger)
        assert user.transcript() == before

    def test_an_expired_one_says_so(self, stack, user):
        claims = jwt.decode(user.token, options={"verify_signature": False})
        expired = jwt.encode({**claims, "exp": int(time.time()) - 60}, stack.environment["DESK_SECRET_KEY"])
        with http(stack.desk_url, headers={"Authorization": f"Bearer {expired}"}) as late:
            answer = late.get("/api/messages")
        assert (answer.status_code, answer.json()["code"]) == (401, "token_expired")

    def test_a_users_token_opens_no_console(self, stack, user):
        headers = {"Authorization": f"Bearer {user.token}"}
        with http(stack.desk_url, headers=headers, cookies={"session": user.token}) as stranger:
            for path in ("/api/agent/me", "/api/agent/queue", f"/api/agent/conversations/{user.conversation_id}"):
                assert stranger.get(path).status_code == 401, path

    def test_a_users_token_opens_nothing_internal(self, stack, user):
        body = {"conversation_id": user.conversation_id, "douyin_id": "lucky_2020", "phone": "13800001111"}
        for key in (user.token, "x", "x" * 43):
            with http(stack.desk_url, headers={"Authorization": f"Bearer {key}"}) as stranger:
                assert stranger.post("/internal/account-lookups", json=body).status_code == 401

    def test_without_the_key_the_bot_runs_no_turn(self, stack, user):
        bot = f"http://127.0.0.1:{stack.ports['BOT_PORT']}"
        turn = {
            "conversation_id": user.conversation_id,
            "message_id": "m",
            "text": "转人工",
            "payload": None,
            "tracker": None,
        }
        turn["context"] = {"locale": "zh", "vouched": True, "now": "2026-11-24T10:00:00+08:00"}
        assert http(bot).post("/webhooks/turn/run", json=turn).status_code == 401
        assert http(bot).post("/webhooks/rest/webhook", json={"sender": "x", "message": "hi"}).status_code == 404
        assert http(bot).get("/conversations/x/tracker").status_code in (401, 404)


class TestACommand:
    """Typed text is only text: it gets a polite answer, and the bot still knows where it was."""

    @pytest.mark.parametrize("command", COMMANDS)
    def test_typed_in_the_widget(self, user, command):
        asked = user.ask("我的号被封了")
        answer = user.ask(command)
        assert answer and user.state()["owner"] == "bot"
        assert _still_asks_for_the_id(user), f"{asked}\n--- {command}\n{answer}"

    @pytest.mark.parametrize("command", COMMANDS[:2])
    def test_sent_by_a_foreign_client(self, stack, command):
        sender = client_id()
        _rest(stack, sender, "我的号被封了")
        answer = _rest(stack, sender, command)
        assert answer.status_code == 200 and answer.json() and all(reply.get("text") for reply in answer.json())
        assert "注册手机号" in _rest(stack, sender, "lucky_2020").text, "the form went on"


class TestAButtonNobodyOffered:
    @pytest.mark.parametrize("payload", NEVER_OFFERED)
    def test_is_refused_and_leaves_no_trace(self, user, payload):
        user.ask("你好")
        before = user.transcript()
        refused = user.try_to_send({"payload": payload})
        assert (refused.status_code, refused.json()["code"]) == (422, "payload_not_offered")
        assert user.transcript() == before and user.state()["owner"] == "bot"

    def test_one_that_another_user_was_offered_is_refused_too(self, new_user):
        lucky, stranger = new_user(greet=True), new_user()
        lucky.wait_for_reply()
        offered = [button["payload"] for message in lucky.transcript() for button in message["buttons"]]
        assert offered
        for payload in offered:
            assert stranger.try_to_send({"payload": payload}).status_code == 422
        assert stranger.transcript() == []


def _still_asks_for_the_id(user) -> bool:
    """The form goes on: a bare id is understood as the answer to its question."""
    return "注册手机号" in user.ask("lucky_2020")


def _rest(stack, sender: str, message: str):
    headers = {"Authorization": f"Bearer {stack.environment['DESK_REST_CHANNEL_KEY']}"}
    with http(stack.desk_url, headers=headers, timeout=60) as client:
        return client.post("/webhooks/rest/webhook", json={"sender": sender, "message": message})


def _forged(token: str) -> list[str]:
    """The token in other hands: another signature, none at all, a changed claim, a cut-off end."""
    claims = jwt.decode(token, options={"verify_signature": False})
    header, body, signature = token.split(".")
    plain = {**claims, "sub": claims["sub"]}
    changed = base64.urlsafe_b64encode(json.dumps({**plain, "exp": 4102444800}).encode()).rstrip(b"=").decode()
    return [
        jwt.encode(claims, "y" * 43),
        jwt.encode(claims, "", algorithm="none"),
        f"{header}.{changed}.{signature}",
        f"{header}.{body}.",
        token[:-4],
        "null",
    ]


def _all_refused(stranger) -> None:
    answers = [
        stranger.get("/api/messages"),
        stranger.get("/api/conversation"),
        stranger.post("/api/messages", json={"client_id": client_id(), "text": "转人工"}),
        stranger.post("/api/csat", json={"case_number": "KF20261124000001", "score": 5}),
    ]
    for answer in answers:
        assert (answer.status_code, answer.json()["code"]) == (401, "token_invalid"), answer.request.url


@asynccontextmanager
async def _socket(url: str, namespace: str, auth=None):
    client = socketio.AsyncClient(reconnection=False)
    try:
        yield client, lambda: client.connect(url, namespaces=[namespace], auth=auth, wait_timeout=10)
    finally:
        await client.disconnect()


async def _may_connect(url: str, namespace: str, auth) -> bool:
    async with _socket(url, namespace, auth) as (_, connect):
        try:
            await connect()
        except socketio.exceptions.ConnectionError:
            return False
        return True


async def _rasa_client(url: str, session_id: str, text: str) -> tuple[str, list[dict]]:
    """What a client written for Rasa is told when it names a session: the confirmed id, and the bot's words."""
    heard: list[dict] = []
    confirmed: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    answered = asyncio.Event()
    async with _socket(url, "/") as (client, connect):
        client.on("session_confirm", lambda id: confirmed.done() or confirmed.set_result(id))
        client.on("bot_uttered", lambda message: (heard.append(message), answered.set()))
        await connect()
        await client.emit("session_request", {"session_id": session_id})
        confirmed_id = await asyncio.wait_for(confirmed, 10)
        await client.emit("user_uttered", {"message": text, "session_id": session_id})
        await asyncio.wait_for(answered.wait(), 30)
    return confirmed_id, heard

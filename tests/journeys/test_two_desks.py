"""Journey 7: two desks on one PostgreSQL and one Redis; one dies, and nobody notices more than a pause."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.desk.sockets import Client
from tests.journeys.clients import User
from tests.journeys.stack import Process
from tests.servers import redis

# The first test that needs them waits until all parts run, on a machine that may be busy.
pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.parametrize("database_kind", ["postgres"], indirect=True, scope="session"),
]

TURN = "/webhooks/turn/run"
USERS = 4


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with redis(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture(scope="module")
def desk(stack, redis_url) -> Iterator[str]:
    """The desk that stays, and that the actions speak to."""
    stack.restart("desk", DESK_REDIS_URL=redis_url)
    yield stack.desk_url
    stack.restart("desk")


@pytest.fixture
def other(stack, desk, redis_url) -> Iterator[Process]:
    beside = stack.another_desk(DESK_REDIS_URL=redis_url)
    yield beside
    beside.stop()


@pytest.fixture
async def listener(desk):
    """Connects a client of Rasa's to the desk that stays; it hears what is said in a user's conversation."""
    clients = []

    async def listening(user: User) -> Client:
        client = await Client("/").connect(desk)
        clients.append(client)
        await client.emit("session_request", {"session_id": user.token})
        await client.until("session_confirm")
        return client

    yield listening
    for client in clients:
        await client.close()


async def test_the_turns_of_a_desk_that_dies_are_answered_once_by_the_other(gateway, desk, other, listener):
    users = [User(other.url) for _ in range(USERS)]
    heard = [await listener(user) for user in users]
    holds = [gateway.hold("bot", TURN, "answer", containing=user.conversation_id) for user in users]
    with ThreadPoolExecutor(USERS) as pool:
        list(pool.map(lambda user: user.say("我的号被封了"), users))
    for hold in holds:
        hold.wait()
    other.kill()
    for hold in holds:
        hold.drop()

    for user, client in zip(users, heard, strict=True):
        answer = await client.until("bot_uttered", lambda event: "抖音号" in event["text"], seconds=60)
        there = at(desk, user)
        there.wait_for_reply()
        lines = [(line["author"], line["text"]) for line in there.transcript() if line["code"] != "bot_slow"]
        assert lines == [("user", "我的号被封了"), ("bot", answer["text"])]
        assert client.of("bot_uttered").count(answer) == 1


async def test_agent_and_user_at_different_desks_hear_each_other(desk, other, listener, lin):
    user = User(other.url)
    user.ask_for_a_person()
    client = await listener(user)
    lin.claim(user.conversation_id)
    lin.write(user.conversation_id, "您好，我是小林。")
    await client.until("bot_uttered", lambda event: event["text"] == "您好，我是小林。")
    user.say("谢谢")
    assert "谢谢" in [line["text"] for line in lin.conversation(user.conversation_id)["messages"]]
    lin.resolve(user.conversation_id)
    await client.until("bot_uttered", lambda event: "已标记为解决" in event["text"])
    texts = [event["text"] for event in client.of("bot_uttered")]
    assert len(texts) == len(set(texts)), "each line is told once"


def at(desk: str, user: User) -> User:
    """The same user, whose next request reaches another desk."""
    return User(desk, token=user.token)

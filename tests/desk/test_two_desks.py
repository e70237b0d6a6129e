"""Two desk processes' worth on one database and one Redis: what one stores, the other's users hear."""

import httpx
import pytest

from desk.app import assemble
from desk.attachments.sweeper import Sweeper
from desk.attachments.uploads import Uploads
from desk.conversations import service as conversations
from desk.conversations.enums import Author
from desk.database import Database
from desk.delivery.worker import Worker
from desk.errors import TooManyMessages
from desk.limits import Limiter
from desk.parts import SESSION, Parts, make_parts
from desk.tokens import Tokens
from tests.desk.sockets import Client, served
from tests.desk.user import User
from tests.servers import redis


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory):
    with redis(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture
def database_kind():
    return "postgres"


async def test_a_limit_is_shared_by_all_desks(redis_url):
    first, second = Limiter(redis_url), Limiter(redis_url)
    for limiter in (first, second, first):
        await limiter.hit("message", "c_shared", 3)
    with pytest.raises(TooManyMessages) as refused:
        await second.hit("message", "c_shared", 3)
    assert 0 < refused.value.details["retry_after"] <= 60
    await second.hit("message", "c_other", 3)


async def test_the_desk_can_be_made_for_redis(settings, redis_url):
    settings.redis_url = redis_url
    await make_parts(settings).close()


@pytest.fixture
async def desks(settings, facts, bot, accounts, redis_url):
    """Two desks, each with its own parts."""
    settings.redis_url = redis_url
    made = []
    for _ in range(2):
        database = Database(settings.database_url)
        worker = Worker(database, bot, facts, settings)
        uploads = Uploads(settings.uploads, settings.attachment_limit_bytes, settings.image_pixels)
        sweeper = Sweeper(database, uploads)
        tokens, limiter = Tokens(settings.secret_key), Limiter(redis_url)
        connector = accounts.connector()
        made.append(Parts(settings, facts, database, connector, bot, worker, uploads, sweeper, tokens, limiter))
    yield made
    for parts in made:
        await parts.close()


async def test_what_one_desk_stores_is_heard_through_the_other(desks):

    first, second = (assemble(parts) for parts in desks)
    async with served(first) as here, served(second) as there, httpx.AsyncClient(base_url=here) as http:
        user = await User.begin(http)
        client = await Client("/widget").connect(there, {"token": user.token})
        await client.until("missed")
        await user.send("你好")
        assert (await client.until("message"))["text"] == "你好"
        assert (await client.until("state"))["bot_busy"] is True
        await client.close()


async def test_what_one_desk_stores_is_told_to_rasa_clients_of_the_other(desks):
    first, second = (assemble(parts) for parts in desks)
    async with served(first), served(second) as there:
        client = await Client("/").connect(there)
        await client.emit("session_request", {"session_id": None})
        token = await client.until("session_confirm")
        async with desks[0].database.write() as work:
            conversation = await conversations.hold(work, desks[0].tokens.read(SESSION, token))
            await conversations.append(work, conversation, Author.AGENT, text="您好")
        assert await client.until("bot_uttered") == {"text": "您好"}
        await client.close()

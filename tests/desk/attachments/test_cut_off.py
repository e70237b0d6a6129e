"""A real server, and clients that vanish in the middle of an upload."""

import asyncio
import socket
from urllib.parse import urlsplit

import httpx
import pytest

from desk.attachments.models import Attachment
from tests.desk.attachments.making import boxes
from tests.desk.sockets import served
from tests.desk.user import User

LENGTH = "content-length: 500000"
CHUNKED = "transfer-encoding: chunked"


@pytest.fixture
def database_kind():
    return "sqlite"


async def begin_upload(url, token, kind):
    """A connection on which an upload has begun."""
    at = urlsplit(url)
    reader, writer = await asyncio.open_connection(at.hostname, at.port)
    head = f"POST /api/attachments?name=a.mp4 HTTP/1.1\r\nhost: desk\r\nauthorization: Bearer {token}\r\n{kind}\r\n\r\n"
    part = boxes(b"isom", 70_000)
    writer.write(head.encode() + (part if kind == LENGTH else b"11170\r\n" + part + b"\r\n"))
    await writer.drain()
    return reader, writer


async def until(happened):
    async with asyncio.timeout(10):
        while not happened():
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("kind", [LENGTH, CHUNKED])
@pytest.mark.parametrize("how", ["close", "reset"])
async def test_of_an_upload_that_is_cut_off_nothing_is_left(app, settings, world, caplog, kind, how):
    async with served(app) as url, httpx.AsyncClient(base_url=url) as http:
        user = await User.begin(http)
        _, writer = await begin_upload(url, user.token, kind)
        incoming = settings.uploads / "incoming"
        await until(lambda: incoming.is_dir() and any(path.stat().st_size for path in incoming.iterdir()))
        if how == "reset":
            linger = bytes([1, 0, 0, 0, 0, 0, 0, 0])
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.close()
        await until(lambda: not any(incoming.iterdir()))
        assert [path.name for path in settings.uploads.iterdir()] == ["incoming"]
        assert await world.count(Attachment) == 0
        assert [record for record in caplog.records if record.levelname == "ERROR"] == []  # it is no mistake of ours
        assert (await user.upload(boxes(b"isom"))).status_code == 201


async def test_a_refusal_reaches_a_client_that_is_still_sending(app, settings):
    async with served(app) as url, httpx.AsyncClient(base_url=url) as http:
        user = await User.begin(http)
        settings.uploads_per_minute = 1
        assert (await user.upload(boxes(b"isom"))).status_code == 201
        answer = await user.upload(boxes(b"isom", 5_000_000))
        assert (answer.status_code, answer.json()["code"]) == (429, "too_many_uploads")
        assert (await user.state())["owner"] == "bot"

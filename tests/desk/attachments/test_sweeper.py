"""What nobody will ask for is removed, and nothing else."""

import asyncio
import os
import time
from datetime import timedelta

import pytest

from desk.attachments import sweeper as module
from desk.attachments.models import Attachment
from desk.attachments.sweeper import Sweeper, sweep
from desk.ids import new_id
from tests.desk.attachments.making import boxes, picture


@pytest.fixture
def folder(settings):
    (settings.uploads / "incoming").mkdir(parents=True)
    return settings.uploads


@pytest.fixture
def swept(parts):
    async def once():
        await sweep(parts.database, parts.uploads)

    return once


def put(path, hours=2.0):
    """A file that was written so many hours ago."""
    path.write_bytes(b"x")
    age(path, hours)
    return path


def age(path, hours):
    moment = time.time() - hours * 3600
    os.utime(path, (moment, moment))


async def test_what_was_never_sent_goes_after_a_day_and_what_was_sent_stays(user, world, folder, swept):
    sent, unsent = await user.shown(picture()), await user.uploaded(picture())
    await world.age(Attachment, "created_at", timedelta(hours=23))
    await swept()
    assert await world.count(Attachment) == 2
    await world.age(Attachment, "created_at", timedelta(hours=2))
    await swept()
    assert [row.id for row in await world.rows(Attachment)] == [sent]
    assert (folder / sent).exists() and not (folder / unsent).exists()
    assert (await user.show(unsent)).json()["code"] == "attachment_not_yours"


async def test_what_a_killed_process_left_half_written_goes_and_what_is_being_written_stays(folder, swept):
    left, clean = put(folder / "incoming" / "a1b2"), put(folder / "incoming" / "a1b2.clean")
    fresh = put(folder / "incoming" / "c3d4", hours=0.5)
    await swept()
    assert not left.exists() and not clean.exists() and fresh.exists()


async def test_a_file_that_was_never_written_down_goes(user, folder, swept):
    kept = folder / await user.shown(picture())
    age(kept, 100)
    orphan, fresh = put(folder / new_id("f")), put(folder / new_id("f"), hours=0.5)
    await swept()
    assert kept.exists() and not orphan.exists() and fresh.exists()


async def test_what_is_not_ours_is_not_touched(user, folder, swept):
    for _ in range(5):
        age(folder / await user.shown(picture()), 100)
    foreign = [put(folder / name, 100) for name in ("README", "f_short", "f_" + "g" * 32, "desk.sqlite3")]
    (folder / ("f_" + "0" * 32)).mkdir()
    await swept()
    assert all(path.exists() for path in foreign) and (folder / ("f_" + "0" * 32)).is_dir()


async def test_a_folder_of_another_database_is_left_alone_and_spoken_of(user, folder, swept, caplog):
    age(folder / await user.shown(picture()), 100)
    others = [put(folder / new_id("f"), 100) for _ in range(3)]
    await swept()
    assert all(path.exists() for path in others)
    assert "3 uploads stay" in caplog.text


async def test_sweeping_before_anything_was_uploaded_does_nothing(swept, settings):
    await swept()
    assert not settings.uploads.exists()


async def test_two_desks_sweep_at_once(user, world, folder, parts):
    for _ in range(5):
        age(folder / await user.shown(boxes(b"isom")), 100)
    orphans = [put(folder / new_id("f")) for _ in range(4)]
    unsent = [await user.uploaded(boxes(b"isom")) for _ in range(4)]
    await world.age(Attachment, "created_at", timedelta(hours=25))
    await asyncio.gather(*(sweep(parts.database, parts.uploads) for _ in range(4)))
    assert not any(path.exists() for path in orphans)
    assert not any((folder / each).exists() for each in unsent)
    assert await world.count(Attachment) == 5


async def test_sent_at_the_last_moment_it_stays_or_is_refused(user, world, parts, settings):
    for _ in range(3):
        attachment_id = await user.uploaded(boxes(b"isom"))
        await world.age(Attachment, "created_at", timedelta(hours=25))
        shown, _ = await asyncio.gather(user.show(attachment_id), sweep(parts.database, parts.uploads))
        assert (shown.status_code == 201) == (settings.uploads / attachment_id).exists()


async def test_it_goes_on_by_itself_past_a_failure_until_told_to_stop(parts, monkeypatch):
    rounds = 0

    async def failing(*_args):
        nonlocal rounds
        rounds += 1
        raise RuntimeError("the database is away")

    monkeypatch.setattr(module, "sweep", failing)
    monkeypatch.setattr(module, "_EVERY_SECONDS", 0.01)
    sweeper = Sweeper(parts.database, parts.uploads)
    sweeper.start()
    async with asyncio.timeout(5):
        while rounds < 3:
            await asyncio.sleep(0.01)
        await sweeper.stop()

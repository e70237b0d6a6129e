"""Bytes on their way in: kept whole under an unguessable name, or refused and forgotten."""

import asyncio
import stat

import pytest

from desk.attachments import uploads as module
from desk.attachments.models import Attachment
from tests.desk.attachments.making import boxes, pdf, picture, png_that_claims, webm
from tests.desk.user import User

PAGE = b"<html><script>alert(1)</script></html>"


def refused(answer, status, code):
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    return answer.json()["details"]


@pytest.fixture
def files(settings):
    """What lies in the uploads folder, by its path there."""

    def listed():
        return sorted(str(path.relative_to(settings.uploads)) for path in settings.uploads.rglob("*") if path.is_file())

    return listed


@pytest.fixture
def nothing_left(files, world):
    async def check():
        assert files() == []
        assert await world.count(Attachment) == 0

    return check


async def in_parts(content, size=1000):
    for start in range(0, len(content), size):
        yield content[start : start + size]
        await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("content", "name", "view"),
    [
        (picture("JPEG", 40, 30), "a.jpg", ("image", "a.jpg", "image/jpeg", 40, 30)),
        (picture("PNG"), "截图.png", ("image", "截图.png", "image/png", 30, 20)),
        (picture("WEBP"), "", ("image", "image.webp", "image/webp", 30, 20)),
        (picture("GIF"), "a.html", ("image", "a.gif", "image/gif", 30, 20)),
        (boxes(b"isom"), "a.mp4", ("video", "a.mp4", "video/mp4", None, None)),
        (boxes(b"qt  "), "a.MOV", ("video", "a.MOV", "video/quicktime", None, None)),
        (webm(), "a", ("video", "a.webm", "video/webm", None, None)),
        (pdf(), "../证明.pdf", ("file", "证明.pdf", "application/pdf", None, None)),
    ],
)
async def test_what_may_be_sent_is_kept_under_a_name_of_our_own(user, world, settings, files, content, name, view):
    answer = await user.upload(content, name, **{"content-type": "text/html"})
    assert answer.status_code == 201
    given = answer.json()
    (row,) = await world.rows(Attachment)
    assert tuple(given[key] for key in ("kind", "name", "content_type", "width", "height")) == view
    assert set(given) == {"id", "kind", "name", "content_type", "size", "width", "height"}
    assert files() == [given["id"]] == [row.id]
    stored = settings.uploads / given["id"]
    assert stored.stat().st_size == given["size"]
    if given["kind"] != "image":
        assert stored.read_bytes() == content


async def test_pictures_of_users_are_nobody_else_s_on_this_machine(user, settings):
    await user.uploaded(picture())
    assert stat.S_IMODE(settings.uploads.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("content", "name"),
    [(PAGE, "a.jpg"), (PAGE + pdf(), "a.pdf"), (boxes(b"heic"), "a.mp4"), (b"MZ" + bytes(500), "a.png")],
)
async def test_a_wrong_type_under_a_right_name_is_refused(user, nothing_left, content, name):
    details = refused(await user.upload(content, name, **{"content-type": "image/png"}), 415, "attachment_type_unknown")
    assert "image/jpeg" in details["allowed"] and len(details["allowed"]) == 8
    await nothing_left()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "attachment_empty"),
        (picture("PNG")[:40], "attachment_broken"),
        (b"\xff\xd8\xff" + PAGE, "attachment_broken"),
        (png_that_claims(60_000, 60_000), "attachment_too_many_pixels"),
    ],
)
async def test_what_cannot_be_read_is_refused_and_forgotten(user, nothing_left, content, code):
    refused(await user.upload(content), 422, code)
    await nothing_left()


async def test_the_limit_of_pixels_is_named(user, settings):
    details = refused(await user.upload(png_that_claims(60_000, 60_000)), 422, "attachment_too_many_pixels")
    assert details == {"limit": settings.image_pixels}


@pytest.fixture
def small(settings):
    """What a desk with a narrow limit takes; made before its parts."""
    settings.attachment_limit_bytes = 10_000
    settings.attachments_per_conversation_bytes = 25_000
    return settings


async def test_a_file_may_be_exactly_as_large_as_the_limit(small, user):
    assert (await user.upload(boxes(b"isom", 10_000))).status_code == 201


async def test_a_file_that_says_it_is_too_large_is_not_even_read(small, user, nothing_left):
    async def never():
        raise AssertionError("it was read")
        yield b""

    answer = await user.upload(never(), **{"content-length": "10001"})
    assert refused(answer, 413, "attachment_too_large") == {"limit": 10_000}
    await nothing_left()


async def test_a_file_that_only_grows_too_large_is_refused_while_it_comes(small, user, nothing_left):
    came = 0

    async def endless():
        nonlocal came
        for _ in range(1000):
            came += 1000
            yield b"\0" * 1000

    answer = await user.upload(endless())
    assert refused(answer, 413, "attachment_too_large") == {"limit": 10_000}
    assert came <= 12_000
    await nothing_left()


async def test_an_attachment_may_be_larger_than_any_other_body(user, settings):
    assert settings.max_body_bytes < 200_000
    assert (await user.upload(in_parts(boxes(b"isom", 200_000)))).status_code == 201


async def test_no_other_way_around_the_limit_of_bodies_opened(user, http, settings):
    body = b"x" * (settings.max_body_bytes + 1)
    for method, path in (("POST", "/api/messages"), ("DELETE", "/api/attachments/f_1"), ("PUT", "/api/attachments")):
        answer = await http.request(method, path, content=body, headers=user.headers)
        assert answer.json()["code"] == "body_too_large", path


async def test_a_conversation_is_full_at_its_limit_and_another_is_not(small, user, http, files):
    for _ in range(2):
        assert (await user.upload(boxes(b"isom", 10_000))).status_code == 201
    assert refused(await user.upload(boxes(b"isom", 6_000)), 413, "attachments_full") == {"limit": 25_000}
    unsaid = await user.upload(in_parts(boxes(b"isom", 6_000)))
    refused(unsaid, 413, "attachments_full")
    assert (await user.upload(boxes(b"isom", 5_000))).status_code == 201
    assert len(files()) == 3
    assert (await (await User.begin(http)).upload(boxes(b"isom", 6_000))).status_code == 201


async def test_what_is_taken_back_makes_room(small, user):
    first, _ = [await user.uploaded(boxes(b"isom", 10_000)) for _ in range(2)]
    refused(await user.upload(boxes(b"isom", 10_000)), 413, "attachments_full")
    await user.take_back(first)
    assert (await user.upload(boxes(b"isom", 10_000))).status_code == 201


async def test_several_at_once_do_not_share_the_last_room(small, user, files):
    answers = await asyncio.gather(*(user.upload(in_parts(boxes(b"isom", 10_000))) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [201, 201, 413, 413, 413, 413]
    assert len(files()) == 2


async def test_two_at_once_are_two(user, files):
    pictures = [picture("PNG", 30 + n, 20) for n in range(5)]
    answers = await asyncio.gather(*(user.upload(each) for each in pictures))
    assert [answer.json()["width"] for answer in answers] == [30, 31, 32, 33, 34]
    assert sorted(answer.json()["id"] for answer in answers) == files()


async def test_more_than_the_minute_s_share_is_refused_with_the_time_to_wait(user, http, settings):
    settings.uploads_per_minute = 3
    for _ in range(3):
        assert (await user.upload(picture())).status_code == 201
    answer = await user.upload(picture())
    assert 0 < refused(answer, 429, "too_many_uploads")["retry_after"] == int(answer.headers["retry-after"]) <= 60
    assert (await (await User.begin(http)).upload(picture())).status_code == 201


async def test_whoever_has_no_session_uploads_nothing(http, nothing_left):
    for headers in ({}, {"authorization": "Bearer a.b.c"}):
        refused(await http.post("/api/attachments", content=picture(), headers=headers), 401, "token_invalid")
    await nothing_left()


async def test_a_client_that_falls_silent_is_given_up(user, monkeypatch, nothing_left):
    monkeypatch.setattr(module, "_SILENCE_SECONDS", 0.05)

    async def silent():
        yield b"\xff\xd8\xff"
        await asyncio.sleep(5)

    refused(await user.upload(silent()), 422, "attachment_broken")
    await nothing_left()


async def test_a_desk_that_cannot_write_it_down_says_so_and_keeps_no_half(user, monkeypatch, files):
    async def dies(*_args):
        raise RuntimeError("killed")

    monkeypatch.setattr("desk.attachments.intake.repository.bytes_of", dies)
    assert (await user.upload(picture())).status_code == 500
    assert files() == []


async def test_no_name_is_logged(user, caplog):
    caplog.set_level("DEBUG", logger="desk")
    for content in (picture(), picture()[:40], PAGE, b""):
        await user.upload(content, "13800001111-我的照片.png")
    assert "我的照片" not in caplog.text and "13800001111" not in caplog.text


@pytest.mark.parametrize("locale", ["zh", "en"])
async def test_refusals_come_in_the_user_s_language(user, locale):
    message = (await user.upload(PAGE, **{"accept-language": locale})).json()["message"]
    assert ("PDF" in message) and (("可以" in message) == (locale == "zh"))


async def test_an_upload_that_is_taken_back_is_gone(user, files, world):
    attachment_id = await user.uploaded(picture())
    assert (await user.take_back(attachment_id)).status_code == 204
    assert files() == [] and await world.count(Attachment) == 0
    refused(await user.take_back(attachment_id), 404, "not_found")


async def test_only_what_is_one_s_own_and_not_sent_can_be_taken_back(user, http, files):
    sent, other = await user.shown(picture()), await User.begin(http)
    unsent = await user.uploaded(picture())
    for attempt in (user.take_back(sent), other.take_back(sent), other.take_back(unsent), user.take_back("f_none")):
        refused(await attempt, 404, "not_found")
    assert len(files()) == 2

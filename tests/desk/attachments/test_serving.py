"""The bytes go to those whose conversation it is, in a form that no browser runs; to all others there is nothing."""

from datetime import timedelta

import pytest

from desk.parts import AGENT, SESSION, TICKET
from tests.desk.attachments.making import boxes, pdf, picture
from tests.desk.user import User


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
async def other(http):
    return await User.begin(http)


async def test_a_user_gets_what_they_uploaded_and_sent(user):
    for attachment_id in (await user.uploaded(picture()), await user.shown(picture())):
        answer = await user.get(f"/api/attachments/{attachment_id}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
        assert answer.content.startswith(b"\x89PNG")


async def test_nobody_else_learns_that_it_exists(user, other, http, parts):
    attachment_id = await user.shown(picture())
    path = f"/api/attachments/{attachment_id}"
    tokens = {
        "nothing": None,
        "no token": "a.b.c",
        "another user": other.token,
        "an expired session": parts.tokens.issue(SESSION, user.conversation_id, timedelta(hours=-1))[0],
        "a token of another kind": parts.tokens.issue(AGENT, user.conversation_id, timedelta(hours=1))[0],
        "a ticket for a token": parts.tokens.issue(TICKET, user.conversation_id, timedelta(hours=1))[0],
    }
    answers = [
        await http.get(path, headers={"authorization": f"Bearer {token}"} if token else {}) for token in tokens.values()
    ]
    answers.append(await user.get("/api/attachments/f_" + "0" * 32))
    answers.append(await user.get("/api/attachments/..%2f..%2fdesk.sqlite3"))
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(404, "not_found")}


async def test_a_ticket_opens_its_one_attachment_for_an_hour(user, http, parts):
    attachment_id, another = await user.shown(picture()), await user.shown(picture())
    path = parts.ticketed(attachment_id)
    assert (await http.get(path)).status_code == 200
    ticket = path.partition("?")[2]
    wrong = {
        "another one's": f"/api/attachments/{another}?{ticket}",
        "forged": f"{path[:-3]}abc",
        "empty": f"/api/attachments/{attachment_id}?ticket=",
        "expired": f"/api/attachments/{attachment_id}?ticket="
        + parts.tokens.issue(TICKET, attachment_id, timedelta(seconds=-1))[0],
        "a session": f"/api/attachments/{attachment_id}?ticket={user.token}",
        "of another kind": f"/api/attachments/{attachment_id}?ticket="
        + parts.tokens.issue(SESSION, attachment_id, timedelta(hours=1))[0],
    }
    for name, address in wrong.items():
        assert (await http.get(address)).status_code == 404, name


async def test_a_wrong_ticket_is_not_made_good_by_a_session(user):
    attachment_id = await user.shown(picture())
    assert (await user.get(f"/api/attachments/{attachment_id}?ticket=a.b.c")).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "disposition"),
    [
        (picture(), "截图 1.png", "inline; filename*=utf-8''%E6%88%AA%E5%9B%BE%201.png"),
        (boxes(b"isom"), "a.mp4", 'inline; filename="a.mp4"'),
        (pdf(), 'a";x=y\r\nSet-Cookie: z.pdf', "attachment; filename*=utf-8''a%22%3Bx%3Dy%20Set-Cookie%3A%20z.pdf"),
    ],
)
async def test_a_browser_may_show_or_save_and_never_run_it(user, content, name, disposition):
    attachment_id = (await user.upload(content, name)).json()["id"]
    headers = (await user.get(f"/api/attachments/{attachment_id}")).headers
    assert headers["content-disposition"] == disposition
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "private, max-age=3600"
    assert {"Authorization", "Cookie"} <= set(headers["vary"].split(", "))
    assert "set-cookie" not in headers


async def test_only_with_a_ticket_may_another_site_show_it(user, http, parts):
    headers = (await http.get(parts.ticketed(await user.shown(picture())))).headers
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert headers["content-security-policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize(
    ("asked", "status", "part", "told"),
    [
        ("bytes=0-3", 206, slice(0, 4), "bytes 0-3/600"),
        ("bytes=4-11", 206, slice(4, 12), "bytes 4-11/600"),
        ("bytes=590-", 206, slice(590, 600), "bytes 590-599/600"),
        ("bytes=-10", 206, slice(590, 600), "bytes 590-599/600"),
        ("bytes=500-99999", 206, slice(500, 600), "bytes 500-599/600"),
        ("bytes=600-", 416, slice(0), "bytes */600"),
    ],
)
async def test_a_player_gets_the_part_it_asks_for(user, asked, status, part, told):
    content = boxes(b"isom", 590) + b"0123456789"
    answer = await user.get(f"/api/attachments/{await user.uploaded(content)}", range=asked)
    assert (answer.status_code, answer.headers["content-range"]) == (status, told)
    if status == 206:
        assert answer.content == content[part]
        assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"


async def test_what_has_vanished_from_the_folder_is_not_found(user, settings):
    attachment_id = await user.shown(picture())
    (settings.uploads / attachment_id).unlink()
    assert (await user.get(f"/api/attachments/{attachment_id}")).status_code == 404


async def test_an_agent_gets_what_was_sent_and_not_what_is_still_being_written(user, world, console):
    lin = await console()
    await world.claimed(lin.agent, user.conversation_id)
    sent, unsent = await user.shown(picture()), await user.uploaded(picture())
    answer = await lin.get(f"attachments/{sent}", range="bytes=0-3")
    assert (answer.status_code, answer.content) == (206, b"\x89PNG")
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert (await lin.get(f"attachments/{unsent}")).status_code == 404
    assert (await lin.get("attachments/f_none")).status_code == 404


async def test_an_agent_of_another_skill_group_sees_nothing(user, world, console):
    lin, zhou = await console(), await console("zhou", "小周", skill_groups=["payment"])
    await world.claimed(lin.agent, user.conversation_id)
    sent = await user.shown(picture())
    assert (await lin.get(f"attachments/{sent}")).status_code == 200
    assert (await zhou.get(f"attachments/{sent}")).status_code == 404


async def test_a_conversation_that_only_the_bot_knows_shows_agents_nothing(user, console):
    sent = await user.shown(picture())
    assert (await (await console(role="supervisor")).get(f"attachments/{sent}")).status_code == 404


async def test_whoever_may_see_a_case_may_see_its_material(user, console, ask):
    sent, other = await user.shown(picture()), await user.shown(picture())
    answer = await ask("cases", conversation_id=user.conversation_id, topic="ban_appeal", attachments=[sent])
    assert answer.status_code == 201
    lin, zhou = await console(), await console("zhou", "小周", skill_groups=["payment"])
    assert (await lin.get(f"attachments/{sent}")).status_code == 200
    assert (await lin.get(f"attachments/{other}")).status_code == 404
    assert (await zhou.get(f"attachments/{sent}")).status_code == 404


async def test_the_console_may_show_pictures_and_videos_it_holds(http):
    policy = (await http.get("/console/")).headers["content-security-policy"]
    assert "img-src 'self' data: blob:" in policy and "media-src 'self' blob:" in policy


@pytest.fixture
def hosted(settings):
    settings.allowed_origins = "https://host.example"


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
async def test_an_embedded_widget_may_do_all_this_from_its_host_page(hosted, http, method):
    headers = {
        "origin": "https://host.example",
        "access-control-request-method": method,
        "access-control-request-headers": "authorization,content-type,range",
    }
    answer = await http.options("/api/attachments/f_1", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "https://host.example"

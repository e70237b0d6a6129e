"""What a user sees of a conversation: lines, state, buttons, CSAT."""

import asyncio

import pytest

from desk.cases.models import Csat
from desk.handoffs import service
from desk.handoffs.models import Handoff
from tests.desk.user import User


async def resolved(world, user):
    """A conversation that a person has just settled."""
    lin = await world.agent()
    conversation = await world.claimed(lin, user.conversation_id)
    async with world.database.write() as work:
        await service.resolve(work, conversation.id, lin, conversation.epoch)
    (handoff,) = await world.rows(Handoff)
    return handoff.case_number


async def test_a_line_has_its_public_shape_and_no_more(user):
    await user.send("你好")
    (line,) = await user.messages()
    assert set(line) == {
        "id",
        "seq",
        "author",
        "agent_name",
        "kind",
        "text",
        "buttons",
        "card",
        "attachments",
        "code",
        "created_at",
        "client_id",
    }
    assert (line["author"], line["kind"], line["buttons"]) == ("user", "text", [])


async def test_the_state_follows_the_conversation_from_bot_to_queue_to_agent_and_back(user, world):
    assert (await user.state())["bot_busy"] is False
    await user.send()
    assert (await user.state())["bot_busy"] is True
    handoff = await world.handoff(user.conversation_id)
    waiting = await user.state()
    assert (waiting["owner"], waiting["bot_busy"], waiting["queue"]["position"]) == ("queue", False, 1)
    lin = await world.agent()
    async with world.database.write() as work:
        conversation = await service.claim(work, handoff.id, lin)
    owned = await user.state()
    assert (owned["owner"], owned["agent_name"], owned["queue"]) == ("agent", "小林", None)
    async with world.database.write() as work:
        await service.resolve(work, conversation.id, lin, conversation.epoch)
    settled = await user.state()
    assert (settled["owner"], settled["agent_name"]) == ("bot", None)
    assert settled["csat"] == {"case_number": handoff.case_number}
    assert settled["epoch"] == 4


async def test_an_offered_button_works_and_an_unoffered_one_does_not(user, http, world):
    await world.offer(user.conversation_id, "/affirm", "是的")
    assert (await user.press("/affirm")).status_code == 201
    assert (await user.press("/deny")).json()["code"] == "payload_not_offered"
    assert (await (await User.begin(http)).press("/affirm")).json()["code"] == "payload_not_offered"
    assert [line["text"] for line in await user.messages()] == ["是的"]


async def test_only_allowed_payloads_open(user, settings):
    settings.opening_payloads = "/greet,/ban"
    for payload, status in (("/greet", 201), ("/ban", 201), ("/restart", 422), ("/ban{}", 422)):
        assert (await user.press(payload)).status_code == status
    assert [line["kind"] for line in await user.messages()] == ["opening", "opening"]


async def test_a_title_of_the_client_s_own_is_not_shown(user, world):
    await world.offer(user.conversation_id, "/affirm", "是的")
    await user.post({"client_id": "1", "payload": "/affirm", "title": "免费领取"})
    assert [line["text"] for line in await user.messages()] == ["是的"]


async def test_csat_is_given_once(user, world):
    number = await resolved(world, user)
    body = {"case_number": number, "score": 4, "comment": "谢谢"}
    assert (await user.post(body, "/api/csat")).status_code == 204
    again = await user.post({**body, "score": 1}, "/api/csat")
    assert (again.status_code, again.json()["code"]) == (409, "csat_already_given")
    (stored,) = await world.rows(Csat)
    assert (stored.score, stored.comment) == (4, "谢谢")
    assert (await user.state())["csat"] is None


async def test_csat_at_once_is_given_once(user, world):
    number = await resolved(world, user)
    answers = await asyncio.gather(*(user.post({"case_number": number, "score": n}, "/api/csat") for n in range(1, 6)))
    assert sorted(answer.status_code for answer in answers) == [204, 409, 409, 409, 409]


@pytest.mark.parametrize("locale", ["zh", "en"])
async def test_an_unknown_or_foreign_case_cannot_be_rated(user, http, world, locale):
    number = await resolved(world, user)
    stranger = await User.begin(http)
    for asked in (number, "KF20200101000000", "' OR 1=1"):
        answer = await stranger.post({"case_number": asked, "score": 5}, "/api/csat", **{"accept-language": locale})
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("database_kind", ["sqlite", "postgres"])
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"score": 0}, "invalid_field"),
        ({"score": 6}, "invalid_field"),
        ({"score": 4.5}, "invalid_field"),
        ({"score": "5"}, "invalid_field"),
        ({"score": True}, "invalid_field"),
        ({"comment": "x" * 501}, "invalid_field"),
        ({"comment": "a\u0000"}, "invalid_field"),
        ({"case_number": "\u0000"}, "invalid_field"),
        ({"agent": "lin"}, "unknown_field"),
    ],
)
async def test_a_wrong_rating_is_refused(user, database_kind, change, code):
    body = {"case_number": "KF20200101000000", "score": 5, **change}
    answer = await user.post(body, "/api/csat")
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_five_hundred_lines_come_at_once_and_the_rest_after(user, world):
    from desk.conversations import service as conversations
    from desk.conversations.enums import Author

    async with world.database.write() as work:
        held = await conversations.hold(work, user.conversation_id)
        for n in range(503):
            await conversations.append(work, held, Author.BOT, text=f"{n}")
    first = await user.messages()
    rest = await user.messages(after=first[-1]["seq"])
    assert (len(first), [line["seq"] for line in rest]) == (500, [501, 502, 503])

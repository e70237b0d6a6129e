"""What a user sent becomes material of their case: by the bot's wish, or by itself while a person is there."""

import asyncio

import pytest

from desk.attachments.models import Attachment, Filed
from desk.cases.enums import CaseState
from desk.cases.models import Case, CaseEvent
from desk.delivery import service as delivery
from desk.handoffs import service as handoffs
from desk.handoffs.models import Handoff
from tests.desk.attachments.making import pdf, picture
from tests.desk.fakes import said
from tests.desk.user import User


@pytest.fixture
def material(console, world):
    """Ids of what an agent sees under a case."""

    async def of(number):
        if not hasattr(of, "boss"):
            of.boss = await console("chen", "陈主管", role="supervisor")
        return [each["id"] for each in (await of.boss.get(f"cases/{number}")).json()["attachments"]]

    return of


@pytest.fixture
def new_case(ask, user):
    async def opened(*attachments, key="k1", **more):
        wish = {"conversation_id": user.conversation_id, "topic": "general", "attachments": list(attachments), **more}
        return await ask("cases", key, **wish)

    return opened


@pytest.fixture
def add(ask, user):
    async def added(number, *attachments, key="k2", **more):
        body = {"conversation_id": user.conversation_id, "attachments": list(attachments), **more}
        return await ask(f"cases/{number}/attachments", key, **body)

    return added


async def events(world, what):
    return [(event.who, event.detail) for event in await world.rows(CaseEvent) if event.what == what]


async def test_a_case_opens_with_what_the_user_sent(user, new_case, material, console):
    sent, later = await user.shown(picture()), await user.shown(pdf())
    answer = await new_case(sent, links=["https://a.example/1"])
    assert answer.status_code == 201
    number = answer.json()["number"]
    assert await material(number) == [sent]
    view = (await (await console()).get(f"cases/{number}")).json()
    assert view["links"] == ["https://a.example/1"]
    assert set(view["attachments"][0]) == {"id", "kind", "name", "content_type", "size", "width", "height"}
    assert later not in await material(number)


async def test_one_key_is_one_case_with_its_material(user, new_case, world, refused):
    sent = await user.shown(picture())
    first, again = [await new_case(sent) for _ in range(2)]
    assert first.json() == again.json()
    refused(await new_case(), 409, "idempotency_key_reused")
    assert (await world.count(Case), await world.count(Filed)) == (1, 1)


async def test_the_same_proof_may_serve_two_cases(user, new_case, material):
    sent = await user.shown(picture())
    numbers = [(await new_case(sent, key=key)).json()["number"] for key in ("k1", "k2")]
    assert [await material(number) for number in numbers] == [[sent], [sent]]


@pytest.fixture
async def not_theirs(user, http, world, console):
    """Ids that are no material of this user's cases."""
    other, lin = await User.begin(http), await console()
    conversation = await world.claimed(lin.agent, user.conversation_id)
    given = (await lin.upload(conversation.id, picture())).json()["id"]
    await lin.write(conversation, attachments=[given])
    return {
        "another user's": await other.shown(picture()),
        "not sent": await user.uploaded(picture()),
        "an agent's": given,
        "none": "f_none",
    }


async def test_only_what_the_user_sent_in_this_conversation_is_material(
    user, new_case, add, not_theirs, world, refused
):
    sent = await user.shown(picture())
    number = (await new_case(key="open")).json()["number"]
    before = await world.count(Filed)
    for n, wrong in enumerate(not_theirs.values()):
        refused(await new_case(sent, wrong, key=f"a{n}"), 422, "attachment_not_yours")
        refused(await add(number, sent, wrong, key=f"b{n}"), 422, "attachment_not_yours")
    assert await world.count(Filed) == before
    assert (await add(number, sent, key="b0")).status_code == 200  # a refusal used no key up


async def test_an_appeal_is_not_filed_for_a_case_that_is_refused(new_case, accounts, refused):
    wish = {"topic": "ban_appeal", "douyin_id": "lucky_2020", "penalty_id": "PN1"}
    refused(await new_case("f_none", **wish), 422, "attachment_not_yours")
    assert accounts.appeals == {} and accounts.asked == []


async def test_material_is_added_to_an_unsettled_case_and_noted_in_its_trail(user, new_case, add, material, world):
    first, second, third = [await user.shown(picture()) for _ in range(3)]
    number = (await new_case(first)).json()["number"]
    answer = await add(number, second, third)
    assert (answer.status_code, answer.json()) == (200, {"number": number, "state": "new", "count": 2})
    assert await material(number) == [first, second, third]
    assert await events(world, "material_added") == [("user", {"count": 2})]


async def test_material_is_added_once_for_each_key_and_each_attachment(user, new_case, add, world, refused):
    first, second = await user.shown(picture()), await user.shown(picture())
    number = (await new_case(first)).json()["number"]
    answers = [await add(number, second) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert (await add(number, first, second, second, key="k3")).json()["count"] == 2
    refused(await add(number, first, key="k3"), 409, "idempotency_key_reused")
    assert await world.count(Filed) == 2
    assert await events(world, "material_added") == [("user", {"count": 1})]


async def test_added_at_once_it_is_there_once(user, new_case, add, world):
    sent = await user.shown(picture())
    number = (await new_case()).json()["number"]
    answers = await asyncio.gather(*(add(number, sent, key=f"k{n % 2}") for n in range(6)))
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert await world.count(Filed) == 1 and len(await events(world, "material_added")) == 1


@pytest.mark.parametrize("state", [CaseState.RESOLVED, CaseState.CLOSED])
async def test_a_settled_case_takes_no_material(user, world, add, refused, state):
    case = await world.case(user.conversation_id, state)
    refused(await add(case.number, await user.shown(picture())), 404, "not_found")


async def test_nobody_adds_to_a_case_that_is_not_theirs(user, world, add, refused):
    sent = await user.shown(picture())
    foreign = await world.case(await world.conversation())
    refused(await add(foreign.number, sent), 404, "not_found")
    refused(await add("KF20200101000000", sent), 404, "not_found")
    refused(await add(foreign.number, sent, conversation_id="c_none"), 404, "not_found")
    assert await world.count(Filed) == 0


@pytest.mark.parametrize("body", [{"attachments": []}, {"attachments": ["f"] * 21}, {"attachments": [1]}, {"more": 1}])
async def test_a_wrong_wish_is_refused(user, world, add, body):
    case = await world.case(user.conversation_id)
    answer = await add(case.number, "f_1", **body)
    assert answer.status_code == 422 and answer.json()["code"] in ("invalid_field", "unknown_field")


async def test_while_a_person_is_waited_for_or_there_what_is_sent_is_filed(user, world, console, material):
    before = await user.shown(picture())
    handoff = await world.handoff(user.conversation_id)
    in_queue = await user.shown(picture())
    lin = await console()
    async with world.database.write() as work:
        await handoffs.claim(work, handoff.id, lin.agent)
    with_agent = await user.shown(picture())
    assert await material(handoff.case_number) == [before, in_queue, with_agent]


async def test_a_message_s_resend_files_nothing_twice(user, world):
    await world.handoff(user.conversation_id)
    sent = await user.uploaded(picture())
    for _ in range(2):
        await user.post({"client_id": "same", "attachments": [sent]})
    assert await world.count(Filed) == 1
    assert await events(world, "material_added") == [("user", {"count": 1})]


async def test_when_the_bot_is_back_nothing_is_filed_by_itself(user, world, console):
    lin = await console()
    conversation = await world.claimed(lin.agent, user.conversation_id)
    async with world.database.write() as work:
        await handoffs.resolve(work, conversation.id, lin.agent, conversation.epoch)
    await user.shown(picture())
    assert await world.count(Filed) == 0


async def test_the_bot_s_wish_for_a_person_names_what_belongs_to_the_case(user, world, material):
    first, second = await user.shown(picture()), await user.shown(picture())
    (taken,) = await delivery.take_due(world.database, 5, 5.0)
    await delivery.finish(world.database, world.facts, taken, said("好"))
    (taken,) = await delivery.take_due(world.database, 5, 5.0)
    wish = {"reason": "user_request", "attachments": [second, "f_none", second]}
    assert await delivery.finish(world.database, world.facts, taken, said("好", handoff=wish))
    (handoff,) = await world.rows(Handoff)
    assert await material(handoff.case_number) == [second]
    assert first not in await material(handoff.case_number)


async def test_what_came_with_turns_the_bot_will_not_take_any_more_is_filed_too(user, world, material):
    """Sent while the bot was asking for a person: no turn of theirs will ever run."""
    await user.send("转人工")
    (taken,) = await delivery.take_due(world.database, 5, 5.0)
    sent = await user.shown(picture())
    assert await delivery.finish(world.database, world.facts, taken, said("好", handoff={"reason": "user_request"}))
    (handoff,) = await world.rows(Handoff)
    assert await material(handoff.case_number) == [sent]
    assert await world.turns(user.conversation_id) == ["done", "dropped"]


async def test_an_agent_s_own_attachments_are_not_filed(user, world, console):
    lin = await console()
    conversation = await world.claimed(lin.agent, user.conversation_id)
    sent = (await lin.upload(conversation.id, picture())).json()["id"]
    await lin.write(conversation, attachments=[sent])
    assert await world.count(Filed) == 0 and await world.count(Attachment) == 1

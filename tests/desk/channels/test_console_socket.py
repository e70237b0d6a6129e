"""The console's socket: the queue moves, own and watched conversations speak, nobody else's do."""

import asyncio

import pytest

from desk.agents import repository as agents
from desk.agents.enums import Role
from desk.agents.models import Agent
from desk.cases import service as cases
from desk.cases.enums import CaseState
from desk.errors import IllegalTransition
from desk.handoffs import service
from tests.desk.sockets import Client, served


@pytest.fixture
def world(world, parts):
    """Its deeds are told, as the desk's own are."""
    world.database.teller = parts.database.teller
    return world


@pytest.fixture
async def url(app):
    async with served(app) as address:
        yield address


@pytest.fixture
async def connect(url, sign_in):
    clients = []

    async def connected(agent):
        client = Client("/console")
        clients.append(client)
        return await client.connect(url, headers=sign_in(agent))

    yield connected
    for client in clients:
        await client.close()


async def quiet():
    await asyncio.sleep(0.15)


async def claim(world, handoff, agent):
    async with world.database.write() as work:
        return await service.claim(work, handoff.id, agent)


async def test_every_console_hears_that_the_queue_moved(connect, world):
    consoles = [await connect(await world.agent()), await connect(await world.agent("zhou", "小周"))]
    await world.handoff()
    for console in consoles:
        assert await console.until("queue") == {}


async def test_an_agent_hears_their_own_conversations_without_watching(connect, world):
    lin = await world.agent()
    console = await connect(lin)
    conversation = await world.claimed(lin)
    await world.say(conversation.id, "在吗")
    heard = await console.until("message", lambda parcel: parcel["message"]["text"] == "在吗")
    assert heard["conversation_id"] == conversation.id


async def test_a_watched_conversation_is_heard_until_it_is_unwatched(connect, world):
    console, handoff = await connect(await world.agent()), await world.handoff()
    wish = {"conversation_id": handoff.conversation_id}
    assert await console.call("watch", wish) == {"ok": True}
    await world.say(handoff.conversation_id, "一")
    await console.until("message", lambda parcel: parcel["message"]["text"] == "一")
    assert await console.call("unwatch", wish) == {"ok": True}
    await world.say(handoff.conversation_id, "二")
    await quiet()
    assert "二" not in [parcel["message"]["text"] for parcel in console.of("message")]


async def test_a_change_of_owner_is_told_to_who_watches(connect, world):
    zhou = await world.agent("zhou", "小周")
    console, handoff = await connect(await world.agent()), await world.handoff()
    await console.call("watch", {"conversation_id": handoff.conversation_id})
    await claim(world, handoff, zhou)
    heard = await console.until("conversation", lambda told: told["owner"] == "agent")
    assert heard == {
        "conversation_id": handoff.conversation_id,
        "owner": "agent",
        "agent_name": "小周",
        "epoch": 3,
    }


async def test_who_watched_a_waiting_conversation_no_longer_hears_it_once_a_colleague_has_it(connect, world):
    zhou = await world.agent("zhou", "小周")
    watcher, owner = await connect(await world.agent()), await connect(zhou)
    supervisor = await connect(await world.agent("chen", "陈主管", role=Role.SUPERVISOR))
    handoff = await world.handoff()
    for console in (watcher, supervisor):
        await console.call("watch", {"conversation_id": handoff.conversation_id})
    await claim(world, handoff, zhou)
    await world.say(handoff.conversation_id, "只跟小周说")
    for console in (owner, supervisor):
        await console.until("message", lambda parcel: parcel["message"]["text"] == "只跟小周说")
    await quiet()
    assert "只跟小周说" not in [parcel["message"]["text"] for parcel in watcher.of("message")]


async def test_the_agent_who_resolved_hears_how_the_bot_goes_on(connect, world):
    lin = await world.agent()
    console = await connect(lin)
    conversation = await world.claimed(lin)
    async with world.database.write() as work:
        held = await service.resolve(work, conversation.id, lin, conversation.epoch)
    assert held.owner == "bot"
    await world.say(conversation.id, "还有个问题")
    await console.until("message", lambda parcel: parcel["message"]["text"] == "还有个问题")


async def told_of(console, number):
    """Waits until a console was told of a case, and tells all it was told of."""
    await console.until("case_changed", lambda told: told == {"number": number})
    return [told["number"] for told in console.of("case_changed")]


async def test_a_changed_case_is_told_to_who_may_see_it_and_to_nobody_else(connect, world):
    lin, carer = await world.agent(), await world.agent("carer", skill_groups=["crisis_care"])
    chen = await world.agent("chen", "陈主管", role=Role.SUPERVISOR, skill_groups=[])
    gone = await world.agent("gone", skill_groups=["penalty_appeal"])
    consoles = [await connect(agent) for agent in (lin, chen)]
    outsiders = [await connect(agent) for agent in (carer, gone)]
    async with world.database.write() as work:
        (await agents.find(work.session, gone.id)).active = False
    case = await world.case()
    for console in consoles:
        assert await told_of(console, case.number) == [case.number]
    await quiet()
    assert [console.of("case_changed") for console in outsiders] == [[], []]


async def test_a_case_that_nobody_may_see_is_told_to_nobody_and_holds_up_no_other_news(connect, world):
    console = await connect(await world.agent(skill_groups=["payment"]))
    await world.handoff()
    await console.until("queue")
    assert console.of("case_changed") == []


async def test_who_took_a_case_up_hears_of_it_though_it_is_of_another_skill_group(connect, world):
    carer = await world.agent("carer", skill_groups=["crisis_care"])
    conversation = await world.claimed(carer, reason="crisis")
    await quiet()  # what is told of what was before
    number, console = await world.case_of(conversation.id), await connect(carer)
    await world.move(number, CaseState.WAITING)
    assert await told_of(console, number) == [number]


@pytest.mark.parametrize("deed", ["moved", "rated", "reopened"])
async def test_a_case_is_told_of_once_for_each_deed(connect, world, deed):
    case = await world.case(to=CaseState.OPEN)
    if deed != "moved":
        await world.move(case.number, CaseState.RESOLVED)
    await quiet()  # what is told of what was before
    console = await connect(await world.agent())
    if deed == "moved":
        await world.move(case.number, CaseState.RESOLVED)
    elif deed == "rated":
        async with world.database.write() as work:
            await cases.give_csat(work, case.conversation_id, case.number, 1, "")
    else:
        await world.reopen(case.conversation_id, case.number)
    await console.until("case_changed")
    await quiet()
    assert console.of("case_changed") == [{"number": case.number}]


async def test_a_deed_that_changes_nothing_tells_nothing(connect, world):
    case = await world.case(to=CaseState.OPEN)
    await quiet()  # what is told of what was before
    console = await connect(await world.agent())
    assert not await world.reopen(case.conversation_id, case.number)
    with pytest.raises(IllegalTransition):
        await world.move(case.number, CaseState.OPEN)
    await quiet()
    assert console.of("case_changed") == []


@pytest.mark.parametrize("named", [None, "c_nothing", "", 5, {}, "\u0000", "\ud800"])
async def test_nothing_else_can_be_watched(connect, world, named):
    wish = {"conversation_id": named}
    console = await connect(await world.agent())
    for each in (wish, named):
        assert await console.call("watch", each) == {"ok": False, "error": {"code": "not_found"}}


async def test_a_conversation_of_another_skill_group_cannot_be_watched(connect, world):
    console = await connect(await world.agent(skill_groups=["payment"]))
    handoff = await world.handoff()
    assert (await console.call("watch", {"conversation_id": handoff.conversation_id}))["ok"] is False
    await world.say(handoff.conversation_id, "秘密")
    await quiet()
    assert console.of("message") == []


async def test_an_open_console_is_a_sign_of_life(connect, world):
    lin = await world.agent()
    await world.seen_long_ago(lin)
    await connect(lin)
    async with asyncio.timeout(5):
        while (await world.rows(Agent))[0].seen_at <= lin.seen_at:
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("made", ["none", "a user's", "forged", "disabled"])
async def test_without_an_agent_s_cookie_nothing_connects(url, user, world, sign_in, made):
    gone = await world.agent("gone", active=False)
    cookie = {
        "none": "",
        "a user's": f"desk_agent={user.token}",
        "forged": "desk_agent=a.b.c",
        "disabled": sign_in(gone)["cookie"],
    }[made]
    assert await Client("/console").refused(url, headers={"cookie": cookie}) == "not_signed_in"

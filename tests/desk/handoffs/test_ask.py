"""A conversation that goes to people: its case, its brief, its place."""

import pytest

from desk.cases import service as cases
from desk.cases.enums import CaseState, Priority
from desk.cases.models import Case, CaseEvent
from desk.conversations.enums import Owner
from desk.facts import HumanHours
from desk.handoffs.enums import HandoffState
from desk.handoffs.models import Handoff
from desk.handoffs.state import user_state

ALWAYS = HumanHours.model_validate({"start": "00:00", "end": "23:59:59.999999"})
NEVER = HumanHours.model_validate({"start": "00:00", "end": "00:00:00.000001"})


@pytest.fixture
def when(world, monkeypatch):
    """People answer `ALWAYS` or `NEVER`."""

    def during(hours):
        world.facts = world.facts.model_copy(update={"human_hours": hours})

    during(ALWAYS)
    return during


async def codes(world, conversation_id):
    return [code for author, code in await world.lines(conversation_id) if author == "system"]


async def open_case(world, conversation_id, topic="ban_appeal", **more):
    async with world.database.write() as work:
        return await cases.open_case(
            work, world.facts, conversation_id=conversation_id, user_ref=None, topic=topic, fields={}, **more
        )


async def test_a_handoff_without_a_case_opens_one_with_what_is_known(world):
    slots = {"douyin_id": "lucky_2020", "contact_phone": "138-0000-1111", "penalty_permanent": True}
    handoff = await world.handoff(topic="ban_appeal", slots=slots)
    (case,) = await world.rows(Case)
    assert handoff.case_number == case.number
    assert (case.topic, case.state, case.priority) == ("ban_appeal", CaseState.NEW, Priority.HIGH)
    assert (case.douyin_id, case.contact_phone) == ("lucky_2020", "13800001111")
    assert [event.what for event in await world.rows(CaseEvent)] == ["opened", "handoff_asked"]


async def test_a_handoff_belongs_to_the_case_the_bot_names(world):
    conversation_id = await world.conversation()
    named = await open_case(world, conversation_id)
    await open_case(world, conversation_id, topic="general")
    handoff = await world.handoff(conversation_id, topic="general", case_number=named.number)
    assert handoff.case_number == named.number
    assert await world.count(Case) == 2


async def test_a_handoff_belongs_to_the_open_case_on_its_topic(world):
    conversation_id = await world.conversation()
    appeal = await open_case(world, conversation_id)
    assert (await world.handoff(conversation_id, topic="ban_appeal")).case_number == appeal.number


@pytest.mark.parametrize("topic", ["ban_appeal", "general"])
async def test_a_handoff_never_belongs_to_the_case_of_somebody_else(world, topic):
    foreign = await open_case(world, await world.conversation(), topic="ban_appeal")
    handoff = await world.handoff(topic=topic, case_number=foreign.number)
    assert handoff.case_number != foreign.number


async def test_a_settled_case_is_left_in_peace(world):
    conversation_id = await world.conversation()
    case = await open_case(world, conversation_id)
    async with world.database.write() as work:
        held = await cases.hold(work, case.number)
        for state in (CaseState.OPEN, CaseState.RESOLVED):
            cases.move(work, held, state, "lin")
    assert (await world.handoff(conversation_id, topic="ban_appeal")).case_number != case.number


@pytest.mark.parametrize(
    ("reason", "group", "priority"),
    [
        ("crisis", "crisis_care", Priority.URGENT),
        ("user_in_danger", "general", Priority.URGENT),
        ("user_request", "general", Priority.NORMAL),
    ],
)
async def test_a_crisis_is_urgent_and_goes_to_those_trained_for_it(world, reason, group, priority):
    handoff = await world.handoff(reason=reason)
    assert (handoff.skill_group, handoff.priority, handoff.reason) == (group, priority, reason)


async def test_a_reason_nobody_knows_counts_as_the_user_s_wish(world):
    assert (await world.handoff(reason="because")).reason == "user_request"


async def test_the_user_is_told_the_place_when_someone_is_there(world, when):
    await world.agent()
    first, second = await world.handoff(), await world.handoff()
    assert await codes(world, first.conversation_id) == ["queue_joined"]
    assert "第 2 位" in (await world.lines_text(second.conversation_id))[-1]


async def test_the_user_is_told_when_nobody_is_there(world, when):
    await world.seen_long_ago(await world.agent())
    handoff = await world.handoff()
    assert await codes(world, handoff.conversation_id) == ["queue_joined_nobody_here"]


async def test_at_night_the_user_is_told_when_people_come(world, when):
    when(NEVER)
    handoff = await world.handoff()
    assert await codes(world, handoff.conversation_id) == ["queue_joined_closed"]
    assert "00:00" in (await world.lines_text(handoff.conversation_id))[-1]


async def test_an_agent_of_another_skill_group_is_nobody_for_this_user(world, when):
    await world.agent(skill_groups=["payment"])
    handoff = await world.handoff()
    assert await codes(world, handoff.conversation_id) == ["queue_joined_nobody_here"]


async def test_the_state_shows_place_and_presence(world, when):
    await world.agent()
    handoff = await world.handoff()
    async with world.database.read() as session:
        state = await user_state(session, world.facts, handoff.conversation_id)
    assert state["owner"] == Owner.QUEUE
    assert state["queue"] == {"position": 1, "on_duty": True, "opens_at": None}
    assert state["bot_busy"] is False


async def test_a_conversation_has_one_handoff_at_a_time(world):
    handoff = await world.handoff()
    with pytest.raises(Exception, match=r"(?i)unique"):
        await world.handoff(handoff.conversation_id)
    assert [row.state for row in await world.rows(Handoff)] == [HandoffState.WAITING]


@pytest.mark.parametrize("value", ["x" * 65, "", 5, None, ["a"]])
async def test_a_slot_no_case_can_hold_stays_in_the_brief_and_stops_nothing(world, value):
    handoff = await world.handoff(slots={"douyin_id": value, "contact_phone": "1" * 33})
    (case,) = await world.rows(Case)
    assert (case.douyin_id, case.contact_phone) == (None, None)
    assert case.fields == handoff.brief["slots"] == {"douyin_id": value, "contact_phone": "1" * 33}

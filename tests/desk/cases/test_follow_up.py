"""A case that moves is told to its user: once, in their language, where they are, and to nobody else."""

import pytest

from desk.cases import service
from desk.cases.enums import CaseState
from desk.cases.models import Case, CaseEvent, Csat
from desk.conversations.enums import Owner, TurnState
from desk.conversations.models import Message, OfferedPayload
from desk.delivery import service as delivery
from desk.errors import CsatAlreadyGiven, IllegalTransition, NotFound, TextControlCharacters
from desk.handoffs import service as handoffs
from desk.handoffs.models import Handoff
from tests.desk.fakes import said

NEW, OPEN, WAITING, RESOLVED, CLOSED = CaseState


@pytest.mark.parametrize(
    ("before", "to", "word"),
    [
        (NEW, OPEN, "正在处理"),
        (OPEN, WAITING, "等待"),
        (WAITING, OPEN, "正在处理"),
        (RESOLVED, CLOSED, "已关闭"),
        (RESOLVED, OPEN, "正在处理"),
    ],
)
async def test_a_move_is_one_notice_with_the_case(world, before, to, word):
    case = await world.case(to=before)
    await world.move(case.number, to)
    (line,) = await world.transcript(case.conversation_id)
    assert (line.author, line.kind, line.code, line.buttons) == ("system", "notice", "case_state_changed", [])
    assert case.number in line.text and "封禁申诉" in line.text and word in line.text
    assert line.card == {
        "type": "case",
        "number": case.number,
        "topic_label": "封禁申诉",
        "state": to,
        "due_at": case.due_at.isoformat(),
    }


async def test_a_resolved_case_brings_a_way_back_and_then_the_question_how_it_was(world):
    case = await world.case(to=OPEN)
    await world.move(case.number, RESOLVED)
    notice, csat = await world.transcript(case.conversation_id)
    payload = f'/case_reopen{{"case_number":"{case.number}"}}'
    assert (notice.seq, notice.code, csat.seq, csat.code) == (1, "case_state_changed", 2, "csat_request")
    assert notice.buttons == [{"title": "还没解决，重新打开", "payload": payload}]
    assert csat.card == {"type": "csat", "case_number": case.number}
    (offered,) = await world.rows(OfferedPayload)
    assert (offered.conversation_id, offered.payload) == (case.conversation_id, payload)
    (asked,) = await world.rows(Csat)
    assert (asked.case_number, asked.conversation_id, asked.score) == (case.number, case.conversation_id, None)


async def test_all_of_it_is_said_in_the_user_s_language(world):
    case = await world.case(await world.conversation(locale="en"), OPEN)
    await world.move(case.number, RESOLVED, tell="Done")
    notice, csat = await world.transcript(case.conversation_id)
    assert (notice.text + notice.buttons[0]["title"] + csat.text).isascii()
    assert notice.card["topic_label"] == "Ban appeal"


async def test_the_agent_s_words_are_said_and_the_note_is_not(world):
    case = await world.case()
    await world.move(case.number, OPEN, note="这人很急", tell=" 请补一张截图 ")
    line = await world.last(case.conversation_id)
    assert line.text.endswith("同事说：请补一张截图") and "很急" not in line.text
    assert (await world.rows(CaseEvent))[-1].detail == {
        "from": "new",
        "to": "open",
        "note": "这人很急",
        "tell": "请补一张截图",
    }


async def test_words_that_cannot_be_shown_move_nothing(world):
    case = await world.case()
    with pytest.raises(TextControlCharacters):
        await world.move(case.number, OPEN, tell="a\x07b")
    assert (await world.rows(Case))[0].state == NEW and await world.count(Message) == 0


async def test_a_move_that_is_refused_is_not_told(world):
    case = await world.case(to=RESOLVED)
    for to in (WAITING, RESOLVED):
        with pytest.raises(IllegalTransition):
            await world.move(case.number, to, tell="再说一次")
    assert await world.count(Message) == await world.count(Csat) == 0


async def test_an_unknown_case_tells_nobody(world):
    with pytest.raises(NotFound):
        await world.move("KF20260101000000", OPEN)


async def test_a_case_resolved_twice_is_told_twice_and_asked_about_once(world):
    case = await world.case(to=OPEN)
    for to in (RESOLVED, OPEN, RESOLVED):
        await world.move(case.number, to)
    assert await world.codes(case.conversation_id) == [
        "case_state_changed",
        "csat_request",
        "case_state_changed",
        "case_state_changed",
    ]


async def test_a_rated_case_keeps_its_first_rating(world):
    case = await world.case(to=OPEN)
    await world.move(case.number, RESOLVED)
    async with world.database.write() as work:
        await service.give_csat(work, case.conversation_id, case.number, 2, "没解决")
    await world.reopen(case.conversation_id, case.number)
    await world.move(case.number, RESOLVED)
    with pytest.raises(CsatAlreadyGiven):
        async with world.database.write() as work:
            await service.give_csat(work, case.conversation_id, case.number, 5, "")
    assert [row.score for row in await world.rows(Csat)] == [2]
    assert (await world.codes(case.conversation_id)).count("csat_request") == 1


async def test_a_notice_is_no_turn_and_disturbs_none(world):
    case = await world.case(to=OPEN)
    await world.say(case.conversation_id, "我的申诉怎么样了")
    (taken,) = await delivery.take_due(world.database, 1, 5)
    await world.move(case.number, RESOLVED)
    assert await delivery.finish(world.database, world.facts, taken, said("在查"))
    assert await world.turns(case.conversation_id) == [TurnState.DONE]
    assert [
        code or text for code, text in [(m.code, m.text) for m in await world.transcript(case.conversation_id)]
    ] == [
        "我的申诉怎么样了",
        "case_state_changed",
        "csat_request",
        "在查",
    ]
    conversation = await world.get(case.conversation_id)
    assert (conversation.owner, conversation.epoch) == (Owner.BOT, 1)


async def test_a_handoff_tells_its_own_steps_and_nothing_twice(world):
    lin = await world.agent()
    case = await world.case()
    conversation = await world.claimed(lin, case.conversation_id, case_number=case.number)
    async with world.database.write() as work:
        await handoffs.resolve(work, conversation.id, lin, conversation.epoch)
    assert (await world.rows(Case))[0].state == RESOLVED
    assert [code for code in await world.codes(conversation.id) if not code.startswith("queue_joined")] == [
        "agent_joined",
        "handoff_resolved",
        "csat_request",
    ]


async def test_a_case_that_an_agent_resolves_while_another_talks_is_asked_about_once(world):
    lin = await world.agent()
    conversation = await world.claimed(lin)
    (handoff,) = await world.rows(Handoff)
    await world.move(handoff.case_number, RESOLVED)
    async with world.database.write() as work:
        await handoffs.resolve(work, conversation.id, lin, conversation.epoch)
    told = await world.codes(conversation.id)
    assert told[-3:] == ["case_state_changed", "csat_request", "handoff_resolved"]

"""Cases in the database: numbers, states, moments, remembered writes."""

import pytest

from desk.cases import service
from desk.cases.enums import CaseState, Priority
from desk.cases.models import Case, CaseEvent
from desk.errors import IllegalTransition, KeyReused, NotFound


async def open_case(world, **more):
    wish = {"topic": "ban_appeal", "fields": {}, "user_ref": None, **more}
    conversation_id = more.get("conversation_id") or await world.conversation()
    async with world.database.write() as work:
        return await service.open_case(work, world.facts, **{**wish, "conversation_id": conversation_id})


async def move(world, number, *states):
    async with world.database.write() as work:
        case = await service.hold(work, number)
        for state in states:
            service.move(work, case, state, "lin")


async def test_a_new_case_has_number_priority_group_and_due_time(world):
    case = await open_case(world, fields={"penalty_permanent": True}, links=["https://a.example/1"])
    assert len(case.number) == 16 and case.number.startswith("KF20") and case.number[2:].isdigit()
    assert (case.state, case.priority, case.skill_group) == (CaseState.NEW, Priority.HIGH, "penalty_appeal")
    assert (case.due_at - case.created_at).total_seconds() == 24 * 3600
    assert case.attachments == [{"kind": "link", "url": "https://a.example/1"}]


async def test_a_number_that_is_taken_is_not_given_again(world, monkeypatch):
    serials = iter([7, 7, 8])
    monkeypatch.setattr(service.secrets, "randbelow", lambda _: next(serials))
    first, second = await open_case(world), await open_case(world)
    assert (first.number[-6:], second.number[-6:]) == ("000007", "000008")


async def test_each_state_leaves_its_moment_and_its_line_in_the_trail(world):
    case = await open_case(world)
    await move(world, case.number, CaseState.OPEN, CaseState.WAITING, CaseState.RESOLVED, CaseState.CLOSED)
    (stored,) = await world.rows(Case)
    assert stored.opened_at <= stored.waiting_at <= stored.resolved_at <= stored.closed_at
    assert [event.detail.get("to") for event in await world.rows(CaseEvent)] == [
        None,
        "open",
        "waiting",
        "resolved",
        "closed",
    ]


async def test_a_settled_case_can_be_opened_again(world):
    case = await open_case(world)
    await move(world, case.number, CaseState.OPEN, CaseState.RESOLVED, CaseState.CLOSED, CaseState.OPEN)
    assert [row.state for row in await world.rows(Case)] == [CaseState.OPEN]


async def test_an_illegal_move_says_what_would_be_allowed_and_changes_nothing(world):
    case = await open_case(world)
    with pytest.raises(IllegalTransition) as refused:
        await move(world, case.number, CaseState.RESOLVED)
    assert refused.value.details == {"from": "new", "to": "resolved", "allowed": ["open"]}
    (stored,) = await world.rows(Case)
    assert (stored.state, stored.resolved_at) == (CaseState.NEW, None)
    assert await world.count(CaseEvent) == 1


async def test_an_unknown_number_is_not_found(world):
    with pytest.raises(NotFound):
        await move(world, "KF20260101000000", CaseState.OPEN)


async def test_a_remembered_write_answers_the_same_request_and_refuses_another(world):
    async with world.database.write() as work:
        assert await service.recall(work, "key", {"a": 1}) is None
        service.remember(work, "key", {"a": 1}, {"number": "KF"})
    async with world.database.write() as work:
        assert await service.recall(work, "key", {"a": 1}) == {"number": "KF"}
        with pytest.raises(KeyReused):
            await service.recall(work, "key", {"a": 2})


def test_a_fingerprint_does_not_depend_on_the_order_of_fields():
    assert service.fingerprint({"a": 1, "b": "二"}) == service.fingerprint({"b": "二", "a": 1})
    assert service.fingerprint({"a": 1}) != service.fingerprint({"a": "1"})

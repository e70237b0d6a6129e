"""Reopening over HTTP: by the user's widget, and by the bot for a user."""

import asyncio

import pytest

from desk.cases.enums import CaseState
from desk.cases.models import Case, CaseEvent
from desk.conversations.models import Message
from tests.desk.user import User

KEY = {"authorization": "Bearer " + "i" * 40}
UNKNOWN = "KF20260101000000"


@pytest.fixture
async def case(user, world):
    return await world.case(user.conversation_id, CaseState.RESOLVED)


@pytest.fixture
def ask(http):
    async def reopen(number, key="k1", **body):
        headers = KEY | ({"idempotency-key": key} if key else {})
        return await http.post(f"/internal/cases/{number}/reopen", json=body, headers=headers)

    return reopen


def refused(answer, status, code):
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


async def reopened(world):
    return [event.what for event in await world.rows(CaseEvent)].count("reopened")


async def test_a_user_reopens_their_case_and_reads_so(user, case, world):
    answer = await user.post({}, f"/api/cases/{case.number}/reopen")
    assert (answer.status_code, answer.json()) == (200, {"number": case.number, "state": "open"})
    (line,) = await user.messages()
    assert (line["author"], line["kind"], line["code"]) == ("system", "notice", "case_reopened")
    assert (line["card"]["type"], line["card"]["state"]) == ("case", "open")


async def test_once_more_changes_nothing(user, case, world):
    for _ in range(3):
        answer = await user.post({}, f"/api/cases/{case.number}/reopen")
        assert (answer.status_code, answer.json()["state"]) == (200, "open")
    assert await world.count(Message) == await reopened(world) == 1


@pytest.mark.parametrize("state", [CaseState.NEW, CaseState.WAITING])
async def test_an_unsettled_case_is_answered_as_it_is(user, world, state):
    case = await world.case(user.conversation_id, state)
    answer = await user.post({}, f"/api/cases/{case.number}/reopen")
    assert (answer.status_code, answer.json()) == (200, {"number": case.number, "state": state})
    assert await world.count(Message) == 0


@pytest.mark.parametrize("locale", ["zh", "en"])
async def test_a_foreign_and_an_unknown_case_are_alike(http, case, world, locale):
    stranger = await User.begin(http)
    answers = [
        await stranger.post({}, f"/api/cases/{number}/reopen", **{"accept-language": locale})
        for number in (case.number, UNKNOWN, "%20", "KF' OR 1=1")
    ]
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, answers[0].text)}
    assert await reopened(world) == 0


async def test_nothing_is_reopened_without_a_session(http, case, world):
    for headers in ({}, {"authorization": "Bearer x.y.z"}, KEY):
        answer = await http.post(f"/api/cases/{case.number}/reopen", json={}, headers=headers)
        refused(answer, 401, "token_invalid")
    assert await reopened(world) == 0


async def test_nothing_else_can_be_asked_for(user, case, world):
    refused(await user.post({"priority": "urgent"}, f"/api/cases/{case.number}/reopen"), 422, "unknown_field")
    assert await reopened(world) == 0


@pytest.mark.parametrize("database_kind", ["sqlite", "postgres"])
async def test_at_once_it_happens_once(user, case, world, database_kind):
    answers = await asyncio.gather(*(user.post({}, f"/api/cases/{case.number}/reopen") for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert await world.count(Message) == await reopened(world) == 1


async def test_the_bot_reopens_for_a_user_and_tells_them_itself(user, case, ask, world):
    answer = await ask(case.number, conversation_id=user.conversation_id)
    assert (answer.status_code, answer.json()) == (200, {"number": case.number, "state": "open"})
    assert await user.messages() == []
    assert (await world.rows(CaseEvent))[-1].who == "user"


async def test_a_turn_that_runs_again_does_not_reopen_what_was_resolved_meanwhile(user, case, ask, world):
    first = await ask(case.number, conversation_id=user.conversation_id)
    await world.move(case.number, CaseState.RESOLVED)
    again = await ask(case.number, conversation_id=user.conversation_id)
    assert first.json() == again.json() and again.status_code == 200
    assert (await world.rows(Case))[0].state == CaseState.RESOLVED
    anew = await ask(case.number, "k2", conversation_id=user.conversation_id)
    assert anew.json()["state"] == "open" and await reopened(world) == 2


@pytest.mark.parametrize("database_kind", ["sqlite", "postgres"])
async def test_one_key_at_once_reopens_once(user, case, ask, world, database_kind):
    answers = await asyncio.gather(*(ask(case.number, conversation_id=user.conversation_id) for _ in range(6)))
    assert {answer.status_code for answer in answers} == {200}
    assert all(answer.json() == answers[0].json() for answer in answers)
    assert await reopened(world) == 1


async def test_one_key_for_another_case_or_conversation_is_refused(user, case, ask, world):
    other = await world.case(user.conversation_id, CaseState.RESOLVED)
    await ask(case.number, conversation_id=user.conversation_id)
    refused(await ask(other.number, conversation_id=user.conversation_id), 409, "idempotency_key_reused")
    refused(await ask(case.number, conversation_id=await world.conversation()), 409, "idempotency_key_reused")
    assert await reopened(world) == 1


async def test_the_bot_reopens_nobody_else_s_case(case, ask, world):
    stranger = await world.conversation()
    for key, number in enumerate((case.number, UNKNOWN)):
        refused(await ask(number, f"k{key}", conversation_id=stranger), 404, "not_found")
    refused(await ask(case.number, conversation_id="c_nothing"), 404, "not_found")
    assert await reopened(world) == 0


@pytest.mark.parametrize("body", [{}, {"conversation_id": 5}, {"conversation_id": "a\u0000"}])
async def test_a_wrong_wish_of_the_bot_is_refused(case, ask, body):
    refused(await ask(case.number, **body), 422, "invalid_field")


async def test_the_bot_needs_a_key_for_it_and_nobody_else_may(http, user, case, ask):
    refused(await ask(case.number, None, conversation_id=user.conversation_id), 422, "invalid_field")
    path, body = f"/internal/cases/{case.number}/reopen", {"conversation_id": user.conversation_id}
    refused(await http.post(path, json=body, headers=user.headers), 401, "key_wrong")

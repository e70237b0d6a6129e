"""What the bot's actions may ask of the desk."""

import asyncio

import pytest

from desk.accounts.models import OwnershipTry
from desk.cases.models import Case, CaseEvent, Rating
from desk.channels import opening

KEY = {"authorization": "Bearer " + "i" * 40}
RIGHT, WRONG = "13800001111", "13800009999"


@pytest.fixture
def ask(http):
    async def post(path, key=None, **body):
        headers = KEY | ({"idempotency-key": key} if key else {})
        return await http.post(f"/internal/{path}", json=body, headers=headers)

    return post


@pytest.fixture
async def here(world):
    return await world.conversation()


@pytest.fixture
async def proved(ask, here):
    """A conversation whose user has proved that lucky_2020 is theirs."""
    found = await ask("account-lookups", conversation_id=here, douyin_id="lucky_2020", phone=RIGHT)
    assert found.json()["result"] == "found"
    return here


def refused(answer, status, code):
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    return answer.json()["details"]


async def test_an_account_is_found_only_with_a_proof(ask, here):
    wish = {"conversation_id": here, "douyin_id": "lucky_2020"}
    assert (await ask("account-lookups", **wish)).json() == {"result": "proof_needed"}
    assert (await ask("account-lookups", **wish, phone=WRONG)).json() == {"result": "not_found"}
    found = (await ask("account-lookups", **wish, phone=RIGHT)).json()
    assert found["account"]["status"] == "banned" and "phone" not in found["account"]


async def test_too_many_tries_say_when_to_come_back(ask, here):
    wish = {"conversation_id": here, "douyin_id": "lucky_2020", "phone": WRONG}
    for n in range(5):
        await ask("account-lookups", key=f"m{n}", **wish)
    answer = await ask("account-lookups", key="m5", **wish)
    assert int(answer.headers["retry-after"]) == refused(answer, 429, "too_many_tries")["retry_after"]


async def test_a_turn_that_runs_again_costs_one_try(ask, here, world):
    for _ in range(7):
        answer = await ask("account-lookups", key="same", conversation_id=here, douyin_id="lucky_2020", phone=WRONG)
        assert answer.json() == {"result": "not_found"}
    assert await world.count(OwnershipTry) == 1


async def test_an_account_system_that_is_away_is_named(ask, here, accounts):
    accounts.down = True
    answer = await ask("account-lookups", conversation_id=here, douyin_id="lucky_2020", phone=RIGHT)
    refused(answer, 503, "accounts_unavailable")


def case(conversation_id, **more):
    return {"conversation_id": conversation_id, "topic": "ban_appeal", "fields": {"appeal_reason": "冤枉"}, **more}


def appeal(conversation_id, **more):
    return case(conversation_id, douyin_id="lucky_2020", penalty_id="PN1", **more)


async def test_a_case_is_opened_with_what_the_desk_decides(ask, here, world):
    answer = await ask("cases", "k1", **case(here, contact_phone="138 0000 1111", links=["https://a.example/1"]))
    assert answer.status_code == 201
    opened = answer.json()
    assert (opened["state"], opened["priority"], opened["skill_group"]) == ("new", "normal", "penalty_appeal")
    (stored,) = await world.rows(Case)
    assert (stored.number, stored.contact_phone) == (opened["number"], RIGHT)


async def test_one_key_is_one_case_and_one_answer(ask, here, world):
    first, again = [await ask("cases", "k1", **case(here)) for _ in range(2)]
    assert first.json() == again.json()
    assert await world.count(Case) == 1


async def test_one_key_for_another_request_is_refused(ask, here, world):
    await ask("cases", "k1", **case(here))
    refused(await ask("cases", "k1", **case(here, links=["https://b.example"])), 409, "idempotency_key_reused")
    refused(await ask("cases", "k1", **case(await world.conversation())), 409, "idempotency_key_reused")
    refused(await ask("ratings", "k1", conversation_id=here, satisfied=True), 409, "idempotency_key_reused")
    assert await world.count(Case) == 1


@pytest.mark.parametrize("database_kind", ["sqlite", "postgres"])
async def test_one_key_at_once_is_one_case_and_one_appeal(ask, proved, world, accounts, database_kind):
    answers = await asyncio.gather(*(ask("cases", "k1", **appeal(proved)) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert all(answer.json() == answers[0].json() for answer in answers)
    (stored,) = await world.rows(Case)
    assert accounts.appeals == {"PN1": stored.number}


@pytest.mark.parametrize("database_kind", ["sqlite", "postgres"])
async def test_one_key_at_once_for_two_conversations_opens_one_case(ask, here, world, database_kind):
    there = await world.conversation()
    answers = await asyncio.gather(*(ask("cases", "k1", **case(each)) for each in (here, there)))
    assert sorted(answer.status_code for answer in answers) == [201, 409]


async def test_an_appeal_is_filed_under_the_case_and_noted_in_its_trail(ask, proved, world, accounts):
    number = (await ask("cases", "k1", **appeal(proved))).json()["number"]
    assert accounts.appeals == {"PN1": number}
    assert [event.what for event in await world.rows(CaseEvent)] == ["opened", "appeal_filed"]
    (stored,) = await world.rows(Case)
    assert stored.fields == {"appeal_reason": "冤枉", "penalty_permanent": False}


async def test_a_permanent_penalty_makes_the_appeal_high(ask, proved, accounts):
    accounts.accounts["lucky_2020"]["penalties"][0]["permanent"] = True
    assert (await ask("cases", "k1", **appeal(proved))).json()["priority"] == "high"


async def test_a_crash_between_appeal_and_case_is_mended_by_the_next_try(ask, proved, world, accounts, monkeypatch):
    real = opening._open

    async def dies(*_args):
        raise RuntimeError("killed")

    monkeypatch.setattr(opening, "_open", dies)
    assert (await ask("cases", "k1", **appeal(proved))).status_code == 500
    filed = dict(accounts.appeals)
    assert await world.count(Case) == 0 and filed
    monkeypatch.setattr(opening, "_open", real)
    answer = await ask("cases", "k1", **appeal(proved))
    assert answer.status_code == 201
    assert accounts.appeals == filed == {"PN1": answer.json()["number"]}
    assert await world.count(Case) == 1


async def test_an_appeal_needs_a_proof_and_a_penalty_of_that_account(ask, here, proved, world, accounts):
    stranger = await world.conversation("elsewhere")
    assert refused(await ask("cases", "k1", **appeal(stranger)), 409, "appeal_not_possible")
    assert refused(await ask("cases", "k2", **{**appeal(here), "penalty_id": "PN9"}), 409, "appeal_not_possible")
    assert accounts.appeals == {} and await world.count(Case) == 0


async def test_a_penalty_is_appealed_once(ask, proved, world):
    await ask("cases", "k1", **appeal(proved))
    again = await ask("cases", "k2", **appeal(proved))
    assert refused(again, 409, "appeal_not_possible") == {"why": "already_filed"}
    assert await world.count(Case) == 1


async def test_when_the_account_system_is_away_no_case_pretends_an_appeal(ask, proved, world, accounts):
    accounts.down = True
    refused(await ask("cases", "k1", **appeal(proved)), 503, "accounts_unavailable")
    assert await world.count(Case) == 0
    accounts.down = False
    assert (await ask("cases", "k1", **appeal(proved))).status_code == 201


async def test_the_progress_of_a_case_tells_no_more_than_needed(ask, here, world):
    number = (await ask("cases", "k1", **case(here, contact_phone=RIGHT))).json()["number"]
    own = (await ask("case-lookups", conversation_id=here)).json()
    (shown,) = own["cases"]
    assert set(shown) == {
        "number",
        "state",
        "topic",
        "topic_label",
        "created_at",
        "updated_at",
        "due_at",
        "last_event_label",
    }
    assert (shown["number"], shown["topic_label"], shown["last_event_label"]) == (number, "封禁申诉", "工单建立")
    stranger = await world.conversation()
    for unknown in (number, "KF20200101000000"):
        foreign = await ask("case-lookups", conversation_id=stranger, number=unknown)
        assert foreign.json() == {"result": "proof_needed"}


async def test_a_rating_is_stored_once_for_each_key(ask, here, world):
    for key in ("k1", "k1", "k2"):
        answer = await ask("ratings", key, conversation_id=here, satisfied=False, topic="ban_appeal")
        assert answer.status_code == 204
    assert await world.count(Rating) == 2


async def test_writes_need_a_key(ask, here):
    for path, body in (("cases", case(here)), ("ratings", {"conversation_id": here, "satisfied": True})):
        refused(await ask(path, **body), 422, "invalid_field")


async def test_a_conversation_is_read_with_owner_and_open_cases(http, ask, world):
    here = await world.conversation(user_ref="u1", vouched_accounts=["lucky_2020"])
    number = (await ask("cases", "k1", **case(here))).json()["number"]
    answer = (await http.get(f"/internal/conversations/{here}", headers=KEY)).json()
    assert answer == {"owner": "bot", "open_cases": [number], "vouched_accounts": ["lucky_2020"]}


@pytest.mark.parametrize("database_kind", ["sqlite", "postgres"])
@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("account-lookups", {"conversation_id": "c", "douyin_id": "x", "phone": None}, 404, "not_found"),
        ("account-lookups", {"conversation_id": "c", "douyin_id": ""}, 422, "invalid_field"),
        ("account-lookups", {"conversation_id": "c", "douyin_id": "x" * 65}, 422, "invalid_field"),
        ("account-lookups", {"conversation_id": "c\u0000", "douyin_id": "x"}, 422, "invalid_field"),
        ("case-lookups", {"conversation_id": "c", "number": 5}, 422, "invalid_field"),
        ("case-lookups", {"conversation_id": "c", "all": True}, 422, "unknown_field"),
        ("cases", {"conversation_id": "c", "topic": "general"}, 404, "not_found"),
        ("cases", {"conversation_id": "c", "topic": "general", "priority": "urgent"}, 422, "unknown_field"),
        ("cases", {"conversation_id": "c", "topic": "general", "fields": {"a": "\u0000"}}, 422, "invalid_field"),
        ("cases", {"conversation_id": "c", "topic": "general", "contact_phone": "1" * 33}, 422, "invalid_field"),
        ("cases", {"conversation_id": "c", "topic": "general", "links": ["x"] * 10}, 422, "invalid_field"),
        ("ratings", {"conversation_id": "c", "satisfied": "yes"}, 422, "invalid_field"),
        ("ratings", {"conversation_id": "c", "satisfied": True}, 404, "not_found"),
    ],
)
async def test_a_wrong_request_is_refused(ask, database_kind, path, body, status, code):
    refused(await ask(path, "k1", **body), status, code)

"""Sessions: signed, expiring, bound to one conversation; and the host page's word for a user."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest

from desk.cases.enums import CaseState
from desk.conversations.models import Conversation
from desk.parts import SESSION
from tests.desk.user import User

FOREIGN_KEY = "f" * 40


def identity(key="v" * 40, lasts=60, **claims):
    now = int(datetime.now(UTC).timestamp())
    return jwt.encode({"sub": "u1", "iat": now, "exp": now + lasts, "accounts": ["lucky_2020"], **claims}, key, "HS256")


async def vouched(http, world, answer):
    conversation = await world.get(answer["conversation_id"])
    return conversation.user_ref, conversation.vouched_accounts


async def begin(http, **wish):
    answer = await http.post("/api/session", json=wish)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_session_is_a_token_for_one_new_conversation(http, settings):
    answer = await begin(http, locale="en")
    assert answer["state"]["conversation_id"] == answer["conversation_id"]
    assert answer["state"]["owner"] == "bot" and answer["state"]["last_seq"] == 0
    days = datetime.fromisoformat(answer["expires_at"]) - datetime.now(UTC)
    assert abs(days - timedelta(days=settings.session_days)) < timedelta(minutes=1)


async def test_a_valid_token_is_renewed_for_the_same_conversation(http, user):
    answer = await begin(http, token=user.token)
    assert answer["conversation_id"] == user.conversation_id


@pytest.mark.parametrize("made", ["nonsense", "forged", "expired", "an agent's", "of another id", "empty"])
async def test_any_other_token_is_answered_with_a_fresh_conversation(http, user, parts, world, made):
    agent = await world.agent()
    token = {
        "nonsense": "a.b.c",
        "forged": jwt.encode({"kind": SESSION, "sub": user.conversation_id, "exp": 2**31}, FOREIGN_KEY, "HS256"),
        "expired": parts.tokens.issue(SESSION, user.conversation_id, timedelta(seconds=-1))[0],
        "an agent's": parts.tokens.issue("agent", agent.id, timedelta(hours=1))[0],
        "of another id": user.conversation_id,
        "empty": "",
    }[made]
    answer = await begin(http, token=token)
    assert answer["conversation_id"] != user.conversation_id
    assert (await world.get(answer["conversation_id"])).last_seq == 0


def unsigned(subject):
    return jwt.encode({"kind": SESSION, "sub": subject, "exp": 2**31}, None, "none")


@pytest.mark.parametrize(
    ("made", "code"),
    [
        ("none", "token_invalid"),
        ("nonsense", "token_invalid"),
        ("forged", "token_invalid"),
        ("unsigned", "token_invalid"),
        ("expired", "token_expired"),
        ("an agent's", "token_invalid"),
        ("the host page's", "token_invalid"),
        ("of no conversation", "token_invalid"),
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/api/conversation"), ("GET", "/api/messages"), ("POST", "/api/messages"), ("POST", "/api/csat")],
)
async def test_nothing_opens_without_a_valid_token(http, user, parts, world, method, path, made, code):
    agent = await world.agent()
    token = {
        "none": None,
        "nonsense": "xx",
        "forged": jwt.encode({"kind": SESSION, "sub": user.conversation_id, "exp": 2**31}, FOREIGN_KEY, "HS256"),
        "unsigned": unsigned(user.conversation_id),
        "expired": parts.tokens.issue(SESSION, user.conversation_id, timedelta(seconds=-1))[0],
        "an agent's": parts.tokens.issue("agent", agent.id, timedelta(hours=1))[0],
        "the host page's": identity(sub=user.conversation_id, kind=SESSION),
        "of no conversation": parts.tokens.issue(SESSION, "c_nobody", timedelta(hours=1))[0],
    }[made]
    body = {"client_id": "1", "text": "x"} if path.endswith("messages") else {"case_number": "KF", "score": 5}
    answer = await http.request(
        method,
        path,
        json=body if method == "POST" else None,
        headers={"authorization": f"Bearer {token}"} if token else {},
    )
    assert (answer.status_code, answer.json()["code"]) == (401, code)
    assert await world.transcript(user.conversation_id) == []


async def test_a_token_opens_only_its_own_conversation(http, user):
    other = await User.begin(http)
    await other.send("秘密")
    assert await user.messages() == []
    assert (await user.state())["conversation_id"] == user.conversation_id


async def test_the_host_page_vouches_for_a_user(http, world):
    answer = await begin(http, identity=identity())
    assert await vouched(http, world, answer) == ("u1", ["lucky_2020"])


async def test_a_vouched_for_user_finds_their_conversation_on_another_device(http):
    first = await begin(http, identity=identity())
    assert (await begin(http, identity=identity()))["conversation_id"] == first["conversation_id"]
    assert (await begin(http, identity=identity(sub="u2")))["conversation_id"] != first["conversation_id"]


async def test_who_comes_back_on_another_device_reads_what_became_of_their_case(http, world):
    case_here = await begin(http, identity=identity())
    case = await world.case(case_here["conversation_id"], CaseState.OPEN)
    visitor = await begin(http)
    last_here = await begin(http, token=visitor["token"], identity=identity())
    assert last_here["conversation_id"] != case_here["conversation_id"]
    await world.unused_for(case_here["conversation_id"], 5)
    await world.move(case.number, CaseState.RESOLVED)
    back = User(http, await begin(http, identity=identity()))
    assert [line["code"] for line in await back.messages()] == ["case_state_changed", "csat_request"]
    assert (await back.state())["csat"] == {"case_number": case.number}
    assert (await back.post({"case_number": case.number, "score": 2}, "/api/csat")).status_code == 204
    assert (await back.post({}, f"/api/cases/{case.number}/reopen")).json()["state"] == "open"


async def test_the_host_page_s_newest_word_counts(http, world):
    first = await begin(http, identity=identity())
    for token in (None, first["token"]):
        for accounts in (["lucky_2020", "dy8f3k2"], []):
            again = await begin(http, identity=identity(accounts=accounts), **({"token": token} if token else {}))
            assert again["conversation_id"] == first["conversation_id"]
            assert await vouched(http, world, again) == ("u1", accounts)


async def test_a_visitor_who_signs_in_keeps_the_conversation(http, world, user):
    answer = await begin(http, token=user.token, identity=identity())
    assert answer["conversation_id"] == user.conversation_id
    assert await vouched(http, world, answer) == ("u1", ["lucky_2020"])


async def test_the_next_person_on_a_shared_device_gets_a_conversation_of_their_own(http, world):
    first = await begin(http, identity=identity())
    second = await begin(http, token=first["token"], identity=identity(sub="u2", accounts=["other_one"]))
    assert second["conversation_id"] != first["conversation_id"]
    assert await vouched(http, world, first) == ("u1", ["lucky_2020"])
    assert await vouched(http, world, second) == ("u2", ["other_one"])


@pytest.mark.parametrize(
    ("made", "code"),
    [
        ({"key": FOREIGN_KEY}, "token_invalid"),
        ({"lasts": -60}, "token_expired"),
        ({"exp": None}, "token_invalid"),
        ({"accounts": "lucky_2020"}, "token_invalid"),
        ({"accounts": [1]}, "token_invalid"),
        ({"sub": ""}, "token_invalid"),
        ({"sub": "u" * 201}, "token_invalid"),
    ],
    ids=["forged", "expired", "for ever", "accounts no list", "accounts no names", "nobody", "too long"],
)
async def test_a_word_that_is_not_the_host_page_s_is_refused(http, world, made, code):
    answer = await http.post("/api/session", json={"identity": identity(**made)})
    assert (answer.status_code, answer.json()["code"]) == (401, code)
    assert await world.count(Conversation) == 0


async def test_without_a_configured_key_nobody_can_be_vouched_for(http, settings):
    settings.identity_key = None
    answer = await http.post("/api/session", json={"identity": identity()})
    assert (answer.status_code, answer.json()["code"]) == (401, "token_invalid")


async def test_a_session_token_is_no_word_of_the_host_page(http, user):
    answer = await http.post("/api/session", json={"identity": user.token})
    assert answer.status_code == 401


async def test_one_address_opens_so_many_conversations_a_minute(http, settings):
    settings.sessions_per_minute = 3
    codes = [(await http.post("/api/session", json={})).status_code for _ in range(5)]
    assert codes == [201, 201, 201, 429, 429]


async def test_renewing_is_never_too_often(http, user, settings):
    settings.sessions_per_minute = 1
    codes = [(await http.post("/api/session", json={"token": user.token})).status_code for _ in range(5)]
    assert codes == [201] * 5

"""Whatever arrives: a clear refusal in the user's language, nothing lost, never a stack trace."""

import asyncio
import re

import pytest

from desk.conversations.models import Message

LIMIT = 65_536


def check(answer, status, code, locale="zh"):
    """The refusal in its public shape, in the wanted language, without a word from inside."""
    content = answer.json()
    assert (answer.status_code, content["code"]) == (status, code), content
    assert set(content) == {"code", "message", "details"}
    assert bool(re.search("[一-鿿]", content["message"])) == (locale == "zh")
    assert not re.search(r"Traceback|File \"|sqlalchemy|Error\b", answer.text)
    return content


REFUSED = [
    ({"client_id": "1", "text": ""}, "text_empty"),
    ({"client_id": "1", "text": " \n\u200b "}, "text_empty"),
    ({"client_id": "1", "text": "字" * 2001}, "text_too_long"),
    ({"client_id": "1", "text": "a\u0000b"}, "text_control_characters"),
    ({"client_id": "1", "text": "a\u001bb"}, "text_control_characters"),
    ({"client_id": "1", "text": 5}, "invalid_field"),
    ({"client_id": "1", "text": ["a"]}, "invalid_field"),
    ({"client_id": "1", "text": None}, "invalid_field"),
    ({"client_id": 1, "text": "a"}, "invalid_field"),
    ({"client_id": "", "text": "a"}, "invalid_field"),
    ({"client_id": "x" * 65, "text": "a"}, "invalid_field"),
    ({"client_id": "a\u0000b", "text": "a"}, "invalid_field"),
    ({"text": "a"}, "invalid_field"),
    ({"client_id": "1"}, "invalid_field"),
    ({"client_id": "1", "text": "a", "payload": "/greet"}, "invalid_field"),
    ({"client_id": "1", "text": "a", "sender": "someone"}, "unknown_field"),
    ({"client_id": "1", "payload": "/restart"}, "payload_not_offered"),
    ({"client_id": "1", "payload": "/x\u0000"}, "invalid_field"),
    ([], "invalid_field"),
    ("text", "invalid_field"),
    (None, "invalid_field"),
]


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize(("body", "code"), REFUSED)
async def test_a_message_in_a_wrong_form_is_refused_in_the_user_s_language(user, world, body, code, locale):
    check(await user.post(body, **{"accept-language": locale}), 422, code, locale)
    assert await world.count(Message) == 0


async def test_the_refusal_names_limit_length_or_field(user):
    assert (await user.send("字" * 2001)).json()["details"] == {"limit": 2000, "length": 2001}
    assert (await user.send("x", zz=1)).json()["details"] == {"field": "zz"}


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{bad", 400, "malformed_json"),
        (b'{"client_id": "1", "text": "a"', 400, "malformed_json"),
        (b"[" * 30_000, 400, "bad_request"),
        (b'{"client_id": "1", "text": "\xff"}', 400, "bad_request"),
        (b'{"client_id": "1", "text": ' + b"9" * 5000 + b"}", 400, "bad_request"),
        (b"", 422, "invalid_field"),
        (b'{"client_id": "1", "text": "\\ud800"}', 422, "text_control_characters"),
        (b'{"client_id": "\\ud800", "text": "a"}', 422, "invalid_field"),
        (b'{"client_id": "1", "payload": "\\ud800"}', 422, "invalid_field"),
    ],
    ids=["cut", "open", "deep", "no utf-8", "huge number", "empty", "half a character", "half an id", "half a payload"],
)
async def test_what_is_no_json_is_refused(http, user, body, status, code, locale):
    headers = user.headers | {"content-type": "application/json", "accept-language": locale}
    check(await http.post("/api/messages", content=body, headers=headers), status, code, locale)


async def test_a_form_or_plain_text_is_refused(http, user):
    check(await http.post("/api/messages", data={"text": "a"}, headers=user.headers), 422, "invalid_field")
    check(await http.post("/api/messages", content="text", headers=user.headers), 422, "invalid_field")


@pytest.mark.parametrize("locale", ["zh", "en"])
async def test_the_language_can_be_chosen_in_the_address(user, locale):
    answer = await user.post({}, f"/api/messages?locale={locale}", **{"accept-language": "fr"})
    check(answer, 422, "invalid_field", locale)


@pytest.mark.parametrize("after", ["-1", "x", "1.5", str(2**31), str(2**70)])
async def test_a_wrong_place_in_the_transcript_is_refused(user, after):
    check(await user.get(f"/api/messages?after={after}"), 422, "invalid_field")


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("query", ["", "?locale=other"])
async def test_a_body_over_the_limit_is_refused(http, user, locale, query):
    body = b'{"client_id": "1", "text": "' + b"a" * LIMIT + b'"}'
    headers = user.headers | {"content-type": "application/json", "accept-language": locale}
    refused = check(
        await http.post(f"/api/messages{query}", content=body, headers=headers), 413, "body_too_large", locale
    )
    assert refused["details"] == {"limit": LIMIT}


async def test_a_body_that_only_grows_over_the_limit_is_refused(http, user):
    async def parts():
        for _ in range(80):
            yield b"a" * 1024

    check(await http.post("/api/messages", content=parts(), headers=user.headers), 413, "body_too_large")


async def test_the_language_of_a_too_large_body_can_be_chosen_in_the_address(http, user):
    answer = await http.post("/api/messages?locale=en", content=b"a" * (LIMIT + 1), headers=user.headers)
    check(answer, 413, "body_too_large", "en")


async def test_a_body_of_just_the_limit_is_read(http, user):
    body = b'{"client_id": "1", "text": "hi"}'.ljust(LIMIT)
    headers = user.headers | {"content-type": "application/json"}
    assert (await http.post("/api/messages", content=body, headers=headers)).status_code == 201


@pytest.mark.parametrize("length", ["-1", "1e3", "many", "+5"])
async def test_a_length_that_is_no_number_is_refused(http, user, length):
    headers = user.headers | {"content-length": length}
    assert (await http.post("/api/messages", content=b"{}", headers=headers)).status_code == 413


@pytest.mark.parametrize("locale", ["zh", "en"])
async def test_too_many_messages_a_minute_are_refused_with_the_time_to_wait(user, settings, world, locale):
    settings.messages_per_minute = 3
    for _ in range(3):
        assert (await user.send()).status_code == 201
    answer = await user.post({"client_id": "x", "text": "你好"}, **{"accept-language": locale})
    check(answer, 429, "too_many_messages", locale)
    assert 0 < int(answer.headers["retry-after"]) <= 60
    assert answer.json()["details"]["retry_after"] == int(answer.headers["retry-after"])
    assert await world.count(Message) == 3


async def test_one_fast_user_does_not_stop_another(http, user, settings):
    settings.messages_per_minute = 1
    await user.send()
    assert (await user.send()).status_code == 429
    assert (await (await type(user).begin(http)).send()).status_code == 201


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/api/nothing", 404), ("PUT", "/api/messages", 405)])
async def test_an_unknown_address_is_refused(http, method, path, status, locale):
    answer = await http.request(method, path, headers={"accept-language": locale})
    check(answer, status, "not_found" if status == 404 else "bad_request", locale)


@pytest.mark.parametrize(
    "path", ["/%00", "/console/%00", "/widget/%00", "/console/..%2f..%2f..%2fetc%2fpasswd", "/console/%ff"]
)
async def test_an_address_that_no_file_can_have_is_not_found(http, path):
    assert (await http.get(path)).status_code in (400, 404)


@pytest.mark.parametrize("locale", ["zh", "en"])
async def test_a_failure_inside_says_that_nothing_is_lost(user, parts, monkeypatch, locale):
    async def fails(*_args):
        raise RuntimeError("secret words from inside")

    monkeypatch.setattr(parts.limiter, "hit", fails)
    answer = await user.post({"client_id": "1", "text": "a"}, **{"accept-language": locale})
    assert "secret" not in answer.text
    check(answer, 500, "internal", locale)


async def test_a_message_is_stored_before_it_is_acknowledged(user, world):
    answer = await user.send("我的号被封了")
    assert answer.status_code == 201
    (stored,) = await world.transcript(user.conversation_id)
    assert answer.json() == {
        "id": stored.id,
        "seq": 1,
        "client_id": stored.client_id,
        "created_at": stored.created_at.isoformat(),
    }


async def test_a_resend_gets_the_first_answer_again(user, world):
    body = {"client_id": "same", "text": "你好"}
    first, again = await user.post(body), await user.post(body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


@pytest.mark.parametrize("database_kind", ["sqlite", "postgres"])
async def test_resends_at_once_get_one_answer(user, world, database_kind):
    body = {"client_id": "same", "text": "你好"}
    answers = await asyncio.gather(*(user.post(body) for _ in range(12)))
    assert sorted(answer.status_code for answer in answers) == [200] * 11 + [201]
    assert len({answer.text for answer in answers}) == 1
    assert await world.count(Message) == 1


@pytest.mark.parametrize("text", ["/restart", "／restart", " /restart", "/greet", '/affirm{"a":1}'])
async def test_text_is_only_text(user, world, text):
    assert (await user.send(text)).status_code == 201
    (line,) = await user.messages()
    assert (line["kind"], line["text"]) == ("text", text.strip())


async def test_who_comes_back_gets_exactly_the_rest(user):
    for n in range(6):
        await user.send(f"{n}")
    assert [line["seq"] for line in await user.messages(after=3)] == [4, 5, 6]
    assert await user.messages(after=6) == []

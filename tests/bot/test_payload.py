"""Buttons and openings, and text that only looks like them."""

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered

from bot.channel import escape_command
from bot.payload import UnknownPayload, parse_payload, payload_of_title

DOMAIN = Domain.from_yaml("{version: '3.1', intents: [affirm, inform], entities: [choice]}")


def test_a_payload_names_an_intent_and_may_carry_values() -> None:
    parsed = parse_payload('/inform{"choice": "none"}', DOMAIN)
    assert parsed["intent"] == {"name": "inform", "confidence": 1.0}
    assert [(e["entity"], e["value"]) for e in parsed["entities"]] == [("choice", "none")]


@pytest.mark.parametrize(
    "payload",
    [
        "affirm",
        "/",
        "/restart",
        "/back",
        "/session_start",
        "/unknown",
        "/affirm ",
        "/affirm@0.5",
        '/inform{"other": 1}',
        "/inform{nonsense}",
        "/inform{1}",
    ],
)
def test_anything_else_is_refused(payload: str) -> None:
    with pytest.raises(UnknownPayload):
        parse_payload(payload, DOMAIN)


@pytest.mark.parametrize(
    "text", ["/restart", " /restart", "／restart", "\u200b/restart", "\u200b\ufeff ／restart", "\u2060/affirm{}"]
)
def test_text_never_begins_like_a_command(text: str) -> None:
    escaped = escape_command(text)
    assert escaped.startswith("／")
    assert escaped.endswith(text.split("/")[-1].split("／")[-1])


@pytest.mark.parametrize("text", ["你好", "a/b", "1/2", "", "https://v.douyin.com/x/"])
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert escape_command(text) == text


def test_the_words_of_a_button_stand_for_it_in_the_next_message_only() -> None:
    offered = BotUttered("?", {"buttons": [{"title": "提交申诉", "payload": "/affirm"}]})
    assert payload_of_title(" 提交申诉 ", [UserUttered("x"), offered], DOMAIN) == "/affirm"
    assert payload_of_title("提交申诉", [offered, UserUttered("x")], DOMAIN) is None


def test_a_part_of_them_will_do_where_it_fits_no_other() -> None:
    titles = ["提交申诉", "取消申诉", "换个账号查", "Look up another account"]
    offered = BotUttered(
        "?", {"buttons": [{"title": t, "payload": f'/inform{{"choice": {n}}}'} for n, t in enumerate(titles)]}
    )
    assert payload_of_title("提交", [offered], DOMAIN) == '/inform{"choice": 0}'
    assert payload_of_title("申诉", [offered], DOMAIN) is None
    assert payload_of_title("换", [offered], DOMAIN) is None
    assert payload_of_title("ok", [offered], DOMAIN) is None


def test_a_button_that_the_domain_no_longer_knows_is_only_words() -> None:
    offered = BotUttered("?", {"buttons": [{"title": "提交申诉", "payload": "/gone"}]})
    assert payload_of_title("提交申诉", [offered], DOMAIN) is None

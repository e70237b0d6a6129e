"""The bot as a function, over HTTP: what goes in, what comes out, what is refused."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.actions.fake_desk import FakeDesk
from tests.conversations.stack import KEY, Conversation, Stack, shared_stack, size_of

PICTURE = {"id": "f_1", "kind": "image", "name": "one.jpg"}


@pytest.fixture
def stack() -> Stack:
    stack = shared_stack()
    stack.server.desk = FakeDesk()
    return stack


def test_it_is_ready_when_its_model_is_loaded(stack: Stack) -> None:
    answer = requests.get(f"{stack.bot_url}/webhooks/turn/", timeout=10)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_a_turn_answers_with_replies_and_the_new_tracker(stack: Stack) -> None:
    answer = Conversation(stack).say("你好")
    assert set(answer) == {"replies", "handoff", "tracker"}
    assert answer["handoff"] is None
    assert answer["replies"][0]["buttons"][0] == {"title": "账号被封", "payload": "/ban_appeal"}


def test_nothing_is_kept_between_turns(stack: Stack) -> None:
    talk = Conversation(stack)
    talk.say("我的号被封了")
    before = talk.tracker
    first = talk.say("lucky_2020")
    talk.tracker = before
    again = talk.say("lucky_2020")
    assert first["replies"] == again["replies"]


def test_conversations_that_run_at_once_do_not_mix(stack: Stack) -> None:
    talks = [Conversation(stack) for _ in range(8)]
    ids = [f"user_{n}" for n in range(8)]

    def play(pair: tuple[Conversation, str]) -> str:
        talk, douyin_id = pair
        talk.say("我的号被封了")
        talk.say(douyin_id)
        return talk.text

    with ThreadPoolExecutor(8) as pool:
        texts = list(pool.map(play, zip(talks, ids, strict=True)))
    for text, douyin_id in zip(texts, ids, strict=True):
        assert f"抖音号 {douyin_id} 的注册手机号" in text


def test_turn_60_carries_no_more_than_turn_20(stack: Stack) -> None:
    talk = Conversation(stack)
    talk.say("我的号被封了 lucky_2020 13800001111")
    sizes = []
    for _ in range(60):
        talk.say("你好")
        sizes.append(size_of(talk.tracker))
    assert sizes[-1] < sizes[19] * 1.02
    talk.say("转人工")
    assert talk.answer["handoff"]["slots"]["douyin_id"] == "lucky_2020"


@pytest.mark.parametrize("text", ["/restart", "／restart", "\u200b/restart", " /session_start", "/affirm", "/greet"])
def test_text_like_a_command_is_only_text(stack: Stack, text: str) -> None:
    talk = Conversation(stack)
    talk.say("我的号被封了")
    talk.say(text)
    assert talk.answer["replies"]
    kinds = {event["event"] for event in talk.tracker["events"]}
    assert not kinds & {"restart", "session_started", "rewind"}
    told = [event for event in talk.tracker["events"] if event["event"] == "user"][-1]
    assert told["parse_data"]["intent"]["confidence"] < 1.0 or told["parse_data"]["intent"]["name"] == "nlu_fallback"
    assert told["text"].startswith("／")


@pytest.mark.parametrize("payload", ["/restart", "/no_such_intent", "hello", '/inform{"x": 1}'])
def test_a_payload_that_the_domain_does_not_have_is_refused(stack: Stack, payload: str) -> None:
    assert stack.post(Conversation(stack).request(payload=payload)).status_code == 422


def test_attachments_without_a_word_need_no_understanding(stack: Stack) -> None:
    talk = Conversation(stack)
    talk.show("image", "video")
    told = [event for event in talk.tracker["events"] if event["event"] == "user"][-1]
    assert told["parse_data"]["intent"] == {"name": "send_attachment", "confidence": 1.0}
    assert "图片 1 张、视频 1 个" in talk.text


def test_attachments_with_words_are_what_the_words_say(stack: Stack) -> None:
    talk = Conversation(stack)
    talk.show("image", text="我的号被封了")
    assert talk.responses == ["utter_attachment_kept", "utter_ask_douyin_id"]
    talk.show("image", text="查进度")
    told = [event for event in talk.tracker["events"] if event["event"] == "user"][-1]
    assert told["parse_data"]["intent"]["name"] == "case_progress"


def test_a_buttons_words_are_the_button_whatever_comes_along(stack: Stack) -> None:
    talk = Conversation(stack)
    talk.say("你好")
    talk.show("image", text="账号被封")
    assert talk.responses[-1] == "utter_ask_douyin_id"


def test_the_last_few_are_remembered_and_a_message_carries_nothing_twice(stack: Stack) -> None:
    talk = Conversation(stack)
    for _ in range(3):
        talk.show(*["image"] * 5)
    waiting = [e for e in talk.tracker["events"] if e["event"] == "slot" and e["name"] == "attachments"][-1]["value"]
    assert [each["id"] for each in waiting] == [f"f_{n}" for n in range(7, 16)]
    users = [event for event in talk.tracker["events"] if event["event"] == "user"]
    assert all("attachments" not in event["metadata"] for event in users)


def test_a_turn_with_attachments_that_is_run_again_answers_the_same(stack: Stack) -> None:
    talk = Conversation(stack)
    request = talk.request(attachments=[PICTURE])
    first, again = stack.post(request).json(), stack.post(request).json()
    assert first["replies"] == again["replies"]


def test_only_the_desk_may_ask(stack: Stack) -> None:
    request = Conversation(stack).request(text="你好")
    assert stack.post(request, key="wrong").status_code == 401
    assert stack.post(request, key=KEY + "x").status_code == 401


@pytest.mark.parametrize(
    "change",
    [
        {"text": "a", "payload": "/greet"},
        {"text": None},
        {"payload": "/greet", "text": None, "attachments": [PICTURE]},
        {"attachments": [PICTURE | {"kind": "sound"}]},
        {"attachments": [PICTURE | {"size": 9}]},
        {"context": {"locale": "xx", "vouched": False, "now": "x"}},
        {"tracker": {"events": [{"event": "no such"}]}},
        {"tracker": "x"},
        {"unknown": 1},
        {"conversation_id": ""},
    ],
)
def test_a_malformed_turn_is_refused(stack: Stack, change: dict) -> None:
    answer = stack.post(Conversation(stack).request(text="你好") | change)
    assert answer.status_code == 422
    assert "malformed" in answer.json()["error"]


def test_what_is_no_json_is_refused(stack: Stack) -> None:
    headers = {"Authorization": f"Bearer {KEY}"}
    answer = requests.post(f"{stack.bot_url}/webhooks/turn/run", data="{", headers=headers, timeout=10)
    assert answer.status_code == 422


def test_an_action_that_cannot_be_run_fails_the_turn_and_the_turn_can_be_run_again(stack: Stack) -> None:
    talk = Conversation(stack)
    talk.say("我的号被封了")
    request = talk.request(text="lucky_2020")
    stack.stop_actions()
    try:
        failed = stack.post(request)
        assert failed.status_code == 503
        assert "turn_failed" in failed.json()["error"]
        assert stack.post(talk.request(text="你好")).status_code == 503  # the form cannot ask on
    finally:
        stack.start_actions_again()
    assert stack.post(request).status_code == 200


def test_a_changed_fact_is_said_without_training(stack: Stack) -> None:
    before = stack.facts.read_text(encoding="utf-8")
    talk = Conversation(stack)
    talk.say("不想活了")
    assert "12356" in talk.text
    try:
        stack.facts.write_text(before.replace('"12356"', '"12338"'), encoding="utf-8")
        talk.say("不想活了")
        assert "12338" in talk.text
        assert "12356" not in talk.text
    finally:
        stack.facts.write_text(before, encoding="utf-8")

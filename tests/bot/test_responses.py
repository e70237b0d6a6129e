"""The bot's words: right language, right variation, filled, and never a forbidden number."""

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.responses import Responses, UnknownResponse

FACTS = """
hotline_whitelist: {value: ["12356"], status: D, source: x}
crisis_lines: {value: [{number: "12356", zh: 热线, en: line}], status: C, source: x}
appeal_days: {value: 7, status: D, source: x}
path: {value: {zh: 分享, en: Share}, status: S, source: x}
law_days: {value: 15, status: C, source: x}
"""
SENTENCES = """
responses:
  utter_hello:
  - text: 您好
  - {text: Hello, metadata: {locale: en}}
  utter_only_chinese:
  - text: 只有中文
  utter_by_slot:
  - {text: 没有表单, condition: [{type: slot, name: requested_slot, value: null}]}
  - {text: 问电话, condition: [{type: slot, name: requested_slot, value: phone}]}
  - text: 别的
  utter_appeal: [{text: "{facts.appeal_days} 天内处理。"}]
  utter_law: [{text: "{facts.law_days} 天内处理。"}]
  utter_told: [{text: "{facts.appeal_days} 天内处理，以通知为准。"}]
  utter_crisis: [{text: "请拨打{facts.crisis_lines}。"}]
  utter_phone: [{text: "用 {phone} 联系您", buttons: [{title: "用 {phone}", payload: '/inform{"choice": "phone"}'}]}]
  utter_ask_95222: [{text: "请拨打 95222 或 400-626-8888 或 13912345678，工单 KF20261124123456。"}]
  utter_list: [{text: "请核对：\\n· 电话：{phone}\\n· 提示：{shown}\\n· 证据：{links}\\n· 已备"}]
  utter_path: [{text: "点{facts.path}。"}]
  utter_typo: [{text: "您的{nothing}呢"}]
  utter_count_image:
  - {text: "图片 {count} 张"}
  - {text: 1 picture, metadata: {locale: en}, condition: [{type: slot, name: count, value: 1}]}
  - {text: "{count} pictures", metadata: {locale: en}}
  utter_count_link: [{text: "链接 {count} 条"}, {text: "{count} links", metadata: {locale: en}}]
  utter_counted:
  - text: "收到{evidence}。\\n· 附件：{evidence}"
  - {text: "{evidence}", metadata: {locale: en}}
  utter_varied: [{text: 甲}, {text: 乙}, {text: 丙}]
  utter_fact_caveat:
  - text: （以页面或通知为准。）
  - {text: " (caveat)", metadata: {locale: en}}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "facts.yml").write_text(FACTS, encoding="utf-8")
    (tmp_path / "domain.yml").write_text(SENTENCES, encoding="utf-8")
    monkeypatch.setenv("BOT_FACTS", str(tmp_path / "facts.yml"))
    return tmp_path


@pytest.fixture
def responses(folder: Path) -> Responses:
    return Responses(EndpointConfig(sentences=str(folder / "domain.yml")))


def change(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    stamp = file.stat().st_mtime + 10
    os.utime(file, (stamp, stamp))


def generate(responses: Responses, key: str, locale: str = "zh", message: str = "m1", **values: Any) -> dict[str, Any]:
    slots = Domain.from_yaml("slots: {requested_slot: {type: text, mappings: [{type: custom}]}}").slots
    tracker = DialogueStateTracker("c", slots)
    tracker.update(UserUttered("x", metadata={"locale": locale, "message_id": message}))
    tracker.update(SlotSet("requested_slot", values.pop("requested_slot", None)))
    return asyncio.run(responses.generate(key, tracker, "turn", **values))


def say(*args: Any, **values: Any) -> str:
    return generate(*args, **values)["text"]


def test_it_speaks_the_users_language_where_it_can(responses: Responses) -> None:
    assert say(responses, "utter_hello") == "您好"
    assert say(responses, "utter_hello", "en") == "Hello"
    assert say(responses, "utter_only_chinese", "en") == "只有中文"


def test_the_first_condition_that_holds_decides(responses: Responses) -> None:
    assert say(responses, "utter_by_slot") == "没有表单"
    assert say(responses, "utter_by_slot", requested_slot="phone") == "问电话"
    assert say(responses, "utter_by_slot", requested_slot="other") == "别的"


def test_a_term_without_proof_is_said_with_the_caveat(responses: Responses) -> None:
    assert say(responses, "utter_appeal") == "7 天内处理。（以页面或通知为准。）"
    assert say(responses, "utter_appeal", "en").endswith("(caveat)")
    assert say(responses, "utter_law") == "15 天内处理。"
    assert say(responses, "utter_told") == "7 天内处理，以通知为准。"
    assert say(responses, "utter_crisis") == "请拨打热线 12356。"


def test_an_item_of_a_list_without_a_value_is_left_out(responses: Responses) -> None:
    assert (
        say(responses, "utter_list", phone="+85291234567", shown="", links=[])
        == "请核对：\n· 电话：+85291234567\n· 已备"
    )
    assert "· 提示：登录异常" in say(responses, "utter_list", shown="登录异常")


def test_what_is_counted_is_said_by_kind_in_the_users_language(responses: Responses) -> None:
    evidence = {"image": 2, "link": 1}
    assert say(responses, "utter_counted", evidence=evidence) == (
        "收到图片 2 张、链接 1 条。\n· 附件：图片 2 张、链接 1 条"
    )
    assert say(responses, "utter_counted", "en", evidence=evidence) == "2 pictures, 1 links"
    assert say(responses, "utter_counted", "en", evidence={"image": 1}) == "1 picture"
    assert "附件" not in say(responses, "utter_counted", evidence={})


def test_a_fact_in_words_is_in_the_users_language_and_with_the_caveat(responses: Responses) -> None:
    assert say(responses, "utter_path") == "点分享。（以页面或通知为准。）"
    assert say(responses, "utter_path", "en") == "点Share。 (caveat)"


def test_a_phone_number_of_a_user_is_masked_everywhere(responses: Responses) -> None:
    message = generate(responses, "utter_phone", phone="13800001111")
    assert message["text"] == "用 138****1111 联系您"
    assert message["buttons"] == [{"title": "用 138****1111", "payload": '/inform{"choice": "phone"}'}]


def test_no_forbidden_number_is_printed_and_each_is_logged(
    responses: Responses, caplog: pytest.LogCaptureFixture
) -> None:
    assert say(responses, "utter_ask_95222") == "请拨打 *** 或 *** 或 ***，工单 KF20261124123456。"
    assert all(number in caplog.text for number in ("95222", "4006268888", "13912345678"))


def test_a_changed_sentence_and_a_changed_fact_are_said_at_once(responses: Responses, folder: Path) -> None:
    change(folder / "domain.yml", "天内处理。", "日内办结。")
    change(folder / "facts.yml", "value: 7", "value: 9")
    assert say(responses, "utter_appeal").startswith("9 日内办结。")


def test_a_change_that_cannot_be_read_leaves_the_last_good_words(
    responses: Responses, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    change(folder / "facts.yml", "status: D", "status: X")
    assert say(responses, "utter_appeal").startswith("7 天")
    assert "status must be C, S or D" in caplog.text


def test_a_retry_says_the_same_of_several(responses: Responses) -> None:
    assert len({say(responses, "utter_varied", message="m7") for _ in range(9)}) == 1
    assert len({say(responses, "utter_varied", message=f"m{n}") for n in range(30)}) == 3


def test_a_placeholder_that_nothing_fills_is_left_out_and_logged(
    responses: Responses, caplog: pytest.LogCaptureFixture
) -> None:
    assert say(responses, "utter_typo") == "您的呢"
    assert "{nothing}" in caplog.text


def test_a_sentence_that_nobody_wrote_is_an_error(responses: Responses) -> None:
    with pytest.raises(UnknownResponse):
        say(responses, "utter_nowhere")

"""What a message is while a form is being filled."""

import pytest

from actions.hearing import Hearing, Message, hear
from actions.values import Problem, Value

OWN = frozenset({"ban_appeal"})


def heard(text: str, intent: str, reading: object = None, confidence: float = 0.95, free_text: bool = False) -> Hearing:
    return hear(Message(text, intent, confidence, text.startswith("/")), reading, free_text, OWN)


def test_a_value_that_fits_is_the_answer_whatever_the_intent_seems() -> None:
    assert heard("13800001111", "order_issue", Value("13800001111")) is Hearing.ANSWER
    assert heard("lucky_2020", "cancel", Value("lucky_2020")) is Hearing.ANSWER


def test_a_short_slip_is_an_answer_and_a_long_story_with_a_number_is_none() -> None:
    slip = Problem("phone_length", "10", near=True)
    assert heard("1380000111", "out_of_scope", slip) is Hearing.ANSWER
    assert heard("转人工 1380000", "request_human", slip) is Hearing.STEP_ASIDE
    assert heard("我昨天充值了 648 元到现在都还没有到账", "recharge_not_arrived", slip) is Hearing.ASK_TO_SWITCH


def test_an_unsure_value_gives_way_to_a_clear_intent() -> None:
    assert heard("cancel", "cancel", Value("cancel", sure=False)) is Hearing.STEP_ASIDE
    assert heard("amy", "nlu_fallback", Value("amy", sure=False)) is Hearing.ANSWER


@pytest.mark.parametrize("free_text", [False, True])
def test_a_crisis_goes_before_any_answer(free_text: bool) -> None:
    assert heard("不想活了 13800001111", "self_harm_crisis", Value("x"), 0.45, free_text) is Hearing.STEP_ASIDE


@pytest.mark.parametrize("intent", ["request_human", "cancel", "bot_identity", "repeat", "handoff_resolved"])
def test_what_does_not_fit_steps_aside_for_what_is_clear(intent: str) -> None:
    assert heard("…", intent, Problem("missing")) is Hearing.STEP_ASIDE
    assert heard("…", intent, Problem("missing"), confidence=0.5) is Hearing.ANSWER


def test_another_matter_is_asked_back_and_the_own_one_is_not() -> None:
    assert heard("直播好卡", "live_quality") is Hearing.ASK_TO_SWITCH
    assert heard("号被封了", "ban_appeal") is Hearing.ANSWER


@pytest.mark.parametrize(
    ("text", "intent", "expected"),
    [
        ("我天天被人骂，被人恶意举报，客服也不管我", "report_harassment", Hearing.ANSWER),
        ("我只是发了做饭的视频，不知道为什么说我低俗", "content_review_appeal", Hearing.ANSWER),
        ("要多久才有结果？", "case_progress", Hearing.ASK_TO_SWITCH),
        ("你是真人吗", "bot_identity", Hearing.STEP_ASIDE),
        ("转人工", "request_human", Hearing.STEP_ASIDE),
        ("我之前找过人工客服，他说可以取消这个处罚，让我来申诉", "request_human", Hearing.ANSWER),
        ("凭什么封我？我要申诉，我没有违规", "ban_appeal", Hearing.ANSWER),
    ],
)
def test_free_text_takes_everything_but_a_command_or_a_question(text: str, intent: str, expected: Hearing) -> None:
    assert heard(text, intent, Value(text), free_text=True) is expected


def test_a_button_of_an_older_message_is_heard_in_free_text() -> None:
    assert heard("/case_progress", "case_progress", Value("/case_progress"), 1.0, True) is Hearing.ASK_TO_SWITCH

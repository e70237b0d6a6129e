import pytest

from evaluation.ours import Ours

TEXTS = {
    "ban_appeal": ["我的号被封了", "账号封了怎么解封", "凭什么封我号", "申诉解封账号", "封号了求解封"],
    "greet": ["你好", "您好呀", "在吗在吗", "哈喽", "有人在吗"],
    "out_of_scope": ["今天天气怎么样", "帮我写首诗", "附近有药店吗", "股票能买吗", "微信登不上"],
}


@pytest.fixture(scope="module")
def ours():
    rows = [(text, intent) for intent, texts in TEXTS.items() for text in texts]
    return Ours.trained([text for text, _ in rows], [intent for _, intent in rows], "out_of_scope")


def test_intents_are_ranked(ours):
    ranking = ours.ranking("号被封了")
    assert ranking[0][0] == "ban_appeal"
    assert {intent for intent, _ in ranking} == set(TEXTS)


def test_what_is_no_business_of_ours_scores_higher(ours):
    assert ours.out_of_scope("明天天气怎么样") > ours.out_of_scope("我的号被封了")


def test_a_model_that_is_not_ours_is_not_found():
    assert Ours.found([object()], None) is None

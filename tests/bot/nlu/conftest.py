"""A small model that several tests ask: training it once is enough."""

import pytest

from bot.nlu.intent_model import IntentModel, Recipe

EXAMPLES = {
    "ban_appeal": ["我的号被封了", "账号被封了我要申诉", "凭什么封我的号", "申诉解封", "号被封了怎么办", "封号申诉"],
    "withdraw_issue": ["提现不到账", "提现失败", "收益提不出来", "提现三天了没到账", "提现怎么还没到", "收益怎么提现"],
    "request_human": ["转人工", "人工客服", "我要真人", "找人工", "叫个真人来", "转接人工客服"],
    "out_of_scope": ["明天天气怎么样", "帮我订机票", "写一首诗", "股票能买吗", "今天下雨吗", "推荐一部电影"],
}
PAIRS = [(text, intent) for intent, texts in EXAMPLES.items() for text in texts]


@pytest.fixture(scope="session")
def texts():
    return [text for text, _ in PAIRS]


@pytest.fixture(scope="session")
def labels():
    return [intent for _, intent in PAIRS]


@pytest.fixture(scope="session")
def small_model(texts, labels):
    return IntentModel.train(texts, labels, Recipe(noisy_copies=2))  # so few examples need more

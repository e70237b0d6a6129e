import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.classifier import NgramIntentClassifier
from evaluation import settings
from evaluation.ours import Ours

TEXTS = {
    "ban_appeal": ["我的号被封了", "账号封了怎么解封", "凭什么封我号", "申诉解封账号", "封号了求解封"],
    "greet": ["你好", "您好呀", "在吗在吗", "哈喽", "有人在吗"],
    "out_of_scope": ["今天天气怎么样", "帮我写首诗", "附近有药店吗", "股票能买吗", "微信登不上"],
}
ROWS = [(text, intent, f"voice {place}") for intent, texts in TEXTS.items() for place, text in enumerate(texts)]
ASKED = ["号被封了", "明天天气怎么样", "哈喽哈喽", "股票封了", "写首你好的诗", "微信号被封了", "有人吗"]


@pytest.fixture(scope="module")
def ours():
    return Ours.trained(*zip(*ROWS, strict=True), "out_of_scope")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """The component as Rasa makes it of config.yml."""
    storage = LocalModelStorage.create(tmp_path_factory.mktemp("model"))
    context = ExecutionContext(GraphSchema({}), "id")
    config = {
        **NgramIntentClassifier.get_default_config(),
        **settings.component("NgramIntentClassifier"),
    }
    component = NgramIntentClassifier.create(config, storage, Resource("classifier"), context)
    component.train(TrainingData([_example(*row) for row in ROWS]))
    return component


def _example(text, intent, voice):
    return Message({"text": text, "intent": intent, "metadata": {"intent": {"voice": voice}}})


def test_what_parts_of_the_data_teach_is_asked_as_the_bot_asks_it(ours, shipped):
    for text in ASKED:
        message = Message({"text": text})
        shipped.process([message])
        ranking, strange = ours.read(text)
        assert ranking == [(row["name"], row["confidence"]) for row in message.get("intent_ranking")]
        assert strange == message.get("out_of_scope")["score"]


def test_intents_are_ranked(ours):
    ranking, _ = ours.read("号被封了")
    assert ranking[0][0] == "ban_appeal"
    assert {intent for intent, _ in ranking} == set(TEXTS)


def test_what_is_no_business_of_ours_scores_higher(ours):
    assert ours.out_of_scope("明天天气怎么样") > ours.out_of_scope("我的号被封了")


def test_a_model_that_is_not_ours_is_not_found():
    assert Ours.found([object()], None) is None

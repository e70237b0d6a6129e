"""The classifier inside Rasa's graph: what it understands, how sure it is, how it is kept."""

import ast
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.engine.training.fingerprinting import calculate_fingerprint_key
from rasa.nlu.classifiers.fallback_classifier import FallbackClassifier
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.utils.common import find_unavailable_packages
from threadpoolctl import threadpool_info

from bot.nlu.classifier import NgramIntentClassifier

FEW_TOPICS = ("ban", "human", "withdraw_issue", "minor_refund", "app_crash", "sms_code_not_received", "small_talk")
STRANGE = {
    "empty": "",
    "blank": " ",
    "emoji": "😭😭",
    "named emoji": "[流泪]",
    "punctuation": "???",
    "half a surrogate": "\ud83d",
    "another script": "ๆๆๆ",
    "zero width": "\u200b",
    "one character 2,000 times": "号" * 2000,
    "one letter 2,000 times": "a" * 2000,
    "English": "help me please " * 130,
}


def read_topics(names=None, every=1):
    """Every so manyth example of the topics: the whole would train for a minute."""
    topics = sorted(Path("data/nlu").glob("*.yml"))
    read = [RasaYAMLReader().read(topic) for topic in topics if names is None or topic.stem in names]
    return TrainingData(TrainingData().merge(*read).training_examples[::every])


def sentences():
    """Sentences which no example was taken from, with their intents."""
    files = sorted(Path("tests/nlu").glob("*.tsv"))
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    return dict(line.split("\t") for line in lines)


def make_storage(folder):
    folder.mkdir(exist_ok=True)
    return LocalModelStorage.create(folder)


def train(folder, data, **settings):
    config = {**NgramIntentClassifier.get_default_config(), **settings}
    storage, resource = make_storage(folder), Resource("classifier")
    classifier = NgramIntentClassifier.create(config, storage, resource, ExecutionContext(GraphSchema({})))
    classifier.train(data)
    return classifier


def load(folder):
    config = NgramIntentClassifier.get_default_config()
    return NgramIntentClassifier.load(
        config, LocalModelStorage(folder), Resource("classifier"), ExecutionContext(GraphSchema({}))
    )


def classify(classifier, text):
    return classifier.process([Message({"text": text})])[0]


def intent_of(classifier, text):
    return classify(classifier, text).get("intent")["name"]


def share_right(classifier, expected):
    return np.mean([intent_of(classifier, text) == intent for text, intent in expected.items()])


def sureness(classifier, expected):
    """Mean confidence in the right intents."""
    rankings = [(classify(classifier, text).get("intent_ranking"), intent) for text, intent in expected.items()]
    return np.mean([sum(i["confidence"] for i in ranking if i["name"] == intent) for ranking, intent in rankings])


@pytest.fixture(scope="module")
def few_topics():
    return read_topics(FEW_TOPICS, every=2)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("model")


@pytest.fixture(scope="module")
def trained(folder, few_topics):
    return train(folder, few_topics)


@pytest.fixture(scope="module")
def classifier(folder, trained):
    return load(folder)


class TestUnderstanding:
    def test_understands_every_topic(self, tmp_path):
        """A floor under sentences no example was taken from; the real evaluation is apart from this."""
        classifier = train(tmp_path / "all", read_topics(every=4), noisy_copies=0)
        assert share_right(classifier, sentences()) >= 0.8

    def test_traditional_characters_mean_the_same(self, classifier):
        for simplified, traditional in {"我的账号被封了": "我的賬號被封了", "请帮我转人工": "請幫我轉人工"}.items():
            assert classify(classifier, traditional).get("intent") == classify(classifier, simplified).get("intent")

    def test_hears_homophones(self, classifier):
        expected = {
            "我的好被风了": "ban_appeal",
            "帐耗背枫了": "ban_appeal",
            "提献失拜": "withdraw_issue",
            "体现步道账": "withdraw_issue",
            "专认供": "request_human",
            "人公可服": "request_human",
            "衍正妈收步倒": "sms_code_not_received",
            "山退": "app_crash",
            "大不开老是闪腿": "app_crash",
            "孩字充直": "minor_refund",
        }
        assert share_right(classifier, expected) >= 0.9

    def test_reads_pinyin_and_abbreviations(self, classifier):
        expected = {
            "wodehaobeifengle": "ban_appeal",
            "hao bei feng le": "ban_appeal",
            "zhuanrengong": "request_human",
            "zhuan ren gong": "request_human",
            "zrg": "request_human",
            "rgkf": "request_human",
            "tixianshibai": "withdraw_issue",
            "yanzhengma shou bu dao": "sms_code_not_received",
            "yzm收不到": "sms_code_not_received",
            "haizi chongzhi": "minor_refund",
        }
        assert share_right(classifier, expected) >= 0.9

    def test_forgives_dropped_and_swapped_characters(self, classifier):
        expected = {
            "转工人": "request_human",
            "我要人客工服": "request_human",
            "号封被了": "ban_appeal",
            "提现账不到": "withdraw_issue",
            "收不验证码": "sms_code_not_received",
            "一打就开闪退": "app_crash",
        }
        assert share_right(classifier, expected) == 1

    def test_surer_of_mistakes_for_having_trained_on_some(self, classifier, tmp_path, few_topics):
        never_saw_any = train(tmp_path / "clean", few_topics, noisy_copies=0)
        mistaken = {
            "wdhbfl": "ban_appeal",
            "hbfl": "ban_appeal",
            "txwdz": "withdraw_issue",
            "zrg": "request_human",
            "kefu": "request_human",
        }
        assert sureness(classifier, mistaken) > sureness(never_saw_any, mistaken) + 0.05


class TestConfidence:
    def test_is_sure_of_the_plain_and_unsure_of_what_no_topic_is_about(self, classifier):
        assert classify(classifier, "转人工").get("intent")["confidence"] > 0.9
        assert classify(classifier, "紫薯花椰").get("intent")["confidence"] < 0.5

    def test_ranks_ten_intents_best_first(self, classifier):
        message = classify(classifier, "我的号被封了")
        ranking = message.get("intent_ranking")
        confidences = [intent["confidence"] for intent in ranking]
        assert ranking[0] == message.get("intent")
        assert confidences == sorted(confidences, reverse=True)
        assert sum(confidences) == pytest.approx(1, abs=1e-3)
        assert len(ranking) == 10

    def test_confidence_is_about_how_often_it_is_right(self, tmp_path, few_topics):
        """Trained on five voices; on the sixth, mean confidence and accuracy are close."""
        by_voice = [(example.get("metadata")["intent"]["voice"], example) for example in few_topics.intent_examples]
        classifier = train(tmp_path / "five", TrainingData([example for voice, example in by_voice if voice != "b"]))
        unheard = [example for voice, example in by_voice if voice == "b"]
        predicted = [classify(classifier, example.get("text")).get("intent") for example in unheard]
        right = [intent["name"] == example.get("intent") for intent, example in zip(predicted, unheard, strict=True)]
        assert np.mean(right) == pytest.approx(np.mean([intent["confidence"] for intent in predicted]), abs=0.1)


class TestOutOfScope:
    """Read with a model of one's own making: what is done with a score does not depend on who made it."""

    def parse(self, classifier, text):
        message = classify(classifier, text)
        FallbackClassifier({"threshold": 0.4, "ambiguity_threshold": 0.1}).process([message])
        return message

    def over(self, small_model, threshold):
        config = {**NgramIntentClassifier.get_default_config(), "out_of_scope_threshold": threshold}
        return NgramIntentClassifier(config, None, None, small_model)

    def test_the_score_stands_in_the_result_of_parsing(self, small_model):
        message = classify(self.over(small_model, 0.5), "明天天气怎么样")
        assert message.as_dict(only_output_properties=True)["out_of_scope"] == {
            "score": small_model.out_of_scope("明天天气怎么样")
        }

    def test_from_the_threshold_on_the_intent_is_out_of_scope(self, small_model):
        score = small_model.out_of_scope("天气 人工")
        assert classify(self.over(small_model, score), "天气 人工").get("intent")["name"] == "out_of_scope"
        below = classify(self.over(small_model, score + 1e-6), "天气 人工")
        assert below.get("intent")["name"] != "out_of_scope"

    def test_the_ranking_of_the_others_stays(self, small_model):
        ranking = classify(self.over(small_model, 0.0), "我的号被封了").get("intent_ranking")
        assert [intent["name"] for intent in ranking[:2]] == ["out_of_scope", "ban_appeal"]
        assert len(ranking) == 4

    def test_a_clear_stranger_passes_the_fallback(self, small_model):
        assert self.parse(self.over(small_model, 0.15), "明天天气怎么样").get("intent")["name"] == "out_of_scope"

    def test_what_may_be_a_topic_as_well_gets_topics_to_choose_from(self, small_model):
        message = self.parse(self.over(small_model, 0.0), "我的号被封了")
        assert message.get("intent")["name"] == "nlu_fallback"
        assert "ban_appeal" in [intent["name"] for intent in message.get("intent_ranking")]


class FakeFeaturizer:
    """Knows one thing about a message: whether money is meant, whatever the script."""

    def __init__(self, meant):
        self.meant = meant

    def process(self, messages):
        for message in messages:
            row = np.array([[1.0, 0.0]] if message.get("text") in self.meant else [[0.0, 1.0]])
            message.add_features(Features(row, FEATURE_TYPE_SENTENCE, "text", "fake"))
        return messages


class TestDense:
    def test_uses_what_a_featurizer_before_it_knows(self, tmp_path):
        money = ["提现不到账", "提现失败", "收益提不出来", "钱取不了"]
        other = ["转人工", "人工客服", "叫个活人", "真人在吗"]
        featurizer = FakeFeaturizer({*money, "ถอนเงิน"})
        examples = [Message.build(t, i) for ts, i in ((money, "withdraw_issue"), (other, "request_human")) for t in ts]
        train(tmp_path / "dense", TrainingData(featurizer.process(examples)), dense_weight=2.0)
        classifier = load(tmp_path / "dense")
        known, unknown = featurizer.process([Message({"text": "ถอนเงิน"}), Message({"text": "สวัสดี"})])
        assert classifier.process([known])[0].get("intent")["name"] == "withdraw_issue"
        assert classifier.process([unknown])[0].get("intent")["name"] == "request_human"


class TestInput:
    @pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE.keys())
    def test_takes_whatever_is_sent(self, classifier, text):
        message = classify(classifier, text)
        assert 0 <= message.get("intent")["confidence"] <= 1
        assert message.get("text") == text

    def test_has_no_intent_for_nothing(self, classifier):
        message = classify(classifier, "\u200b")
        assert message.get("intent") == {"name": None, "confidence": 0.0}
        assert message.get("intent_ranking") == []

    def test_takes_a_message_without_text(self, classifier):
        assert classifier.process([Message({})])[0].get("intent")["name"] is None

    def test_never_rewrites_the_text(self, classifier):
        """Folded, a full-width slash would become a command."""
        assert classify(classifier, "／restart").get("text") == "／restart"

    def test_leaves_the_intent_of_a_command_alone(self, classifier):
        command = {"name": "affirm", "confidence": 1.0}
        message = Message({"text": "/affirm", "intent": command})
        assert classifier.process([message])[0].get("intent") == command

    def test_a_long_message_takes_no_longer_than_a_breath(self, classifier):
        started = time.perf_counter()
        classify(classifier, "我的号被封了你们凭什么封我" * 150)
        assert time.perf_counter() - started < 0.25


class TestKeeping:
    def test_a_loaded_model_predicts_what_the_trained_one_did(self, trained, classifier):
        for text in ("我的号被封了", "转人工", "bot", *STRANGE.values()):
            ranking = classify(trained, text).get("intent_ranking")
            assert classify(classifier, text).get("intent_ranking") == ranking

    def test_a_loaded_model_wakes_no_second_thread(self, classifier):
        """One that was woken for a long message spins for 30 ms after it."""
        assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} == {1}

    def test_the_same_examples_give_the_same_model(self, tmp_path):
        data = read_topics(("human", "app_crash"))
        one, other = (train(tmp_path / name, data) for name in ("one", "other"))
        for text in list(sentences())[:100]:
            assert classify(one, text).get("intent_ranking") == classify(other, text).get("intent_ranking")

    def test_keeps_no_pickle(self, folder, trained):
        files = [path for path in folder.rglob("*") if path.is_file()]
        assert sorted(path.suffix for path in files) == [".json", ".npz"]
        for path in files:
            if path.suffix == ".npz":
                with np.load(path, allow_pickle=False) as numbers:
                    assert all(numbers[name].dtype != object for name in numbers.files)


def modules():
    """The files of `bot` that are loaded with the classifier."""
    found, waiting = set(), ["bot.nlu.classifier"]
    while waiting:
        path = Path(*waiting.pop().split(".")).with_suffix(".py")
        if path.is_file() and path not in found:
            found.add(path)
            waiting.extend(name for name in imports(path) if name.startswith("bot."))
    return sorted(found)


def imports(path):
    """What a file imports, and what may be a module in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))


class TestAsksForANewTraining:
    """Rasa keeps trained parts, and trains anew only what it sees to have changed."""

    @pytest.mark.parametrize("module", modules(), ids=str)
    def test_when_a_module_changes(self, module, monkeypatch):
        before, read = NgramIntentClassifier.fingerprint_addon({}), Path.read_bytes
        monkeypatch.setattr(Path, "read_bytes", lambda path: read(path) + b"#" * path.samefile(module))
        assert NgramIntentClassifier.fingerprint_addon({}) != before

    def test_when_a_package_changes_that_a_model_is_made_with(self):
        """Rasa asks for their versions, and that they can be imported; its own is seen to by itself."""
        used = {name.split(".")[0] for module in modules() for name in imports(module)}
        packages = used - set(sys.stdlib_module_names) - {"bot", "rasa", "threadpoolctl"}
        assert set(NgramIntentClassifier.required_packages()) == packages
        assert find_unavailable_packages(packages) == set()
        assert calculate_fingerprint_key(NgramIntentClassifier, {}, {})

"""The model by itself: what it says, how it is kept, and that nothing anybody sends upsets it."""

import json
import random
import time

import numpy as np
import pytest

from bot.nlu.features import NgramSpace, Tally, count_ngrams
from bot.nlu.intent_model import FORMAT, IntentModel, Recipe, UnreadableModel, decided
from bot.nlu.linear_machine import LinearMachine
from bot.nlu.out_of_scope import OutOfScope


def write_format(folder, version):
    path = folder / "names.json"
    names = json.loads(path.read_text(encoding="utf-8"))
    names.pop("format")
    path.write_text(json.dumps(names if version is None else {**names, "format": version}), encoding="utf-8")


def anything(seed):
    """A text of any characters at all, lone surrogates among them, in runs and in mixtures."""
    chance = random.Random(seed)
    alphabets = [(0x20, 0x7E), (0x4E00, 0x9FFF), (0x300, 0x36F), (0x1F300, 0x1FAFF), (0xD800, 0xDFFF), (0, 0x10FFFF)]
    pieces = []
    for _ in range(chance.randrange(6)):
        first, last = chance.choice(alphabets)
        pieces.append("".join(chr(chance.randint(first, last)) for _ in range(chance.choice([1, 3, 40, 400]))))
    return "".join(pieces)


BAD = {
    "empty": "",
    "10,000 Hanzi": "我的号被封了你们" * 1250,
    "10,000 letters": "a" * 10_000,
    "10,000 ligatures of 18 letters": "ﷺ" * 10_000,
    "only emoji": "😭" * 500,
    "only digits": "1234567890" * 40,
    "binary noise": "".join(map(chr, range(1, 1000))),
    "lone surrogates": "\ud83d" * 300,
    "200 combining marks": "e" + "\u0301" * 200,
    "10,000 combining marks": "e" + "\u0301" * 10_000,
}


LABELS = ["ban_appeal", "out_of_scope", "request_human"]


def always_scoring(*scores, strangers=()):
    """A model of three intents that scores whatever it is asked so."""
    space = NgramSpace.learn(Tally([count_ngrams("天气")]), min_count=1)
    machine = LinearMachine(LABELS, np.zeros((len(space.vocabulary), 3), np.int8), np.ones(3), np.float32(scores))
    return IntentModel(space, machine, 0.1, OutOfScope(LABELS, strangers))


class TestPredict:
    def test_ranks_every_intent_best_first(self, small_model):
        ranking = small_model.predict("我的号被封了")
        confidences = [confidence for _, confidence in ranking]
        assert ranking[0][0] == "ban_appeal"
        assert len(ranking) == 4
        assert confidences == sorted(confidences, reverse=True)
        assert sum(confidences) == pytest.approx(1, abs=1e-3)

    def test_the_same_examples_give_the_same_model(self, texts, labels, small_model):
        assert IntentModel.train(texts, labels, Recipe(noisy_copies=2)).predict("卡") == small_model.predict("卡")

    def test_learns_two_intents(self):
        model = IntentModel.train(["转人工", "人工", "谢谢", "谢谢你"], ["human", "human", "thanks", "thanks"])
        assert model.predict("人工")[0][0] == "human"
        assert model.predict("谢谢")[0][0] == "thanks"


class TestOutOfScope:
    def test_tells_strangers_from_what_it_knows(self, small_model):
        known = max(small_model.out_of_scope(text) for text in ("我的号被封了", "提现不到账", "转人工"))
        assert small_model.out_of_scope("明天天气") > known + 0.2

    def test_is_the_confidence_in_being_out_of_scope(self, small_model):
        for text in ("明天天气", "我的号被封了", "紫薯"):
            assert dict(small_model.predict(text))["out_of_scope"] == pytest.approx(small_model.out_of_scope(text))

    @pytest.mark.parametrize("score", [-99.0, 0.0, 99.0])
    def test_the_rest_stays_in_its_order_however_sure_the_stranger(self, score):
        confidences = dict(always_scoring(1.0, score, 0.9, strangers=[1.0, -1.0, 0.0, 0.0]).predict("天气"))
        assert sum(confidences.values()) == pytest.approx(1)
        assert confidences["ban_appeal"] >= confidences["request_human"] >= 0

    @pytest.mark.parametrize(("score", "first"), [(2.0, "out_of_scope"), (0.0, "ban_appeal")])
    def test_is_a_label_as_any_other_where_it_could_not_be_learnt(self, score, first):
        """As when no example of it could be held back."""
        reading = always_scoring(1.0, score, 0.9).read("天气")
        assert reading.out_of_scope == dict(reading.ranking)["out_of_scope"] > 0
        assert reading.ranking[0][0] == decided(reading, 0.5)[0][0] == first

    @pytest.mark.parametrize("truth", [[], [0, 2], [1, 1]], ids=["of nothing", "in scope only", "strangers only"])
    def test_is_not_learnt_of_one_side_alone(self, truth):
        strangers = OutOfScope.fit(LABELS, np.zeros((len(truth), 3)), np.array(truth, dtype=int))
        assert strangers.likelihood(np.zeros(3)) is None

    def test_of_two_labels_it_may_be_the_one(self):
        model = IntentModel.train(
            ["转人工", "人工", "天气", "天气好"], ["human", "human", "out_of_scope", "out_of_scope"]
        )
        assert decided(model.read("天气"), 0.5)[0][0] == "out_of_scope"
        assert decided(model.read("人工"), 0.5)[0][0] == "human"

    def test_nothing_is_out_of_scope_where_no_example_was(self):
        model = IntentModel.train(["转人工", "人工", "谢谢", "谢谢你"], ["human", "human", "thanks", "thanks"])
        assert model.out_of_scope("明天天气") == 0


class TestDense:
    """What other components know decides where the characters say nothing."""

    @pytest.fixture
    def model(self, texts, labels):
        directions = {intent: place for place, intent in enumerate(sorted(set(labels)))}
        dense = np.eye(4, dtype=np.float32)[[directions[intent] for intent in labels]]
        return IntentModel.train(texts, labels, Recipe(dense_weight=2.0), dense=dense)

    def test_dense_features_sway(self, model):
        ban, _, human, withdraw = np.eye(4, dtype=np.float32)
        assert model.predict("紫薯", ban)[0][0] == "ban_appeal"
        assert model.predict("紫薯", human * 9)[0][0] == "request_human"
        assert model.predict("紫薯", withdraw)[0][0] == "withdraw_issue"

    def test_still_speaks_without_them(self, model):
        assert len(model.predict("转人工")) == 4

    def test_a_loaded_model_takes_them_too(self, model, tmp_path):
        model.save(tmp_path)
        human = np.eye(4, dtype=np.float32)[2]
        assert IntentModel.load(tmp_path).predict("紫薯", human) == model.predict("紫薯", human)


class TestKeeping:
    def test_a_loaded_model_says_the_same(self, small_model, tmp_path):
        small_model.save(tmp_path)
        loaded = IntentModel.load(tmp_path)
        for text in ("我的号被封了", "转人工", "天气", *BAD.values()):
            assert loaded.read(text) == small_model.read(text)

    @pytest.mark.parametrize("version", [None, FORMAT - 1, FORMAT + 1])
    def test_another_format_is_refused_in_one_line(self, small_model, tmp_path, version):
        small_model.save(tmp_path)
        write_format(tmp_path, version)
        with pytest.raises(UnreadableModel, match="train it anew") as refusal:
            IntentModel.load(tmp_path)
        assert "\n" not in str(refusal.value)

    @pytest.mark.parametrize("name", ["names.json", "numbers.npz"])
    def test_a_missing_or_broken_file_is_named_in_one_line(self, small_model, tmp_path, name):
        small_model.save(tmp_path)
        (tmp_path / name).write_bytes(b"{broken")
        with pytest.raises(UnreadableModel, match="train it anew"):
            IntentModel.load(tmp_path)
        (tmp_path / name).unlink()
        with pytest.raises(UnreadableModel, match="train it anew"):
            IntentModel.load(tmp_path)


def best_time(model, text):
    """The quickest of three: a busy machine slows a run, never quickens one."""
    times = []
    for _ in range(3):
        started = time.perf_counter()
        model.read(text)
        times.append(time.perf_counter() - started)
    return min(times)


class TestBadInput:
    @pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
    def test_is_read_at_once(self, small_model, text):
        assert best_time(small_model, text) < 0.05
        assert all(0 <= confidence <= 1 for _, confidence in small_model.predict(text))

    def test_says_nothing_about_nothing(self, small_model):
        for nothing in ("", " \n", "\u200b", "\ud83d", "\u0301" * 200):
            assert small_model.predict(nothing) == []

    @pytest.mark.parametrize("seed", range(200))
    def test_any_text_has_a_sane_reading(self, small_model, seed):
        reading = small_model.read(anything(seed))
        assert 0 <= reading.out_of_scope <= 1
        assert not reading.ranking or sum(share for _, share in reading.ranking) == pytest.approx(1, abs=1e-3)
        assert all(np.isfinite(share) for _, share in reading.ranking)

"""What is read quickly is what Rasa reads, and what is wrong in a file is said as Rasa says it."""

import json
from copy import deepcopy
from pathlib import Path

import numpy
import pytest
from rasa.shared.exceptions import YamlException
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message

from bot.importer import Example, FrugalFileImporter, is_plain

OURS = ("config.yml", "domain.yml", ["data"])
PLAIN = """
version: "3.1"
nlu:
- intent: greet
  metadata: {voice: a}
  examples: |
    - 你好
    -  在吗
    - 你好
"""
# All that Rasa's format knows besides.
UNUSUAL = """
version: "3.1"
nlu:
- intent: faq/hours
  examples: |
    - 几点开门
- intent: faq/phone
  examples:
  - text: |
      我在[北京](city)
    metadata: {seen: 2}
  - text: |
      打哪个[电话]{"entity": "device", "value": "phone", "role": "wanted"}
  metadata: [any, {kind: of thing}]
- intent: thank
  examples: |
    - 谢谢
- synonym: phone
  examples: |
    - 手机
- regex: number
  examples: |
    - \\d{11}
- lookup: city
  examples: |
    - 上海
    - 广州
responses:
  utter_faq/hours:
  - text: 九点
"""
JSON = {
    "rasa_nlu_data": {
        "common_examples": [{"text": "再见", "intent": "leave", "entities": []}],
        "regex_features": [{"name": "zip", "pattern": "[0-9]{6}"}],
    }
}
DOMAIN = """
version: "3.1"
intents: [greet, thank, faq]
responses:
  utter_thank:
  - text: 不客气
actions: [action_greet]
"""
RULES = """
version: "3.1"
rules:
- rule: Thanks are answered
  steps:
  - intent: thank
  - action: utter_thank
- rule: A question is answered
  steps:
  - intent: faq
  - action: utter_faq
"""


@pytest.fixture
def project(tmp_path):
    """A domain, a rule, and a file of each kind of NLU data."""
    files = {
        "domain.yml": DOMAIN,
        "data/greet.yml": PLAIN,
        "data/unusual.yml": UNUSUAL,
        "data/leave.json": json.dumps(JSON),
        "data/rules.yml": RULES,
    }
    (tmp_path / "data").mkdir()
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def both(project):
    files = (None, str(project / "domain.yml"), [str(project / "data")])
    return FrugalFileImporter(*files), RasaFileImporter(*files)


def both_as_trained_with(project):
    """The importers with those that Rasa puts around them."""
    files = (None, str(project / "domain.yml"), [str(project / "data")])
    ours = {"importers": [{"name": "bot.importer.FrugalFileImporter"}]}
    return TrainingDataImporter.load_from_dict(ours, *files), TrainingDataImporter.load_from_dict({}, *files)


def told(data):
    """All there is in NLU data."""
    return {
        "examples": [(message.data, message.features, message.time) for message in data.training_examples],
        "fingerprints": [message.fingerprint() for message in data.training_examples],
        "synonyms": data.entity_synonyms,
        "regexes": data.regex_features,
        "lookups": data.lookup_tables,
        "responses": data.responses,
    }


class TestSameAsRasa:
    def test_the_bots_own_examples(self):
        ours, rasas = (told(kind(*OURS).get_nlu_data()) for kind in (FrugalFileImporter, RasaFileImporter))
        assert len(ours["examples"]) > 20_000
        assert ours == rasas

    def test_the_bots_own_domain_and_rules(self):
        ours, rasas = FrugalFileImporter(*OURS), RasaFileImporter(*OURS)
        assert ours.get_domain().as_dict() == rasas.get_domain().as_dict()
        assert ours.get_stories().fingerprint() == rasas.get_stories().fingerprint()
        assert ours.get_config() == rasas.get_config()

    def test_all_that_the_format_knows(self, project):
        ours, rasas = (told(importer.get_nlu_data()) for importer in both(project))
        assert ours == rasas
        assert all(ours.values())
        assert {"city", "device"} == {
            entity["entity"] for data, _, _ in ours["examples"] for entity in data.get("entities", ())
        }

    def test_for_each_language(self, project):
        for language in ("zh", None):
            ours, rasas = (told(importer.get_nlu_data(language)) for importer in both(project))
            assert ours == rasas

    def test_what_reaches_the_training(self, project):
        ours, rasas = both_as_trained_with(project)
        assert ours.get_domain().as_dict() == rasas.get_domain().as_dict()
        assert "utter_faq" in ours.get_domain().action_names_or_texts
        for asked in ({}, {"language": "zh"}):
            assert told(ours.get_nlu_data(**asked)) == told(rasas.get_nlu_data(**asked))
            assert ours.get_nlu_data(**asked).fingerprint() == rasas.get_nlu_data(**asked).fingerprint()

    def test_without_domain_and_data(self, tmp_path):
        importer = FrugalFileImporter()
        assert importer.get_domain().is_empty()
        assert importer.get_nlu_data().is_empty()


class TestOnce:
    def test_a_file_is_read_once(self, project):
        ours, _ = both(project)
        before = ours.get_domain().as_dict(), told(ours.get_nlu_data())
        for name in ("domain.yml", "data/greet.yml", "data/unusual.yml"):
            (project / name).write_text("nlu: changed", encoding="utf-8")
        assert (ours.get_domain().as_dict(), told(ours.get_nlu_data("zh"))) == before

    def test_who_adds_to_what_was_read_adds_for_nobody_else(self, project):
        ours, _ = both(project)
        ours.get_domain().intent_properties["greet"]["changed"] = True
        ours.get_nlu_data().training_examples[0].set(TEXT, "changed")
        assert "changed" not in ours.get_domain().intent_properties["greet"]
        assert ours.get_nlu_data().training_examples[0].get(TEXT) == "你好"

    def test_the_bots_own_files_need_no_schema(self):
        """Whoever reads this failing: such a file is read as rightly as before, in a hundred times the time."""
        files = sorted(Path("data/nlu").glob("*.yml"))
        assert [path.name for path in files if not is_plain(path.read_text("utf-8"))] == []

    def test_rasa_finds_the_importer(self):
        """It does without one that it does not find, and warns in the log only."""
        outer = TrainingDataImporter.load_from_config(*OURS)
        assert [type(importer) for importer in outer.importer._importer._importers] == [FrugalFileImporter]


BROKEN = {
    "a bracket that nobody closes": ("nlu:\n- intent: [greet\n  examples: |\n    - hi\n", "line: 3"),
    "a key twice": ("nlu:\n- intent: greet\n  intent: thank\n  examples: |\n    - hi\n", "duplicate key"),
    "a tab": ("nlu:\n- intent: greet\n\texamples: |\n    - hi\n", "line: 3"),
    "an unknown key": ("nlu:\n- intent: greet\n  exmaples: |\n    - hi\n", "exmaples"),
    "a number for an intent": ("nlu:\n- intent: 12\n  examples: |\n    - hi\n", "12"),
    "examples without dash": ("nlu:\n- intent: greet\n  examples:\n  - hi\n", "examples"),
    "one intent instead of a list": ("nlu:\n  intent: greet\n  examples: |\n    - hi\n", "list"),
    "a number for the version": ("version: 3.1\nnlu:\n- intent: greet\n  examples: |\n    - hi\n", "version"),
}


class TestBrokenFiles:
    @pytest.mark.parametrize("name", BROKEN)
    def test_the_file_and_the_reason_are_told_as_rasa_does(self, project, name):
        text, reason = BROKEN[name]
        path = project / "data" / "greet.yml"
        path.write_text(text, encoding="utf-8")
        errors = []
        for importer in both(project):
            with pytest.raises(YamlException) as caught:
                importer.get_nlu_data()
            errors.append((type(caught.value), str(caught.value)))
        assert errors[0] == errors[1]
        assert str(path) in errors[0][1]
        assert reason in errors[0][1]

    @pytest.mark.parametrize(
        ("was", "now", "reason"),
        [
            ("- 你好", "你好", "doesn't start with"),
            ("intent: greet", 'intent: ""', "empty name"),
            ("examples: |\n    - 你好\n    -  在吗\n    - 你好", "examples: []", "no examples"),
        ],
    )
    def test_what_is_left_out_is_told(self, project, was, now, reason):
        path = project / "data" / "greet.yml"
        path.write_text(PLAIN.replace(was, now, 1), encoding="utf-8")
        heard = []
        for importer in both(project):
            with pytest.warns(UserWarning, match=reason) as caught:
                importer.get_nlu_data()
            heard.append([str(warning.message) for warning in caught if str(path) in str(warning.message)])
        assert heard[0] == heard[1] != []

    def test_a_domain_that_is_broken_is_told_with_its_name(self, project):
        (project / "domain.yml").write_text("intents: [greet\n", encoding="utf-8")
        ours, _ = both(project)
        with pytest.raises(YamlException, match=r"domain\.yml"):
            ours.get_domain()


class TestExample:
    @pytest.fixture
    def message(self):
        return Message.build("我在北京", "where", [{"entity": "city", "value": "北京"}], {"voice": "a"})

    @pytest.fixture
    def example(self, message):
        return Example.of(deepcopy(message))

    def test_is_the_message(self, example, message):
        assert example == message
        assert hash(example) == hash(message)

    def test_a_copy_is_the_same_and_lives_by_itself(self, example, message):
        twin = deepcopy(example)
        assert (type(twin), vars(twin)) == (Example, vars(example))

        twin.get("entities")[0]["value"] = "上海"
        twin.get("metadata")["intent"]["voice"] = "b"
        twin.output_properties.add("other")
        twin.add_features(features())
        twin.set(TEXT, "我在上海")

        assert vars(example) == vars(Example.of(message))

    @pytest.mark.parametrize(
        "change",
        [
            lambda message: message.set(TEXT, "我在上海"),
            lambda message: message.set(INTENT, "whence"),
            lambda message: message.set("score", 1),
            lambda message: message.set("entities", [{"entity": "city", "value": "上海"}]),
            lambda message: message.get("entities").clear() or message.set("entities", message.get("entities")),
            lambda message: message.add_diagnostic_data("here", {"a": 1}),
        ],
    )
    def test_a_change_shows_in_the_fingerprint(self, example, message, change):
        before = example.fingerprint()
        change(example)
        change(message)
        assert example.fingerprint() == message.fingerprint() != before

    def test_features_show_in_the_fingerprint(self, example):
        before = example.fingerprint()
        example.add_features(features())
        assert example.fingerprint() != before

    def test_the_same_text_set_again_changes_nothing(self, example, message):
        before = example.fingerprint()
        example.set(INTENT, "where ".strip(), add_to_output=True)
        assert example._cached_fingerprint == before == message.fingerprint()
        assert INTENT in example.output_properties


def features():
    return Features(numpy.ones((1, 2)), FEATURE_TYPE_SENTENCE, TEXT, "somewhere")

"""What calls for training, and what does not."""

import pytest

from scripts.fingerprint import of_model

CONFIG = """
pipeline:
  - name: bot.classifier.Classifier
policies: []
"""
DOMAIN = """
intents: [greet]
responses:
  utter_greet:
    - text: 您好
"""


@pytest.fixture
def project(tmp_path):
    files = {
        "config.yml": CONFIG,
        "domain.yml": DOMAIN,
        "facts.yml": "hours: 9-18\n",
        "data/nlu/greet.yml": "nlu: []\n",
        "requirements/bot.txt": "rasa==3.6.21\n",
        "bot/__init__.py": "",
        "bot/classifier.py": "from bot import text\nfrom bot.sounds import pinyin\n",
        "bot/text.py": "",
        "bot/sounds.py": "pinyin = 1\n",
        "bot/channel.py": "import bot.turn\n",
        "bot/turn.py": "",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("domain.yml", DOMAIN.replace("您好", "您好，请讲")),
        ("domain.yml", "# a remark\n" + DOMAIN),
        ("facts.yml", "hours: 10-19\n"),
        ("bot/channel.py", "changed = True\n"),
        ("bot/turn.py", "changed = True\n"),
        ("actions/penalties.py", "changed = True\n"),
        ("bot/__pycache__/text.pyc", "compiled"),
    ],
)
def test_words_facts_and_channels_need_no_training(project, name, content):
    before = of_model(project)

    (project / name).parent.mkdir(exist_ok=True)
    (project / name).write_text(content)

    assert of_model(project) == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("config.yml", CONFIG + "language: zh\n"),
        ("domain.yml", DOMAIN.replace("[greet]", "[greet, thank]")),
        ("domain.yml", DOMAIN + "  utter_thanks:\n    - text: 不客气\n"),
        ("data/nlu/greet.yml", "nlu: [changed]\n"),
        ("data/rules/greet.yml", "rules: []\n"),
        ("requirements/bot.txt", "rasa==3.6.22\n"),
        ("bot/classifier.py", "changed = True\n"),
        ("bot/text.py", "changed = True\n"),
        ("bot/sounds.py", "changed = True\n"),
        ("bot/words.txt", "a list that a component reads\n"),
    ],
)
def test_what_is_learnt_from_needs_training(project, name, content):
    before = of_model(project)

    (project / name).parent.mkdir(exist_ok=True)
    (project / name).write_text(content)

    assert of_model(project) != before


def test_a_file_moved_in_data_needs_training(project):
    before = of_model(project)

    (project / "data/nlu/greet.yml").rename(project / "data/nlu/hello.yml")

    assert of_model(project) != before

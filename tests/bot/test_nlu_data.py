"""The examples: complete, without contradiction, and read by Rasa as they stand."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

from bot.text import normalise

TOPICS = sorted(Path("data/nlu").glob("*.yml"))
VOICES = {*"abcdefghijklmnopqrst", "plain"}


@pytest.fixture(scope="module")
def examples():
    return [example for topic in TOPICS for example in RasaYAMLReader().read(topic).intent_examples]


def test_an_intent_lives_in_one_topic():
    homes = defaultdict(set)
    for topic in TOPICS:
        for intent in re.findall(r"^- intent: (\w+)$", topic.read_text(encoding="utf-8"), re.MULTILINE):
            homes[intent].add(topic.name)
    assert {intent: files for intent, files in homes.items() if len(files) > 1} == {}


def test_no_message_has_two_intents_or_stands_twice(examples):
    readings = defaultdict(list)
    for example in examples:
        readings[normalise(example.get("text"))].append((example.get("text"), example.get("intent")))
    assert [twice for twice in readings.values() if len(twice) > 1] == []


def test_nothing_is_taken_for_an_entity_annotation(examples):
    assert [example.get("text") for example in examples if example.get("entities")] == []


def test_rasa_reads_each_line_as_it_is_written(examples):
    lines = [
        line[6:] for topic in TOPICS for line in topic.read_text(encoding="utf-8").splitlines() if line[:6] == "    - "
    ]
    assert lines == [example.get("text") for example in examples]


def test_every_example_has_a_voice(examples):
    """So that a voice can be left out and the bot measured on a kind of user it has never met."""
    voices = Counter((example.get("metadata") or {}).get("intent", {}).get("voice") for example in examples)
    assert set(voices) == VOICES


def test_every_example_says_something(examples):
    assert [example.get("text") for example in examples if not normalise(example.get("text"))] == []

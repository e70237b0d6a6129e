"""The examples: complete, without contradiction, and read by Rasa as they stand."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

from bot.text import normalise

TOPICS = sorted(Path("data/nlu").glob("*.yml"))
VOICES = {*"abcdefghijklmno", "plain"}
INTENTS = {
    "login_failed",
    "sms_code_not_received",
    "phone_change",
    "account_stolen",
    "account_frozen",
    "data_lost",
    "ban_reason_query",
    "ban_appeal",
    "function_restricted",
    "traffic_limited",
    "content_review_appeal",
    "live_ban_appeal",
    "report_content",
    "report_harassment",
    "report_fraud",
    "report_minor_harm",
    "community_rule_query",
    "infringement_copyright",
    "infringement_personality",
    "infringement_counter_notice",
    "live_quality",
    "live_permission",
    "gift_issue",
    "app_crash",
    "upload_failed",
    "feature_bug",
    "recharge_not_arrived",
    "charge_refund",
    "minor_refund",
    "withdraw_issue",
    "order_issue",
    "account_deletion",
    "realname_issue",
    "settings_howto",
    "privacy_leak",
    "minor_mode",
    "suggestion",
    "complaint_service",
    "case_progress",
    "case_update",
    "request_human",
    "rate_satisfied",
    "rate_unsatisfied",
    "abuse",
    "self_harm_crisis",
    "emotion_upset",
    "greet",
    "thanks_bye",
    "bot_identity",
    "chitchat",
    "affirm",
    "deny",
    "cancel",
    "repeat",
    "inform",
    "job_how_to_become",
    "job_requirements",
    "job_difficulties",
    "job_development",
    "out_of_scope",
}


@pytest.fixture(scope="module")
def examples():
    return [example for topic in TOPICS for example in RasaYAMLReader().read(topic).intent_examples]


def test_every_intent_of_the_taxonomy_has_examples_enough(examples):
    counts = Counter(example.get("intent") for example in examples)
    assert set(counts) == INTENTS
    assert min(counts.values()) >= 100


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

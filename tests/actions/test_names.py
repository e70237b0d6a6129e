"""What the actions name and what the domain and the data declare must be the same."""

import os
import re
from pathlib import Path

import pytest
from rasa_sdk.executor import ActionExecutor
from ruamel.yaml import YAML

from actions.collected import COLLECTED
from actions.facts import fact
from actions.topics import all_topics, kind_of, label_of

DOMAIN = YAML(typ="safe").load(Path("domain.yml").read_text(encoding="utf-8"))
ACTIONS = {name for action in DOMAIN["actions"] for name in ([action] if isinstance(action, str) else action)}
INTENTS = {name for intent in DOMAIN["intents"] for name in intent}
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in Path("actions").glob("*.py"))


def test_every_declared_action_exists_and_no_other() -> None:
    executor = ActionExecutor()
    executor.register_package("actions")
    assert set(executor.actions) == ACTIONS


def test_every_intent_has_a_kind_and_no_other_has() -> None:
    assert set(all_topics()) == INTENTS - {"nlu_fallback"}
    assert {topic.kind for topic in all_topics().values()} == {"topic", "answer", "stop", "plain"}


def test_every_topic_has_a_plain_name_in_both_languages() -> None:
    for topic in all_topics().values():
        if topic.kind == "topic":
            assert re.search("[\u4e00-\u9fff]", topic.zh), topic
            assert re.fullmatch(r"[ -~]+", topic.en), topic


def test_an_unknown_intent_is_nothing_special() -> None:
    assert kind_of("nlu_fallback") == kind_of(None) == "plain"
    assert label_of("nlu_fallback", "zh") == ""


def test_every_safety_sentence_is_written() -> None:
    assert {t.safety for t in all_topics().values() if t.safety} <= set(DOMAIN["responses"])


def test_every_sentence_an_action_names_is_written() -> None:
    named = set(re.findall(r'"(utter_[a-z_]+)"', SOURCES))
    assert named <= set(DOMAIN["responses"])


@pytest.mark.parametrize("form", DOMAIN["forms"])
def test_every_question_of_a_form_is_written(form: str) -> None:
    for slot in DOMAIN["forms"][form]["required_slots"]:
        assert f"utter_ask_{slot}" in DOMAIN["responses"]


@pytest.mark.parametrize("form", DOMAIN["forms"])
def test_what_a_form_collects_is_forgotten_when_it_is_cancelled(form: str) -> None:
    assert set(DOMAIN["forms"][form]["required_slots"]) <= set(COLLECTED)


def test_every_hint_has_its_own_words() -> None:
    """Each question that can go wrong in a certain way says so, in both languages."""
    expected = {
        "utter_ask_douyin_id": {"not_found", "id_nickname", "id_link", "id_several", "id_length", "id_is_phone"},
        "utter_ask_registered_phone": {"not_found", "phone_length", "phone_prefix", "phone_letters"},
        "utter_ask_contact_phone": {"phone_length", "phone_prefix", "phone_letters"},
        "utter_ask_asked_case": {"not_found", "case_length", "case_date"},
        "utter_ask_appeal_reason": {"too_short", "too_long"},
        "utter_ask_evidence": {"no_link"},
        "utter_ask_login_method": {"choice"},
        "utter_ask_login_form_douyin_id": {"id_nickname", "id_link", "id_several", "id_length", "phone_length"},
        "utter_ask_error_text": {"too_long"},
        "utter_ask_device_model": {"device_long"},
        "utter_ask_app_version": {"version"},
        "utter_ask_freeze_notice": {"too_long"},
        "utter_ask_live_role": {"choice"},
        "utter_ask_live_symptom": {"choice"},
        "utter_ask_network_type": {"choice"},
        "utter_ask_uplink_mbps": {"uplink_broadband", "uplink_kbps", "uplink_range", "uplink_missing", "lost"},
        "utter_ask_resolution": {"choice"},
        "utter_ask_is_live_now": {"yes_no"},
        "utter_ask_live_room_id": {"link_foreign", "link_no_room", "missing"},
        "utter_ask_report_target": {"link_foreign", "id_nickname", "id_several", "id_length", "long_number"},
        "utter_ask_violation_category": {"choice"},
        "utter_ask_description": {"too_long"},
        "utter_ask_complainant_type": {"choice"},
        "utter_ask_right_type": {"choice"},
        "utter_ask_infringing_url": {"link_foreign", "no_link"},
        "utter_ask_victim_is_minor": {"yes_no"},
        "utter_ask_ownership_proof": {"too_short", "too_long"},
        "utter_ask_identity_ready": {"yes_no"},
        "utter_ask_statement_truth": {"not_declared"},
    }
    for response, problems in expected.items():
        for locale in ("zh", "en"):
            spoken = [v for v in DOMAIN["responses"][response] if v.get("metadata", {}).get("locale", "zh") == locale]
            told = {c["value"] for v in spoken for c in v.get("condition", []) if c["name"] == "slot_problem"}
            assert problems <= told, (response, locale)


def test_no_sentence_for_users_stands_in_the_code() -> None:
    for path in Path("actions").glob("*.py"):
        strings = re.findall(r"say\(\s*f?[\"'](?!utter_)", path.read_text(encoding="utf-8"))
        assert not strings, path


def test_a_fact_is_read_anew_when_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "facts.yml"
    monkeypatch.setenv("BOT_FACTS", str(file))
    file.write_text("max_slot_retries: {value: 2, status: D, source: x}", encoding="utf-8")
    assert fact("max_slot_retries") == 2
    file.write_text("max_slot_retries: {value: 30, status: D, source: x}", encoding="utf-8")
    os.utime(file, (2_000_000_000, 2_000_000_000))
    assert fact("max_slot_retries") == 30

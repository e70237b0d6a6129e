"""What an operator may change is checked before it is believed."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desk.facts import ZONE, Facts, FactsWrong, HumanHours, load_facts

ROOT = Path(__file__).parents[2]
GOOD = {
    "human_hours": '{start: "08:30", end: "22:00"}',
    "appeal_sla_workdays": "7",
    "hotline_whitelist": '["110"]',
    "case_sla_by_priority": "{urgent: 2h, high: 24h, normal: 3d, low: 7d}",
}


def written(tmp_path: Path, status: str = "D", source: str = "product default", **values: str) -> Path:
    rows = [
        f"{key}:\n  value: {value}\n  status: {status}\n  source: {source}\n"
        for key, value in {**GOOD, **values}.items()
        if value
    ]
    path = tmp_path / "facts.yml"
    path.write_text("".join(rows), encoding="utf-8")
    return path


def test_the_facts_of_the_repository_are_good():
    facts = load_facts(ROOT / "facts.yml")
    assert facts.case_sla_by_priority == {"urgent": 2, "high": 24, "normal": 72, "low": 168}


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"human_hours": ""}, "human_hours"),
        ({"human_hours": '{start: "25:00", end: "22:00"}'}, "human_hours"),
        ({"human_hours": '{start: "22:00", end: "08:30"}'}, "human_hours"),
        ({"human_hours": '{start: "09:00", end: "09:00"}'}, "human_hours"),
        ({"human_hours": '{start: "09:00Z", end: "10:00"}'}, "human_hours"),
        ({"human_hours": '{start: "08:30", end: "22:00", lunch: "12:00"}'}, "human_hours"),
        ({"case_sla_by_priority": "{urgent: 2h}"}, "case_sla_by_priority"),
        ({"case_sla_by_priority": "{urgent: soon, high: 24h, normal: 3d, low: 7d}"}, "case_sla_by_priority"),
        ({"case_sla_by_priority": "{urgent: 0h, high: 24h, normal: 3d, low: 7d}"}, "case_sla_by_priority"),
        ({"case_sla_by_priority": "2h"}, "case_sla_by_priority"),
        ({"hotline_whitelist": "[]"}, "hotline_whitelist"),
        ({"hotline_whitelist": "[110]"}, "hotline_whitelist"),
        ({"appeal_sla_workdays": "-1"}, "appeal_sla_workdays"),
        ({"appeal_sla_workdays": "many"}, "appeal_sla_workdays"),
        ({"status": "X"}, "human_hours"),
        ({"source": '""'}, "human_hours"),
        ({"surplus": "1\n  unit: days"}, "surplus"),
    ],
)
def test_each_kind_of_wrong_is_one_clear_line_that_names_the_fact(tmp_path, wrong, named):
    with pytest.raises(FactsWrong) as refused:
        load_facts(written(tmp_path, **wrong))
    assert named in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "content", [b"", b"- a\n- b\n", b"a: [1, 2\n", b"a: 1\na: 2\n", b"\xff\xfe", b"1: 2\n", b"a: b\n"]
)
def test_a_file_that_is_no_table_of_facts_is_one_clear_line(tmp_path, content):
    path = tmp_path / "facts.yml"
    path.write_bytes(content)
    with pytest.raises(FactsWrong) as refused:
        load_facts(path)
    assert str(refused.value).startswith(f"{path}: ") and "\n" not in str(refused.value)


def test_a_missing_file_is_one_clear_line(tmp_path):
    with pytest.raises(FactsWrong, match="cannot be read"):
        load_facts(tmp_path / "nowhere.yml")


def test_the_check_on_the_command_line_says_so_in_one_line(tmp_path):
    path = written(tmp_path, appeal_sla_workdays="-1")
    run = subprocess.run([sys.executable, "-m", "desk.facts", path], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 1
    assert run.stderr.count("\n") == 1 and "appeal_sla_workdays" in run.stderr and "Traceback" not in run.stderr


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


HOURS = HumanHours.model_validate({"start": "08:30", "end": "22:00"})


@pytest.mark.parametrize(
    ("moment", "open_now"),
    [
        ("2026-11-24T08:29:59", False),
        ("2026-11-24T08:30:00", True),
        ("2026-11-24T21:59:59", True),
        ("2026-11-24T22:00:00", False),
        ("2026-11-24T00:00:00", False),
    ],
)
def test_people_answer_from_the_start_up_to_the_end(moment, open_now):
    assert HOURS.contains(at(moment)) is open_now


def test_hours_are_those_of_the_operator_whatever_zone_a_moment_is_in():
    assert HOURS.contains(datetime(2026, 11, 24, 1, 0, tzinfo=UTC))  # 09:00 in Shanghai
    assert not HOURS.contains(datetime(2026, 11, 24, 15, 0, tzinfo=UTC))  # 23:00


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-24T03:00:00", "2026-11-24T08:30:00"),
        ("2026-11-24T08:30:00", "2026-11-25T08:30:00"),
        ("2026-11-24T23:00:00", "2026-11-25T08:30:00"),
        ("2026-12-31T23:59:59", "2027-01-01T08:30:00"),
    ],
)
def test_the_next_opening_is_after_the_moment(moment, opening):
    assert HOURS.next_opening(at(moment)) == at(opening)


def test_facts_the_desk_does_not_need_are_left_to_others(tmp_path):
    assert isinstance(load_facts(written(tmp_path, live_min_age="18")), Facts)

import json
import re

from evaluation import report
from evaluation.contenders import DIET, LOGISTIC, OURS
from evaluation.goals import judged
from evaluation.tables import percent, points, table
from evaluation.tasks import ALL

SET = {
    "examples": 100.0,
    "top1": 0.95,
    "top3": 0.99,
    "macro_f1": 0.94,
    "in_scope_top1": 0.96,
    "in_scope_top3": 0.97,
    "calibration_error": 0.02,
    "out_of_scope_recall": 0.85,
    "auroc": 0.97,
}


def told(parse=1.0, cpu=10.0, noisy=0.9, **figures):
    return {
        "training": {"seconds": 9.0, "cpu_seconds": cpu, "peak_mb": 900.0, "model_mb": 6.0, "at": "2026-01-01T10:00"},
        "memory_mb": 800.0,
        "parse_p50_ms": parse,
        "parse_p95_ms": 2 * parse,
        "sets": {"unusual": SET | figures, ALL: SET | figures},
        "f1": {"greet": 0.9, "deny": 0.5},
        "noise": {
            "emoji": {"examples": 90.0, "clean": 0.95, "noisy": noisy},
            "homophones": {"examples": 0.0, "clean": None, "noisy": None},
        },
    }


def found(ours=None, low=0.01, high=0.05, voices=(0.92, 0.85), own=True):
    verdict = {"set": "unusual", "against": LOGISTIC, "difference": 0.03, "low": low, "high": high, "verdict": "…"}
    return {
        "task": "our own set",
        "own": own,
        "train": 400,
        "intents": 2,
        "out_of_scope": "out_of_scope",
        "contenders": {OURS: ours or told(), LOGISTIC: told(parse=4.0), DIET: told(parse=9.0, cpu=1000.0)},
        "verdicts": [verdict],
        "confusions": [{"meant": "deny", "taken_for": "greet", "sentences": ["不\n是", "没有"]}],
        "fallback": {
            "thresholds": (0.4, 0.1),
            "answered": 0.9,
            "right": 0.88,
            "right_of_answered": 0.93,
            "right_stopped": 0.05,
            "wrong_stopped": None,
        },
        "curve": [SET | {"name": "25%", "train": 100}],
        "voices": [SET | {"name": f"v{n}", "in_scope_top1": top} for n, top in enumerate(voices)],
    }


def missed(of):
    return [goal.wish for goal in judged(of) if not goal.reached]


def test_all_goals_can_be_reached():
    assert missed(found()) == []
    assert len(judged(found())) == 12


def test_each_figure_can_miss_its_goal():
    assert len(missed(found(told(top1=0.92, top3=0.97, macro_f1=0.91, out_of_scope_recall=0.79)))) == 4
    assert missed(found(told(calibration_error=0.05))) == ["calibration error of 4% or less"]
    assert missed(found(told(noisy=0.88))) == ["at most 6% lost to emoji"]
    assert len(missed(found(told(parse=2.3)))) == 2
    assert len(missed(found(told(cpu=101.0)))) == 1


def test_the_worst_voice_is_named():
    goal = next(goal for goal in judged(found(voices=(0.99, 0.7))) if "at worst" in goal.wish)
    assert str(goal) == "- MISSED: top-1 in scope of a voice left out, at worst 80%: 70.0% (v1)"


def test_being_worse_counts_only_when_it_is_significant():
    assert missed(found(low=-0.04, high=0.01)) == []
    [goal] = [goal for goal in judged(found(low=-0.04, high=-0.01)) if not goal.reached]
    assert "unusual" in goal.found


def test_of_somebody_else_s_data_only_the_comparison_is_judged():
    goals = judged(found(own=False))
    assert ["stock" in goal.wish or "DIET" in goal.wish for goal in goals] == [True] * 3


def test_a_short_run_judges_what_it_has():
    short = found()
    del short["contenders"][DIET], short["voices"], short["curve"], short["fallback"]
    assert len(judged(short)) == 8


def test_the_report_holds_every_table_whole():
    shown = report.text({"at": "2026-01-01T10:00:00", "machine": "a machine", "tasks": [found()]})
    assert "1. `deny` taken for `greet`, 2 times: 不 是 / 没有" in shown
    assert "| unusual, ours | 100 | 95.0 | 96.0 | 99.0 | 94.0 | 2.0 | 85.0 | 97.0 |" in shown
    assert "| **worst** |  | 85.0 |" in shown
    assert "| emoji | 90 | 90.0 (-5.0) |" in shown
    assert shown.index("| deny |") < shown.index("| greet |")
    for block in re.findall(r"(?:^\|.*\n?)+", shown, re.MULTILINE):
        assert len({line.count("|") for line in block.splitlines()}) == 1
    json.dumps(found())


def test_numbers_are_shown_with_one_place():
    assert (percent(None), percent(0.12345), points(-0.005), points(0.02)) == ("–", "12.3", "-0.5", "+2.0")


def test_a_bar_in_a_cell_is_no_border():
    assert table(["a", "b"], [["x|y", "1"]]).splitlines()[-1] == "| x\\|y | 1 |"

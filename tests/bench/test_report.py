from bench.goals import judged
from bench.load import CLIENT
from bench.report import table
from bench.rounds import LENGTHS
from bench.talks import TALKS


def measured(rate: float, growth: float = 1.0, acknowledged: float = 3.0) -> dict[str, dict[str, float]]:
    times = {f"{name}_p{share}": acknowledged for name in ("acknowledged", "answered") for share in (50, 95, 99)}
    busy = times | {"rate": rate, "cpu_desk": 4.0, "cpu_bot": 2.0, f"cpu_{CLIENT}": 9.0}
    return {
        **{f"{talk.name}, {number} at once": busy for talk in TALKS for number in talk.at_once},
        "arriving": times | {"rate": rate / 2},
        "memory": {"desk": 100.0, "bot": 500.0},
        "length": {f"turn_{number}": 10 * growth**index for index, number in enumerate(LENGTHS)},
    }


def row(shown: str, name: str) -> list[str]:
    line = next(line for line in shown.splitlines() if name in line)
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_each_measure_is_a_row_with_both_contenders_side_by_side():
    shown = table({"ours": measured(160), "stock": measured(40, growth=2)}, LENGTHS)
    assert row(shown, f"{TALKS[0].name}, 16 at once**: turns")[1:] == ["**160.0**", "**40.0**", "4.0 times"]
    assert row(shown, "turn 1000 of")[1:3] == ["10.0", "160.0"]
    assert len({line.count("|") for line in shown.splitlines()}) == 1


def test_the_client_s_own_work_is_no_cost_of_a_turn():
    shown = table({"ours": measured(160), "stock": measured(40)}, LENGTHS)
    assert row(shown, "processor time")[1] == "desk 4.0 + bot 2.0 = 6.0"


def test_goals_are_reached_or_missed_by_the_medians():
    reached = judged({"ours": measured(160), "stock": measured(40)})
    assert [goal.reached for goal in reached] == [True, True, True, None]
    missed = judged({"ours": measured(150, growth=1.2, acknowledged=10.1), "stock": measured(40)})
    assert [goal.reached for goal in missed] == [False, False, False, None]
    assert "MISSED" in str(missed[0]) and "10.1 ms" in str(missed[0])

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluation import answers
from evaluation.answers import KEPT, Answer, of_ranking

RANKINGS = st.lists(st.tuples(st.text(max_size=5), st.floats(0, 1)), max_size=KEPT)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.builds(Answer, RANKINGS, st.floats(0, 1), st.floats(0, 9))))
def test_what_is_written_is_read(tmp_path, said):
    answers.write(tmp_path / "a.json", said)
    assert answers.read(tmp_path / "a.json") == said
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_the_end_of_a_ranking_is_not_kept_but_counts():
    ranking = [("oos", 0.9), *(("oos", 0.0) for _ in range(KEPT)), ("a", 0.05)]
    answer = of_ranking(ranking, "oos")
    assert len(answer.ranking) == KEPT
    assert answer.out_of_scope == 0.95


def test_an_intent_may_stand_further_down():
    answer = Answer([("a", 0.6), ("b", 0.4)], 0.4)
    assert (answer.intent, answer.confidence) == ("a", 0.6)
    assert answer.among_first("b", 2) and not answer.among_first("b", 1)

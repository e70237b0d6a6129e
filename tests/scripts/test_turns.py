import pytest

from scripts import turns
from scripts.console import Failure


def test_only_the_first_text_of_a_talk_is_measured_and_each_talk_is_new(monkeypatch):
    asked = []
    clock = iter(range(10_000))
    monkeypatch.setattr(turns.time, "monotonic", lambda: next(clock))
    taken = turns.measure(["查进度", "取消"], lambda sender, text: asked.append((sender, text)))
    assert taken == [1000.0] * turns.TURNS
    assert len({sender for sender, _ in asked}) == turns.TURNS
    assert [text for _, text in asked[:2]] == ["查进度", "取消"]


def test_without_the_channel_s_key_one_clear_line_says_so(monkeypatch):
    monkeypatch.delenv("DESK_REST_CHANNEL_KEY", raising=False)
    with pytest.raises(Failure, match="DESK_REST_CHANNEL_KEY"):
        turns.main()


def test_a_service_that_does_not_run_is_named(monkeypatch):
    monkeypatch.setenv("DESK_REST_CHANNEL_KEY", "k" * 20)
    monkeypatch.setenv("DESK_PORT", "1")
    with pytest.raises(Failure, match="make run"):
        turns.main()

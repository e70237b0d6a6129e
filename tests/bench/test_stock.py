from bench.contenders import past_of
from bench.stock import EXAMPLES, examples

USER, UTTER, LISTEN = {"event": "user"}, {"event": "bot"}, {"event": "action"}


def test_a_past_has_its_beginning_once_and_then_turn_after_turn():
    first, second = [USER | {"text": "你好"}, UTTER, LISTEN], [USER | {"text": "谢谢"}, UTTER, LISTEN]
    begun = [{"event": "session_started"}, LISTEN]
    assert past_of([*begun, *first, *second], turns=2, wanted=5) == begun + first + second + first + second + first


def test_stock_learns_the_plainest_examples_of_its_own_intents(tmp_path):
    (tmp_path / "talk.yml").write_text(
        "nlu:\n"
        "- intent: greet\n  metadata: {voice: a}\n  examples: |\n    - 哈喽呀\n"
        "- intent: greet\n  metadata: {voice: plain}\n  examples: |\n    - 你好\n"
        "- intent: job\n  metadata: {voice: plain}\n  examples: |\n    - 招人吗\n"
    )
    assert dict(examples(tmp_path, {"greet"}, most=1)) == {"greet": "- 你好\n"}
    assert dict(examples(tmp_path, {"greet"})) == {"greet": "- 你好\n- 哈喽呀\n"}
    assert EXAMPLES > 1

"""Whole conversations from the .yml files beside this one, through the real channel and the real actions.

A file is a list of conversations: `conversation` (its sentence), optional `locale`, and `turns`. Of a turn:
  user / press / payload   what the user types, which button is pressed, what the desk sends
  shows                    what the user sends, with what is typed or alone: image, video or file, numbered f_1, f_2 …
  bot                      the names of the sentences said, in order
  says                     a part, or parts, of what is said
  card / handoff           what must be among the replies: the card's type; values of the handoff
  opens                    values of the case that is opened
  adds                     what is added to which case
  desk                     the calls that reached the desk in this turn
  desk_fails               from here on every call fails like this (null: works again)
"""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from actions.desk_client import DeskError
from tests.actions.fake_desk import FakeDesk
from tests.conversations.stack import Conversation, shared_stack

FOLDER = Path(__file__).parent


def scripts() -> list[Any]:
    read = YAML(typ="safe").load
    return [
        pytest.param(script, id=f"{file.stem.removeprefix('test_')}: {script['conversation']}")
        for file in sorted(FOLDER.glob("test_*.yml"))
        for script in read(file.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("script", scripts())
def test_conversation(script: dict[str, Any]) -> None:
    stack = shared_stack()
    stack.server.desk = FakeDesk()
    talk = Conversation(stack, script.get("locale", "zh"))
    for turn in script["turns"]:
        play(talk, stack.server.desk, turn)


def play(talk: Conversation, desk: FakeDesk, turn: dict[str, Any]) -> None:
    known = {"user", "press", "payload", "shows", "bot", "says", "card", "handoff", "opens", "adds"}
    known |= {"desk", "desk_fails"}
    assert set(turn) <= known, set(turn) - known
    if "desk_fails" in turn:
        desk.fails_with = DeskError(**turn["desk_fails"]) if turn["desk_fails"] else None
    desk.calls.clear()
    if "shows" in turn:
        talk.show(*turn["shows"], text=turn.get("user"))
    elif "user" in turn:
        talk.say(turn["user"])
    elif "press" in turn:
        talk.press(turn["press"])
    else:
        talk.send(turn["payload"])
    check(talk, desk, turn)


def check(talk: Conversation, desk: FakeDesk, turn: dict[str, Any]) -> None:
    said = f"{turn}\n{talk.text}"
    if "bot" in turn:
        assert talk.responses == turn["bot"], said
    for part in [turn["says"]] if isinstance(turn.get("says"), str) else turn.get("says", []):
        assert part in talk.text, said
    cards = [reply["card"]["type"] for reply in talk.answer["replies"] if reply.get("card")]
    assert cards == ([turn["card"]] if "card" in turn else []), said
    handoff = talk.answer["handoff"]
    assert bool(handoff) == ("handoff" in turn), said
    for name, value in turn.get("handoff", {}).items():
        assert handoff[name] == value, said
    calls = {call[0]: call[2:] for call in desk.calls}
    for name, value in turn.get("opens", {}).items():
        assert calls["open_case"][0][name] == value, said
    if "adds" in turn:
        number, _, attachments = calls["add_to_case"]
        assert {number: attachments} == turn["adds"], said
    if "desk" in turn:
        assert [call[0] for call in desk.calls] == turn["desk"], said

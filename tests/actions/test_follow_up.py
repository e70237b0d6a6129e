"""After a case: added to, opened again."""

import pytest

from actions.desk_client import DeskError
from actions.follow_up import ActionAddToCase, ActionCaseUpdate, ActionReopenCase
from actions.steering import ActionResume
from tests.actions.fake_desk import FakeDesk, case
from tests.actions.talk import PICTURE, VIDEO, run, said, sent

NUMBER = "KF20261120000001"


@pytest.fixture
def desk() -> FakeDesk:
    desk = FakeDesk()
    desk.own_cases = [case(NUMBER)]
    return desk


def press(intent: str, number: str | None = NUMBER) -> dict:
    return said(f"/{intent}", intent, 1.0, **({"case_number": number} if number else {}))


class TestAddToCase:
    def test_what_waits_is_added_once_and_waits_no_longer(self, desk: FakeDesk) -> None:
        answer = run(ActionAddToCase(desk), press("add_to_case"), {"attachments": [PICTURE, VIDEO]})
        assert desk.calls == [("add_to_case", "m1:action_add_to_case:1", NUMBER, "c1", ["f_1", "f_2"])]
        assert answer.responses == ["utter_added_to_case"]
        assert answer.messages[0]["evidence"] == {"image": 1, "video": 1}
        assert answer.slots == {"topic": "case_update", "case_number": NUMBER, "attachments": None}

    def test_a_yes_means_the_case_that_was_offered(self, desk: FakeDesk) -> None:
        run(ActionAddToCase(desk), said("是的", "affirm"), {"attachments": [PICTURE], "offer": "add_to_case"})
        assert desk.calls[-1][2] == NUMBER

    def test_nothing_to_add_is_said(self, desk: FakeDesk) -> None:
        answer = run(ActionAddToCase(desk), press("add_to_case"))
        assert (answer.responses, answer.events, desk.calls) == (["utter_nothing_to_add"], [], [])

    def test_a_settled_case_takes_nothing_and_a_person_is_offered(self, desk: FakeDesk) -> None:
        desk.own_cases[0]["state"] = "closed"
        answer = run(ActionAddToCase(desk), press("add_to_case"), {"attachments": [PICTURE]})
        assert answer.responses == ["utter_add_not_possible"]
        assert answer.slots == {"offer": "person"}

    def test_a_desk_that_fails_is_told_and_the_picture_waits(self, desk: FakeDesk) -> None:
        desk.fails_with = DeskError("unreachable")
        answer = run(ActionAddToCase(desk), press("add_to_case"), {"attachments": [PICTURE]})
        assert answer.responses == ["utter_action_failed"]
        assert "attachments" not in answer.slots


class TestCaseUpdate:
    def test_a_picture_with_the_wish_to_add_is_added(self, desk: FakeDesk) -> None:
        answer = run(ActionCaseUpdate(desk), sent(PICTURE, text="再补一张图", intent="case_update"))
        assert desk.calls[-1] == ("add_to_case", "m1:action_case_update:1", NUMBER, "c1", ["f_1"])
        assert answer.responses == ["utter_added_to_case"]

    @pytest.mark.parametrize("message", [said("我想补充点证据", "case_update"), sent(PICTURE, text="撤销这个单子")])
    def test_else_the_user_hears_how_and_a_person_is_offered(self, desk: FakeDesk, message: dict) -> None:
        answer = run(ActionCaseUpdate(desk), message)
        assert answer.responses == ["utter_material_how"]
        assert answer.slots == {"topic": "case_update", "case_number": NUMBER, "offer": "person"}

    def test_without_a_case_it_takes_a_person(self) -> None:
        answer = run(ActionCaseUpdate(FakeDesk()), said("改一下电话", "case_update"))
        assert answer.responses == ["utter_topic_not_carried"]
        assert answer.slots == {"topic": "case_update", "offer": "person"}


class TestReopen:
    def test_it_is_opened_again_and_a_person_is_offered(self, desk: FakeDesk) -> None:
        desk.own_cases[0]["state"] = "resolved"
        answer = run(ActionReopenCase(desk), press("case_reopen"))
        assert desk.calls == [("reopen_case", "m1:action_reopen_case:1", NUMBER, "c1")]
        assert desk.own_cases[0]["state"] == "open"
        assert answer.responses == ["utter_case_reopened"]
        assert answer.slots == {"case_number": NUMBER, "offer": "person"}

    def test_one_that_is_not_theirs_is_refused_kindly(self) -> None:
        answer = run(ActionReopenCase(FakeDesk()), press("case_reopen"))
        assert answer.responses == ["utter_reopen_not_possible"]
        assert answer.messages[0]["case_number"] == NUMBER
        assert answer.slots == {"offer": "person"}

    def test_without_a_number_nothing_is_opened(self, desk: FakeDesk) -> None:
        answer = run(ActionReopenCase(desk), press("case_reopen", None))
        assert (answer.responses, desk.calls) == (["utter_what_for"], [])

    def test_a_desk_that_fails_is_told(self, desk: FakeDesk) -> None:
        desk.fails_with = DeskError("unreachable")
        assert run(ActionReopenCase(desk), press("case_reopen")).responses == ["utter_action_failed"]


class TestResume:
    def test_a_person_who_finished_leaves_a_way_to_go_on(self) -> None:
        slots = {"topic": "ban_appeal", "attachments": [PICTURE], "evidence": [PICTURE]}
        answer = run(ActionResume(), press("handoff_resolved"), slots)
        assert answer.responses == ["utter_resumed_case"]
        assert answer.messages[0]["case_number"] == NUMBER
        assert answer.slots["case_number"] == NUMBER
        assert (answer.slots["topic"], answer.slots["attachments"], answer.slots["evidence"]) == (None, None, None)

    def test_after_a_crisis_no_case_is_spoken_of(self) -> None:
        answer = run(ActionResume(), press("handoff_resolved"), {"topic": "self_harm_crisis"})
        assert (answer.responses, answer.slots["case_number"]) == (["utter_resumed"], None)

"""Finding and showing cases."""

from actions.desk_client import DeskError
from actions.progress import ActionShowProgress, ValidateProgressForm
from tests.actions.fake_desk import OWNER_PHONE, FakeDesk, case
from tests.actions.talk import reply, run, said, start

LOOKUP = "m1:validate_progress_form:1"
NUMBER = "KF20261120000001"


def test_the_cases_of_the_conversation_need_no_question() -> None:
    desk = FakeDesk()
    desk.own_cases = [case("KF20261124000009")]
    answer = start(ValidateProgressForm(desk), said("查进度", "case_progress"))
    assert desk.calls == [("look_up_cases", LOOKUP, "c1", None, None)]
    assert answer.slots["cases"] == desk.own_cases
    assert answer.slots["requested_slot"] is None


def test_without_any_the_number_is_asked_for_and_nobody_is_blamed() -> None:
    answer = start(ValidateProgressForm(FakeDesk()), said("查进度", "case_progress"))
    assert answer.slots["requested_slot"] == "asked_case"
    assert answer.slots["slot_problem"] is None


def test_a_number_of_somebody_needs_its_phone() -> None:
    desk = FakeDesk()
    answer = start(ValidateProgressForm(desk), said(f"{NUMBER} 处理了吗", "case_progress"))
    assert desk.calls == [("look_up_cases", LOOKUP, "c1", NUMBER, None)]
    assert answer.slots["requested_slot"] == "case_phone"


def test_the_right_phone_finds_it() -> None:
    desk = FakeDesk()
    answer = reply(ValidateProgressForm(desk), "case_phone", said(OWNER_PHONE), asked_case=NUMBER)
    assert desk.calls == [("look_up_cases", LOOKUP, "c1", NUMBER, OWNER_PHONE)]
    assert [c["number"] for c in answer.slots["cases"]] == [NUMBER]


def test_a_wrong_phone_is_asked_again() -> None:
    answer = reply(ValidateProgressForm(FakeDesk()), "case_phone", said("13911112222"), asked_case=NUMBER)
    assert answer.slots["requested_slot"] == "case_phone"
    assert answer.slots["slot_problem"] == "not_found"


def test_a_phone_instead_of_a_number_will_do() -> None:
    desk = FakeDesk()
    answer = reply(ValidateProgressForm(desk), "asked_case", said(OWNER_PHONE))
    assert desk.calls == [("look_up_cases", LOOKUP, "c1", None, OWNER_PHONE)]
    assert answer.slots["requested_slot"] is None


def test_too_many_tries_end_the_form() -> None:
    desk = FakeDesk()
    desk.fails_with = DeskError("too_many_tries", {"retry_after": 3600})
    answer = reply(ValidateProgressForm(desk), "case_phone", said(OWNER_PHONE), asked_case=NUMBER)
    assert answer.messages[0]["minutes"] == 60


def test_the_newest_case_is_said_and_the_others_counted() -> None:
    cases = [case(f"KF2026112000000{n}", created_at=f"2026-11-2{n}T10:00:00+08:00") for n in range(5)]
    answer = run(ActionShowProgress(), said("x"), {"cases": cases})
    assert [card["number"] for card in answer.cards] == ["KF20261120000004", "KF20261120000003", "KF20261120000002"]
    assert answer.responses == ["utter_progress_open", "utter_progress_more"]
    assert answer.slots["case_number"] == "KF20261120000004"
    assert answer.slots["topic"] == "ban_appeal"
    assert answer.slots["cases"] is None

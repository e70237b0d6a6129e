"""A report: what, why, and when no form is in the way."""

import pytest

from actions.report_content import ActionAskReportConfirm, ActionOpenReportCase, ValidateReportForm
from tests.actions.fake_desk import FakeDesk
from tests.actions.talk import reply, run, said, start

LINK = "https://v.douyin.com/iAbCdEf/"
TARGET = {"content_url": LINK}

FILLED = {
    "report_target": TARGET,
    "violation_category": "赌博",
    "description": "",
    "evidence": ["https://example.com/a"],
    "report_confirm": "yes",
}


class TestForm:
    def test_the_first_message_is_read_for_link_and_category(self) -> None:
        answer = start(ValidateReportForm(), said(f"举报这个赌博的 {LINK}", "report_content"))
        assert answer.slots["report_target"] == TARGET
        assert answer.slots["violation_category"] == "赌博"
        assert answer.slots["requested_slot"] == "description"
        assert answer.slots["topic"] == "report_content"

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("https://www.tiktok.com/@a/video/1", "link_foreign"),
            ("那个卖货的大姐", "id_nickname"),
            ("7194753884236040975", "long_number"),
            ("a_b_c 和 d_e_f", "id_several"),
            ("在哪里看", "lost"),
        ],
    )
    def test_each_slip_has_its_hint(self, text: str, problem: str) -> None:
        answer = reply(ValidateReportForm(), "report_target", said(text))
        assert answer.slots["slot_problem"] == problem

    def test_a_category_that_is_none_is_asked_back(self) -> None:
        answer = reply(ValidateReportForm(), "violation_category", said("就是不好"), report_target=TARGET)
        assert answer.slots["slot_problem"] == "choice"

    def test_description_and_evidence_may_be_missing(self) -> None:
        known = {"report_target": TARGET, "violation_category": "赌博"}
        press = said("/inform", "inform", 1.0, choice="none")
        answer = reply(ValidateReportForm(), "description", press, **known)
        assert (answer.slots["description"], answer.slots["requested_slot"]) == ("", "evidence")
        answer = reply(ValidateReportForm(), "evidence", said("没有"), **known, description="")
        assert (answer.slots["evidence"], answer.slots["requested_slot"]) == ([], "report_confirm")

    def test_danger_needs_no_form(self) -> None:
        answer = start(ValidateReportForm(), said("举报，有人在直播要自杀", "report_content"))
        assert answer.responses == ["utter_safety_report_content", "utter_handoff_urgent"]
        assert (answer.handoff["reason"], answer.handoff["topic"]) == ("user_in_danger", "report_content")
        assert answer.others[-1]["name"] == "action_listen"

    def test_danger_told_later_too(self) -> None:
        known = {"report_target": TARGET, "violation_category": "暴力血腥"}
        answer = reply(ValidateReportForm(), "description", said("他说明天去商场放炸弹"), **known)
        assert answer.handoff["reason"] == "user_in_danger"

    def test_harm_to_minors_goes_to_their_people(self) -> None:
        answer = reply(ValidateReportForm(), "violation_category", said("未成年人有害"), report_target=TARGET)
        assert (answer.handoff["reason"], answer.handoff["topic"]) == ("topic_needs_person", "report_minor_harm")
        assert answer.handoff["slots"] == TARGET | {"violation_category": "未成年人有害"}

    def test_a_live_that_runs_is_no_danger(self) -> None:
        answer = start(ValidateReportForm(), said("有个直播间正在卖假货我要举报", "report_content"))
        assert answer.handoff is None

    def test_a_change_asks_anew(self) -> None:
        known = {"report_target": TARGET, "violation_category": "赌博", "description": "", "evidence": []}
        press = said("/inform", "inform", 1.0, choice="violation_category")
        answer = reply(ValidateReportForm(), "report_confirm", press, **known)
        assert (answer.slots["violation_category"], answer.slots["requested_slot"]) == (None, "violation_category")


class TestCase:
    def test_the_last_look(self) -> None:
        answer = run(ActionAskReportConfirm(), said("x") | {"metadata": {"locale": "en"}}, FILLED)
        assert answer.messages[0]["report_target"] == LINK
        assert answer.messages[0]["violation_category"] == "gambling"

    def test_link_and_evidence_go_together(self) -> None:
        desk = FakeDesk()
        answer = run(ActionOpenReportCase(desk), said("好", "affirm"), FILLED)
        assert desk.calls == [
            (
                "open_case",
                "m1:action_open_report_case:1",
                {
                    "conversation_id": "c1",
                    "topic": "report_content",
                    "fields": {"content_url": LINK, "violation_category": "赌博"},
                    "douyin_id": None,
                    "contact_phone": None,
                    "penalty_id": None,
                    "links": [LINK, "https://example.com/a"],
                    "attachments": [],
                },
            )
        ]
        assert answer.responses == ["utter_report_opened"]

    def test_the_account_reported_is_not_the_users(self) -> None:
        desk = FakeDesk()
        slots = FILLED | {"report_target": {"target_douyin_id": "seller_2020"}, "evidence": []}
        run(ActionOpenReportCase(desk), said("好", "affirm"), slots)
        wish = desk.calls[0][2]
        assert (wish["douyin_id"], wish["fields"]["target_douyin_id"], wish["links"]) == (None, "seller_2020", [])

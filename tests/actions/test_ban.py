"""Looking up, explaining and appealing a penalty: exact events, exact calls."""

from actions.ban import ActionExplainPenalty, ActionOpenAppealCase, ValidateAppealForm, ValidatePenaltyForm
from actions.desk_client import DeskError
from tests.actions.fake_desk import OWNER_PHONE, FakeDesk, penalty
from tests.actions.talk import reply, run, said, start

REASON = "我只是发了做饭的视频没有违规"

LOOKUP = "m1:validate_penalty_form:1"
FILLED = {
    "appeal_reason": REASON,
    "evidence": ["https://v.douyin.com/a/"],
    "contact_phone": OWNER_PHONE,
    "appeal_confirm": "yes",
    "douyin_id": "lucky_2020",
    "penalty": penalty(),
}


def found(douyin_id: str = "lucky_2020") -> dict:
    return {"douyin_id": douyin_id, **FakeDesk().accounts[douyin_id]}


class TestPenaltyForm:
    def test_start_asks_for_the_id_and_remembers_the_topic(self) -> None:
        desk = FakeDesk()
        answer = start(ValidatePenaltyForm(desk), said("我的号被封了", "ban_appeal"))
        assert desk.calls == []
        assert answer.slots["topic"] == "ban_appeal"
        assert answer.slots["requested_slot"] == "douyin_id"
        assert answer.slots["slot_problem"] is None

    def test_start_takes_what_the_message_holds(self) -> None:
        desk = FakeDesk()
        answer = start(ValidatePenaltyForm(desk), said(f"号被封了 lucky_2020 {OWNER_PHONE}", "ban_appeal"))
        assert desk.calls == [("look_up_account", LOOKUP, "c1", "lucky_2020", OWNER_PHONE)]
        assert answer.slots["account"] == found()
        assert answer.slots["phone_proved"] is True
        assert answer.slots["requested_slot"] is None

    def test_start_goes_on_with_the_account_found_before(self) -> None:
        desk = FakeDesk()
        known = {"douyin_id": "lucky_2020", "registered_phone": OWNER_PHONE, "account": found()}
        start(ValidatePenaltyForm(desk), said("为什么封我", "ban_reason_query"), known)
        assert desk.calls == [("look_up_account", LOOKUP, "c1", "lucky_2020", OWNER_PHONE)]

    def test_start_forgets_it_for_another_account(self) -> None:
        desk = FakeDesk()
        known = {"douyin_id": "lucky_2020", "registered_phone": OWNER_PHONE, "account": found()}
        press = said("/ban_reason_query", "ban_reason_query", 1.0, choice="other_account")
        answer = start(ValidatePenaltyForm(desk), press, known)
        assert desk.calls == []
        assert answer.slots["requested_slot"] == "douyin_id"

    def test_an_id_alone_needs_proof(self) -> None:
        desk = FakeDesk()
        answer = reply(ValidatePenaltyForm(desk), "douyin_id", said("lucky_2020"))
        assert desk.calls == [("look_up_account", LOOKUP, "c1", "lucky_2020", None)]
        assert answer.slots["requested_slot"] == "registered_phone"
        assert "lookups" not in answer.slots

    def test_a_wrong_phone_is_not_found_and_asked_again(self) -> None:
        desk = FakeDesk()
        answer = reply(ValidatePenaltyForm(desk), "registered_phone", said("13911112222"), douyin_id="lucky_2020")
        assert desk.calls == [("look_up_account", LOOKUP, "c1", "lucky_2020", "13911112222")]
        assert answer.slots["registered_phone"] is None
        assert answer.slots["slot_problem"] == "not_found"
        assert answer.slots["requested_slot"] == "registered_phone"
        assert answer.slots["tries"] == {"registered_phone": 1}
        assert answer.slots["lookups"][0]["result"] == "not_found"
        assert answer.slots["failed_turns"] == 1

    def test_the_third_failure_offers_a_way_out(self) -> None:
        tries = {"registered_phone": 2}
        answer = reply(
            ValidatePenaltyForm(FakeDesk()),
            "registered_phone",
            said("13911112222"),
            douyin_id="lucky_2020",
            tries=tries,
        )
        assert answer.slots["requested_slot"] == "way_out"
        assert answer.slots["way_out_kind"] == "plain"
        assert answer.slots["stuck_on"] == "registered_phone"

    def test_a_near_miss_never_reaches_the_desk(self) -> None:
        desk = FakeDesk()
        answer = reply(ValidatePenaltyForm(desk), "registered_phone", said("1380000111"), douyin_id="lucky_2020")
        assert desk.calls == []
        assert (answer.slots["slot_problem"], answer.slots["problem_detail"]) == ("phone_length", "10")

    def test_too_many_tries_end_the_form(self) -> None:
        desk = FakeDesk()
        desk.fails_with = DeskError("too_many_tries", {"retry_after": 61})
        answer = reply(ValidatePenaltyForm(desk), "douyin_id", said("lucky_2020"))
        assert answer.responses == ["utter_too_many_tries"]
        assert answer.messages[0]["minutes"] == 2
        assert answer.slots["offer"] == "person"
        assert answer.others == [
            {"event": "active_loop", "name": None, "timestamp": None},
            {"event": "followup", "name": "action_listen", "timestamp": None},
        ]

    def test_a_broken_desk_keeps_the_answer_for_another_try(self) -> None:
        desk = FakeDesk()
        desk.fails_with = DeskError("unreachable")
        form = ValidatePenaltyForm(desk)
        answer = reply(form, "douyin_id", said("lucky_2020"))
        assert answer.slots["douyin_id"] == "lucky_2020"
        assert answer.slots["requested_slot"] == "way_out"
        assert answer.slots["way_out_kind"] == "failed"
        desk.fails_with = None
        press = said("/inform", "inform", 1.0, choice="retry")
        again = reply(form, "way_out", press, douyin_id="lucky_2020", way_out_kind="failed")
        assert again.slots["requested_slot"] == "registered_phone"


class TestExplainPenalty:
    def test_the_card_the_sentence_and_the_offer(self) -> None:
        answer = run(ActionExplainPenalty(), said("x"), {"account": found()})
        assert answer.cards[0]["type"] == "penalty"
        assert answer.cards[0]["type_label"] == "账号封禁"
        assert answer.responses == ["utter_penalty_term", "utter_offer_appeal_with_warning"]
        assert answer.slots["offer"] == "appeal"
        assert answer.slots["penalty"]["penalty_id"] == "P1"

    def test_the_most_severe_active_one_comes_first(self) -> None:
        answer = run(ActionExplainPenalty(), said("x"), {"account": found("dy8f3k2")})
        assert answer.slots["penalty"]["penalty_id"] == "P2"
        assert "utter_more_penalties" in answer.responses

    def test_one_that_is_over_is_not_said(self) -> None:
        account = {"douyin_id": "a", "status": "normal", "penalties": [penalty(active=False)]}
        answer = run(ActionExplainPenalty(), said("x"), {"account": account})
        assert answer.responses == ["utter_no_penalty"]

    def test_the_warning_is_given_once(self) -> None:
        answer = run(ActionExplainPenalty(), said("x"), {"account": found(), "fraud_warned": True})
        assert answer.responses[-1] == "utter_offer_appeal"

    def test_a_live_ban_goes_to_the_people_for_live(self) -> None:
        answer = run(ActionExplainPenalty(), said("x"), {"account": found("zhubo666")})
        assert answer.slots["topic"] == "live_ban_appeal"

    def test_each_reason_against_an_appeal_has_its_sentence(self) -> None:
        cases = {
            "utter_appeal_already_filed": penalty(appeal_filed=True),
            "utter_appeal_used_up": penalty(appealable=False, appeals_left=0),
            "utter_appeal_expired": penalty(appealable=False),
            "utter_appeal_not_appealable": penalty(appealable=False, appeal_deadline=None),
        }
        for response, row in cases.items():
            account = {"douyin_id": "a", "status": "banned", "penalties": [row]}
            answer = run(ActionExplainPenalty(), said("x"), {"account": account})
            assert answer.responses[-1] == response
            assert answer.slots["offer"] == "person"

    def test_a_crash_is_not_silence(self) -> None:
        answer = run(ActionExplainPenalty(), said("x"), {"account": None})
        assert answer.responses == ["utter_action_failed"]
        assert answer.slots["offer"] == "person"


class TestAppealForm:
    def test_the_proved_phone_is_taken_at_a_press(self) -> None:
        press = said("/inform", "inform", 1.0, choice="known_phone")
        slots = {"appeal_reason": REASON, "evidence": [], "registered_phone": OWNER_PHONE}
        answer = reply(ValidateAppealForm(), "contact_phone", press, phone_proved=True, **slots)
        assert answer.slots["contact_phone"] == OWNER_PHONE
        assert answer.slots["requested_slot"] == "appeal_confirm"

    def test_a_phone_that_was_never_proved_is_not(self) -> None:
        press = said("/inform", "inform", 1.0, choice="known_phone")
        answer = reply(ValidateAppealForm(), "contact_phone", press, registered_phone=OWNER_PHONE)
        assert answer.slots["requested_slot"] == "contact_phone"
        assert "contact_phone" not in answer.slots

    def test_a_no_asks_what_to_change_and_the_choice_empties_it(self) -> None:
        filled = {"appeal_reason": REASON, "evidence": [], "contact_phone": OWNER_PHONE}
        answer = reply(ValidateAppealForm(), "appeal_confirm", said("不对", "deny"), **filled)
        assert (answer.slots["slot_problem"], answer.slots["requested_slot"]) == ("edit", "appeal_confirm")
        press = said("/inform", "inform", 1.0, choice="evidence")
        answer = reply(ValidateAppealForm(), "appeal_confirm", press, **filled)
        assert answer.slots["evidence"] is None
        assert answer.slots["requested_slot"] == "evidence"

    def test_a_yes_ends_the_form(self) -> None:
        filled = {"appeal_reason": REASON, "evidence": [], "contact_phone": OWNER_PHONE}
        answer = reply(ValidateAppealForm(), "appeal_confirm", said("没问题", "affirm"), **filled)
        assert answer.slots["requested_slot"] is None

    def test_evidence_may_be_passed_over_when_the_user_is_stuck(self) -> None:
        tries = {"evidence": 2}
        answer = reply(ValidateAppealForm(), "evidence", said("我有截图"), appeal_reason=REASON, tries=tries)
        assert answer.slots["way_out_kind"] == "skippable"
        press = said("/inform", "inform", 1.0, choice="skip")
        answer = reply(
            ValidateAppealForm(), "way_out", press, appeal_reason=REASON, stuck_on="evidence", way_out_kind="skippable"
        )
        assert answer.slots["evidence"] == []
        assert answer.slots["requested_slot"] == "contact_phone"


class TestOpenAppealCase:
    def test_the_case_is_opened_as_told(self) -> None:
        desk = FakeDesk()
        answer = run(ActionOpenAppealCase(desk), said("是的", "affirm"), FILLED)
        assert desk.calls == [
            (
                "open_case",
                "m1:action_open_appeal_case:1",
                {
                    "conversation_id": "c1",
                    "topic": "ban_appeal",
                    "fields": {"appeal_reason": REASON, "penalty_type": "账号封禁", "penalty_permanent": False},
                    "douyin_id": "lucky_2020",
                    "contact_phone": OWNER_PHONE,
                    "penalty_id": "P1",
                    "links": ["https://v.douyin.com/a/"],
                    "attachments": [],
                },
            )
        ]
        assert answer.responses == ["utter_appeal_opened"]
        assert answer.cards[0]["number"] == answer.slots["case_number"] == "KF20261124000001"
        assert answer.slots["appeal_reason"] is None

    def test_a_failed_write_is_tried_again_under_the_same_key(self) -> None:
        desk = FakeDesk()
        desk.fails_with = DeskError("unreachable")
        failed = run(ActionOpenAppealCase(desk), said("是的", "affirm"), FILLED)
        assert failed.responses == ["utter_appeal_failed"]
        assert failed.slots["offer"] == "appeal_again"
        desk.fails_with = None
        later = {**said("再试一次", "affirm"), "metadata": {"message_id": "m2"}}
        run(ActionOpenAppealCase(desk), later, FILLED | {"case_key": failed.slots["case_key"]})
        assert desk.calls[0][1] == desk.calls[1][1] == "m1:action_open_appeal_case:1"

    def test_a_refusal_is_explained(self) -> None:
        desk = FakeDesk()
        desk.fails_with = DeskError("appeal_not_possible", {"why": "expired"})
        answer = run(ActionOpenAppealCase(desk), said("是的", "affirm"), FILLED)
        assert answer.responses == ["utter_appeal_expired"]
        assert answer.slots["offer"] == "person"

    def test_nothing_to_open_opens_nothing(self) -> None:
        desk = FakeDesk()
        run(ActionOpenAppealCase(desk), said("是的", "affirm"))
        assert desk.calls == []

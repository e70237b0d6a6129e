"""What goes along with a case: how it is counted, kept at every question, and sent."""

import pytest

from actions.account_frozen import ActionAskFrozenConfirm, ValidateFrozenForm
from actions.ban import ActionAskAppealConfirm, ActionOpenAppealCase, ValidateAppealForm, ValidatePenaltyForm
from actions.desk_client import DeskError
from actions.evidence import counted, ids_of, links_among, room_for, with_links
from actions.forms import FormValidation
from actions.human import ActionHandOver, ValidateHumanForm
from actions.infringement import ATTACHED, ActionAskInfringementConfirm, ValidateInfringementForm
from actions.live_quality import ActionOpenLiveCase, ValidateLiveCaseForm, ValidateLiveForm
from actions.login_failed import ActionOpenLoginCase, ValidateLoginForm
from actions.progress import ValidateProgressForm
from actions.report_content import ActionOpenReportCase, ValidateReportForm
from tests.actions.fake_desk import FakeDesk, penalty
from tests.actions.talk import PAPER, PICTURE, VIDEO, reply, run, said, sent, start
from tests.actions.test_names import DOMAIN

LINK = "https://v.douyin.com/iAbCdEf/"
REASON = "我只是发了做饭的视频没有违规"
TARGET = {"content_url": LINK}
WORK = {
    "topic": "infringement_copyright",
    "complainant_type": "本人",
    "right_type": "著作权",
    "infringing_url": [LINK],
}


def pictures(count: int, first: int = 10) -> list[dict]:
    return [PICTURE | {"id": f"f_{n}"} for n in range(first, first + count)]


class TestEvidence:
    def test_it_is_counted_by_kind_and_says_nothing_of_none(self) -> None:
        assert counted([LINK, PICTURE, PAPER, PICTURE]) == {"image": 2, "file": 1, "link": 1}
        assert counted([]) == counted(None) == {}

    def test_links_and_attachments_go_their_own_ways(self) -> None:
        evidence = [LINK, PICTURE, LINK, VIDEO, PICTURE]
        assert ids_of(evidence) == ["f_1", "f_2"]
        assert links_among(evidence) == [LINK, LINK]
        assert with_links(["a"], evidence) == ["a", LINK]

    def test_a_case_takes_no_more_than_the_desk_does(self) -> None:
        assert len(with_links([f"https://a/{n}" for n in range(12)], None)) == 9
        assert room_for(pictures(3), pictures(18)) == pictures(2)
        assert room_for(pictures(3), [*pictures(25), LINK]) == []


class TestAtTheQuestionForIt:
    def test_pictures_are_taken_with_a_word_how_many(self) -> None:
        answer = reply(ValidateAppealForm(), "evidence", sent(PICTURE, VIDEO), appeal_reason=REASON)
        assert answer.slots == {
            "evidence": [PICTURE, VIDEO],
            "attachments": None,
            "slot_problem": None,
            "requested_slot": "contact_phone",
        }
        assert answer.responses == ["utter_evidence_taken"]
        assert answer.messages[0]["received"] == {"image": 1, "video": 1}

    @pytest.mark.parametrize("intent", ["inform", "nlu_fallback", "live_quality", "ban_appeal"])
    def test_words_with_them_change_nothing(self, intent: str) -> None:
        message = sent(PICTURE, text="后台的截图都在这里了", intent=intent)
        answer = reply(ValidateAppealForm(), "evidence", message, appeal_reason=REASON)
        assert (answer.slots["evidence"], answer.slots["requested_slot"]) == ([PICTURE], "contact_phone")

    def test_links_with_them_count_too(self) -> None:
        answer = reply(
            ValidateAppealForm(), "evidence", sent(PICTURE, text=LINK, intent="inform"), appeal_reason=REASON
        )
        assert answer.slots["evidence"] == [LINK, PICTURE]

    def test_a_command_with_them_goes_first(self) -> None:
        message = sent(PICTURE, text="转人工", intent="request_human")
        answer = reply(ValidateAppealForm(), "evidence", message, appeal_reason=REASON)
        assert answer.others[0]["event"] == "action_execution_rejected"

    def test_none_is_still_an_answer(self) -> None:
        answer = reply(ValidateAppealForm(), "evidence", said("没有"), appeal_reason=REASON)
        assert (answer.slots["evidence"], answer.responses) == ([], [])

    def test_a_picture_spoken_of_and_not_sent_gets_the_hint(self) -> None:
        answer = reply(ValidateAppealForm(), "evidence", said("我有截图"), appeal_reason=REASON)
        assert (answer.slots["slot_problem"], answer.slots["tries"]) == ("no_link", {"evidence": 1})


class TestAtAnotherQuestion:
    def test_a_picture_is_kept_and_the_question_comes_again_uncounted(self) -> None:
        answer = reply(ValidateReportForm(), "report_target", sent(PICTURE), tries={"report_target": 2})
        assert answer.slots == {
            "problem_detail": "",
            "evidence": [PICTURE],
            "attachments": None,
            "slot_problem": None,
            "requested_slot": "report_target",
        }
        assert answer.responses == ["utter_evidence_taken"]

    def test_words_that_miss_get_their_hint_uncounted(self) -> None:
        message = sent(PICTURE, text="看图吧", intent="inform")
        answer = reply(ValidateAppealForm(), "appeal_reason", message)
        assert (answer.slots["slot_problem"], answer.slots["problem_detail"]) == ("too_short", "3")
        assert "tries" not in answer.slots
        assert answer.slots["evidence"] == [PICTURE]

    def test_words_that_answer_are_taken_with_it(self) -> None:
        message = sent(PICTURE, text="13911112222", intent="inform")
        known = {"appeal_reason": REASON, "evidence": [LINK]}
        answer = reply(ValidateAppealForm(), "contact_phone", message, **known)
        assert (answer.slots["contact_phone"], answer.slots["evidence"]) == ("13911112222", [LINK, PICTURE])
        assert answer.slots["requested_slot"] == "appeal_confirm"

    def test_several_messages_add_up_and_the_sum_is_said(self) -> None:
        known = {"appeal_reason": REASON, "evidence": [LINK, PICTURE]}
        answer = reply(ValidateAppealForm(), "contact_phone", sent(VIDEO), **known)
        assert answer.slots["evidence"] == [LINK, PICTURE, VIDEO]
        assert answer.responses == ["utter_evidence_more"]
        assert answer.messages[0]["received"] == {"video": 1}
        assert answer.messages[0]["evidence"] == {"image": 1, "video": 1}

    def test_more_than_a_case_takes_is_told(self) -> None:
        known = {"appeal_reason": REASON, "evidence": pictures(19)}
        answer = reply(ValidateAppealForm(), "contact_phone", sent(PICTURE, VIDEO), **known)
        assert answer.slots["evidence"] == [*pictures(19), PICTURE]
        assert answer.responses == ["utter_evidence_more", "utter_evidence_full"]
        assert answer.messages[1]["most"] == 20

    def test_what_is_said_with_it_does_not_take_evidence_away(self) -> None:
        message = sent(VIDEO, text="这个视频能证明证据没错", intent="inform")
        known = {"appeal_reason": REASON, "evidence": [PICTURE]}
        answer = reply(ValidateAppealForm(), "contact_phone", message, **known)
        assert answer.slots["evidence"] == [PICTURE, VIDEO]

    def test_without_a_picture_it_can_be_exchanged(self) -> None:
        known = {"appeal_reason": REASON, "evidence": [PICTURE], "contact_phone": "13911112222"}
        answer = reply(ValidateAppealForm(), "appeal_confirm", said("图片发错了", "case_update"), **known)
        assert (answer.slots["evidence"], answer.slots["requested_slot"]) == (None, "evidence")

    def test_at_the_way_out_and_the_question_about_another_matter_it_helps_on(self) -> None:
        stuck = {"stuck_on": "evidence", "way_out_kind": "skippable", "appeal_reason": REASON}
        answer = reply(ValidateAppealForm(), "way_out", sent(PICTURE), **stuck)
        assert (answer.slots["evidence"], answer.slots["requested_slot"]) == ([PICTURE], "contact_phone")
        switching = {"switch_topic": "live_quality", "appeal_reason": REASON}
        answer = reply(ValidateAppealForm(), "switch_confirm", sent(PICTURE), **switching)
        assert (answer.slots["evidence"], answer.slots["requested_slot"]) == ([PICTURE], "contact_phone")

    def test_it_waits_while_another_matter_is_asked_back_and_stays_when_the_form_goes_on(self) -> None:
        message = sent(PICTURE, text="直播好卡", intent="live_quality")
        asked = reply(ValidateAppealForm(), "contact_phone", message, appeal_reason=REASON, evidence=[])
        assert (asked.slots["requested_slot"], asked.responses) == ("switch_confirm", [])
        assert "attachments" not in asked.slots
        waiting = {"attachments": [PICTURE], "appeal_reason": REASON, "evidence": []}
        answer = reply(ValidateAppealForm(), "switch_confirm", said("不", "deny"), **waiting)
        assert (answer.slots["evidence"], answer.slots["requested_slot"]) == ([PICTURE], "contact_phone")

    def test_after_an_answer_from_elsewhere_it_is_kept_too(self) -> None:
        answered = [{"event": "action", "name": "utter_thanks_bye"}, {"event": "action", "name": "report_form"}]
        message = sent(PICTURE, text="谢谢", intent="thanks_bye")
        asked = {"requested_slot": "report_target"}
        answer = run(ValidateReportForm(), message, asked, after=answered, form="report_form")
        assert (answer.slots["evidence"], answer.slots["requested_slot"]) == ([PICTURE], "report_target")

    @pytest.mark.parametrize(
        ("form", "asked"),
        [
            (ValidateLoginForm(), "error_text"),
            (ValidateFrozenForm(), "freeze_notice"),
            (ValidateLiveCaseForm(), "live_room_id"),
            (ValidateInfringementForm(), "infringing_url"),
        ],
    )
    def test_forms_that_do_not_ask_for_it_take_it_along(self, form: FormValidation, asked: str) -> None:
        answer = reply(form, asked, sent(PICTURE), topic="infringement_copyright")
        assert (answer.slots["evidence"], answer.slots["requested_slot"]) == ([PICTURE], asked)
        assert answer.responses == ["utter_evidence_taken"]

    @pytest.mark.parametrize(
        ("form", "asked"),
        [
            (ValidatePenaltyForm(FakeDesk()), "douyin_id"),
            (ValidateLiveForm(), "live_role"),
            (ValidateProgressForm(FakeDesk()), "asked_case"),
        ],
    )
    def test_forms_that_have_no_use_for_it_say_so_and_let_it_wait(self, form: FormValidation, asked: str) -> None:
        answer = reply(form, asked, sent(PICTURE), tries={asked: 2})
        assert answer.slots == {"problem_detail": "", "slot_problem": None, "requested_slot": asked}
        assert answer.responses == ["utter_attachment_kept"]
        assert answer.messages[0]["received"] == {"image": 1}

    def test_as_the_reason_for_a_person_it_is_enough(self) -> None:
        answer = reply(ValidateHumanForm(), "handoff_reason", sent(PICTURE))
        assert (answer.slots["requested_slot"], answer.responses) == (None, [])


class TestLeaving:
    def test_a_form_that_is_left_for_another_matter_keeps_nothing(self) -> None:
        leaving = {"switch_topic": "report_content", "switch_text": "我要举报", "evidence": [PICTURE]}
        answer = reply(ValidateLoginForm(), "switch_confirm", said("好", "affirm"), **leaving)
        assert answer.slots["evidence"] is None

    def test_an_appeal_that_is_refused_keeps_nothing(self) -> None:
        desk = FakeDesk()
        desk.fails_with = DeskError("appeal_not_possible", {"why": "expired"})
        slots = {"appeal_reason": REASON, "penalty": penalty(), "appeal_confirm": "yes", "evidence": [PICTURE]}
        answer = run(ActionOpenAppealCase(desk), said("好", "affirm"), slots)
        assert answer.slots["evidence"] is None


class TestAtTheStart:
    def test_what_waits_is_evidence_from_the_first_word(self) -> None:
        message = sent(VIDEO, text="我要举报一个视频", intent="report_content")
        answer = start(ValidateReportForm(), message, {"attachments": [PICTURE, VIDEO]})
        assert answer.slots["evidence"] == [PICTURE, VIDEO]
        assert answer.slots["attachments"] is None
        assert answer.slots["requested_slot"] == "report_target"
        assert answer.responses == ["utter_evidence_taken"]

    @pytest.mark.parametrize("form", [ValidateAppealForm(), ValidateLoginForm(), ValidateLiveCaseForm()])
    def test_evidence_of_before_is_not(self, form: FormValidation) -> None:
        answer = start(form, said("好", "affirm"), {"evidence": [PICTURE]})
        assert answer.slots["evidence"] is None
        assert answer.responses == []


class TestOwnership:
    @pytest.mark.parametrize(
        ("text", "proof"),
        [("/send_attachment", ATTACHED), ("图", ATTACHED), ("登记证书", "登记证书"), (f"原作 {LINK}", f"原作 {LINK}")],
    )
    def test_what_is_sent_proves_it(self, text: str, proof: str) -> None:
        message = sent(PICTURE, text=text, intent="send_attachment" if text.startswith("/") else "upload_failed")
        answer = reply(ValidateInfringementForm(), "ownership_proof", message, **WORK)
        assert (answer.slots["ownership_proof"], answer.slots["evidence"]) == (proof, [PICTURE])
        assert answer.slots["requested_slot"] == "identity_ready"

    def test_a_picture_at_another_question_proves_nothing(self) -> None:
        answer = reply(ValidateInfringementForm(), "ownership_proof", said("稍后再补"), **WORK, evidence=[PICTURE])
        assert answer.slots["ownership_proof"] == ""

    def test_a_new_proof_takes_the_place_of_what_was_sent(self) -> None:
        press = said("/inform", "inform", 1.0, choice="ownership_proof")
        filled = WORK | {"ownership_proof": ATTACHED, "evidence": [PICTURE], "identity_ready": True}
        filled |= {"contact_phone": "13911112222", "statement_truth": True}
        answer = reply(ValidateInfringementForm(), "infringement_confirm", press, **filled)
        assert (answer.slots["ownership_proof"], answer.slots["evidence"]) == (None, None)

    @pytest.mark.parametrize(("locale", "words"), [("zh", "见附件"), ("en", "see the attachments")])
    def test_the_last_look_says_so_in_the_users_language(self, locale: str, words: str) -> None:
        slots = WORK | {"ownership_proof": ATTACHED, "evidence": [PICTURE]}
        answer = run(ActionAskInfringementConfirm(), said("x") | {"metadata": {"locale": locale}}, slots)
        assert answer.messages[0]["ownership_proof"] == words


class TestSending:
    @pytest.mark.parametrize("action", [ActionAskAppealConfirm(), ActionAskFrozenConfirm()])
    def test_the_last_look_counts_and_names_no_id(self, action: object) -> None:
        answer = run(action, said("x"), {"evidence": [PICTURE, LINK, PICTURE]})
        assert answer.responses == [action.action_name.replace("action", "utter")]
        assert answer.messages[0]["evidence"] == {"image": 2, "link": 1}

    def test_evidence_is_printed_only_where_an_action_counts_it(self) -> None:
        said_by = {name for name, variations in DOMAIN["responses"].items() if "{evidence}" in str(variations)}
        assert all(name.endswith("_confirm") for name in said_by if name.startswith("utter_ask_"))
        assert {name for name in said_by if not name.startswith("utter_ask_")} == {
            "utter_evidence_more",
            "utter_attachment_arrived_more",
            "utter_added_to_case",
        }

    @pytest.mark.parametrize(
        ("action", "slots"),
        [
            (ActionOpenReportCase, {"report_target": TARGET, "report_confirm": "yes"}),
            (ActionOpenLoginCase, {"login_confirm": "yes"}),
            (ActionOpenLiveCase, {"live_confirm": "yes"}),
            (ActionOpenAppealCase, {"appeal_reason": REASON, "penalty": penalty(), "appeal_confirm": "yes"}),
        ],
    )
    def test_a_case_takes_ids_and_links(self, action: type, slots: dict) -> None:
        desk = FakeDesk()
        evidence = ["https://example.com/a", PICTURE, VIDEO, PICTURE]
        answer = run(action(desk), said("好", "affirm"), slots | {"evidence": evidence})
        wish = desk.calls[0][2]
        assert wish["attachments"] == ["f_1", "f_2"]
        assert wish["links"] == [*([LINK] if "report_target" in slots else []), "https://example.com/a"]
        assert answer.slots["evidence"] is None

    def test_a_person_gets_all_that_was_sent_and_the_links_apart(self) -> None:
        slots = {"topic": "ban_appeal", "evidence": [LINK, PICTURE], "attachments": [VIDEO, PICTURE]}
        answer = run(ActionHandOver(), said("转人工", "request_human"), slots)
        assert answer.handoff["attachments"] == ["f_1", "f_2"]
        assert answer.handoff["slots"] == {"evidence": [LINK]}

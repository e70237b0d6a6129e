"""A notice: of a work or of a person, declared to be true, or not sent."""

import pytest

from actions.infringement import (
    ActionAskInfringementConfirm,
    ActionOpenInfringementCase,
    ValidateInfringementForm,
)
from tests.actions.fake_desk import FakeDesk
from tests.actions.talk import reply, run, said, start
from tests.actions.test_names import DOMAIN

COPYRIGHT, PERSONALITY = "infringement_copyright", "infringement_personality"
LINK, ORIGINAL = "https://v.douyin.com/iAbCdEf/", "https://v.douyin.com/iOwnOwn/"
WORK = {"topic": COPYRIGHT, "complainant_type": "本人", "right_type": "著作权", "infringing_url": [LINK]}
PERSON = {"topic": PERSONALITY, "complainant_type": "本人", "right_type": "肖像", "infringing_url": [LINK]}
NEARLY = {"ownership_proof": "", "identity_ready": True, "contact_phone": "13911112222"}


def asked(answer: object) -> tuple[object, object]:
    return answer.slots["slot_problem"], answer.slots["requested_slot"]


class TestForm:
    @pytest.mark.parametrize(
        ("text", "intent", "right"),
        [("别人搬运我视频", COPYRIGHT, "著作权"), ("有人拿我照片冒充我", PERSONALITY, "肖像")],
    )
    def test_the_material_is_explained_and_the_right_is_heard(self, text: str, intent: str, right: str) -> None:
        answer = start(ValidateInfringementForm(), said(text, intent))
        assert answer.responses == [f"utter_{intent}_material"]
        assert (answer.slots["topic"], answer.slots["right_type"]) == (intent, right)
        assert answer.slots["requested_slot"] == "complainant_type"

    def test_an_old_topic_does_not_decide(self) -> None:
        answer = start(ValidateInfringementForm(), said("别人搬运我视频", COPYRIGHT), {"topic": PERSONALITY})
        assert answer.responses == ["utter_infringement_copyright_material"]

    def test_what_the_first_message_holds_is_taken(self) -> None:
        text = f"我公司商标被盗用 {LINK} 电话13911112222"
        answer = start(ValidateInfringementForm(), said(text, COPYRIGHT))
        taken = {
            "complainant_type": "企业",
            "right_type": "商标",
            "infringing_url": [LINK],
            "contact_phone": "13911112222",
        }
        assert {name: answer.slots[name] for name in taken} == taken
        assert answer.slots["requested_slot"] == "ownership_proof"

    def test_a_work_needs_proof_and_a_person_an_age(self) -> None:
        work = reply(ValidateInfringementForm(), "infringing_url", said(LINK), **(WORK | {"infringing_url": None}))
        assert work.slots["requested_slot"] == "ownership_proof"
        person = reply(ValidateInfringementForm(), "infringing_url", said(LINK), **(PERSON | {"infringing_url": None}))
        assert person.slots["requested_slot"] == "victim_is_minor"

    def test_a_right_of_the_other_topic_leads_there(self) -> None:
        press = said("/inform", "inform", 1.0, choice="名誉")
        answer = reply(ValidateInfringementForm(), "right_type", press, topic=COPYRIGHT, infringing_url=[LINK])
        assert (answer.slots["right_type"], answer.slots["topic"]) == ("名誉", PERSONALITY)

    @pytest.mark.parametrize(
        ("text", "problem"), [("https://www.bilibili.com/video/BV1", "link_foreign"), ("就在他主页", "no_link")]
    )
    def test_each_slip_with_the_link_has_its_hint(self, text: str, problem: str) -> None:
        answer = reply(ValidateInfringementForm(), "infringing_url", said(text), **(WORK | {"infringing_url": None}))
        assert asked(answer) == (problem, "infringing_url")

    def test_an_impostor_may_be_named_by_the_account_a_thief_of_works_not(self) -> None:
        person = PERSON | {"infringing_url": None}
        answer = reply(ValidateInfringementForm(), "infringing_url", said("fake_amy2020"), **person)
        assert (answer.slots["target_douyin_id"], answer.slots["requested_slot"]) == ("fake_amy2020", "victim_is_minor")
        work = WORK | {"infringing_url": None}
        assert asked(reply(ValidateInfringementForm(), "infringing_url", said("fake_amy2020"), **work))[0] == "no_link"

    @pytest.mark.parametrize(
        "message", [said("稍后再补"), said("没有"), said("/inform", "inform", 1.0, choice="later")]
    )
    def test_the_proof_may_follow(self, message: dict) -> None:
        answer = reply(ValidateInfringementForm(), "ownership_proof", message, **WORK)
        assert (answer.slots["ownership_proof"], answer.slots["requested_slot"]) == ("", "identity_ready")

    @pytest.mark.parametrize(
        ("message", "ready"),
        [
            (said("备好了"), True),
            (said("证件有", "realname_issue"), True),
            (said("还没有"), False),
            (said("是", "affirm"), True),
        ],
    )
    def test_papers_are_ready_or_not(self, message: dict, ready: bool) -> None:
        answer = reply(ValidateInfringementForm(), "identity_ready", message, **WORK, ownership_proof="")
        assert (answer.slots["identity_ready"], answer.slots["requested_slot"]) == (ready, "contact_phone")

    def test_a_yes_is_no_declaration(self) -> None:
        answer = reply(ValidateInfringementForm(), "statement_truth", said("好的", "affirm"), **WORK, **NEARLY)
        assert asked(answer) == ("not_declared", "statement_truth")

    @pytest.mark.parametrize("message", [said("我确认属实"), said("/affirm", "affirm", 1.0), said("以上全部属实")])
    def test_the_declaration_is_explicit(self, message: dict) -> None:
        answer = reply(ValidateInfringementForm(), "statement_truth", message, **WORK, **NEARLY)
        assert (answer.slots["statement_truth"], answer.slots["requested_slot"]) == (True, "infringement_confirm")

    @pytest.mark.parametrize("message", [said("不能确认"), said("/deny", "deny", 1.0), said("我不确定是不是真实")])
    def test_denied_it_ends_without_a_case(self, message: dict) -> None:
        desk = FakeDesk()
        answer = reply(ValidateInfringementForm(desk), "statement_truth", message, **WORK, **NEARLY)
        assert answer.responses == ["utter_infringement_not_declared"]
        assert answer.others[-1]["name"] == "action_listen"
        assert desk.calls == []

    def test_intimate_pictures_go_to_a_person_without_a_lecture(self) -> None:
        answer = start(ValidateInfringementForm(), said("他把我私密照发出来了", PERSONALITY))
        assert answer.responses == ["utter_safety_infringement_personality", "utter_handoff_urgent"]
        assert (answer.handoff["reason"], answer.handoff["topic"]) == ("user_in_danger", PERSONALITY)

    def test_told_late_it_goes_before_the_question_too(self) -> None:
        person = PERSON | {"infringing_url": None}
        answer = reply(ValidateInfringementForm(), "infringing_url", said("他还发了我的裸照"), **person)
        assert (answer.handoff["reason"], answer.handoff["topic"]) == ("user_in_danger", PERSONALITY)
        crisis = said("他发了我的裸照，我不想活了", "self_harm_crisis")
        assert reply(ValidateInfringementForm(), "infringing_url", crisis, **person).handoff is None

    @pytest.mark.parametrize("text", ["我女儿才十岁也在里面", "是小学生"])
    def test_a_child_is_heard_whatever_the_intent_seems(self, text: str) -> None:
        answer = reply(ValidateInfringementForm(), "victim_is_minor", said(text, "report_minor_harm"), **PERSON)
        assert answer.handoff["topic"] == PERSONALITY

    def test_so_does_a_minor_with_what_is_known(self) -> None:
        answer = reply(ValidateInfringementForm(), "victim_is_minor", said("是的，我孩子才十岁", "affirm"), **PERSON)
        assert answer.handoff["reason"] == "user_in_danger"
        assert answer.handoff["slots"]["infringing_url"] == [LINK]


class TestCase:
    def test_a_work_with_its_proof(self) -> None:
        desk = FakeDesk()
        proof = f"原作 {ORIGINAL} 有原片"
        done = {
            "ownership_proof": proof,
            "identity_ready": False,
            "contact_phone": "13911112222",
            "statement_truth": True,
        }
        slots = WORK | done | {"infringement_confirm": "yes"}
        answer = run(ActionOpenInfringementCase(desk), said("好", "affirm"), slots)
        assert desk.calls == [
            (
                "open_case",
                "m1:action_open_infringement_case:1",
                {
                    "conversation_id": "c1",
                    "topic": COPYRIGHT,
                    "fields": {
                        "complainant_type": "本人",
                        "right_type": "著作权",
                        "infringing_url": [LINK],
                        "ownership_proof": proof,
                        "identity_ready": False,
                        "statement_truth": True,
                        "original_url": [ORIGINAL],
                        "ownership_pending": False,
                    },
                    "douyin_id": None,
                    "contact_phone": "13911112222",
                    "penalty_id": None,
                    "links": [LINK, ORIGINAL],
                    "attachments": [],
                },
            )
        ]
        assert answer.responses == ["utter_infringement_opened"]

    def test_a_missing_proof_is_told_to_the_people_in_charge(self) -> None:
        desk = FakeDesk()
        slots = WORK | NEARLY | {"statement_truth": True, "infringement_confirm": "yes"}
        run(ActionOpenInfringementCase(desk), said("好", "affirm"), slots)
        assert desk.calls[0][2]["fields"]["ownership_pending"] is True

    def test_a_persons_right_is_the_other_topic(self) -> None:
        desk = FakeDesk()
        done = {
            "victim_is_minor": False,
            "identity_ready": True,
            "contact_phone": "13911112222",
            "statement_truth": True,
        }
        run(ActionOpenInfringementCase(desk), said("好", "affirm"), PERSON | done | {"infringement_confirm": "yes"})
        assert desk.calls[0][2]["topic"] == PERSONALITY
        assert "ownership_pending" not in desk.calls[0][2]["fields"]

    def test_the_last_look(self) -> None:
        answer = run(ActionAskInfringementConfirm(), said("x") | {"metadata": {"locale": "en"}}, PERSON | NEARLY)
        shown = {"complainant_type": "myself", "right_type": "portrait", "identity_ready": "yes"}
        assert {name: answer.messages[0][name] for name in shown} == shown

    def test_nothing_is_promised_and_nobody_is_talked_to(self) -> None:
        words = str([v for name, v in DOMAIN["responses"].items() if "infringement" in name])
        for promise in ("一定删", "保证删", "会删除", "帮您联系对方", "与对方沟通", "和对方沟通", "talk to them"):
            assert promise not in words

"""Pictures, videos and files that nobody asked for."""

import pytest

from actions.attachments import ActionAttachmentArrived
from actions.desk_client import DeskError
from actions.fallback import ActionNotUnderstood
from actions.login_failed import ActionLoginSteps
from actions.other_topics import ActionOtherTopic
from tests.actions.fake_desk import FakeDesk, case
from tests.actions.talk import PAPER, PICTURE, VIDEO, run, said, sent, user_event


def test_they_are_acknowledged_and_asked_about() -> None:
    desk = FakeDesk()
    answer = run(ActionAttachmentArrived(desk), sent(PICTURE, PAPER))
    assert desk.calls == [("read_conversation", "c1")]
    assert answer.events == []
    assert answer.responses == ["utter_attachment_arrived", "utter_attachment_for_what"]
    assert answer.messages[0]["received"] == {"image": 1, "file": 1}


def test_those_that_wait_already_are_counted_with_them() -> None:
    answer = run(ActionAttachmentArrived(FakeDesk()), sent(VIDEO), {"attachments": [PICTURE, VIDEO]})
    assert answer.responses[0] == "utter_attachment_arrived_more"
    assert answer.messages[0]["received"] == {"video": 1}
    assert answer.messages[0]["evidence"] == {"image": 1, "video": 1}


def test_the_newest_case_that_is_not_settled_is_offered_and_a_yes_means_it() -> None:
    desk = FakeDesk()
    desk.own_cases = [
        case("KF20261120000001"),
        case("KF20261123000001", state="waiting"),
        case("KF20261124000001", state="resolved"),
    ]
    answer = run(ActionAttachmentArrived(desk), sent(PICTURE))
    assert answer.responses == ["utter_attachment_arrived", "utter_attachment_for_case"]
    assert answer.messages[1]["case_number"] == "KF20261123000001"
    assert answer.slots == {"offer": "add_to_case"}


@pytest.mark.parametrize("offer", ["person", "add_to_case", None])
def test_what_comes_after_adding_or_after_hearing_how_is_added_too(offer: str | None) -> None:
    desk = FakeDesk()
    desk.own_cases = [case("KF20261120000001")]
    answer = run(ActionAttachmentArrived(desk), sent(PICTURE), {"topic": "case_update", "offer": offer})
    assert desk.calls[-1] == ("add_to_case", "m1:action_attachment_arrived:1", "KF20261120000001", "c1", ["f_1"])
    assert answer.responses == ["utter_added_to_case"]


def test_without_a_case_there_is_nothing_to_add_to() -> None:
    answer = run(ActionAttachmentArrived(FakeDesk()), sent(PICTURE), {"topic": "case_update"})
    assert answer.responses == ["utter_attachment_arrived", "utter_attachment_for_what"]


def test_an_open_question_is_asked_again_and_stays_open() -> None:
    desk = FakeDesk()
    buttons = [{"title": "还是不行", "payload": "/deny"}]
    before = [
        user_event(said("登不上", "login_failed")),
        {"event": "bot", "text": "提醒", "data": {}},
        {"event": "bot", "text": "能登上了吗？", "data": {"buttons": buttons}},
    ]
    slots = {"offer": "login_solved", "topic": "login_failed"}
    answer = run(ActionAttachmentArrived(desk), sent(PICTURE), slots, before=before)
    assert answer.responses == ["utter_attachment_kept"]
    assert [(m["text"], m["buttons"]) for m in answer.messages[1:]] == [("能登上了吗？", buttons)]
    assert answer.slots == {"offer": "login_solved"}
    assert desk.calls == []


@pytest.mark.parametrize(
    ("action", "intent", "then"),
    [
        (ActionOtherTopic(), "upload_failed", "utter_topic_not_carried"),
        (ActionLoginSteps(), "login_failed", "utter_login_steps"),
    ],
)
def test_what_comes_with_words_is_acknowledged_before_the_answer(action: object, intent: str, then: str) -> None:
    assert run(action, sent(PICTURE, text="……", intent=intent)).responses == ["utter_attachment_arrived", then]
    assert run(action, said("……", intent)).responses == [then]


def test_a_desk_that_cannot_be_asked_offers_no_case() -> None:
    desk = FakeDesk()
    desk.fails_with = DeskError("unreachable")
    answer = run(ActionAttachmentArrived(desk), sent(PICTURE))
    assert answer.responses == ["utter_attachment_arrived", "utter_attachment_for_what"]


def test_words_that_are_not_understood_beside_a_picture_are_no_failure() -> None:
    answer = run(ActionNotUnderstood(), sent(PICTURE, text="阿巴阿巴", intent="nlu_fallback"))
    listen, message = answer.events
    assert listen["name"] == "action_listen"
    assert message["parse_data"]["intent"]["name"] == "send_attachment"
    assert message["metadata"]["attachments"] == [PICTURE]
    assert answer.responses == []

"""Transcript lines in the shapes that Rasa's web clients know."""

import pytest

from desk.channels.rasa_events import rasa_events

ADDRESS = "https://desk.example/api/attachments/f_1?ticket=t"
PICTURE = {"id": "f_1", "kind": "image", "name": "说明.jpg"}


def line(text="你好", author="bot", **more):
    return {"author": author, "text": text, "buttons": [], "card": None, "attachments": [], **more}


def events(message, locale="zh", address=ADDRESS):
    return rasa_events(message, locale, lambda _id: address)


def test_no_event_has_a_key_that_rasa_webchat_does_not_know():
    lines = [
        line("一\n\n二"),
        line(buttons=[{"title": "是", "payload": "/affirm"}]),
        line("", buttons=[{"title": "是", "payload": "/affirm"}]),
        line("通知", author="system"),
        line("您好", author="agent"),
        line("", card={"type": "case", "number": "KF20261124000001", "topic_label": "封禁申诉"}),
    ]
    for each in lines:
        assert all(set(event) <= {"text", "quick_replies"} and "text" in event for event in events(each))


def test_the_user_s_own_words_and_pictures_are_not_repeated():
    assert events(line(author="user", attachments=[PICTURE])) == []


def test_a_person_s_words_and_notices_are_heard_too():
    assert events(line("您好", author="agent")) == [{"text": "您好"}]
    assert events(line("客服已接入", author="system")) == [{"text": "客服已接入"}]


def test_a_picture_is_shown_after_the_words_it_came_with():
    shown = {"attachment": {"type": "image", "payload": {"src": ADDRESS}}}
    assert events(line("请看", author="agent", attachments=[PICTURE])) == [{"text": "请看"}, shown]
    assert events(line("", author="agent", attachments=[PICTURE, PICTURE])) == [shown, shown]


@pytest.mark.parametrize("kind", ["video", "file"])
@pytest.mark.parametrize("locale", ["zh", "en"])
def test_what_cannot_be_shown_is_linked_to(kind, locale):
    ((key, words),) = events(line("", author="agent", attachments=[PICTURE | {"kind": kind}]), locale)[0].items()
    assert key == "text" and ADDRESS in words and "说明.jpg" in words
    assert ("小时" in words) == (locale == "zh")


@pytest.mark.parametrize("kind", ["image", "video", "file"])
@pytest.mark.parametrize(("locale", "word"), [("zh", "打不开"), ("en", "cannot be opened")])
def test_what_nobody_could_reach_is_told_in_the_user_s_language(kind, locale, word):
    (told,) = events(line("", author="agent", attachments=[PICTURE | {"kind": kind}]), locale, address=None)
    assert word in told["text"] and "说明.jpg" in told["text"]

"""Attachments are sent with a message: one's own, once, in the transaction that stores it."""

import asyncio

import pytest

from desk.attachments.models import Attachment
from desk.channels.rest import rest_views
from desk.conversations.models import Message, Turn
from desk.delivery import service as delivery
from desk.handoffs import service as handoffs
from desk.handoffs.models import Handoff
from tests.desk.attachments.making import boxes, pdf, picture
from tests.desk.sockets import Client, served
from tests.desk.user import User


async def test_a_message_may_be_attachments_alone(user, world):
    first, second = await user.uploaded(picture()), await user.uploaded(pdf())
    assert (await user.show(second, first)).status_code == 201
    (line,) = await user.messages()
    assert (line["kind"], line["text"]) == ("text", "")
    assert [(each["id"], each["kind"], each["width"]) for each in line["attachments"]] == [
        (second, "file", None),
        (first, "image", 30),
    ]
    assert {row.message_id for row in await world.rows(Attachment)} == {line["id"]}


async def test_the_bot_is_told_what_came_and_gets_no_words_of_its_own(user, world):
    sent = await user.uploaded(picture())
    await user.show(sent)
    (taken,) = await delivery.take_due(world.database, 5, 5.0)
    assert (taken.request.text, taken.request.payload) == (None, None)
    assert taken.request.attachments == [{"id": sent, "kind": "image", "name": "a.png"}]


async def test_with_words_the_words_are_the_text(user, world):
    sent = await user.uploaded(picture())
    await user.show(sent, text="这是截图")
    (taken,) = await delivery.take_due(world.database, 5, 5.0)
    assert (taken.request.text, [each["id"] for each in taken.request.attachments]) == ("这是截图", [sent])


async def test_a_turn_without_attachments_says_so(user, world):
    await user.send("你好")
    (taken,) = await delivery.take_due(world.database, 5, 5.0)
    assert taken.request.attachments == []
    assert (await user.messages())[0]["attachments"] == []


@pytest.mark.parametrize("text", ["", " \n"])
async def test_beside_attachments_no_words_are_needed(user, text):
    assert (await user.show(await user.uploaded(picture()), text=text)).status_code == 201
    assert (await user.messages())[0]["text"] == ""


async def test_words_are_checked_beside_attachments_too(user, world):
    sent = await user.uploaded(picture())
    assert (await user.show(sent, text="a\x1bb")).json()["code"] == "text_control_characters"
    assert (await user.show(sent, text="字" * 2001)).json()["code"] == "text_too_long"
    assert await world.count(Message) == 0
    assert (await user.show(sent)).status_code == 201


async def test_a_resend_is_the_same_message(user, world):
    sent = await user.uploaded(picture())
    answers = [await user.post({"client_id": "same", "attachments": [sent]}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert (await world.count(Message), await world.count(Turn)) == (1, 1)


async def test_what_was_sent_cannot_be_sent_again(user, world, refused):
    sent, fresh = await user.shown(picture()), await user.uploaded(picture())
    refused(await user.show(sent), 422, "attachment_not_yours")
    refused(await user.show(fresh, sent), 422, "attachment_not_yours")
    assert await world.count(Message) == 1
    assert (await user.show(fresh)).status_code == 201


async def test_sent_twice_at_once_it_belongs_to_one_message(user, world):
    sent = await user.uploaded(picture())
    answers = await asyncio.gather(*(user.show(sent) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [201] + [422] * 5
    (message,) = await world.rows(Message)
    assert [row.message_id for row in await world.rows(Attachment)] == [message.id]


async def test_sent_and_taken_back_at_once_it_is_one_of_both(user, world):
    for _ in range(4):
        attachment_id = await user.uploaded(picture())
        shown, back = await asyncio.gather(user.show(attachment_id), user.take_back(attachment_id))
        assert (shown.status_code, back.status_code) in ((201, 404), (422, 204))
    assert await world.count(Attachment) == await world.count(Message)


async def test_an_id_named_twice_is_one_attachment(user):
    sent = await user.uploaded(picture())
    assert (await user.show(sent, sent)).status_code == 201
    assert len((await user.messages())[0]["attachments"]) == 1


async def test_nobody_sends_what_is_not_theirs(user, http, world, console, refused):
    other = await User.begin(http)
    lin = await console()
    await world.claimed(lin.agent, user.conversation_id)
    of_agent = (await lin.upload(user.conversation_id, picture())).json()["id"]
    for attachment_id in (await other.uploaded(picture()), await other.shown(picture()), of_agent, "f_none", ""):
        refused(await user.show(attachment_id), 422, "attachment_not_yours")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"attachments": []}, "text"),
        ({"attachments": None}, "attachments"),
        ({"attachments": "f_1"}, "attachments"),
        ({"attachments": [1]}, "attachments.0"),
        ({"attachments": ["f"] * 10}, "attachments"),
        ({"attachments": ["f" * 65]}, "attachments.0"),
        ({"attachments": ["f\x00"]}, "attachments"),
        ({"attachments": ["f_1"], "payload": "/greet"}, "text"),
        ({"attachments": ["f_1"], "payload": "/greet", "text": "a"}, "text"),
    ],
)
async def test_a_message_in_a_wrong_form_names_the_field(user, refused, body, field):
    assert refused(await user.post({"client_id": "1", **body}), 422, "invalid_field") == {"field": field}


async def test_nine_may_be_sent_at_once(user):
    sent = [await user.uploaded(picture()) for _ in range(9)]
    assert (await user.show(*sent)).status_code == 201
    assert [each["id"] for each in (await user.messages())[0]["attachments"]] == sent


async def test_the_socket_sends_and_hears_them_too(app, user, world, console):
    lin = await console()
    conversation = await world.claimed(lin.agent, user.conversation_id)
    async with served(app) as url:
        widget = await Client("/widget").connect(url, {"token": user.token})
        agent = await Client("/console").connect(url, headers={**lin.headers})
        sent = await user.uploaded(picture())
        receipt = await widget.call("send", {"client_id": "1", "attachments": [sent]})
        assert receipt["ok"] is True
        again = await widget.call("send", {"client_id": "2", "attachments": [sent]})
        assert again["error"]["code"] == "attachment_not_yours"
        both = await widget.call("send", {"client_id": "3", "attachments": [sent], "payload": "/greet"})
        assert both["error"]["code"] == "invalid_field"
        heard = await widget.until("message", lambda line: line["author"] == "user")
        seen = await agent.until("message", lambda parcel: parcel["message"]["author"] == "user")
        assert heard["attachments"] == seen["message"]["attachments"] and heard["attachments"][0]["id"] == sent
        given = (await lin.upload(conversation.id, boxes(b"isom"), "a.mp4")).json()
        await lin.write(conversation, client_id="of-lin", attachments=[given["id"]])
        assert (await widget.until("message", lambda line: line["author"] == "agent"))["attachments"] == [given]
        for client in (widget, agent):
            await client.close()


async def test_an_agent_sends_what_they_uploaded_once(user, world, console, refused):
    lin = await console()
    conversation = await world.claimed(lin.agent, user.conversation_id)
    first, second = [(await lin.upload(conversation.id, picture(), "说明.png")).json() for _ in range(2)]
    answer = await lin.write(conversation, attachments=[first["id"]])
    assert (answer.status_code, answer.json()["attachments"], answer.json()["text"]) == (201, [first], "")
    assert (await lin.write(conversation, attachments=[first["id"]])).status_code == 200
    again = await lin.write(conversation, client_id="2", attachments=[first["id"]])
    refused(again, 422, "attachment_not_yours")
    assert (await lin.write(conversation, client_id="3", text="您看", attachments=[second["id"]])).status_code == 201
    assert (await user.messages())[-1]["attachments"] == [second]
    assert (await user.get(f"/api/attachments/{second['id']}")).status_code == 200


async def test_an_agent_cannot_send_what_the_user_or_a_colleague_uploaded(user, world, console, refused):
    lin, zhou = await console(), await console("zhou", "小周")
    owned = await world.claimed(zhou.agent, user.conversation_id)
    of_zhou = (await zhou.upload(owned.id, picture())).json()["id"]
    async with world.database.write() as work:
        await handoffs.release(work, owned.id, zhou.agent, owned.epoch)
    (handoff,) = await world.rows(Handoff)
    async with world.database.write() as work:
        conversation = await handoffs.claim(work, handoff.id, lin.agent)
    for attachment_id in (of_zhou, await user.uploaded(picture()), await user.shown(picture()), "f_none"):
        refused(await lin.write(conversation, attachments=[attachment_id]), 422, "attachment_not_yours")


async def test_an_agent_says_something_or_sends_something(user, world, console, refused):
    lin = await console()
    conversation = await world.claimed(lin.agent, user.conversation_id)
    refused(await lin.write(conversation), 422, "text_empty")
    refused(await lin.write(conversation, text=" "), 422, "text_empty")
    refused(await lin.write(conversation, attachments=["f"] * 10), 422, "invalid_field")


async def test_an_agent_uploads_only_into_a_conversation_that_is_theirs(user, world, console, refused):
    lin, zhou = await console(), await console("zhou", "小周")
    stranger = await console("wang", "小王", skill_groups=["payment"])
    conversation = await world.claimed(lin.agent, user.conversation_id)
    assert (await lin.upload(conversation.id, picture())).status_code == 201
    assert refused(await zhou.upload(conversation.id, picture()), 409, "not_owner")["agent_name"] == "小林"
    refused(await stranger.upload(conversation.id, picture()), 404, "not_found")
    refused(await lin.upload("c_none", picture()), 404, "not_found")
    refused(await lin.upload(await world.conversation(), picture()), 404, "not_found")
    assert await world.count(Attachment) == 1


async def test_what_an_agent_has_not_sent_the_user_does_not_see(user, world, console):
    lin = await console()
    conversation = await world.claimed(lin.agent, user.conversation_id)
    attachment_id = (await lin.upload(conversation.id, picture())).json()["id"]
    assert (await user.get(f"/api/attachments/{attachment_id}")).status_code == 404
    assert (await user.take_back(attachment_id)).status_code == 404
    assert (await lin.get(f"attachments/{attachment_id}")).status_code == 200


async def test_the_console_reads_what_was_last_said_in_words(user, world, console):
    await user.send("我的号被封了")
    await user.show(await user.uploaded(picture()))
    await world.handoff(user.conversation_id)
    (row,) = (await (await console()).get("queue")).json()["handoffs"]
    assert row["last_text"] == "我的号被封了"


async def test_rasa_s_rest_clients_get_what_an_agent_sends_as_links(user, world, console, parts, http):
    lin = await console()
    conversation = await world.claimed(lin.agent, user.conversation_id)
    sent = [(await lin.upload(conversation.id, content)).json()["id"] for content in (picture(), boxes(b"isom"))]
    await lin.write(conversation, text="您看", attachments=sent)
    line = (await world.transcript(conversation.id))[-1]
    words, image, video = rest_views(parts, line, "u1", "http://desk.test")
    assert words == {"recipient_id": "u1", "text": "您看"}
    assert set(image) == {"recipient_id", "image"} and set(video) == {"recipient_id", "attachment"}
    for link, kind in ((image["image"], "image/png"), (video["attachment"], "video/mp4")):
        assert (await http.get(link)).headers["content-type"] == kind
    await lin.write(conversation, client_id="2", text="好")
    assert len(rest_views(parts, (await world.transcript(conversation.id))[-1], "u1", "")) == 1

"""Journey 6: web clients written for Rasa, unchanged, talk to the bot and to a person, and miss nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from scripts import clients
from tests.journeys import ban, pictures
from tests.journeys.clients import User
from tests.journeys.rasa_pages import ClientPage, RasaHQWebchat, RasaWebchat, host
from tests.journeys.waiting import until

# The first test that needs them waits until all parts run, on a machine that may be busy.
pytestmark = pytest.mark.timeout(300)

TURN = "/webhooks/turn/run"
IN_QUEUE = "离开"  # that one may leave is said to everyone who begins to wait
BOTH_CLIENTS = pytest.mark.parametrize("client", [RasaWebchat, RasaHQWebchat], indirect=True)
WEBCHAT = pytest.mark.parametrize("client", [RasaWebchat], indirect=True)


@pytest.fixture(scope="module")
def origin(stack) -> Iterator[str]:
    """The host page's, which the desk is told of."""
    clients.ensure()
    with host() as address:
        start_desk(stack, address)
        yield address
        stack.restart("desk")


def start_desk(stack, origin: str) -> None:
    stack.restart("desk", DESK_ALLOWED_ORIGINS=origin, DESK_PUBLIC_URL=stack.desk_url)


@pytest.fixture
def restart_desk(stack, origin):
    return lambda: start_desk(stack, origin)


@pytest.fixture
def client(request, chromium, origin, stack) -> Iterator[ClientPage]:
    page = request.param(chromium, origin, stack.desk_url)
    page.begin()
    yield page
    page.close()


@pytest.fixture
def told(stack, client):
    """What the desk's transcript says of the client's conversation."""
    return lambda: User(stack.desk_url, token=client.token)


@BOTH_CLIENTS
def test_a_banned_user_appeals_and_is_helped_by_a_person(client, told, accounts, lin):
    account = accounts.banned()
    client.say("我的号被封了")
    client.sees("您的抖音号是什么")
    client.say(account.douyin_id)
    client.sees("注册手机号")
    client.say(account.phone)
    client.sees("现在提交申诉吗")
    client.press("提交申诉")
    client.sees("申诉的理由")
    client.say(ban.REASON)
    client.sees("链接吗")
    client.press("没有")
    client.sees("哪个手机号")
    client.press("用 138")
    client.sees("没问题就提交")
    client.press("确认提交")
    client.sees("申诉已经登记")

    client.say("转人工")
    client.sees(IN_QUEUE)
    conversation_id = client.conversation_id
    lin.claim(conversation_id)
    client.sees("小林已接入")
    lin.write(conversation_id, "您好，我是小林，您的申诉我看到了。")
    client.sees("您的申诉我看到了")
    lin.show(conversation_id, pictures.screenshot())
    until(client.shows_a_picture, "the agent's picture")
    client.say("谢谢，大概要多久？")
    until(lambda: "谢谢，大概要多久？" in told().told(), "the user's words at the agent's")
    lin.resolve(conversation_id)
    client.sees("已标记为解决")
    client.say("你是谁")
    client.sees("不是真人")
    heard_all(client, told())
    assert client.complaints == []


@WEBCHAT
def test_a_reload_keeps_the_session_and_what_stood_there(client, told):
    client.say("我的号被封了")
    client.sees("您的抖音号是什么")
    before, conversation_id = (client.heard(), client.said()), client.conversation_id
    for _ in range(2):
        client.come()
        expect(client.page.locator(client.bot_lines)).to_have_count(len(before[0]))
        assert (client.heard(), client.said()) == before
    client.say("lucky_2020")
    client.sees("注册手机号")
    assert client.conversation_id == conversation_id
    heard_all(client, told())


@BOTH_CLIENTS
def test_what_was_said_while_the_page_was_closed_is_there_once_it_is_open(client, told, lin):
    client.say("转人工")
    client.press("直接转人工")
    client.sees(IN_QUEUE)
    conversation_id = client.conversation_id
    client.leave()
    lin.claim(conversation_id)
    lin.write(conversation_id, "您好，我是小林。")
    lin.write(conversation_id, "您还在吗？")

    client.come()
    client.sees("您还在吗？")
    assert client.heard()[-2:] == ["您好，我是小林。", "您还在吗？"]
    client.come()
    client.say("在的")
    until(lambda: "在的" in told().told(), "the user's words at the agent's")
    lin.write(conversation_id, "那我们继续。")
    client.sees("那我们继续")
    assert client.heard().count("您好，我是小林。") == (1 if client.keeps_lines else 0), "it is told once"
    lin.resolve(conversation_id)


@BOTH_CLIENTS
def test_a_desk_killed_in_mid_turn_answers_once(client, told, stack, gateway, restart_desk):
    hold = gateway.hold("bot", TURN, "answer", containing=client.conversation_id)
    client.say("我的号被封了")
    hold.wait()
    stack.kill("desk")
    hold.drop()
    restart_desk()
    client.sees("您的抖音号是什么")
    client.say("lucky_2020")
    client.sees("注册手机号")
    heard_all(client, told())


@WEBCHAT
def test_what_is_typed_before_the_session_stands_is_heard_once(client, told, restart_desk):
    """The client sends it again after every later confirmation of the session."""
    client.leave()
    on_hold = []
    client.page.route("**/socket.io/**", lambda route: on_hold.append(route))
    client.come(early="yes")
    for text in ("我的号被封了", "在吗", "在吗"):
        client.say(text)
    client.page.unroute("**/socket.io/**")
    for request in on_hold:
        request.continue_()
    typed = ["", "我的号被封了", "在吗", "在吗"]
    until(lambda: said_to(told()) == typed, "what was typed early")
    for _ in range(2):
        with client.page.expect_event("websocket", lambda line: "socket.io" in line.url):
            restart_desk()
        client.say("在吗")
        typed.append("在吗")
        until(lambda: said_to(told()) == typed, "what was typed after the desk was away")
    until(lambda: not told().state()["bot_busy"], "all answers")
    # A desk that is killed just after it told a line may tell it again; what it is told it hears once.
    until(lambda: client.page.locator(client.bot_lines).count() >= lines_of_others(told()), "every answer on the page")
    assert said_to(told()) == typed


def said_to(user: User) -> list[str]:
    return [message["text"] for message in user.transcript() if message["author"] == "user"]


def heard_all(client: ClientPage, user: User) -> None:
    """The page shows every line of the others once, and the desk has every line of the user once."""
    sent = [message for message in user.transcript() if message["author"] == "user" and message["kind"] == "text"]
    expect(client.page.locator(client.bot_lines)).to_have_count(lines_of_others(user))
    assert len(client.said()) == len(sent), user.told()


def lines_of_others(user: User) -> int:
    """How many lines such a client makes of what the others said."""
    said = [message["text"] for message in user.transcript() if message["author"] != "user"]
    return sum(bool(part.strip()) for text in said for part in text.split("\n\n"))

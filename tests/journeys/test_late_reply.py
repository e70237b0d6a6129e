"""Journey 5: a bot's reply that comes after a person took over never shows; a farewell does."""

from __future__ import annotations

import pytest

from tests.journeys.databases import ON_BOTH

# The first test that needs them waits until all parts run, on a machine that may be busy.
pytestmark = [pytest.mark.timeout(300), ON_BOTH]

TURN = "/webhooks/turn/run"


@pytest.mark.usefixtures("impatient")
class TestAReplyAfterTheBotWasGivenUp:
    @pytest.fixture
    def late(self, gateway, user):
        """A user in the queue, and the bot's answer still on its way."""
        hold = gateway.hold("bot", TURN, "answer", containing=user.conversation_id)
        user.say("我的号被封了")
        hold.wait()
        user.wait_for_owner("queue")
        return hold

    def test_never_shows_once_an_agent_took_over(self, stack, user, lin, late):
        lin.claim(user.conversation_id)
        lin.write(user.conversation_id, "您好，我是小林。")
        late.release()
        talk_goes_on(user)
        lin.write(user.conversation_id, "请说。")
        authors = [message["author"] for message in user.transcript()]
        assert "bot" not in authors, user.told()
        assert len(stack.gateway.passed("bot", user.conversation_id)) == 1, "Rasa is not called while a person owns it"

    def test_nor_while_the_user_waits_in_the_queue(self, user, late):
        late.release()
        talk_goes_on(user)
        assert "bot" not in [message["author"] for message in user.transcript()], user.told()
        assert user.state()["owner"] == "queue"

    def test_nor_after_the_agent_gave_the_conversation_back(self, user, lin, late):
        lin.claim(user.conversation_id)
        lin.resolve(user.conversation_id)
        user.wait_for_reply()
        before = user.transcript()
        late.release()
        assert user.ask("你好"), "the bot itself goes on"
        since = user.transcript(before[-1]["seq"])
        assert [message["author"] for message in since][:1] == ["user"], "nothing came between"
        assert len([message for message in since if message["author"] == "bot"]) == len(user.replies())


def test_the_farewell_of_the_turn_that_asked_for_a_person_shows(user):
    user.ask_for_a_person()
    # Owner first, transcript second: had the two been stored apart, the farewell could be missing here.
    farewell, notice = user.replies()
    assert farewell["author"] == "bot" and farewell["text"]
    assert notice["code"].startswith("queue_joined")


def test_what_the_user_wrote_meanwhile_waits_for_the_agent(gateway, user, lin):
    user.ask("转人工")
    before = len(user.transcript())
    hold = gateway.hold("bot", TURN, "answer", containing=user.conversation_id)
    user.press("直接转人工")
    hold.wait()
    user.say("在吗")
    asked = len(gateway.passed("bot", user.conversation_id))
    hold.release()
    user.wait_for_owner("queue")
    assert [message["author"] for message in user.transcript()[before:]] == ["user", "user", "bot", "system"]
    view = lin.claim(user.conversation_id)
    assert "在吗" in [message["text"] for message in view["messages"]]
    assert len(gateway.passed("bot", user.conversation_id)) == asked, "the bot is not asked about it"


def talk_goes_on(user, messages: int = 5) -> None:
    """Long enough for the desk to have taken in the answer that was let go."""
    for number in range(messages):
        user.say(f"在吗 {number}")

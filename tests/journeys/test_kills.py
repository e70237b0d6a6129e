"""Journey 2: each part is killed (-9) at each point of a turn; nothing is lost, nothing is done twice."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
import pytest

from tests.journeys import ban
from tests.journeys.clients import Message, User, client_id
from tests.journeys.databases import ON_BOTH

# The first test that needs them waits until all parts run, on a machine that may be busy.
pytestmark = [pytest.mark.timeout(600), ON_BOTH]


@dataclass(frozen=True)
class Point:
    """A place in a turn: what is under way there, between which two parts."""

    road: str
    path: str
    what: str
    ends: tuple[str, str]


BEFORE_THE_BOT = Point("bot", "/webhooks/turn/run", "request", ("desk", "bot"))
WHILE_AN_ACTION_RUNS = Point("desk", "/internal/cases", "request", ("actions", "desk"))
AFTER_IT_WROTE = Point("desk", "/internal/cases", "answer", ("actions", "desk"))
BEFORE_IT_IS_STORED = Point("bot", "/webhooks/turn/run", "answer", ("desk", "bot"))
BEFORE_AN_ACTION = Point("actions", "/webhook", "request", ("bot", "actions"))
AFTER_AN_ACTION = Point("actions", "/webhook", "answer", ("bot", "actions"))

AFTER_IT_IS_FILED = Point("accounts", "/penalties/", "answer", ("desk", "sandbox"))

POINTS = {
    "before the bot is called": BEFORE_THE_BOT,
    "while an action runs": WHILE_AN_ACTION_RUNS,
    "after the action wrote": AFTER_IT_WROTE,
    "before the reply is stored": BEFORE_IT_IS_STORED,
}


def kill_there(stack, point: Point, part: str, user: User | None, act) -> None:
    """Do something, kill the part when the turn is at the point, and start it again."""
    hold = hold_at(stack, point, user)
    act()
    hold.wait()
    stack.kill(part)
    let_go(hold, point, part)
    stack.restart(part)


def hold_at(stack, point: Point, user: User | None):
    """Hold the user's turn at the point; what goes to the account system names no user."""
    return stack.gateway.hold(point.road, point.path, point.what, user.conversation_id if user else "")


def let_go(hold, point: Point, killed: str) -> None:
    """What was under way to or from the dead dies with it."""
    if killed in point.ends:
        hold.drop()
    else:
        hold.release()


@pytest.fixture(scope="module")
def undisturbed(stack, accounts):
    """What a user is told when nothing happens: the measure of "answered once"."""
    user = ban.fill_the_appeal(User(stack.desk_url), accounts.banned())
    ban.submit(user)
    user.wait_for_reply()
    return shape(user.replies())


class TestTheTurnThatOpensACase:
    @pytest.fixture
    def account(self, user, accounts):
        """A ban whose appeal is filled in: the next press opens the case."""
        account = accounts.banned()
        ban.fill_the_appeal(user, account)
        return account

    @pytest.mark.parametrize("point", POINTS.values(), ids=POINTS)
    @pytest.mark.parametrize("part", ["desk", "bot", "actions"])
    def test_is_answered_once_and_opens_one_case(self, stack, user, account, accounts, chen, undisturbed, part, point):
        said = sent_by(user)
        kill_there(stack, point, part, user, lambda: ban.submit(user))
        user.wait_for_reply(240)
        assert sent_by(user)[:-1] == said, "every message stands once"
        all_is_as_undisturbed(user, account, accounts, chen, undisturbed)

    def test_is_so_too_when_the_desk_dies_after_the_appeal_was_filed(
        self, stack, user, account, accounts, chen, undisturbed
    ):
        kill_there(stack, AFTER_IT_IS_FILED, "desk", None, lambda: ban.submit(user))
        user.wait_for_reply(240)
        all_is_as_undisturbed(user, account, accounts, chen, undisturbed)

    @pytest.mark.parametrize(
        "point", [*POINTS.values(), AFTER_IT_IS_FILED], ids=[*POINTS, "after the account system has filed it"]
    )
    def test_offers_to_try_again_without_the_account_system(
        self, stack, gateway, user, account, accounts, chen, undisturbed, point
    ):
        hold = hold_at(stack, point, None if point is AFTER_IT_IS_FILED else user)
        ban.submit(user)
        hold.wait()
        stack.kill("sandbox")
        let_go(hold, point, "sandbox")
        answer = user.wait_for_reply(240)
        stack.restart("sandbox")
        if point not in (AFTER_IT_WROTE, BEFORE_IT_IS_STORED):
            assert "[转人工]" in answer and not ban.numbers_in(answer), "a person is the other way"
            user.choose("再试一次")
        all_is_as_undisturbed(user, account, accounts, chen, undisturbed)


class TestTheTurnThatAsksForAPerson:
    @pytest.mark.parametrize(
        ("point", "part"),
        [
            (BEFORE_THE_BOT, "desk"),
            (BEFORE_AN_ACTION, "desk"),
            (BEFORE_AN_ACTION, "actions"),
            (AFTER_AN_ACTION, "actions"),
            (AFTER_AN_ACTION, "bot"),
            (BEFORE_IT_IS_STORED, "desk"),
        ],
        ids=lambda value: value if isinstance(value, str) else f"{value.road} {value.what}",
    )
    def test_makes_one_handoff_with_one_farewell(self, stack, user, chen, point, part):
        user.ask("转人工")
        kill_there(stack, point, part, user, lambda: user.press("直接转人工"))
        user.wait_for_owner("queue", 240)
        assert sent_by(user) == ["转人工", "直接转人工"]
        replies = [reply for reply in user.replies() if reply["code"] != "bot_slow"]
        assert [reply["author"] for reply in replies] == ["bot", "system"], user.told()
        (case,) = chen.cases_of(user.conversation_id)
        (handoff,) = chen.waiting(user.conversation_id)
        assert handoff["case_number"] == case["number"] and handoff["reason"] == "user_request"


class TestAMessage:
    @pytest.mark.parametrize("what", ["request", "answer"])
    def test_that_was_not_acknowledged_can_be_sent_again_and_stands_once(self, stack, gateway, what):
        user, id = User(stack.urls["front"]), client_id()
        hold = gateway.hold("front", "/api/messages", what, containing=id)
        with ThreadPoolExecutor(1) as pool:
            sent = pool.submit(user.try_to_send, {"text": "你好"}, id)
            hold.wait()
            stack.kill("desk")
            hold.drop()
            assert isinstance(sent.exception(), httpx.TransportError), "the user sees that it failed"
        stack.restart("desk")
        user.send({"text": "你好"}, id)
        assert user.wait_for_reply()
        assert sent_by(user) == ["你好"]

    def test_that_was_acknowledged_survives_the_desk_and_keeps_its_place(self, stack, gateway, user):
        hold = gateway.hold("bot", "/webhooks/turn/run", "request", containing=user.conversation_id)
        user.say("我的号被封了")
        hold.wait()
        user.say("lucky_2020")
        stack.kill("desk")
        hold.drop()
        stack.restart("desk")
        user.wait_for_reply(60)
        assert [message["seq"] for message in user.transcript()] == list(range(1, len(user.transcript()) + 1))
        assert sent_by(user) == ["我的号被封了", "lucky_2020"]
        assert turns_in_order(gateway, user) == sent_by(user)


@pytest.mark.usefixtures("impatient")
class TestABotThatStaysDead:
    def test_the_user_is_told_and_goes_to_the_queue_once(self, stack, user, lin):
        stack.kill("bot")
        user.say("我的号被封了")
        user.say("有人吗")
        user.wait_for_owner("queue")
        codes = [message["code"] for message in user.transcript() if message["author"] != "user"]
        assert codes[:2] == ["bot_slow", "bot_unavailable"] and codes[2].startswith("queue_joined") and len(codes) == 3
        (handoff,) = lin.waiting(user.conversation_id)
        assert handoff["reason"] == "bot_unavailable"
        assert [case["number"] for case in lin.cases_of(user.conversation_id)] == [handoff["case_number"]]
        stack.restart("bot")
        lin.claim(user.conversation_id)
        lin.write(user.conversation_id, "您好，我来帮您看。")
        lin.resolve(user.conversation_id)
        user.wait_for_reply()
        assert user.ask("你好"), "the bot answers again"
        assert sent_by(user) == ["我的号被封了", "有人吗", "你好"]


def all_is_as_undisturbed(user, account, accounts, agent, undisturbed) -> None:
    """Answered once, with one case, one appeal under its number, and then one handoff on it."""
    assert shape(user.replies()) == undisturbed, user.told()
    (case,) = agent.cases_of(user.conversation_id)
    assert ban.numbers_in(user.told()) == {case["number"]}
    assert accounts.appealed_under(account) == [case["number"]]
    user.ask_for_a_person()
    (handoff,) = agent.waiting(user.conversation_id)
    assert handoff["case_number"] == case["number"]
    assert [each["number"] for each in agent.cases_of(user.conversation_id)] == [case["number"]]


def sent_by(user) -> list[str]:
    """What the user sent, in the order it stands."""
    return [message["text"] for message in user.transcript() if message["author"] == "user"]


def turns_in_order(gateway, user) -> list[str]:
    """The texts the bot was asked about, each once, in the order it was asked."""
    asked = [json.loads(passage.body)["text"] for passage in gateway.passed("bot", user.conversation_id)]
    return list(dict.fromkeys(asked))


def shape(replies: list[Message]) -> list[tuple[str, str, str]]:
    """What was said, but for numbers and times, and for the word that it takes longer."""
    told = [reply for reply in replies if reply["code"] != "bot_slow"]
    return [(reply["author"], reply["kind"], re.sub(r"\d+", "#", reply["text"])) for reply in told]

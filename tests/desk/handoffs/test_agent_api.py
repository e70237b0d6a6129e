"""The console's HTTP: what an agent sees, claims, writes, releases and resolves."""

import asyncio

import pytest

from desk.agents.enums import Role
from desk.cases.models import Case
from desk.conversations.models import Message
from desk.handoffs.models import Handoff


@pytest.fixture
def database_kind():
    return "sqlite"


class Console:
    """An agent at work."""

    def __init__(self, http, headers):
        self._http, self._headers = http, headers

    async def get(self, path, **params):
        return await self._http.get(f"/api/agent/{path}", params=params, headers=self._headers)

    async def post(self, path, **body):
        return await self._http.post(f"/api/agent/{path}", json=body, headers=self._headers)

    async def queue(self):
        return [row["id"] for row in (await self.get("queue")).json()["handoffs"]]

    async def claim(self, handoff):
        return await self.post(f"handoffs/{handoff.id}/claim")

    async def write(self, conversation_id, epoch, text="您好", client_id="1"):
        return await self.post(f"conversations/{conversation_id}/messages", client_id=client_id, text=text, epoch=epoch)


@pytest.fixture
def console(http, sign_in, world):
    async def open_console(login="lin", name="小林", **more):
        return Console(http, sign_in(await world.agent(login, name, **more)))

    return open_console


def refused(answer, status, code):
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    return answer.json()["details"]


async def test_the_queue_shows_what_waits_in_the_agent_s_skill_groups_most_pressing_first(console, world):
    calm, appeal = await world.handoff(), await world.handoff(topic="ban_appeal")
    danger = await world.handoff(reason="user_in_danger")
    crisis = await world.handoff(reason="crisis")
    assert await (await console()).queue() == [danger.id, calm.id, appeal.id]
    assert await (await console("zhou", skill_groups=["crisis_care"])).queue() == [crisis.id]
    assert await (await console("nobody", skill_groups=[])).queue() == []
    assert len(await (await console("chen", role=Role.SUPERVISOR, skill_groups=[])).queue()) == 4


async def test_a_handoff_shows_its_brief_with_masked_phones(console, world):
    conversation_id = await world.conversation()
    await world.say(conversation_id, "我电话13800001111")
    slots = {"contact_phone": "13800001111", "douyin_id": "lucky_2020", "evidence": None}
    await world.handoff(
        conversation_id,
        topic="ban_appeal",
        reason="not_understood",
        slots=slots,
        lookups=[{"what": "account", "result": "13800001111"}],
        failed_turns=2,
    )
    (shown,) = (await (await console()).get("queue")).json()["handoffs"]
    assert (shown["reason_label"], shown["topic_label"], shown["priority"]) == (
        "机器人连续未听懂",
        "封禁申诉",
        "normal",
    )
    brief = shown["brief"]
    assert brief["slots"] == [
        {"name": "contact_phone", "label": "联系电话", "value": "138****1111"},
        {"name": "douyin_id", "label": "抖音号", "value": "lucky_2020"},
    ]
    assert brief["lookups"] == [{"what": "account", "result": "138****1111"}]
    assert (brief["failed_turns"], brief["case_number"]) == (2, shown["case_number"])
    assert shown["last_text"] == "我电话138****1111"


async def test_a_claim_shows_the_conversation_and_the_queue_forgets_it(console, world):
    handoff, lin = await world.handoff(), await console()
    view = (await lin.claim(handoff)).json()
    assert (view["owner"], view["agent_name"], view["case"]["state"]) == ("agent", "小林", "open")
    assert view["messages"][-1]["code"] == "agent_joined"
    assert await lin.queue() == []
    (mine,) = (await lin.get("conversations")).json()["conversations"]
    assert (mine["conversation_id"], mine["epoch"]) == (handoff.conversation_id, view["epoch"])


async def test_of_two_claims_at_once_the_loser_hears_who_was_first(console, world):
    handoff = await world.handoff()
    lin, zhou = await console(), await console("zhou", "小周")
    answers = await asyncio.gather(lin.claim(handoff), zhou.claim(handoff))
    (won,) = [answer for answer in answers if answer.status_code == 200]
    (lost,) = [answer for answer in answers if answer.status_code != 200]
    assert refused(lost, 409, "already_claimed") == {"agent_name": won.json()["agent_name"]}


async def test_a_claim_that_its_winner_repeats_is_answered_alike(console, world):
    handoff = await world.handoff()
    lin, zhou = await console(), await console("zhou", "小周")
    first, again = [await lin.claim(handoff) for _ in range(2)]
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert [line.code for line in await world.transcript(handoff.conversation_id)].count("agent_joined") == 1
    assert refused(await zhou.claim(handoff), 409, "already_claimed") == {"agent_name": "小林"}


async def test_what_is_not_the_agent_s_is_not_found(console, world):
    handoff = await world.handoff()
    other = await console("other", skill_groups=["payment"])
    path = f"conversations/{handoff.conversation_id}"
    refused(await other.claim(handoff), 404, "not_found")
    refused(await other.get(path), 404, "not_found")
    refused(await other.get(f"{path}/messages"), 404, "not_found")
    refused(await other.write(handoff.conversation_id, 2), 404, "not_found")
    refused(await other.post(f"{path}/resolve", epoch=2), 404, "not_found")
    refused(await other.post(f"{path}/release", epoch=2), 404, "not_found")
    refused(await other.get(f"cases/{handoff.case_number}"), 404, "not_found")
    refused(await other.post(f"cases/{handoff.case_number}/transitions", to="open"), 404, "not_found")
    assert (await other.get("cases")).json() == {"cases": []}


async def test_a_colleague_s_conversation_is_not_readable(console, world):
    handoff = await world.handoff()
    await (await console()).claim(handoff)
    zhou = await console("zhou", "小周")
    refused(await zhou.get(f"conversations/{handoff.conversation_id}"), 404, "not_found")
    refused(await zhou.get(f"conversations/{handoff.conversation_id}/messages"), 404, "not_found")
    chen = await console("chen", "陈主管", role=Role.SUPERVISOR)
    assert (await chen.get(f"conversations/{handoff.conversation_id}")).status_code == 200


async def test_a_conversation_with_the_bot_is_nobody_s(console, world):
    conversation_id = await world.conversation()
    chen = await console("chen", role=Role.SUPERVISOR)
    for unknown in (conversation_id, "c_nothing"):
        refused(await chen.get(f"conversations/{unknown}"), 404, "not_found")
    refused(await chen.post("handoffs/h_nothing/claim"), 404, "not_found")


async def test_an_agent_s_write_is_stored_and_a_resend_answered_alike(console, world):
    handoff, lin = await world.handoff(), await console()
    epoch = (await lin.claim(handoff)).json()["epoch"]
    first, again = [await lin.write(handoff.conversation_id, epoch) for _ in range(2)]
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json()["agent_name"] == "小林"


async def test_who_has_lost_the_conversation_hears_who_has_it(console, world):
    handoff = await world.handoff()
    lin, zhou = await console(), await console("zhou", "小周")
    old = (await lin.claim(handoff)).json()["epoch"]
    path = f"conversations/{handoff.conversation_id}"
    await lin.post(f"{path}/release", epoch=old)
    refused(await lin.write(handoff.conversation_id, old), 409, "not_owner")
    new = (await zhou.claim(handoff)).json()["epoch"]
    expected = {"owner": "agent", "agent_name": "小周", "epoch": new}
    assert refused(await lin.write(handoff.conversation_id, old), 409, "not_owner") == expected
    assert refused(await lin.post(f"{path}/resolve", epoch=old), 409, "not_owner") == expected
    assert refused(await lin.post(f"{path}/release", epoch=old), 409, "not_owner") == expected


async def test_a_release_puts_the_conversation_back_where_it_was_in_line(console, world):
    first, second = await world.handoff(), await world.handoff()
    lin = await console()
    epoch = (await lin.claim(first)).json()["epoch"]
    released = await lin.post(f"conversations/{first.conversation_id}/release", epoch=epoch)
    assert released.json()["owner"] == "queue"
    assert await lin.queue() == [first.id, second.id]


async def test_a_resolve_settles_the_case_and_says_so(console, world):
    handoff, lin = await world.handoff(), await console()
    epoch = (await lin.claim(handoff)).json()["epoch"]
    view = (await lin.post(f"conversations/{handoff.conversation_id}/resolve", epoch=epoch, note="好了")).json()
    assert (view["owner"], view["case"]["state"], view["handoff"]["state"]) == ("bot", "resolved", "resolved")
    assert view["case"]["events"][-2]["detail"]["note"] == "好了"
    assert [event["what_label"] for event in view["case"]["events"]][-1] == "邀请评价"


async def test_the_rest_of_a_conversation_is_read_by_number(console, world):
    handoff, lin = await world.handoff(), await console()
    await lin.claim(handoff)
    answer = (await lin.get(f"conversations/{handoff.conversation_id}/messages", after=1)).json()
    assert [message["seq"] for message in answer["messages"]] == [2]
    assert (answer["owner"], answer["epoch"]) == ("agent", 3)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"client_id": "1", "text": "x", "epoch": 3, "as": "bot"}, "unknown_field"),
        ({"client_id": "1", "text": "x", "epoch": "3"}, "invalid_field"),
        ({"client_id": "1", "text": "x"}, "invalid_field"),
        ({"client_id": "1", "text": "", "epoch": 3}, "text_empty"),
        ({"client_id": "1", "text": "x" * 2001, "epoch": 3}, "text_too_long"),
        ({"client_id": "1", "text": "\u0007", "epoch": 3}, "text_control_characters"),
        ({"client_id": "\u0000", "text": "x", "epoch": 3}, "invalid_field"),
    ],
)
async def test_a_wrong_message_of_an_agent_is_refused(console, world, body, code):
    handoff, lin = await world.handoff(), await console()
    await lin.claim(handoff)
    before = await world.count(Message)
    refused(await lin.post(f"conversations/{handoff.conversation_id}/messages", **body), 422, code)
    assert await world.count(Message) == before


async def test_a_case_is_read_and_moved_within_its_rules(console, world):
    handoff, lin = await world.handoff(topic="ban_appeal"), await console()
    number = handoff.case_number
    assert (await lin.get(f"cases/{number}")).json()["allowed_transitions"] == ["open"]
    details = refused(await lin.post(f"cases/{number}/transitions", to="closed"), 409, "illegal_transition")
    assert details == {"from": "new", "to": "closed", "allowed": ["open"]}
    refused(await lin.post(f"cases/{number}/transitions", to="lost"), 422, "invalid_field")
    refused(await lin.post(f"cases/{number}/transitions", to="open", note="a\u0000"), 422, "invalid_field")
    moved = (await lin.post(f"cases/{number}/transitions", to="open", note="看一下")).json()
    assert (moved["state"], moved["events"][-1]["who"], moved["events"][-1]["detail"]["note"]) == (
        "open",
        "lin",
        "看一下",
    )
    assert [case["number"] for case in (await lin.get("cases", state="open")).json()["cases"]] == [number]
    assert (await lin.get("cases", state="new")).json() == {"cases": []}
    refused(await lin.get("cases", state="lost"), 422, "invalid_field")


async def test_what_an_agent_wants_the_user_to_know_is_said_to_them(console, world):
    handoff, lin = await world.handoff(topic="ban_appeal"), await console()
    path = f"cases/{handoff.case_number}/transitions"
    for tell in ("x" * 501, "a\u0000", 5):
        refused(await lin.post(path, to="open", tell=tell), 422, "invalid_field")
    refused(await lin.post(path, to="open", tell="a\u0007"), 422, "text_control_characters")
    for to, tell in (("open", "x" * 500), ("waiting", None), ("open", "  ")):
        assert (await lin.post(path, to=to, tell=tell)).status_code == 200
    refused(await lin.post(path, to="open", tell="再说一次"), 409, "illegal_transition")
    texts = [line.text for line in await world.transcript(handoff.conversation_id) if line.code == "case_state_changed"]
    assert ["x" * 500 in text for text in texts] == [True, False, False]
    assert ["同事说" in text for text in texts] == [True, False, False]


@pytest.mark.parametrize("number", ["KF20260101000000", "nonsense", "KF' OR 1=1", "%20"])
async def test_an_unknown_case_number_is_not_found(console, number):
    refused(await (await console()).get(f"cases/{number}"), 404, "not_found")


async def test_my_cases_are_those_i_took_up_whatever_their_skill_group(console, world):
    handoff = await world.handoff(reason="crisis")
    carer = await console("carer", skill_groups=["crisis_care"])
    await carer.claim(handoff)
    assert [case["number"] for case in (await carer.get("cases", mine="true")).json()["cases"]] == [handoff.case_number]
    assert (await carer.get(f"cases/{handoff.case_number}")).status_code == 200
    assert (await (await console()).get("cases", mine="true")).json() == {"cases": []}


async def test_agents_read_in_their_own_language(http, sign_in, world):
    lin = await world.agent()
    await world.handoff(topic="ban_appeal")
    headers = sign_in(lin) | {"accept-language": "en"}
    (shown,) = (await http.get("/api/agent/queue", headers=headers)).json()["handoffs"]
    assert (shown["topic_label"], shown["reason_label"]) == ("Ban appeal", "User asked for a person")
    assert await world.count(Case) == await world.count(Handoff) == 1

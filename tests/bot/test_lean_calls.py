"""Calls of the action server are cheaper, and nobody can tell but the clock."""

import asyncio

import pytest
from aiohttp import web
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk import Tracker

from bot import lean_calls
from bot.lean_calls import call_of_action, check_action_result, close_sessions, open_session

checked_by_rasa = RemoteAction._validate_action_result
DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    intents: [greet]
    slots: {topic: {type: text, mappings: [{type: custom}]}}
    actions: [action_rate]
    """
)

ANSWERS = [
    {"events": [], "responses": []},
    {"events": [{"event": "slot", "timestamp": None, "name": "topic", "value": "ban"}], "responses": [{"text": "hi"}]},
    {"events": [{"event": "followup", "timestamp": None, "name": "action_listen"}]},
    {},
]
ANSWERS += [{"events": [{"event": name, "metadata": None}]} for name in sorted(lean_calls._bare_events())]
ANSWERS += [{"events": [{"event": "user", "text": "hi", "parse_data": {"intent": {"name": "greet"}}}]}]
BROKEN = [
    {"events": {}},
    {"events": [{"name": "no event"}]},
    {"responses": ["words"]},
    {"events": [{"event": "slot", "name": 3}]},
    {"events": [{"event": "slot", "name": "topic"}]},
    {"events": [{"event": "slot", "name": "topic", "value": 1, "timestamp": "now"}]},
    {"events": [{"event": "active_loop", "metadata": []}]},
    {"events": [{"event": "active_loop", "timestamp": True}]},
    {"events": [{"event": "no such"}]},
    {"events": [{"event": ["slot"]}]},
    {"events": ["slot"]},
    {"responses": None},
    None,
    [],
]


# The action server sends both lists, and only then is there a short way.
ANSWERS += [{"events": [], "responses": []} | answer for answer in ANSWERS]
BROKEN += [{"events": [], "responses": []} | answer for answer in BROKEN if isinstance(answer, dict)]


class TestActionResult:
    @pytest.mark.parametrize("answer", ANSWERS)
    def test_takes_what_rasa_takes(self, answer):
        action = RemoteAction("action_rate", None)
        assert checked_by_rasa(action, answer) and check_action_result(action, answer)

    @pytest.mark.parametrize("answer", BROKEN)
    def test_refuses_what_rasa_refuses(self, answer):
        action = RemoteAction("action_rate", None)
        for check in (checked_by_rasa, check_action_result):
            with pytest.raises(ValidationError):
                check(action, answer)


class TestConnection:
    def test_many_calls_are_one_connection(self, monkeypatch):
        monkeypatch.setattr(EndpointConfig, "session", open_session)
        assert asyncio.run(connections_of(5)) == 1

    def test_rasa_opens_one_for_each(self):
        assert asyncio.run(connections_of(5)) == 5

    def test_calls_at_once_do_not_wait_for_one_another(self, monkeypatch):
        monkeypatch.setattr(EndpointConfig, "session", open_session)
        assert asyncio.run(connections_of(150, at_once=True)) == 150

    def test_who_hung_up_is_called_anew(self, monkeypatch):
        monkeypatch.setattr(EndpointConfig, "session", open_session)

        async def call_close_call():
            async with server() as endpoint:
                await endpoint.request(json={})
                await close_sessions()
                answer = await endpoint.request(json={})
                await close_sessions()
                return answer

        assert asyncio.run(call_close_call()) == {"events": []}


class server:
    """An action server that counts the connections it takes, as an endpoint."""

    async def __aenter__(self):
        self.seen, self.waiting = set(), 0
        app = web.Application()
        app.router.add_post("/", self.answer)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.endpoint = EndpointConfig(f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}/")
        self.endpoint.seen, self.endpoint.together = self.seen, 1
        return self.endpoint

    async def __aexit__(self, *_):
        await self._runner.cleanup()

    async def answer(self, request):
        self.seen.add(request.transport.get_extra_info("peername"))
        while len(self.seen) < self.endpoint.together:
            await asyncio.sleep(0.01)
        return web.json_response({"events": []})


async def connections_of(calls, at_once=False):
    async with server() as endpoint:
        if at_once:
            endpoint.together = calls
            await asyncio.gather(*(endpoint.request(json={}) for _ in range(calls)))
        else:
            for _ in range(calls):
                await endpoint.request(json={})
        await close_sessions()
        return len(endpoint.seen)


class TestTold:
    @pytest.fixture
    def tracker(self):
        parsed = {"intent": {"name": "greet", "confidence": 0.9}, "entities": [], "intent_ranking": [{"name": "greet"}]}
        events = [
            ActionExecuted("action_listen"),
            UserUttered("hi", parsed["intent"], [], parsed, metadata={"locale": "zh"}, input_channel="turn"),
            ActionExecuted("ban_form", policy="RulePolicy", confidence=1.0),
            ActiveLoop("ban_form"),
            BotUttered("hello", {"buttons": [{"title": "a", "payload": "/a"}], "custom": None}, {"utter_action": "u"}),
            SlotSet("topic", "ban"),
        ]
        return DialogueStateTracker.from_events("c", events, DOMAIN.slots)

    def calls(self, tracker):
        action = RemoteAction("action_rate", EndpointConfig("http://x", enable_selective_domain=True))
        return action._action_call_format(tracker, DOMAIN), call_of_action(action, tracker, DOMAIN)

    def test_all_but_the_events_is_told_as_rasa_tells_it(self, tracker):
        rasas, ours = self.calls(tracker)
        assert {**rasas, "tracker": {**rasas["tracker"], "events": ours["tracker"]["events"]}} == ours

    def test_an_action_reads_in_the_events_what_it_read(self, tracker):
        rasas, ours = (Tracker.from_dict(call["tracker"]) for call in self.calls(tracker))
        assert [read(event) for event in ours.events] == [read(event) for event in rasas.events]
        assert ours.get_latest_input_channel() == rasas.get_latest_input_channel()
        assert ours.last_executed_action_has("ban_form") and rasas.last_executed_action_has("ban_form")
        assert ours.slots_to_validate() == rasas.slots_to_validate()

    def test_none_is_longer_than_it_must_be(self, tracker):
        _, ours = self.calls(tracker)
        assert ours["tracker"]["events"][-1] == {"event": "slot", "name": "topic", "value": "ban"}

    def test_no_action_is_sent_the_domain(self):
        """Rasa sends it to every action that validates a form and does not say `send_domain: false`."""
        domain = Domain.load("domain.yml")
        assert [name for name in domain.user_actions if domain.does_custom_action_explicitly_need_domain(name)] == []


def read(event):
    """What actions read of an event."""
    parsed = event.get("parse_data", {})
    data = {name: value for name, value in event.get("data", {}).items() if value}
    heard = {name: parsed.get(name) for name in ("intent", "text", "entities")}
    return {name: event.get(name) for name in ("event", "text", "name", "value", "action_text")} | heard | data

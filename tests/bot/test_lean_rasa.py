"""What is done once instead of at every turn gives what Rasa gives."""

import ast
import asyncio
import inspect
import logging
from typing import ClassVar
from unittest.mock import patch

import pytest
from rasa.core import processor
from rasa.core.actions import forms
from rasa.core.actions.action import ActionExtractSlots
from rasa.core.channels import CollectingOutputChannel
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot import lean_rasa
from tests.bot.both_ways import replaced

planned_by_rasa = DaskGraphRunner.run


class Join(GraphComponent):
    """Writes down that it ran, and joins what it is given."""

    ran: ClassVar[list[str]] = []

    def __init__(self, name):
        self.name = name

    @classmethod
    def create(cls, config, model_storage, resource, execution_context):
        return cls(config["name"])

    def one(self, left):
        return self._join(left)

    def two(self, left, right):
        return self._join(left, right)

    def _join(self, *parts):
        self.ran.append(self.name)
        return f"{self.name}({','.join(parts)})"


def node(name, **needs):
    return SchemaNode(
        needs=needs,
        uses=Join,
        constructor_name="create",
        fn="two" if "right" in needs else "one",
        config={"name": name},
        is_target=name == "d",
    )


@pytest.fixture
def runner():
    """d needs b and c, which both need a; nobody needs the idle one."""
    schema = GraphSchema(
        {
            "d": node("d", left="b", right="c"),
            "idle": node("idle", left="word"),
            "c": node("c", left="a"),
            "b": node("b", left="a"),
            "a": node("a", left="word"),
        }
    )
    Join.ran.clear()
    return DaskGraphRunner.create(schema, None, ExecutionContext(schema))


class TestGraph:
    def test_gives_what_rasas_scheduler_gives(self, runner):
        for targets in (None, ["d"], ["b", "c"], ["idle"]):
            planned = lean_rasa.run_in_order(runner, {"word": "w"}, targets)
            assert planned == planned_by_rasa(runner, {"word": "w"}, targets)
        assert lean_rasa.run_in_order(runner, {"word": "w"}) == {"d": "d(b(a(w)),c(a(w)))"}

    def test_runs_each_node_that_is_needed_once(self, runner):
        lean_rasa.run_in_order(runner, {"word": "w"})
        assert sorted(Join.ran) == ["a", "b", "c", "d"]
        assert Join.ran[0] == "a" and Join.ran[-1] == "d"

    def test_keeps_nothing_of_the_run_before(self, runner):
        lean_rasa.run_in_order(runner, {"word": "w"})
        assert lean_rasa.run_in_order(runner, {"word": "x"}) == {"d": "d(b(a(x)),c(a(x)))"}

    def test_refuses_an_input_named_like_a_node(self, runner):
        with pytest.raises(GraphRunError):
            lean_rasa.run_in_order(runner, {"word": "w", "a": "w"})

    def test_misses_an_input_as_rasa_does(self, runner):
        for run in (lean_rasa.run_in_order, planned_by_rasa):
            with pytest.raises(GraphRunError, match="word"):
                run(runner, {})


class TestEvents:
    def test_knows_each_class_by_its_name(self):
        assert lean_rasa.event_class("slot") is SlotSet
        assert lean_rasa.event_class("user") is UserUttered

    def test_knows_no_other_name(self):
        with pytest.raises(ValueError, match="Unknown event"):
            lean_rasa.event_class("no such event")
        assert lean_rasa.event_class("no such event", SlotSet) is SlotSet


DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    intents: [greet]
    entities: [choice]
    slots:
      topic: {type: text, mappings: [{type: custom}]}
      words: {type: text, mappings: [{type: from_text}]}
      kind: {type: text, mappings: [{type: from_intent, intent: greet, value: hello}, {type: custom}]}
      picked: {type: text, mappings: [{type: custom}, {type: from_entity, entity: choice}]}
      named: {type: text, mappings: [{type: custom, action: action_name}]}
    actions: [action_name]
    """
)


class TestSlots:
    @pytest.mark.parametrize("intent", ["greet", "deny"])
    @pytest.mark.parametrize("entities", [[], [{"entity": "choice", "value": "red"}]])
    def test_extracts_what_rasa_extracts(self, intent, entities):
        said = UserUttered("words", {"name": intent}, entities)
        tracker = DialogueStateTracker.from_events("c", [said], DOMAIN.slots)
        extract = ActionExtractSlots(NamedAfter())
        found, rasas = (
            asyncio.run(run(extract, CollectingOutputChannel(), None, tracker, DOMAIN))
            for run in (lean_rasa.extract_slots, lean_rasa._extract_slots)
        )
        assert found == rasas
        assert {event.key for event in found} >= {"words", "named"}

    def test_looks_only_at_slots_that_a_message_may_fill(self):
        names = [slot.name for slot in lean_rasa._with_filled_slots(DOMAIN).slots]
        assert names == ["words", "kind", "picked", "named"]
        assert len(DOMAIN.slots) > len(names)

    def test_an_action_that_validates_is_told_of_all(self):
        domain = DOMAIN.merge(Domain.from_dict({"actions": ["action_validate_slot_mappings"]}))
        assert lean_rasa._with_filled_slots(domain) is domain

    def test_writes_slots_into_a_log_that_takes_them(self, caplog):
        tracker = DialogueStateTracker.from_events("c", [SlotSet("topic", "ban")], DOMAIN.slots)
        with patch.object(lean_rasa, "_log_slots") as written:
            lean_rasa.log_slots(tracker)
            assert not written.called
            with caplog.at_level(logging.DEBUG, "rasa.core.processor"):
                lean_rasa.log_slots(tracker)
            assert written.called


class NamedAfter(EndpointConfig):
    """An action server whose only action sets a slot."""

    async def request(self, **_):
        return {"events": [{"event": "slot", "timestamp": None, "name": "named", "value": "x"}], "responses": []}


class TestCopiesForTheLog:
    def test_copies_for_a_log_that_is_on(self, caplog):
        value = [{}]
        assert lean_rasa.CopiesForTheLog.deepcopy(value)[0] is value[0]
        with caplog.at_level(logging.DEBUG, "rasa"):
            assert lean_rasa.CopiesForTheLog.deepcopy(value)[0] is not value[0]

    @pytest.mark.parametrize("module", [processor, forms])
    def test_rasa_copies_there_for_the_log_alone(self, module):
        """Whoever reads this failing: after an upgrade, a copy is used for something else there."""
        used = [node for node in ast.walk(ast.parse(inspect.getsource(module))) if is_copy(node)]
        logged = [
            inner
            for node in ast.walk(ast.parse(inspect.getsource(module)))
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "structlogger.debug"
            for inner in ast.walk(node)
            if is_copy(inner)
        ]
        assert len(used) == len(logged) > 0


def is_copy(node):
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "copy"


@pytest.mark.parametrize("domain", [DOMAIN, Domain.empty()])
def test_knows_an_empty_domain(domain):
    assert lean_rasa.is_empty(domain) == domain.is_empty()


class TestRelease:
    @pytest.fixture(autouse=True)
    def put_back(self):
        with replaced():
            yield

    def test_replaces_the_methods_of_the_release_it_was_read_in(self, monkeypatch):
        monkeypatch.setattr(DaskGraphRunner, "run", planned_by_rasa)
        assert lean_rasa.apply(lean_rasa.READ_IN)
        assert all(vars(owner)[name] is ours for owner, name, ours in lean_rasa.REPLACEMENTS)

    def test_leaves_another_release_alone_and_says_so(self, monkeypatch, caplog):
        monkeypatch.setattr(DaskGraphRunner, "run", planned_by_rasa)
        assert not lean_rasa.apply("3.7.0")
        assert DaskGraphRunner.run is planned_by_rasa
        assert "3.7.0" in caplog.text

    def test_this_is_the_release(self):
        """After an upgrade of Rasa, read these methods again."""
        assert lean_rasa.apply()
